"""Every screen of the house in a real browser: it is there, and axe finds nothing wrong with it."""

import pytest
from django.conf import settings
from django.urls import get_resolver
from playwright.sync_api import Browser, Error

from bench import axe, looks
from bench.no_screen import EXCEPT
from bench.screen import Screen
from bench.screens import FIRST_RUN, SCREENS
from bench.states import settle
from setfair.village.build import build
from tests.house.matrix import _patterns
from tests.turns import turn

LOOKS = (looks.PHONE, looks.DARK_DESKTOP, looks.DESKTOP, looks.DARK_PHONE)


@pytest.fixture
def guest(chromium: Browser, live_server):
    address = live_server.url.replace("127.0.0.1", "localhost")
    settings.SITE_ADDRESS = address
    with looks.visitor(chromium, address) as page:
        axe.bring(page.context)
        yield page, address


def _faults(guest, screen, world, how):
    """What is wrong with one screen, in words; nothing at all for a good one."""
    page, address = guest
    try:
        status = looks.come(page, screen, world, address)
    except Error as fault:
        return [f"{screen.name} cannot be come to: {str(fault).splitlines()[0]}"]
    if status != screen.status:
        return [f"{screen.name} answered {status}"]
    return [f"{screen.name}, {fault}" for fault in axe.faults(page, [how])]


def due(screens: tuple[Screen, ...]) -> list[Screen]:
    """Each page once, as it stands first in the catalogue; of its further states and refusals a third, another one for each commit.

    `make figure NAME=axe` looks at all of them, in every look.
    """
    seen: set[str] = set()
    first = [screen for screen in screens if (page := screen.route or screen.template) not in seen and not seen.add(page)]
    further = [screen for screen in screens if screen not in first]
    return [*first, *further[turn(3) :: 3]]


def test_every_page_is_due_each_time_and_every_state_within_three():
    every = (*FIRST_RUN, *SCREENS)
    assert {screen.route or screen.template for screen in due(every)} == {screen.route or screen.template for screen in every}
    assert len(due(every)) < len(every)


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_axe_finds_nothing_on_any_screen(guest):
    """Each page once: one is seen on a phone by day, the next on a desktop by night, turn and turn about.

    It is one long walk and begins among the first: playing the village that it walks through costs as much as looking at forty screens.
    """
    screens: list[tuple[int, Screen]] = list(enumerate(due((*FIRST_RUN, *SCREENS))))
    found = [f for n, screen in screens if screen in FIRST_RUN for f in _faults(guest, screen, None, LOOKS[n % 4])]
    world = settle(build(with_passwords=True))
    found += [f for n, screen in screens if screen not in FIRST_RUN for f in _faults(guest, screen, world, LOOKS[n // 2 % 4])]
    assert found == []


def test_every_page_of_the_site_map_is_in_the_catalogue():
    """A page that answers to GET is shown as a screen, or stands among the exceptions with its reason; and nothing stands there that is gone."""
    pages = {entry.name for entry in _patterns(get_resolver()) if entry.name and "GET" in _methods(entry.callback)}
    shown = {screen.route for screen in (*FIRST_RUN, *SCREENS)} - {""}
    assert pages == shown | set(EXCEPT)
    assert shown & set(EXCEPT) == set()


def test_no_two_screens_have_the_same_name():
    names = [screen.name for screen in (*FIRST_RUN, *SCREENS)]
    assert sorted(set(names)) == sorted(names)


def _methods(view):
    """What a view answers to: what its decorators say, through all that is wrapped around it; everything if they say nothing."""
    while view is not None:
        known = dict(zip(view.__code__.co_freevars, view.__closure__ or (), strict=False)) if hasattr(view, "__code__") else {}
        if "request_method_list" in known:
            return set(known["request_method_list"].cell_contents)
        view = getattr(view, "__wrapped__", None)
    return {"GET", "POST"}
