from __future__ import annotations

from collections.abc import Iterator
from datetime import date, time
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.formats import time_format
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from setfair.programmes.models import Window
from setfair.programmes.wording import told
from setfair.ui.forms import DayInput

from .models import ANSWERS, Week
from .reading import MOST_BYTES

SPARE = 2
MOST_OFF = 12
Hour = tuple[int, time, time]


class WeekForm(forms.Form):
    """Every week: one question for each window of the programme, and for each hour they named before; and days on which it does not hold."""

    def __init__(self, *args: Any, week: Week | None, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        said = {(t.weekday, t.starts, t.ends): t.answer for t in week.times.all()} if week is not None else {}
        names = {(w.weekday, w.starts, w.ends): w.name for w in Window.objects.order_by("weekday", "starts", "id")}
        self.hours: dict[str, Hour] = {}
        for hour in sorted({*said, *names}):
            name = f"h{hour[0]}{hour[1]:%H%M}{hour[2]:%H%M}"
            self.hours[name] = hour
            self.fields[name] = forms.ChoiceField(
                label=_label(hour, names.get(hour, "")), choices=ANSWERS, required=False, widget=forms.RadioSelect, initial=said.get(hour)
            )
        off = [(d.first, d.last) for d in week.days_off.all() if d.last >= today] if week is not None else []
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


def _label(hour: Hour, name: str) -> str:
    times = time_format(hour[1]), time_format(hour[2])
    day = format_html('<span class="hidden">{}: </span>', WEEKDAYS[hour[0]])
    return format_html('{}{} <span class="ref">{}–{}</span>', day, f"{told(name)}," if name else "", *times)
