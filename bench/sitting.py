"""Takes the pictures that `bench.album` was asked for, once Django is ready: the demo village as `make run` shows it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.test import Client
from django.urls import reverse
from playwright.sync_api import Browser, Page

from config import places
from setfair.cases.models import Case, Emergency, Participation
from setfair.cases.models import Role as Seat
from setfair.conferences import actions as conferences
from setfair.conferences import queries as days
from setfair.core import clock
from setfair.letters.tasks import send_due_letters
from setfair.scheduling.models import Booking
from setfair.village.build import Village, build
from setfair.village.show import show

from . import house, looks
from .looks import DESKTOP, PHONE, Look

ALBUM = places.ROOT / "docs" / "pictures"
TABLET = Look("tablet", 820, 1100)
NEW, HALF, READY, SCHEDULED, SIGNING, PROMISED = "C-0011", "C-0009", "C-0008", "C-0007", "C-0005", "C-0004"
"""The cases of the village that a guide speaks of, by what there is to see."""


@dataclass(frozen=True)
class Picture:
    """`who` is a member of the team, or somebody of a circle as `<case>.<seat>`; `page` is the address, `act` what they press first."""

    name: str
    who: str
    page: Callable[[Village], str]
    how: Look = DESKTOP
    height: int = 0
    act: Callable[[Page], None] | None = None


def _at(route: str, *args: str) -> Callable[[Village], str]:
    return lambda village: reverse(route, args=args)


def _person(ref: str, seat: str) -> Callable[[Village], str]:
    return lambda village: reverse("person", args=[_seated(ref, seat).pk])


def _seated(ref: str, seat: str) -> Participation:
    return Participation.objects.get(case__ref=ref, role=seat)


def _looked_at(village: Village) -> str:
    return reverse("emergency_review", args=[Emergency.objects.latest("at").pk])


def _the_day(village: Village) -> str:
    return reverse("conference", args=[days.latest_conference(Case.objects.get(ref=SCHEDULED)).pk])


def _the_hour(village: Village) -> str:
    """The same circle under way, its script open where each one in turn is asked."""
    conference = days.latest_conference(Case.objects.get(ref=SCHEDULED))
    lead = village.actor("fadi")
    for person in Participation.objects.filter(case__ref=SCHEDULED):
        conferences.welcome(conference, person, by=lead)
    conferences.convene(conference, by=lead)
    conferences.turn_page(conference, by=lead, page=5)
    return reverse("conference", args=[conference.pk])


def _moving(village: Village) -> str:
    """The week in which a circle meets, while it is picked up to go elsewhere."""
    booking = Booking.objects.get(case__ref=SCHEDULED, released_at__isnull=True)
    day = clock.local(booking.starts_at, village.school.zone).date()
    return f"{reverse('week')}?day={day.isoformat()}&view=windows&move={booking.pk}"


def _unfold(words: str) -> Callable[[Page], None]:
    return lambda page: page.locator("summary", has_text=words).first.click()


PICTURES = (
    Picture("today", "cora", _at("today"), height=1250),
    Picture("request", "cora", _at("request", "R-1003"), height=900),
    Picture("case", "cora", _at("case", HALF), height=960),
    Picture("times", "cora", _at("schedule", READY), height=1530),
    Picture("moving", "cora", _moving, height=1180),
    Picture("person", "fadi", _person(HALF, Seat.RESPONSIBLE), height=1000),
    Picture("home-phone", f"{HALF}.{Seat.HARMED}", _at("home"), PHONE, height=1212),
    Picture("choice-phone", f"{NEW}.{Seat.HARMED}", _at("choice"), PHONE, height=1460),
    Picture("follow-up", "fadi", _at("follow_up", PROMISED), height=830),
    Picture("kept-phone", f"{HALF}.{Seat.HARMED}", _at("own_record"), PHONE, height=1130),
    Picture("emergency", "cora", _looked_at, height=1000),
    Picture("ready-to-open", "ada", _at("settings"), height=1000),
    Picture("day", "fadi", _the_day, TABLET),
    Picture("script", "fadi", _the_hour, TABLET),
)
"""In this order: the last one begins a conference."""


def take(words: str) -> None:
    """Each picture as `docs/pictures/<name>.png`."""
    ALBUM.mkdir(parents=True, exist_ok=True)
    with house.fresh_database(), house.served() as home, looks.chromium() as browser:
        village = build(with_passwords=True)
        show(village)
        send_due_letters()
        for picture in PICTURES:
            if words in picture.name:
                _take(picture, village, browser, home.address)


def _take(picture: Picture, village: Village, browser: Browser, address: str) -> None:
    with village.inside():
        cookies, where = _cookies(picture.who, village), picture.page(village)
    with looks.visitor(browser, address) as page:
        page.context.add_cookies([{"name": name, "value": value, "url": address} for name, value in cookies.items()])
        looks.look(page, picture.how)
        answer = page.goto(where)
        if answer is None or not answer.ok or page.url != address + where:
            raise SystemExit(f"“{picture.name}” cannot be taken: {picture.who} does not get to {where}.")
        if picture.act is not None:
            picture.act(page)
        clip: Any = {"x": 0, "y": 0, "width": picture.how.width, "height": picture.height or picture.how.height}
        page.screenshot(path=ALBUM / f"{picture.name}.png", clip=clip, full_page=True)
    print(f"{picture.name}.png  {(ALBUM / f'{picture.name}.png').stat().st_size // 1000} KB")


def _cookies(who: str, village: Village) -> dict[str, str]:
    client = Client(HTTP_HOST="localhost")
    if "." in who:
        ref, seat = who.split(".")
        village.enter(client, _seated(ref, seat))
    else:
        village.sign_in(client, who)
    return {morsel.key: morsel.value for morsel in client.cookies.values() if morsel.value}
