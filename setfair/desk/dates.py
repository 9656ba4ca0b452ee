"""Terms and days off out of a calendar: looked through first. What was found is carried, signed, from the look to the taking in."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.translation import gettext as _

from setfair.access.limits import allow
from setfair.calendars.dates import Days, at_address, days_in
from setfair.calendars.reading import MOST_BYTES, Unreadable
from setfair.programmes.forms.dates import ChosenDaysForm
from setfair.programmes.models import Closure, Programme, Term

SALT, AN_HOUR = "dates", 3600
OFTEN = 20
"""So many looks an hour: an address is never asked because somebody leans on a key."""


class CannotRead(Exception):
    """Nothing can be taken from this; the sentence says why."""


def look(programme: Programme, *, file: UploadedFile | None, address: str) -> list[Days]:
    """The days that stand in it and are not over. It writes nothing. Raises `CannotRead`."""
    if not allow(f"dates {programme.pk}", limit=OFTEN, per=timedelta(hours=1)):
        raise CannotRead(_("You looked often just now. Please try again in an hour."))
    try:
        found = days_in(file.read(MOST_BYTES + 1), zone=programme.zone) if file else at_address(address, zone=programme.zone)
    except Unreadable as reason:
        raise CannotRead(str(reason.fault.label)) from reason
    if not found:
        raise CannotRead(_("There is no whole day in it that still lies ahead."))
    return found


def packed(found: list[Days]) -> str:
    return signing.dumps([(d.first.isoformat(), d.last.isoformat(), d.name, d.what) for d in found], salt=SALT, compress=True)


def unpacked(token: str) -> list[Days]:
    try:
        rows = signing.loads(token, salt=SALT, max_age=AN_HOUR)
    except signing.BadSignature as old:
        raise CannotRead(_("This was looked through long ago. Please look it through once more.")) from old
    return [Days(date.fromisoformat(first), date.fromisoformat(last), name, what) for first, last, name, what in rows]


class Choosing:
    """What was found: `form` asks of each new one what it is, `known` are those that stand here already."""

    def __init__(self, found: list[Days], sent: Any = None) -> None:
        columns = ("name", "starts_on", "ends_on")
        here = {*Term.objects.values_list(*columns), *Closure.objects.values_list(*columns)}
        self.token = packed(found)
        self.known = [_words(d) for d in found if (d.name, d.first, d.last) in here]
        self.new = {f"day{number}": d for number, d in enumerate(found) if (d.name, d.first, d.last) not in here}
        self.form = ChosenDaysForm(sent, found=[(name, _words(d), d.what) for name, d in self.new.items()])

    def chosen(self) -> list[tuple[str, str, date, date]]:
        """What the action takes."""
        said = self.form.cleaned_data
        return [(said[name], d.name, d.first, d.last) for name, d in self.new.items() if said.get(name)]


def _words(days: Days) -> str:
    first, last = date_format(days.first, "DATE_FORMAT"), date_format(days.last, "DATE_FORMAT")
    return format_html("<bdi>{}</bdi> · {}", days.name, first if first == last else f"{first} – {last}")
