"""Where somebody is who is in a closed place, and who visits them there."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from setfair.people.custody import Custody, Visit
from setfair.ui.forms import ClockInput, DayInput


class CustodyForm(forms.Form):
    place = forms.CharField(label=_("Name of the place"), max_length=120)
    address = forms.CharField(
        label=_("Its address, for letters"), max_length=160, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("With the number that must stand on a letter, if there is one."),
    )  # fmt: skip
    days = forms.TypedMultipleChoiceField(
        label=_("Days of visits"), coerce=int, choices=list(WEEKDAYS.items()), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Leave all empty if every day is fine."),
    )  # fmt: skip
    starts = forms.TimeField(label=_("Visits from"), required=False, widget=ClockInput)
    ends = forms.TimeField(label=_("Visits until"), required=False, widget=ClockInput)
    lead_days = forms.IntegerField(label=_("How many days before do they want to know who comes?"), min_value=0, max_value=60, initial=5)
    release_on = forms.DateField(
        label=_("Day of release, if it is known"), required=False, widget=DayInput,
        help_text=_("Two weeks before, Today reminds you. It going by ends nothing: you say when they are out."),
    )  # fmt: skip


class VisitForm(forms.Form):
    on = forms.DateField(label=_("Which day?"), widget=DayInput)
    starts = forms.TimeField(label=_("From"), widget=ClockInput)
    ends = forms.TimeField(label=_("Until"), widget=ClockInput)


class OutForm(forms.Form):
    how = forms.ChoiceField(label=_("Why is it over?"), choices=Custody.How.choices, widget=forms.RadioSelect)


class OffForm(forms.Form):
    """Which visit is called off, among those that lie ahead."""

    visit = forms.ModelChoiceField(queryset=Visit.objects.none())

    def __init__(self, *args: Any, rows: QuerySet[Visit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["visit"]
        field.queryset = rows


class ClearanceForm(forms.Form):
    for_day = forms.DateField(widget=forms.HiddenInput)
