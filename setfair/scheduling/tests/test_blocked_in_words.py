"""Cases without a time, made by hand in the house itself, and the sentences a coordinator reads about each; `bench figure blockers` runs it."""

from datetime import date, time, timedelta

import pytest
from django.db import transaction

from setfair.calendars import actions as calendars
from setfair.cases import actions as cases
from setfair.cases.journey import Stage
from setfair.facilitators.models import ExamDay, Facilitator
from setfair.people.models import Condition
from setfair.programmes.actions.places import NewPlace
from setfair.programmes.models import Closure, Room, Term, Window
from setfair.scheduling.actions import answer_time, book
from setfair.scheduling.queries import objection, what_blocks
from setfair.village.cast import OTHER
from setfair.village.story import case_at

from .conftest import TUESDAY

pytestmark = pytest.mark.django_db
DAY = TUESDAY.date()


class Undone(Exception):
    """So that nothing of one case is left for the next."""


def one_hour_alone(story):
    """Tuesday at eight is the only time there is."""
    Window.objects.exclude(name="Tuesday morning").delete()
    Window.objects.update(ends=time(9, 0))
    story.case.deadline = DAY


def curfew(story, village):
    Condition.objects.create(person_id=story.rami.person_id, kind="curfew", seen="register", by=story.rami.person_id, not_after=time(7))


def day_off(story, village):
    calendars.say_week(story.rami.person_id, by=story.coordinator, times=[], days_off=[(DAY, DAY + timedelta(days=400))])


def said_no(story, village):
    answer_time(story.hana, by=story.lead, starts_at=TUESDAY, answer="no")


def exam_of_one_who_holds_it(story, village):
    ExamDay.objects.create(facilitator=village.facilitator("ines"), on=DAY)


def exam_of_all_who_could(story, village):
    without_students(story)
    for name in ("ines", "malik", "tova"):
        ExamDay.objects.create(facilitator=village.facilitator(name), on=DAY)


def certificates_end(story, village):
    without_students(story)
    Facilitator.objects.filter(kind="student").update(certified_until=DAY - timedelta(days=1))


def without_students(story):
    for assignment in story.case.assignments.filter(ended_at=None, part="student"):
        cases.unassign(assignment, by=story.coordinator)


def closed_day(story, village):
    Closure.objects.create(name="Snow day", starts_on=DAY, ends_on=DAY)


def out_of_term(story, village):
    Term.objects.create(name="Autumn", starts_on=date(2026, 9, 1), ends_on=date(2026, 12, 18))


def closed_place(story, village):
    jail = NewPlace(name="County Jail", address="1 Long Road", weekdays=(0, 1, 2), hours=(time(9), time(16)), lead_days=5)
    cases.take_in(story.rami, by=story.lead, new=jail, address="", release_on=None)


def room_too_small(story, village):
    Room.objects.update(seats=3)


def too_short(story, village):
    Window.objects.update(ends=time(8, 40))


def all_booked(story, village):
    other = case_at(village, Stage.READY, circle=OTHER, matter=3)
    book(other.case, by=other.coordinator, room=Room.objects.get(), starts_at=TUESDAY, minutes=60)


CLOSED = "Rami is in a closed place. The place wants to know 5 days before who comes. The first day is 16 Jan."
ALL_THREE = "Too few students of the team are free: Ines Okafor ({0}), Malik Vane ({0}) and Tova Lindqvist ({0})."
BLOCKED = {
    curfew: ["Rami may not be out at these times.", "Rami may not be out at that time. Please choose another."],
    day_off: ["Rami cannot come at these times.", ""],
    said_no: ["Hana cannot come at these times.", ""],
    exam_of_one_who_holds_it: ["Ines Okafor cannot come at these times.", ""],
    exam_of_all_who_could: [ALL_THREE.format("exam on Tuesday"), ""],
    certificates_end: [ALL_THREE.format("certificate or clearance ends before"), ""],
    closed_day: ["No open day is left before the deadline.", "Closed until then: Snow day.", "We are closed that day: Snow day."],
    out_of_term: ["No open day is left before the deadline.", "Days until then lie outside the terms.", "That day lies outside the terms."],
    closed_place: ["No open day is left before the deadline.", CLOSED, CLOSED],
    room_too_small: ["No open room has 7 seats.", "Meeting room has 3 seats, and 7 people come."],
    too_short: ["Some windows are too short for 60 minutes.", "That lies outside the times in which you hold meetings: Tuesday morning."],
    all_booked: [
        *(f"{name} is already booked." for name in ("Fadi Brandt", "Ines Okafor", "Malik Vane")), "Every room that is big enough is taken.", "",
    ],
}  # fmt: skip
"""By what is different: what the search says that found nothing, and last what is said of the one hour when it is chosen by hand."""


def test_each_case_without_a_time_names_in_words_what_blocks_it(village, ready, record_property):
    wrong = []
    for make, expected in BLOCKED.items():
        try:
            with transaction.atomic():
                one_hour_alone(ready)
                make(ready, village)
                said = [*what_blocks(ready.case), objection(ready.case, room=Room.objects.get(), starts_at=TUESDAY, minutes=60)]
                if said != expected:
                    wrong.append(f"{make.__name__}: {said} instead of {expected}")
                raise Undone
        except Undone:
            ready.case.refresh_from_db()
    record_property("cases", len(BLOCKED))
    record_property("wrong", "; ".join(wrong))
    assert wrong == []
