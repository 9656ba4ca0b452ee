from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.formats import time_format
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from setfair.core import clock
from setfair.programmes.models import Window
from setfair.programmes.wording import told
from setfair.ui.forms import DayInput

from .models import ANSWERS, Week, WeekTime
from .reading import MOST_BYTES

SPARE = 2
MOST_OFF = 12
Hour = tuple[int, time, time]
TAKEN_BACK = ("", _("Don’t know"))
"""Beside what was answered already: a choice that was made can be made undone."""


@dataclass(frozen=True)
class Ahead:
    """From which day on somebody is asked about weeks; by whose clock they read an hour, where it is not the programme's."""

    today: date
    zone: str
    said_as: Callable[[datetime, datetime], str] | None = None

    def windows(self) -> list[Window]:
        """Those that are not over. The hours of a closed place are asked on no page: whoever is in one has none, and nobody else learns of it."""
        rows = Window.objects.exclude(kind=Window.Kind.VISIT).select_related("term").order_by("weekday", "starts", "id")
        return [w for w in rows if not w.is_over(self.today)]

    def hours(self, hour: Hour) -> str:
        """As they are said; to whoever lives by another clock as it will show them next week, with ours beside it."""
        if self.said_as is None:
            return f"{time_format(hour[1])}–{time_format(hour[2])}"
        day = self.today + timedelta(days=7 - self.today.weekday() + hour[0])
        return self.said_as(*(clock.at(day, at.hour, at.minute, self.zone) for at in hour[1:]))


class WeekForm(forms.Form):
    """Every week: one question for each window of the programme, and for each hour they named before; and days on which it does not hold."""

    def __init__(self, *args: Any, week: Week | None, ahead: Ahead, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = {_hour(t): t.answer for t in week.times.all()} if week is not None else {}
        windows, past = {_hour(w): w for w in ahead.windows()}, {_hour(w) for w in Window.objects.select_related("term") if w.is_over(ahead.today)}
        self.hours: dict[str, Hour] = {}
        for hour in sorted({*windows, *(said.keys() - past)}):
            name = f"h{hour[0]}{hour[1]:%H%M}{hour[2]:%H%M}"
            self.hours[name] = hour
            self.fields[name] = forms.ChoiceField(
                label=_label(hour, windows.get(hour), ahead), choices=[*ANSWERS, TAKEN_BACK] if hour in said else ANSWERS, required=False,
                widget=forms.RadioSelect, initial=said.get(hour),
            )  # fmt: skip
        off = [(d.first, d.last) for d in week.days_off.all() if d.last >= ahead.today] if week is not None else []
        self.rows = min(len(off) + SPARE, MOST_OFF)
        for number in range(self.rows):
            first, last = off[number] if number < len(off) else (None, None)
            self.fields[f"first{number}"] = forms.DateField(label=_("Not on"), required=False, widget=DayInput, initial=first)
            self.fields[f"last{number}"] = forms.DateField(label=_("until"), required=False, widget=DayInput, initial=last)

    def by_day(self) -> list[tuple[Any, list[forms.BoundField]]]:
        days: dict[int, list[forms.BoundField]] = {}
        for name, hour in self.hours.items():
            days.setdefault(hour[0], []).append(self[name])
        return [(WEEKDAYS[weekday], fields) for weekday, fields in days.items()]

    def off(self) -> Iterator[tuple[forms.BoundField, forms.BoundField]]:
        for number in range(self.rows):
            yield self[f"first{number}"], self[f"last{number}"]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        for number in range(self.rows):
            first, last = said.get(f"first{number}"), said.get(f"last{number}")
            if last is not None and (first is None or last < first):
                self.add_error(f"last{number}", _("The last day is before the first. Please check."))
        return said

    def said(self) -> dict[str, Any]:
        """What the action takes."""
        given = self.cleaned_data
        times = [(*hour, given[name]) for name, hour in self.hours.items() if given.get(name)]
        days = [(given[f"first{n}"], given[f"last{n}"] or given[f"first{n}"]) for n in range(self.rows) if given[f"first{n}"]]
        return {"times": times, "days_off": days}


class AddressForm(forms.Form):
    address = forms.CharField(
        label=_("The secret address of your calendar"), max_length=2000, widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "url"}),
        help_text=_("It begins with https or webcal. In Google it is the “Secret address”. In Outlook it is the “ICS” link."),
    )  # fmt: skip


class FileForm(forms.Form):
    file = forms.FileField(
        label=_("A file from your calendar"), widget=forms.FileInput(attrs={"accept": ".ics,text/calendar"}), help_text=_("Its name ends in .ics.")
    )

    def clean_file(self) -> bytes:
        sent = self.cleaned_data["file"]
        if sent.size > MOST_BYTES:
            raise forms.ValidationError(_("There is more in it than we can read."))
        data: bytes = sent.read()
        return data


def _hour(row: Window | WeekTime) -> Hour:
    return row.weekday, row.starts, row.ends


def _label(hour: Hour, window: Window | None, ahead: Ahead) -> str:
    day = format_html('<span class="hidden">{}: </span>', WEEKDAYS[hour[0]])
    name = f"{told(window.name)}," if window else ""
    label = format_html('{}{} <span class="ref">{}</span>' if ahead.said_as is None else "{}{} {}", day, name, ahead.hours(hour))
    return format_html("{} {}", label, _("or as the bells ring")) if window and window.period else label
