"""How the tests offer times and answer."""

from datetime import timedelta

from setfair.letters.models import Letter
from setfair.scheduling import actions

from .conftest import MONDAY, TUESDAY

EVERYONE = ("hana", "rami", "sol", "gail")
DAY = timedelta(days=1)


def choices(room, *starts, minutes=60):
    return [actions.Choice(room, start, minutes) for start in starts or (TUESDAY,)]


def offered(story, room, *starts, **given):
    said = {"choices": choices(room, *starts), "answer_by": MONDAY + timedelta(hours=12)} | given
    return actions.offer(story.case, by=story.coordinator, **said)


def say(story, key, time, word):
    return actions.answer_offer(story.people[key], by=story.me(key), words={time: word})


def letters(offer, what="offered"):
    return {letter.reader_id: letter for letter in Letter.objects.filter(key__startswith=f"{what}:{offer.pk}:")}
