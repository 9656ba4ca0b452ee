"""The nightly task: ways go once their reader has heard, one fault ends no night, and what nobody looked at puts forgetting off."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from setfair.keeping import actions, queries
from setfair.keeping.asked import How, Wants, Why
from setfair.keeping.tasks import keep_the_promise
from setfair.letters.models import Letter
from setfair.letters.tasks import send_due_letters
from setfair.people.models import Contact
from setfair.village.time import at

pytestmark = pytest.mark.django_db


def ways(somebody):
    return Contact.objects.filter(person=somebody.person).count()


def test_the_answer_leaves_before_the_way_to_its_reader_is_taken_away(at_following_up, village):
    story = at_following_up
    with village.inside():
        asking = actions.ask(story.hana, by=story.me("hana"), wants=Wants.FORGET)
        actions.answer(asking, by=story.coordinator, how=How.PARTLY, why=Why.SIGNED)
    keep_the_promise()
    with village.inside():
        assert ways(story.hana) == 1
    send_due_letters()
    with village.inside():
        assert Letter.objects.get(key__startswith="answered:").stage == "sent"
    keep_the_promise()
    with village.inside():
        assert (ways(story.hana), ways(story.rami) > 0) == (0, True)
        Contact.objects.create(person=story.hana.person, way="email", value="new@home.example")
    keep_the_promise()
    with village.inside():
        assert ways(story.hana) == 1


def test_an_answer_that_cannot_leave_keeps_the_way_for_a_month(at_following_up, village):
    story = at_following_up
    with village.inside(), at(timezone.now() - timedelta(days=31)):
        Contact.objects.filter(person=story.hana.person).update(added_at=timezone.now())
        asking = actions.ask(story.hana, by=story.me("hana"), wants=Wants.FORGET)
        actions.answer(asking, by=story.coordinator, how=How.PARTLY, why=Why.SIGNED)
        assert queries.ways_to_take() == []
    keep_the_promise()
    with village.inside():
        assert ways(story.hana) == 0
