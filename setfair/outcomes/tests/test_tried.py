"""That somebody could not be reached stands on three tries that were written down, each on a day of its own."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from setfair.outcomes.actions import CannotTell
from setfair.outcomes.models import News
from setfair.outcomes.queries import days_tried
from setfair.preparation import actions as preparation
from setfair.village.time import at

pytestmark = pytest.mark.django_db


def write_past_the_action(story):
    with transaction.atomic():
        News.objects.create(
            case=story.case, participation=story.hana, way=News.Way.NOT_REACHED, told_on=timezone.localdate(), words="", by=story.lead.id
        )


def test_nobody_is_given_up_without_a_single_try(kept, told):
    with pytest.raises(CannotTell, match="three different days"):
        told(kept, News.Way.NOT_REACHED)
    assert not News.objects.filter(participation=kept.hana).exists()


@pytest.mark.parametrize(
    ("tries", "enough"),
    [({"days": 2}, False), ({"days": 3, "apart": 0}, False), ({"result": "spoke"}, False), ({}, True), ({"result": "message"}, True)],
)
def test_three_tries_on_three_days_are_asked_for_by_the_action_and_by_the_database(kept, told, try_in_vain, tries, enough):
    with try_in_vain(kept.hana, by=kept.lead, **tries):
        if enough:
            assert told(kept, News.Way.NOT_REACHED).way == News.Way.NOT_REACHED
            return
        with pytest.raises(CannotTell, match="three different days"):
            told(kept, News.Way.NOT_REACHED)
        with pytest.raises(IntegrityError, match="three times"):
            write_past_the_action(kept)


def test_tries_with_somebody_else_count_for_nobody(kept, told, try_in_vain):
    with try_in_vain(kept.rami, by=kept.lead), pytest.raises(CannotTell, match="three different days"):
        told(kept, News.Way.NOT_REACHED)


def test_tries_from_before_there_was_anything_to_tell_do_not_count(holding, told, try_in_vain):
    with try_in_vain(holding.hana, by=holding.lead, days=4):
        holding.keep_all()
        preparation.note_try(holding.hana, by=holding.lead, on=timezone.localdate(), way="person", result="no_answer")
        with pytest.raises(CannotTell, match="three different days"):
            told(holding, News.Way.NOT_REACHED)
        with pytest.raises(IntegrityError, match="three times"):
            write_past_the_action(holding)


def test_whoever_was_spoken_with_since_was_reached(kept, told, try_in_vain):
    with try_in_vain(kept.hana, by=kept.lead):
        for key in ("rami", "hana"):
            assert len(days_tried(kept.hana)) == 3
            preparation.note_try(kept.people[key], by=kept.lead, on=timezone.localdate(), way="person", result="spoke")
        assert days_tried(kept.hana) == set()
        with pytest.raises(CannotTell, match="three different days"):
            told(kept, News.Way.NOT_REACHED)
        with pytest.raises(IntegrityError, match="three times"):
            write_past_the_action(kept)
        with at(timezone.now() + timedelta(days=1)), try_in_vain(kept.hana, by=kept.lead):
            assert told(kept, News.Way.NOT_REACHED).way == News.Way.NOT_REACHED
