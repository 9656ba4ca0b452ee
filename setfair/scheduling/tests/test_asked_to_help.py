"""A question to one of the team ends with the time it is about; of several who are asked for one place the first yes has it."""

from datetime import timedelta

import pytest
from django.urls import reverse

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


def test_who_is_asked_later_for_the_only_empty_place_is_asked_for_the_same_one(ready, village, client):
    cases.unassign(ready.case.assignments.get(ended_at=None, facilitator__user=village.malik), by=ready.coordinator)
    there, cora = reverse("team_builder", args=[ready.case.ref]) + "?day=2027-01-12&clock=08:00&minutes=60", village.sign_in(client, "cora")
    for name in ("malik", "tova"):
        assert cora.post(there, {"place_0": str(village.facilitator(name).pk)}).status_code == 302
    assert (Duty.objects.count(), len(set(Duty.objects.values_list("place", flat=True)))) == (2, 1)
    cases.say_yes_to(Duty.objects.get(facilitator__user=village.malik), by=village.actor("malik"))
    assert answers(ready) == {"Malik Vane": "yes", "Tova Lindqvist": "taken"}
    assert ready.case.assignments.filter(ended_at=None, part="student").count() == 2


def test_each_empty_place_is_asked_about_before_any_twice(ready, village):
    for assignment in ready.case.assignments.filter(ended_at=None, part="student"):
        cases.unassign(assignment, by=ready.coordinator)
    given = {"by": ready.coordinator, "part": "student", "starts_at": TUESDAY, "minutes": 60, "empty": 2}
    first, second, third = [
        cases.ask_to_help(ready.case, facilitator=village.facilitator(name), **given).place for name in ("malik", "tova", "ines")
    ]  # fmt: skip
    assert (first != second, third == first) == (True, True)
