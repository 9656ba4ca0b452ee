"""Whatever the search proposes, a booking takes: random weeks, answers, curfews, exams, closures, rooms; each proposal is booked.

`bench figure solver-check` runs it with more of them. Each booking of a page is undone, so that the next one is tried as it was proposed.
"""

import os
import random
from datetime import date, time, timedelta

import pytest
from django.db import transaction

from setfair.calendars import actions as calendars
from setfair.cases.journey import Stage
from setfair.facilitators.models import ExamDay
from setfair.people.models import Condition
from setfair.planning.queries import lay_out
from setfair.planning.searching import in_words, search
from setfair.programmes.models import Closure, Room, Term, Venue
from setfair.scheduling.actions import CannotBook, answer_time, book
from setfair.scheduling.open_days import open_between
from setfair.scheduling.queries import does_not_suit, objection, suggestions
from setfair.village.cast import OTHER, circle_of
from setfair.village.story import case_at

from .conftest import MONDAY, led_by_one_alone

pytestmark = pytest.mark.django_db
ROUNDS = int(os.environ.get("SETFAIR_PROPOSED") or 3)
SEED = int(os.environ.get("SETFAIR_PROPOSED_SEED") or 5)
FIRST = MONDAY.date() + timedelta(days=1)


class Undone(Exception):
    """So that nothing of a booking is left."""


def shaken(dice, stories, village):
    """Something of everything that the search has to know of."""
    week = open_between(stories[0].programme, FIRST, FIRST + timedelta(days=13))
    for story in stories:
        for person in story.people.values():
            who = person.person_id
            for stretch in dice.sample(week, dice.randint(0, len(week) // 2)):
                answer_time(person, by=story.lead, starts_at=stretch.starts, answer=dice.choice(("yes", "no", "if_needed")))
            if dice.random() < 0.3:
                hours = [(dice.randint(0, 4), time(dice.randint(8, 14)), time(15 + dice.randint(0, 3)), dice.choice(("no", "yes", "if_needed")))]
                off = [(day := FIRST + timedelta(days=dice.randint(0, 9)), day + timedelta(days=dice.randint(0, 3)))]
                calendars.say_week(who, by=story.coordinator, times=hours, days_off=off)
            if dice.random() < 0.15:
                Condition.objects.create(person_id=who, kind="curfew", seen="paper", by=who, not_after=time(dice.randint(13, 18)))
    for name in ("fadi", "ines", "malik"):
        if dice.random() < 0.4:
            ExamDay.objects.get_or_create(facilitator=village.facilitator(name), on=FIRST + timedelta(days=dice.randint(0, 9)))
    around(dice)


def around(dice):
    """Days that are closed, or of exams for students alone; terms; rooms elsewhere, and rooms that need a while between two."""
    day = FIRST + timedelta(days=dice.randint(0, 9))
    Closure.objects.create(name="Closed", starts_on=day, ends_on=day)
    Closure.objects.create(name="Exams", kind="exam", whom="students", starts_on=day + timedelta(days=2), ends_on=day + timedelta(days=2))
    Term.objects.create(name="Now", starts_on=date(2027, 1, 1), ends_on=FIRST + timedelta(days=dice.randint(10, 40)))
    Term.objects.create(name="Then", starts_on=FIRST + timedelta(days=45), ends_on=date(2027, 6, 30))
    far = Venue.objects.create(name="Hall", minutes=dice.choice((10, 40)))
    Room.objects.create(name="Far", venue=far, seats=dice.choice((6, 9, 12)))
    Room.objects.create(name="Near", seats=dice.choice((6, 9, 12)), waiting_places=2)


def refusal(case, by, room, starts_at, minutes):
    """What a booking says to it; whoever would come only if needed was asked, and so needs no reason."""
    words = objection(case, room=room, starts_at=starts_at, minutes=minutes) or does_not_suit(case, starts_at, minutes)
    try:
        with transaction.atomic():
            book(case, by=by, room=room, starts_at=starts_at, minutes=minutes)
            raise Undone
    except CannotBook as refused:
        return words or str(refused)
    except Undone:
        return words


def test_whatever_is_proposed_is_taken_by_a_booking(village, ready, record_property):
    dice, tried, refused, left = random.Random(SEED), 0, [], {"page": 0, "term": 0}
    stories = [ready, case_at(village, Stage.READY, circle=OTHER, matter=1), case_at(village, Stage.READY, circle=circle_of(3), matter=2)]
    led_by_one_alone(stories[2])
    by = ready.coordinator
    for number in range(ROUNDS):
        try:
            with transaction.atomic():
                shaken(dice, stories, village)
                for story in stories:
                    for one in suggestions(story.case):
                        if not one.missing:
                            tried, left["page"] = tried + 1, left["page"] + 1
                            said = refusal(story.case, by, one.room, one.starts_at, one.minutes)
                            refused += [f"{number}, a page, {one.starts_at:%a %d %H:%M}: {said}"] if said else []
                    stage(dice, story)
                term = lay_out([story.case for story in stories if not story.booked], FIRST, FIRST + timedelta(days=27))
                for found in in_words(term, search(term, seconds=0.2)):
                    if found.time is not None:
                        tried, left["term"] = tried + 1, left["term"] + 1
                        said = taken(found, by)
                        refused += [f"{number}, a term, {found.time.starts_at:%a %d %H:%M}: {said}"] if said else []
                raise Undone
        except Undone:
            for story in stories:
                story.case.refresh_from_db()
    record_property("tried", tried)
    record_property("refused", "; ".join(refused))
    assert (refused, left["page"] > 0, left["term"] > 0) == ([], True, True)


def stage(dice, story):
    """Now and then a case has its time before the others are planned."""
    found = [one for one in suggestions(story.case, 1) if not one.missing]
    story.booked = bool(found) and dice.random() < 0.3
    if story.booked:
        book(story.case, by=story.coordinator, room=found[0].room, starts_at=found[0].starts_at, minutes=found[0].minutes)


def taken(found, by):
    """A line of a term is booked beside those before it, as accepting books it."""
    try:
        book(found.case, by=by, room=found.time.room, starts_at=found.time.starts_at, minutes=found.time.minutes)
    except CannotBook as refused:
        return str(refused)
    return ""
