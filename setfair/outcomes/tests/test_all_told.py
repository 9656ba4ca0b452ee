"""The database closes no case before everyone harmed has been told, and asks what the page of the case asks."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from setfair.agreements import actions as agreements
from setfair.cases.models import Case, Participation
from setfair.journal.actions import record
from setfair.outcomes import actions, queries
from setfair.outcomes.models import Closure, News
from setfair.preparation import actions as preparation

pytestmark = pytest.mark.django_db
REFUSED = "somebody who was harmed has not been told how it went"


def close_past_the_action(story):
    """With its reason and its line, as a program would that knows everything but this."""
    was = Case.objects.values_list("stage", flat=True).get(pk=story.case.pk)
    with transaction.atomic(), connection.cursor() as cursor:
        Closure.objects.create(case=story.case, reason="transferred", by=story.coordinator.id)
        cursor.execute("UPDATE cases_case SET stage = 'closed' WHERE id = %s", [story.case.pk])
        record("moved", story.case, by=story.coordinator, was=was, to="closed", reason="transferred")
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        raise LeftOpen


class LeftOpen(Exception):
    """It would have closed."""


def both(story):
    """What Python says is owed, and what the database says of closing: the same."""
    owed = [each.participation.pk for each in queries.told(Case.objects.get(pk=story.case.pk)) if not each.enough]
    try:
        close_past_the_action(story)
    except IntegrityError as refusal:
        assert REFUSED in str(refusal)
        return bool(owed), True
    except LeftOpen:
        return bool(owed), False


def wish(story, choice):
    actions.wish_news(story.hana, by=story.me("hana"), choice=choice)


def test_nobody_closes_past_somebody_who_has_not_been_told(kept, told):
    with pytest.raises(IntegrityError, match=REFUSED):
        close_past_the_action(kept)
    told(kept)
    with pytest.raises(LeftOpen):
        close_past_the_action(kept)


@pytest.mark.parametrize(
    ("choice", "steps", "owes"),
    [
        (None, ("verify", "verify"), True), ("each", ("verify", "verify"), True), ("end", ("verify", "verify"), True),
        ("wrong", ("verify", "verify"), False), ("wrong", ("verify", "partly"), True), ("wrong", ("miss", "verify"), True),
        ("wrong", ("waive", "waive"), True), ("wrong", ("verify", "waive"), True),
        ("none", ("miss", "partly"), False),
    ],
)  # fmt: skip
def test_the_database_asks_as_python_does_under_each_wish(holding, settle, told, choice, steps, owes):
    if choice:
        wish(holding, choice)
    settle(holding, *steps)
    assert both(holding) == (owes, owes)
    told(holding)
    assert both(holding) == (False, False)


def test_old_news_is_none_and_news_of_a_day_before_is_none(holding, told):
    agreements.miss(holding.items()[0], by=holding.lead)
    told(holding)
    assert both(holding) == (False, False)
    agreements.miss(holding.items()[1], by=holding.lead)
    assert both(holding) == (True, True)
    told(holding, told_on=timezone.localdate() - timedelta(days=1))
    assert both(holding) == (True, True)


def test_that_none_is_wanted_counts_until_they_say_what_they_want(kept, told):
    told(kept, way=News.Way.NOT_WANTED)
    assert both(kept) == (False, False)
    wish(kept, "end")
    assert both(kept) == (True, True)
    wish(kept, "none")
    assert both(kept) == (False, False)


def test_who_was_tried_on_three_days_keeps_no_case_open(kept, told, try_in_vain):
    with try_in_vain(kept.hana, by=kept.lead):
        assert both(kept) == (True, True)
        told(kept, way=News.Way.NOT_REACHED)
        assert both(kept) == (False, False)


def test_somebody_harmed_and_responsible_too_is_waited_for(kept, told):
    Participation.objects.filter(pk=kept.hana.pk).update(role="responsible", also="harmed")
    assert both(kept) == (True, True)
    kept.hana.refresh_from_db()
    told(kept)
    assert both(kept) == (False, False)


def test_who_has_left_is_not_waited_for(kept):
    preparation.withdraw(kept.hana, by=kept.me("hana"))
    Participation.objects.filter(pk=kept.hana.pk).update(left_at=timezone.now())
    assert both(kept) == (False, False)


def test_before_anybody_met_somebody_harmed_is_told_too(village, at_preparing):
    with village.inside():
        assert both(at_preparing) == (True, True)
        actions.tell(at_preparing.case, by=at_preparing.lead, participation=at_preparing.hana, way=News.Way.VOICE, told_on=timezone.localdate())
        assert both(at_preparing) == (False, False)
