"""Nobody is reminded of money that is said to be paid, or that a court collects: in Python, in the database, on Today and on the board."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from setfair.agreements import actions as agreements
from setfair.agreements import queries as agreed
from setfair.agreements.actions import CannotFollow
from setfair.agreements.models import Item
from setfair.agreements.terms import Terms
from setfair.agreements.tests.reading import told
from setfair.agreements.tests.test_remind import noon, reminders, run
from setfair.desk.asking import lines
from setfair.restitution import actions, queries
from setfair.restitution.models import Unclear
from setfair.restitution.tests.test_payments import came, noted, on_today, paid, unclear
from setfair.village.time import at

pytestmark = pytest.mark.django_db
WEEKS = timedelta(weeks=2)


@pytest.fixture
def soon(holding, money):
    """Two parts two weeks apart, the last in forty days; the other promise far away."""
    letter = holding.items()[0]
    Item.objects.filter(pk=letter.pk).update(due_on=timezone.localdate() + timedelta(days=300))
    Item.objects.filter(pk=money.pk).update(due_on=timezone.localdate() + timedelta(days=40))
    return Item.objects.get(pk=money.pk)


def due(village, moment):
    with at(moment):
        return [line[0] for line in lines(village.actor("cora"), village.school, everyones=False) if line[0] == "due"]


def all_days(item):
    for day in range(-3, 4):
        run(noon(item.due_on - WEEKS + timedelta(days=day)))
    for day in range(-3, 9):
        run(noon(item.due_on + timedelta(days=day)))


def test_of_a_part_that_is_said_to_be_paid_nobody_is_reminded(holding, soon, village):
    actions.answer(paid(holding, soon, 20), by=holding.me("hana"), amount=Decimal(20))
    first = soon.due_on - WEEKS
    assert due(village, noon(first + timedelta(days=1))) == []
    for day in range(-3, 4):
        run(noon(first + timedelta(days=day)))
    assert reminders() == []
    run(noon(soon.due_on - timedelta(days=1)))
    assert [len(agreed.wanting_a_word(10)), reminders()] == [0, ["promise_soon"]]
    assert due(village, noon(soon.due_on + timedelta(days=1))) == ["due"]


def test_without_a_word_the_part_is_asked_about(holding, soon, village):
    first = soon.due_on - WEEKS
    assert due(village, noon(first + timedelta(days=1))) == ["due"]
    run(noon(first + timedelta(days=1)))
    assert reminders() == ["promise_past"]


def test_once_all_of_it_is_paid_nothing_is_asked_and_the_team_marks_it(holding, soon, village):
    row = paid(holding, soon, 40)
    assert (queries.to_pay(holding.rami), Item.objects.get(pk=soon.pk).parts_told) == ([], 2)
    home = told(village.enter(Client(), holding.rami).get(reverse("home")))
    assert ("Have you paid something?" in home, "You told us that you paid" in home) == (False, True)
    all_days(soon)
    assert (reminders(), due(village, noon(soon.due_on + timedelta(days=2)))) == ([], [])
    with pytest.raises(CannotFollow, match="Nobody is reminded"):
        agreements.remind_kindly(soon, by=holding.lead, way="letter")
    came(holding, soon, 40)
    assert (unclear(soon), on_today(village, "cora")) == (["whole"], ["All of the money came"])
    fadi = village.sign_in(Client(), "fadi")
    assert "Mark it done" in told(fadi.get(reverse("payments", args=[soon.pk])))
    board = told(fadi.get(reverse("board")))
    assert "To be checked" in board
    agreements.keep(Item.objects.get(pk=soon.pk), by=holding.lead)
    assert (unclear(soon), row.words.count()) == ([], 2)


def test_a_reminder_does_not_tell_whoever_pays_that_it_did_not_come(holding, soon):
    actions.answer(paid(holding, soon, 20), by=holding.me("hana"), amount=Decimal(0))
    run(noon(soon.due_on - WEEKS + timedelta(days=1)))
    assert reminders() == []


def test_that_it_came_is_not_told_by_what_is_missing(holding, soon):
    came(holding, soon, 40)
    assert [item.pk for item in queries.to_pay(holding.rami)] == [soon.pk]
    noted(holding, soon, 40)
    assert queries.to_pay(holding.rami) == []


def test_what_was_taken_back_is_asked_about_again(holding, soon, village):
    actions.take_back(paid(holding, soon, 40), by=holding.me("rami"))
    assert Item.objects.get(pk=soon.pk).parts_told == 0
    assert due(village, noon(soon.due_on + timedelta(days=1))) == ["due"]


def test_what_a_court_has_ordered_reminds_nobody(holding, soon, village):
    actions.say_ordered(soon, by=holding.lead, holds=True)
    all_days(soon)
    assert (reminders(), due(village, noon(soon.due_on + timedelta(days=2))), unclear(soon)) == ([], [], [])
    actions.say_ordered(soon, by=holding.lead, holds=False)
    run(noon(soon.due_on + timedelta(days=1)))
    assert reminders() == ["promise_past"]


def test_more_time_moves_the_days_and_not_what_was_paid(holding, soon, village):
    paid(holding, soon, 20)
    item = Item.objects.get(pk=soon.pk)
    agreements.give_more_time(item, by=holding.lead, due_on=soon.due_on + timedelta(days=30), words="They asked for it.")
    item = Item.objects.get(pk=soon.pk)
    run(noon(item.due_on - WEEKS + timedelta(days=1)))
    assert (item.parts_told, reminders(), due(village, noon(item.due_on - WEEKS + timedelta(days=1)))) == (1, ["promise_more_time"], [])


def test_the_case_ends_over_what_was_open_and_says_so(holding, money):
    actions.answer(paid(holding, money, 20), by=holding.me("hana"), amount=Decimal(0))
    assert [row.why for row in queries.unclear_of(holding.case)] == ["differs"]
    agreements.end(holding.agreement, by=holding.lead, reason="case_closed")
    assert [(row.why, row.how_ended) for row in Unclear.objects.filter(why="differs")] == [("differs", "over_with_the_case")]


def test_no_number_of_an_account_stands_in_a_promise(village, at_convened):
    with village.inside():
        refused_numbers(at_convened)


def refused_numbers(story):
    number = "to DE89 3704 0044 0532 0130 00"
    agreement = agreements.draft(story.case, by=story.lead)
    said = {"owner": story.rami, "owed_to": story.hana, "due_on": timezone.localdate() + timedelta(days=30)}
    terms = Terms(kind="payment", amount=Decimal(10), currency="USD")
    for words in ({"what": f"Pay it {number}."}, {"what": "Pay it.", "proof_wanted": number}):
        with pytest.raises(agreements.CannotWrite, match="an account or a card"):
            agreements.promise(agreement, by=story.lead, terms=terms, **said, **({"proof_wanted": ""} | words))


def test_nor_in_what_somebody_tells_of_how_it_goes(holding, money):
    with pytest.raises(CannotFollow, match="an account or a card"):
        agreements.say_how(money, by=holding.me("rami"), words="Send it to DE89 3704 0044 0532 0130 00")
