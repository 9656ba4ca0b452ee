"""Places of the world, as their clocks are named."""

from __future__ import annotations

from itertools import groupby
from typing import Any
from zoneinfo import available_timezones

from django.utils.translation import gettext_lazy as _

REGIONS = {
    "Africa": _("Africa"), "America": _("America"), "Asia": _("Asia"), "Atlantic": _("Atlantic Ocean"), "Australia": _("Australia"),
    "Europe": _("Europe"), "Indian": _("Indian Ocean"), "Pacific": _("Pacific Ocean"),
}  # fmt: skip


def zones() -> list[tuple[str, str]]:
    """Each with the name that is shown."""
    return [(zone, zone.replace("_", " ")) for zone in sorted(available_timezones()) if zone.partition("/")[0] in REGIONS and "/" in zone]


def by_region() -> list[tuple[Any, list[tuple[str, str]]]]:
    """The same under the parts of the world, each by its city alone."""
    parts = groupby(zones(), lambda zone: zone[0].partition("/")[0])
    return [(REGIONS[part], [(zone, city(zone)) for zone, _name in found]) for part, found in parts]


def city(zone: str) -> str:
    """The place that gives a clock its name: "New York", "Louisville, Kentucky"."""
    _part, *rest = zone.replace("_", " ").split("/")
    return ", ".join(reversed(rest)) or zone
