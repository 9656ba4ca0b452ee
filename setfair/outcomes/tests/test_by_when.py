"""What is to be told is a row with a day, from the moment it happened until somebody told them."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from setfair.aftercare.queries import closed
from setfair.agreements import actions as agreements
from setfair.agreements.models import Result
from setfair.agreements.terms import Terms
from setfair.agreements.tests.renewing import add
from setfair.cases import actions as cases
from setfair.cases.models import Case
from setfair.core import clock
from setfair.desk.tests.todays import rules
from setfair.exchanges import actions as exchanges
from setfair.journal.models import Entry
from setfair.outcomes import actions, owed
from setfair.outcomes.drafts import draft
from setfair.outcomes.models import News, NewsTask
from setfair.outcomes.tasks import lay_down_news
from setfair.village.time import at

pytestmark = pytest.mark.django_db
LETTER, MONEY = "Write a letter that says what I did and that I am sorry.", "Pay 40 dollars toward the broken phone, through the office."


def wish(story, choice):
    return actions.wish_news(story.hana, by=story.me("hana"), choice=choice)


def laid(story):
    """Every row there ever was."""
    return list(NewsTask.objects.filter(participation=story.hana).order_by("turned_at", "due_on").values_list("cause", flat=True))


def still(story):
    return list(owed.tasks().filter(case=story.case).order_by("turned_at", "due_on").values_list("cause", flat=True))


def in_days(story, open_days):
    today = clock.local(clock.now(), story.case.programme.zone).date()
    return clock.add_days(today, open_days, closed=closed(story.case.programme))


def verified(story, number=0):
    item = story.items()[number]
    agreements.keep(item, by=story.lead)
    agreements.verify(item, by=story.lead)


def today(village):
    return [rule for rule in rules(village) if rule.startswith("tell") or rule == "close"]


@pytest.mark.parametrize(
    ("choice", "first", "both"),
    [
        (None, [], ["end"]),
        ("end", [], ["end"]),
        ("each", ["well"], ["well", "well"]),
        ("wrong", [], []),
        ("none", [], []),
    ],
)
def test_each_is_told_of_what_they_wish_by_a_day(holding, village, choice, first, both):
    if choice:
        wish(holding, choice)
    verified(holding)
    assert (laid(holding), still(holding), today(village)) == (first, first, ["tell"] if first else [])
    verified(holding, 1)
    assert (laid(holding), still(holding), today(village)) == (both, both, ["tell"] if both else ["close"])


@pytest.mark.parametrize(("choice", "cause", "days"), [("each", "wrong", 1), ("wrong", "wrong", 1), ("each", "well", 3), ("end", "end", 5)])
def test_what_went_wrong_is_told_at_once_and_the_end_within_a_week(holding, settle, choice, cause, days):
    wish(holding, choice)
    settle(holding, *(("miss", "miss") if cause == "wrong" else ("verify", "verify")))
    assert [set(found) for found in zip(*NewsTask.objects.values_list("cause", "due_on"), strict=True)] == [{cause}, {in_days(holding, days)}]
    assert owed.due_days(holding.case) == {holding.hana.pk: in_days(holding, days)}


def test_once_they_are_told_nothing_is_owed_and_what_happens_then_is(holding, village, told):
    wish(holding, "each")
    agreements.miss(holding.items()[0], by=holding.lead)
    told(holding)
    assert (still(holding), "tell" in today(village)) == ([], False)
    verified(holding, 1)
    assert (laid(holding), still(holding), today(village)) == (["wrong", "well"], ["well"], ["tell"])


def test_a_talk_of_the_day_before_does_not_settle_it(holding, told):
    wish(holding, "each")
    verified(holding)
    told(holding, told_on=timezone.localdate() - timedelta(days=1))
    assert still(holding) == ["well"]


def test_what_nobody_told_by_its_day_says_so_on_today(holding, village):
    wish(holding, "each")
    verified(holding)
    with at(timezone.now() + timedelta(days=9)):
        assert "tell_late" in today(village)
    page = village.sign_in(Client(), "fadi").get(reverse("news", args=[holding.case.ref])).text
    assert f"by {in_days(holding, 3).day} " in page


def test_it_stands_beside_the_promises_who_hears_how_it_goes_and_by_when(holding, village, client):
    village.sign_in(client, "fadi")
    there = reverse("follow_up", args=[holding.case.ref])
    assert "not asked yet: once, at the end" in client.get(there).text
    wish(holding, "each")
    verified(holding)
    page = client.get(there).text
    said = ("each time something is kept or not · by ", "to be told", reverse("news_of", args=[holding.hana.pk]))
    assert [words in page for words in said] == [True] * 3


def test_who_wanted_nothing_and_wants_it_again_is_told_of_all_that_happened_since_with_a_new_day(holding, village):
    wish(holding, "none")
    verified(holding)
    agreements.miss(holding.items()[1], by=holding.lead)
    assert (laid(holding), today(village)) == ([], [])
    with at(timezone.now() + timedelta(days=30)):
        wish(holding, "each")
        assert sorted(still(holding)) == ["well", "wrong"]
        assert set(NewsTask.objects.values_list("due_on", flat=True)) == {in_days(holding, 1), in_days(holding, 3)}
        assert today(village) == ["tell"]


def test_who_wishes_for_less_is_owed_no_more_than_that_and_no_row_goes(holding):
    wish(holding, "each")
    verified(holding)
    wish(holding, "end")
    assert (laid(holding), still(holding)) == (["well"], [])
    verified(holding, 1)
    assert (laid(holding), still(holding)) == (["well", "end"], ["end"])


def test_what_is_missed_and_kept_then_is_told_as_both(holding):
    wish(holding, "each")
    item = holding.items()[0]
    agreements.miss(item, by=holding.lead)
    agreements.keep(item, by=holding.lead)
    agreements.verify(item, by=holding.lead)
    assert still(holding) == ["wrong", "well"]


def test_what_is_between_others_is_laid_down_for_nobody(met):
    agreements.draft(met.case, by=met.lead)
    add(met, met.rami, met.hana)
    add(met, met.sol, met.gail, terms=Terms(reach="some"))
    agreements.present(met.agreement, by=met.lead)
    met.sign_all()
    met.case.refresh_from_db()
    wish(met, "each")
    verified(met, 1)
    assert (laid(met), "Sol" in draft(met.hana), draft(met.hana).count("This is still ahead")) == ([], False, 1)


def test_the_worker_lays_down_what_came_to_be_in_another_way_once(met, told):
    agreements.say_result(met.case, by=met.lead, what=Result.What.DIFFER)
    assert laid(met) == []
    lay_down_news()
    lay_down_news()
    assert (laid(met), still(met), Entry.objects.filter(verb="planned_news").count()) == (["end"], ["end"], 1)
    told(met)
    assert still(met) == []


def test_the_draft_says_how_each_stands_and_nothing_of_what_anyone_told_us(holding):
    first, second = holding.items()
    agreements.say_how(first, by=holding.me("rami"), words="Kestrel hated it.")
    agreements.miss(first, by=holding.lead)
    agreements.give_more_time(first, by=holding.lead, due_on=timezone.localdate() + timedelta(days=60), words="Kestrel was ill.")
    agreements.partly(second, by=holding.lead, words="Kestrel paid a part.")
    words = draft(holding.hana)
    assert words.split("\n\n") == [f"{LETTER}\nThere is more time for this, until {_day(60)}.", f"{MONEY}\nThis was kept in part."]


def _day(days):
    day = timezone.localdate() + timedelta(days=days)
    return f"{day.day} {day:%b %Y}"


def test_who_wants_to_hear_of_what_goes_wrong_reads_nothing_of_the_rest_in_the_draft(holding):
    wish(holding, "wrong")
    verified(holding)
    agreements.miss(holding.items()[1], by=holding.lead)
    assert draft(holding.hana) == f"{MONEY}\nThis has not been kept so far."


def test_where_nothing_went_wrong_there_is_nothing_in_that_draft(holding):
    wish(holding, "wrong")
    verified(holding)
    assert draft(holding.hana) == ""


def test_what_was_let_go_is_told_to_who_wants_to_hear_of_what_is_not_done(holding, village):
    wish(holding, "wrong")
    agreements.waive(holding.items()[0], by=holding.lead)
    assert (laid(holding), still(holding), today(village)) == (["wrong"], ["wrong"], ["tell"])
    assert draft(holding.hana) == f"{LETTER}\nThis is no longer asked for."


def test_the_draft_says_of_a_day_that_has_passed_that_it_has_and_takes_nobodys_word_that_it_is_done(holding):
    first, second = holding.items()
    agreements.send_proof(second, by=holding.me("rami"), words="Paid.")
    with at(timezone.now() + timedelta(days=8)):
        day = first.due_on
        assert draft(holding.hana).split("\n\n") == [
            f"{LETTER}\nIts day was {day.day} {day:%b %Y}. It is not settled yet.", f"{MONEY}\nThis is being looked at."
        ]  # fmt: skip


def test_nothing_of_the_end_is_owed_while_a_promise_is_open_again(holding, settle):
    settle(holding, "miss", "miss")
    assert still(holding) == ["end"]
    agreements.give_more_time(holding.items()[0], by=holding.lead, due_on=timezone.localdate() + timedelta(days=60), words="Ill.")
    assert (laid(holding), still(holding), owed.due_days(holding.case)) == (["end"], [], {})


def test_somebody_reads_the_draft_changes_it_and_says_that_they_told_them(kept, village, client):
    village.sign_in(client, "fadi")
    there = reverse("news_of", args=[kept.hana.pk])
    page = client.get(there).text
    assert f"{LETTER}\nThis was kept.\n\n{MONEY}\nThis was kept.</textarea>" in page
    day = clock.local(clock.now(), village.school.zone).date().isoformat()
    assert client.post(there, {"way": "page", "told_on": day, "words": ""}).status_code == 422
    assert client.post(there, {"way": "page", "told_on": day, "words": "Both are kept."}).status_code == 302
    assert [(row.way, row.words) for row in News.objects.all()] == [("page", "Both are kept.")]
    home = village.enter(Client(), kept.hana).get(reverse("home")).text
    assert ("News for you" in home, "Both are kept." in home) == (True, True)


@pytest.mark.parametrize(("who", "status"), [("cora", 200), ("fadi", 200), ("mina", 404), ("sven", 404), ("ines", 404), ("ada", 404), ("nour", 404)])
def test_who_reads_the_draft(kept, village, client, who, status):
    assert village.sign_in(client, who).get(reverse("news_of", args=[kept.hana.pk])).status_code == status


def test_there_is_no_draft_for_somebody_who_was_not_harmed(kept, village, client):
    village.sign_in(client, "fadi")
    there = reverse("news_of", args=[kept.rami.pk])
    assert [answer.url for answer in (client.get(there), client.post(there, {"way": "voice"}))] == [reverse("news", args=[kept.case.ref])] * 2


@pytest.mark.parametrize("verb", ["UPDATE outcomes_newstask SET due_on = '2040-01-01'", "DELETE FROM outcomes_newstask"])
def test_the_database_keeps_each_task(kept, verb):
    assert laid(kept) == ["end"]
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(verb)


def test_the_database_lays_down_nothing_against_a_wish_and_for_nobody_else(holding):
    old = wish(holding, "each")
    turned = {"turned_at": timezone.now(), "turned_on": timezone.localdate(), "due_on": timezone.localdate() + timedelta(days=5)}
    ours = turned | {"case": holding.case, "cause": "end", "participation": holding.hana}
    newest = wish(holding, "none")
    for said in (ours | {"wish": old}, ours | {"wish": newest}, ours, ours | {"participation": holding.rami}):
        with pytest.raises(IntegrityError), transaction.atomic():
            NewsTask.objects.create(**said)


def test_an_exchange_of_which_somebody_said_what_came_has_its_day_within_the_hour(village, at_prepared):
    with village.inside():
        story = at_prepared
        cases.choose_route(story.case, by=story.coordinator, how="letters", why="harmed")
        story.invite_everyone()
        story.hear_every_yes()
        story.declare_ready()
        piece = exchanges.write(story.rami, by=story.me("rami"), meant="harmed", kind="letter", words="I am sorry.")
        piece = exchanges.keep(exchanges.hand_in(piece, by=story.me("rami")), by=story.lead, receiver=story.hana)
        exchanges.offer(piece, by=story.lead)
        agreements.say_result(Case.objects.get(pk=story.case.pk), by=story.lead, what=Result.What.DIFFER)
        lay_down_news()
        assert still(story) == ["end"]
