"""A room without network, as a real browser has it."""

import re

from django.conf import settings

from setfair.vault.sessions import SessionStore

SOON = 15_000


def day(world, story):
    with world.inside():
        return f"/conferences/{story.conference.pk}/"


def ready(one, path):
    """They keep the console on their device."""
    one.open(path).press("Get ready for a room without network")
    one.page.get_by_role("button", name="Get ready").click()
    one.page.get_by_text("All of it lies on this device.").wait_for(timeout=SOON)
    one.open(path)
    one.page.get_by_text("Ready without network").wait_for(timeout=SOON)
    return one


def away(one, path):
    one.page.context.set_offline(True)
    one.open(path)
    one.page.get_by_text("No network. Nothing is lost.").wait_for(timeout=SOON)


def waits(one, count):
    one.page.get_by_text(re.compile(f"Waiting on this device: {count}")).wait_for(timeout=SOON)


def kept(one):
    """How many databases and caches of ours lie in this browser."""
    return one.page.evaluate("Promise.all([caches.keys(), indexedDB.databases()]).then(all => all.flat().length)")


def stay_of(one):
    return next(cookie["value"] for cookie in one.page.context.cookies() if cookie["name"] == settings.SESSION_COOKIE_NAME)


def runs_out(one):
    """They came in so long ago that their stay is over."""
    stay = SessionStore(stay_of(one))
    stay["started"] -= settings.STAYS["staff"][1] + 60
    stay.save()
