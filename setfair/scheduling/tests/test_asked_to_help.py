"""A question to one of the team ends with the time it is about."""

from datetime import timedelta

import pytest

from setfair.cases import actions as cases
from setfair.cases.models import Duty
from setfair.letters.models import Letter
from setfair.scheduling.actions import book, rebook

from .conftest import TUESDAY

pytestmark = pytest.mark.django_db


def ask(story, village, name, starts_at=TUESDAY):
    given = {"facilitator": village.facilitator(name), "starts_at": starts_at, "minutes": 60}
    part = "co" if name == "mina" else "student"
    return cases.ask_to_help(story.case, by=story.coordinator, part=part, **given)


def answers(story):
    return {duty.facilitator.user.name: duty.answer for duty in Duty.objects.filter(case=story.case).select_related("facilitator__user")}


def test_a_booking_ends_the_questions_about_every_other_time(ready, village, room):
    ask(ready, village, "mina")
    other = ask(ready, village, "tova", TUESDAY + timedelta(hours=4))
    book(ready.case, by=ready.coordinator, room=room, starts_at=TUESDAY, minutes=60)
    assert answers(ready) == {"Mina Castell": "", "Tova Lindqvist": "off"}
    assert Letter.objects.filter(key=f"duty:{other.pk}:off").count() == 1


def test_a_move_ends_the_questions_about_the_time_it_had(ready, village, room):
    booking = book(ready.case, by=ready.coordinator, room=room, starts_at=TUESDAY, minutes=60)
    duty = ask(ready, village, "mina")
    rebook(booking, by=ready.coordinator, room=room, starts_at=TUESDAY + timedelta(days=1, hours=4), minutes=60, wish="venue")
    assert answers(ready) == {"Mina Castell": "off"}
    assert cases.say_yes_to(duty, by=village.actor("mina")).answer == "off"
    assert "Mina Castell" not in {a.facilitator.user.name for a in ready.case.assignments.filter(ended_at=None)}
