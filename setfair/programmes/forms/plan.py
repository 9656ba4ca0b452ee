from __future__ import annotations

from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from setfair.core.clock import EARLIEST
from setfair.ui.forms import ClockInput, DayInput

from .careful import CarefulForm

DAYS = list(WEEKDAYS.items())


class _Hours(forms.Form):
    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("starts") and data.get("ends") and data["ends"] <= data["starts"]:
            self.add_error("ends", _("A window ends after it starts. Please check both times."))
        return data


class NewWindowsForm(_Hours):
    """One name and time on several days at once."""

    name = forms.CharField(label=_("Name"), max_length=40, help_text=_("For example Tuesday morning, lunch, after school."))
    weekdays = forms.TypedMultipleChoiceField(label=_("Days"), choices=DAYS, coerce=int, widget=forms.CheckboxSelectMultiple)
    starts = forms.TimeField(label=_("From"), widget=ClockInput)
    ends = forms.TimeField(label=_("To"), widget=ClockInput)

    def facts(self) -> dict[str, Any]:
        return self.cleaned_data


class WindowForm(_Hours, CarefulForm):
    name = forms.CharField(label=_("Name"), max_length=40)
    weekday = forms.TypedChoiceField(label=_("Day"), choices=DAYS, coerce=int)
    starts = forms.TimeField(label=_("From"), widget=ClockInput)
    ends = forms.TimeField(label=_("To"), widget=ClockInput)


class _Days(CarefulForm):
    name = forms.CharField(label=_("Name"), max_length=40)
    starts_on = forms.DateField(label=_("First day"), widget=DayInput)
    ends_on = forms.DateField(label=_("Last day"), widget=DayInput)

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        first, last = data.get("starts_on"), data.get("ends_on")
        if first and first < EARLIEST:
            self.add_error("starts_on", _("Please check the year."))
        if first and last and last < first:
            self.add_error("ends_on", _("The last day cannot be before the first day. Please check both dates."))
        if first and last and (last - first).days > 400:
            self.add_error("ends_on", _("This is longer than a year. Please check both dates."))
        return data


class TermForm(_Days):
    pass


class ClosureForm(_Days):
    pass


class RoomForm(CarefulForm):
    name = forms.CharField(label=_("Name"), max_length=40)
    seats = forms.IntegerField(label=_("Seats"), min_value=2, max_value=200, initial=12)
    directions = forms.CharField(label=_("How to get there"), max_length=200, required=False)
