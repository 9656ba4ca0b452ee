"""How a line of Today is told: its rank, where its one button leads, and how its moment is put into words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.timesince import timesince
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from setfair.core import addresses, clock

from .rows import weekday

NOW, SAFETY, STOPPED, DEADLINE, READY, CHASE, FYI = range(-1, 6)
"""What cannot wait first: somebody who is not safe now, then every other matter of safety, then a change of mind."""
TAGS = {NOW: "safety", SAFETY: "safety", STOPPED: "wait", DEADLINE: "wait"}


@dataclass(frozen=True)
class Told:
    """How one rule is told. `when` turns its moment into words; `url` leads to the one act."""

    rank: int
    sentence: Any
    button: Any
    url: Callable[[str, Any], str]
    when: Callable[[datetime, str], str]


def on_case(page: str) -> Callable[[str, Any], str]:
    return lambda ref, key: addresses.of_ref(page, ref)


def on_row(page: str) -> Callable[[str, Any], str]:
    return lambda ref, key: addresses.of_key(page, key)


def on_page(page: str) -> Callable[[str, Any], str]:
    return lambda ref, key: reverse(page)


def ago(at: datetime, zone: str) -> str:
    if clock.now() - at < timedelta(minutes=1):
        return str(_("just now"))
    return str(_("%(time)s ago") % {"time": timesince(at, depth=1)})


def untold(at: datetime, zone: str) -> str:
    """When it is, is for nobody who reads this line."""
    return ""


def left(at: datetime, zone: str) -> str:
    """How many days are left for what the law gives a month."""
    days = (at.astimezone(UTC).date() - clock.local(clock.now(), zone).date()).days
    if days < 0:
        return str(ngettext("%(days)d day late", "%(days)d days late", -days) % {"days": -days})
    return str(ngettext("%(days)d day left", "%(days)d days left", days) % {"days": days})


def date_of(at: datetime, zone: str) -> str:
    return weekday(at.astimezone(UTC))
