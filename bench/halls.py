"""Circles of many, under way, and whoever sits in them with a page open: each came through a real door, by a code or by signing in."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.test import Client
from django.urls import reverse

from setfair.cases.journey import Stage
from setfair.cases.models import Participation
from setfair.cases.models import Role as Seat
from setfair.conferences import actions as conferences
from setfair.conferences.models import Conference
from setfair.conferences.models.conference import BEFORE as STUDENTS_SEE
from setfair.core import clock
from setfair.facilitators.models import Facilitator
from setfair.programmes.models import Programme, Room
from setfair.village.build import Village
from setfair.village.cast import FIRST, LAST, Someone
from setfair.village.story import Story, case_at

TEAM = ("fadi", "ines", "malik")
"""Who holds each of them: a member of staff and two students. The lead is the first."""
LANGUAGES = ("en", "en", "es")


@dataclass(frozen=True)
class Chair:
    """Somebody with a page of the circle open. `page` is what they look at, `live` the line it hears on."""

    circle: UUID
    page: str
    live: str
    cookies: dict[str, str]
    language: str = "en"
    lead: bool = False


@dataclass(frozen=True)
class Hall:
    """A circle that is under way, and its chairs."""

    circle: UUID
    turns: str
    chairs: list[Chair]

    @property
    def lead(self) -> Chair:
        return next(chair for chair in self.chairs if chair.lead)


def halls(village: Village, sizes: list[int]) -> list[Hall]:
    """A circle under way for each size, with so many pages open in it, the team among them.

    One team holds them all, so they are booked one after the other for weeks, and begin now. To play them takes longer than a stay
    lasts that nobody uses, so everyone comes in at the end, when all of them are under way.
    """
    with village.inside():
        Facilitator.objects.update(a_week=20, a_term=200)
        Room.objects.update(seats=max(sizes) + 20)
        Programme.objects.update(safety_days=90)
        under_way = [_begun(village, number, size) for number, size in enumerate(sizes)]
        return [_hall(village, story, conference, size) for (story, conference), size in zip(under_way, sizes, strict=True)]


def people(number: int, many: int) -> tuple[Someone, ...]:
    """Somebody harmed, somebody responsible, those who came with them and the community, in two languages."""

    def one(n: int, seat: str, stands_by: str = "") -> Someone:
        name = f"{FIRST[n % len(FIRST)]} {LAST[(number * 5 + n // len(FIRST)) % len(LAST)]}"
        return Someone(f"seat{n}", name, seat, stands_by=stands_by, birth_year=2000, language=LANGUAGES[n % len(LANGUAGES)])

    two = (one(0, Seat.HARMED), one(1, Seat.RESPONSIBLE))
    others = (one(n, Seat.SUPPORTER, f"seat{n // 2 % 2}") if n % 2 else one(n, Seat.COMMUNITY) for n in range(2, many))
    return (*two, *others)


def _begun(village: Village, number: int, size: int) -> tuple[Story, Conference]:
    story = case_at(village, Stage.SCHEDULED, circle=people(number, size - 1), matter=number)
    conference = story.begin()
    for person in story.people.values():
        conferences.mark_attendance(conference, person, by=story.lead, came=True)
    return story, conference


def _hall(village: Village, story: Story, conference: Conference, size: int) -> Hall:
    """A student sees a circle from a week before the day for which it was booked; in one further ahead somebody of the circle sits there instead."""
    page = reverse("conference", args=[conference.pk])
    keys = TEAM if conference.booking.starts_at - clock.now() < STUDENTS_SEE else TEAM[:1]
    team = [Chair(conference.pk, page, f"{page}live/", _held(village.sign_in(_visitor(), key)), lead=key == TEAM[0]) for key in keys]
    return Hall(conference.pk, reverse("turns", args=[conference.pk]), team + _seated(village, story, conference, size - len(team)))


def _seated(village: Village, story: Story, conference: Conference, many: int) -> list[Chair]:
    page, live = reverse("my_circle"), reverse("my_circle_live")
    people = list(story.people.values())[:many]
    return [Chair(conference.pk, page, live, _entered(village, person), person.person.language) for person in people]


def _entered(village: Village, person: Participation) -> dict[str, str]:
    return _held(village.enter(_visitor(), person))


def _visitor() -> Client:
    return Client(HTTP_HOST="localhost")


def _held(client: Client) -> dict[str, str]:
    return {morsel.key: morsel.value for morsel in client.cookies.values() if morsel.value}
