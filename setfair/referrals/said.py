"""A moment as it is said aloud, in the language that is active."""

from __future__ import annotations

from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from setfair.core import clock


def moment(at: datetime, zone: str) -> str:
    there = clock.local(at, zone)
    told = {"weekday": date_format(there, "l"), "date": date_format(there, "DATE_FORMAT"), "time": date_format(there, "TIME_FORMAT")}
    return _("%(weekday)s, %(date)s, %(time)s") % told
