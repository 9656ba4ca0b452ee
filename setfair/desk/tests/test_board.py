"""The board of what was promised in all cases: five columns that follow from the dates, and as many questions for three rows as for one."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from setfair.agreements import actions as agreements
from setfair.agreements.models import Item
from setfair.agreements.tests.renewing import add, renewed
from setfair.desk.board import Column, board
from setfair.desk.needs import needs
from setfair.preparation import actions as preparation
from setfair.programmes.models import Term
from setfair.village.cast import OTHER
from setfair.village.story import case_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def holding(village, at_following_up):
    with village.inside():
        yield at_following_up


def columns(village, who, mine=False, about="promises"):
    """In each column that has one: of which case, whose it is."""
    with village.inside(village.place_of(who)):
        shown = zip(Column, board(village.actor(who), village.place_of(who), mine=mine, about=about), strict=True)
        return {column.value: [(card.ref, card.who) for card in found.cards] for column, found in shown if found.cards}


def due(item, days):
    Item.objects.filter(pk=item.pk).update(due_on=timezone.localdate() + timedelta(days=days))
    item.refresh_from_db()


@pytest.mark.parametrize(
    ("step", "days", "column"),
    [("", 5, "ahead"), ("", 0, "due"), ("", -3, "due"), ("keep", 5, "proof"), ("miss", -3, "talk"), ("waive", 5, "done"), ("partly", 5, "done")],
)
def test_where_a_promise_stands_follows_from_its_day_and_its_state(village, holding, step, days, column):
    first, second = holding.items()
    due(first, days)
    due(second, 20)
    if step:
        getattr(agreements, step)(first, by=holding.lead, words="A note.")
    here = (holding.case.ref, "Rami")
    assert columns(village, "cora") == ({column: [here], "ahead": [here]} if column != "ahead" else {"ahead": [here, here]})


@pytest.mark.parametrize(("days", "there"), [(28, True), (29, False)])
def test_what_lies_further_ahead_than_four_weeks_is_on_the_page_of_its_case(village, holding, days, there):
    first, second = holding.items()
    due(first, days)
    due(second, 60)
    assert columns(village, "cora") == ({"ahead": [(holding.case.ref, "Rami")]} if there else {})


def test_what_its_owner_told_us_needs_a_talk_until_somebody_talked(village, holding):
    first, _second = holding.items()
    agreements.say_how(first, by=holding.me("rami"), words="The shop is shut.")
    assert columns(village, "fadi")["talk"] == [(holding.case.ref, "Rami")]
    agreements.talk(first, by=holding.lead, words="It opens on Monday.")
    assert "talk" not in columns(village, "fadi")


def test_everybody_sees_what_they_may_follow_up_and_nothing_else(village, holding):
    other = case_at(village, "following_up", circle=OTHER, team=(("mina", "lead"), ("tova", "student"), ("malik", "student")))
    refs = {
        who: {ref for cards in columns(village, who).values() for ref, _name in cards}
        for who in ("cora", "fadi", "mina", "sven", "ada", "ines", "nour")
    }
    assert refs == {
        "cora": {holding.case.ref, other.case.ref}, "fadi": {holding.case.ref}, "mina": {other.case.ref}, "sven": set(), "ada": set(),
        "ines": set(), "nour": set(),
    }  # fmt: skip


def test_mine_is_what_i_coordinate_or_help_with(village, holding):
    holding.case.refresh_from_db()
    assert columns(village, "cora", mine=True) == columns(village, "cora")
    type(holding.case).objects.filter(pk=holding.case.pk).update(coordinator=village.sven)
    assert columns(village, "cora", mine=True) == {}
    assert columns(village, "fadi", mine=True) != {}


def test_calls_stand_there_too(village, holding):
    assert {name for cards in columns(village, "fadi", about="calls").values() for _ref, name in cards} == {"Hana", "Rami"}
    assert set(columns(village, "fadi", about="calls")) <= {"ahead", "due"}


def test_what_falls_into_the_holidays_is_seen_before_the_term_ends(village, holding):
    today, (first, second) = timezone.localdate(), holding.items()
    due(first, 25)
    due(second, 60)
    assert columns(village, "cora", about="holidays") == {}
    Term.objects.all().delete()
    for name, starts, ends in (("This term", -30, 20), ("The next", 40, 90)):
        Term.objects.create(name=name, starts_on=today + timedelta(days=starts), ends_on=today + timedelta(days=ends))
    assert columns(village, "cora", about="holidays") == {"ahead": [(holding.case.ref, "Rami")]}


def test_as_many_questions_for_three_cases_as_for_one(village, holding):
    def asked():
        board(village.actor("cora"), village.school, mine=False)
        with CaptureQueriesContext(connection) as found:
            board(village.actor("cora"), village.school, mine=False)
        return len(found)

    one = asked()
    for _number in range(2):
        case_at(village, "following_up", circle=OTHER)
    assert asked() == one <= 12


def test_the_page_with_each_filter(village, holding, client):
    page = village.sign_in(client, "cora")
    for asked in ({}, {"whose": "all"}, {"whose": "mine", "about": "calls"}, {"about": "promises"}, {"whose": "x", "about": "y"}):
        answer = page.get(reverse("board"), asked)
        assert (answer.status_code, holding.case.ref in answer.content.decode()) == (200, True)
    assert reverse("board") in page.get(reverse("cases")).content.decode()
    assert holding.case.ref not in village.sign_in(client, "sven").get(reverse("board")).content.decode()


def test_what_its_owner_told_us_stands_there_however_far_its_day_and_under_the_next_version_too(village, holding):
    first, _second = holding.items()
    due(first, 70)
    agreements.say_how(first, by=holding.me("rami"), words="The shop is shut.")
    assert columns(village, "fadi")["talk"] == [(holding.case.ref, "Rami")]
    draft = renewed(holding)
    add(holding, holding.sol, holding.hana, "Come along to the match.")
    agreements.present(draft, by=holding.lead)
    holding.sign_all()
    assert columns(village, "fadi")["talk"] == [(holding.case.ref, "Rami")]
    assert [need.sentence for need in needs(village.actor("fadi"), village.school).rows if "in the way" in need.sentence] != []


@pytest.mark.parametrize(("weeks", "column"), [(-1, "due"), (1, "ahead")])
def test_a_part_of_a_payment_that_has_passed_is_due_and_one_that_is_near_lies_ahead(village, holding, weeks, column):
    first, payment = holding.items()
    due(first, 70)
    Item.objects.filter(pk=payment.pk).update(due_on=timezone.localdate() + timedelta(weeks=weeks + 12), parts=4, weeks=4)
    assert columns(village, "cora") == {column: [(holding.case.ref, "Rami")]}


def test_of_what_is_done_the_latest_stands_there(village, holding, monkeypatch):
    first, second = holding.items()
    for item in (first, second):
        agreements.waive(item, by=holding.lead, words="")
    monkeypatch.setattr("setfair.desk.board.MOST", 1)
    shown = next(s for s in board(village.actor("cora"), village.school, mine=False, about="promises") if s.cards)
    assert ([card.on for card in shown.cards], shown.is_full) == ([second.due_on], True)


def test_nobody_who_has_stopped_stands_there_to_be_called(village, holding):
    preparation.withdraw(holding.hana, by=holding.me("hana"))
    assert "Hana" not in {who for cards in columns(village, "cora", about="calls").values() for _ref, who in cards}
