"""A payment in parts is looked at part by part, on Today and in what its owner is asked; what a body promised reminds whoever answers for it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from setfair.agreements import actions, queries
from setfair.agreements.models import Item
from setfair.agreements.tests.test_remind import noon, reminders, run
from setfair.cases import actions as cases
from setfair.desk.asking import lines
from setfair.letters.models import Letter
from setfair.programmes.models import Membership
from setfair.village.time import at

pytestmark = pytest.mark.django_db
WEEKS = timedelta(weeks=2)


@pytest.fixture
def paid(holding):
    """Three parts two weeks apart, the last one in sixty days; the other promise far away."""
    first, second = holding.items()
    today = timezone.localdate()
    Item.objects.filter(pk=first.pk).update(due_on=today + timedelta(days=200))
    Item.objects.filter(pk=second.pk).update(due_on=today + timedelta(days=60), parts=3, weeks=2)
    return Item.objects.get(pk=second.pk)


def keys(about):
    return sorted(letter.key for letter in Letter.objects.filter(key__startswith=about))


def due(village, who, moment):
    with at(moment):
        return [(line[0], line[3].date(), line[4]) for line in lines(village.actor(who), village.school, everyones=False) if line[0] == "due"]


def test_its_owner_is_asked_after_each_part_and_never_about_two_at_once(paid):
    first = paid.due_on - 2 * WEEKS
    for days in range(-4, 33):
        run(noon(first + timedelta(days=days)))
    assert reminders() == ["promise_soon", "promise_past"] * 3
    who = paid.owner_id
    assert keys("promise_past") == sorted([f"promise_past:{paid.pk}-1:{who}", f"promise_past:{paid.pk}-2:{who}", f"promise_past:{paid.pk}:{who}"])


@pytest.mark.parametrize(("days", "about"), [(4, "promise_past"), (3, "promise_soon"), (1, "promise_soon"), (0, "promise_soon")])
def test_after_a_pause_too_nobody_hears_of_two_parts_at_once(holding, paid, days, about):
    first = paid.due_on - 2 * WEEKS
    run(noon(first))
    cases.hold(holding.case, by=holding.coordinator, reason="away")
    run(noon(first + timedelta(days=1)))
    cases.lift(holding.case, by=holding.coordinator)
    moment = noon(first + WEEKS - timedelta(days=days))
    run(moment)
    assert keys("promise_") == sorted([f"promise_soon:{paid.pk}-1:{paid.owner_id}", f"{about}:{paid.pk}-{1 if days == 4 else 2}:{paid.owner_id}"])
    with at(moment):
        assert queries.wanting_a_word(10) == []


def test_of_parts_that_all_passed_long_ago_the_last_is_asked_about(paid):
    run(noon(paid.due_on + timedelta(days=40)))
    assert keys("promise_") == [f"promise_past:{paid.pk}:{paid.owner_id}"]


def test_once_something_was_heard_of_a_part_nobody_is_asked_about_it(holding, paid):
    first = paid.due_on - 2 * WEEKS
    run(noon(first))
    with at(noon(first + timedelta(days=1)).replace(hour=7)):
        actions.talk(paid, by=holding.lead, words="The office has the first part.")
    run(noon(first + timedelta(days=1)))
    assert reminders() == ["promise_soon"]
    assert queries.wanting_a_word(10) == []


def test_today_names_each_part_from_its_day_until_somebody_heard_of_it(village, holding, paid):
    first = paid.due_on - 2 * WEEKS
    assert due(village, "cora", noon(first - timedelta(days=1))) == []
    assert due(village, "cora", noon(first + timedelta(days=3))) == [("due", first, paid.pk)] == due(village, "fadi", noon(first))
    assert due(village, "mina", noon(first)) == []
    with at(noon(first + timedelta(days=3))):
        actions.talk(paid, by=holding.lead, words="The office has the first part.")
    assert due(village, "cora", noon(first + timedelta(days=4))) == []
    assert due(village, "cora", noon(first + WEEKS)) == [("due", first + WEEKS, paid.pk)]
    assert due(village, "cora", noon(paid.due_on + timedelta(days=9))) == [("due", paid.due_on, paid.pk)]


@pytest.fixture
def of_the_school(holding):
    """The school promised it, and Fadi answers for it."""
    item = holding.items()[0]
    Item.objects.filter(pk=item.pk).update(owner=None, answers=holding.lead.id, due_on=timezone.localdate() + timedelta(days=20))
    return Item.objects.get(pk=item.pk)


def test_whoever_answers_for_a_body_is_reminded_like_anybody(village, holding, of_the_school):
    for days in (-4, -3, -1, 1, 9):
        run(noon(of_the_school.due_on + timedelta(days=days)))
    letters = Letter.objects.filter(key__contains=str(of_the_school.pk)).order_by("made_at")
    assert [(letter.key.split(":")[0], letter.reader_id, letter.address) for letter in letters] == [
        ("promise_soon", village.fadi.pk, village.fadi.email), ("promise_past", village.fadi.pk, village.fadi.email)
    ]  # fmt: skip
    assert [of_the_school.what in letter.body for letter in letters] == [False, False]


def test_whoever_is_not_here_any_more_is_not_written_to(village, of_the_school):
    Membership.objects.filter(user=village.fadi).update(ended_at=timezone.now())
    run(noon(of_the_school.due_on + timedelta(days=1)))
    assert keys(f"promise_past:{of_the_school.pk}") == []
    assert of_the_school.pk not in [item for _programme, item in queries.wanting_a_word(10)]


def test_nor_while_the_case_rests(holding, of_the_school):
    cases.hold(holding.case, by=holding.coordinator, reason="away")
    run(noon(of_the_school.due_on + timedelta(days=1)))
    assert keys(f"promise_past:{of_the_school.pk}") == []
