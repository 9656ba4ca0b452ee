from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from setfair.cases.models import Assignment, Duty
from setfair.core import clock
from setfair.ui.forms import ClockInput, DayInput

from .forms import named

Options = Sequence[tuple[str, str]]


class DayForm(forms.Form):
    """For which time a team is looked for."""

    day = forms.DateField(label=_("Day"), widget=DayInput)
    clock = forms.TimeField(label=_("Begins"), widget=ClockInput)
    minutes = forms.IntegerField(label=_("Minutes"), min_value=10, max_value=480)

    def starts_at(self, zone: str) -> datetime:
        day, at = self.cleaned_data["day"], self.cleaned_data["clock"]
        return clock.at(day, at.hour, at.minute, zone)


class TeamForm(forms.Form):
    """Who is asked for each place that is empty; the first of each list is whose turn it is."""

    goes_on = forms.BooleanField(label=_("After a no, or no answer, ask the next in turn"), required=False, initial=True)

    def __init__(self, *args: Any, places: Sequence[tuple[str, Options]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = [(part, f"place_{number}") for number, (part, _options) in enumerate(places)]
        for (part, name), (_part, options) in zip(self.places, places, strict=True):
            first = options[0][0] if options else ""
            label = Assignment.Part(part).label
            self.fields[name] = forms.ChoiceField(label=label, choices=[*options, ("", _("Nobody now"))], required=False, initial=first)

    def chosen(self) -> list[tuple[str, UUID]]:
        """Part and facilitator of each place for which somebody is to be asked; nobody twice."""
        asked: dict[UUID, str] = {}
        for part, name in self.places:
            if self.cleaned_data.get(name):
                asked.setdefault(UUID(self.cleaned_data[name]), part)
        return [(part, who) for who, part in asked.items()]

    def lines(self) -> list[Any]:
        return [self[name] for _part, name in self.places]


class HourForm(forms.Form):
    """A time that we suggested; it names its moment itself."""

    starts_at = forms.CharField(max_length=40)
    minutes = forms.IntegerField(min_value=10, max_value=480)

    def clean_starts_at(self) -> datetime:
        return named(self.cleaned_data["starts_at"])


class NextForm(forms.Form):
    """For which question one more is asked."""

    duty = forms.ModelChoiceField(queryset=Duty.objects.none())

    def __init__(self, *args: Any, duties: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["duty"].queryset = duties
