"""Where somebody is who is in a closed place, and who visits them there."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from setfair.people.custody import Custody, Visit
from setfair.programmes.actions.places import ALL_DAY, NewPlace
from setfair.programmes.models import ClosedPlace
from setfair.ui.forms import ClockInput, DayInput


class CustodyForm(forms.Form):
    """In which place of the programme's list they are. One that is not there yet is written down with it."""

    OTHER = "other"
    where = forms.ChoiceField(label=_("Which place?"), widget=forms.RadioSelect, error_messages={"required": _("Please choose one.")})
    name = forms.CharField(label=_("Name of the place"), max_length=120, required=False)
    street = forms.CharField(label=_("Its address, for letters"), max_length=160, required=False, widget=forms.Textarea(attrs={"rows": 2}))
    asks = forms.CharField(label=_("Who is asked who may come, and how?"), max_length=160, required=False)
    weekdays = forms.TypedMultipleChoiceField(
        label=_("Days of visits"), coerce=int, choices=list(WEEKDAYS.items()), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Other hours on other days, or twice a day? Your administrator adds these in Settings."),
    )  # fmt: skip
    starts = forms.TimeField(label=_("Visits from"), required=False, widget=ClockInput)
    ends = forms.TimeField(label=_("Visits until"), required=False, widget=ClockInput)
    lead_days = forms.IntegerField(
        label=_("How many days before do they want to know who comes?"), min_value=0, max_value=60, initial=5, required=False
    )
    address = forms.CharField(
        label=_("What must stand on a letter to them?"),
        max_length=120,
        required=False,
        help_text=_("A number, a wing. Leave it empty if there is none."),
    )
    release_on = forms.DateField(
        label=_("Day of release, if it is known"), required=False, widget=DayInput,
        help_text=_("Two weeks before, Today reminds you. It going by ends nothing: you say when they are out."),
    )  # fmt: skip
    PLACE = ("name", "street", "asks", "weekdays", "starts", "ends", "lead_days")

    def __init__(self, *args: Any, places: QuerySet[ClosedPlace], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = {str(place.pk): place for place in places}
        self.fields["where"].choices = [*((key, place.name) for key, place in self.places.items()), (self.OTHER, _("Another place"))]  # type: ignore[attr-defined]
        self.fields["where"].required = bool(self.places)

    def clean_where(self) -> ClosedPlace | None:
        return self.places.get(self.cleaned_data["where"])

    @property
    def of_new_one(self) -> list[forms.BoundField]:
        return [self[name] for name in self.PLACE]

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if said.get("where") is None and "where" not in self.errors:
            if not said.get("name"):
                self.add_error("name", _("Please choose a place, or write its name."))
            if bool(said.get("starts")) != bool(said.get("ends")):
                self.add_error("ends", _("Please write from when and until when, or neither."))
            elif said.get("starts") and said["ends"] <= said["starts"]:
                self.add_error("ends", _("Please choose a later hour than the one before."))
        return said

    def said(self) -> dict[str, Any]:
        """All that `take_in` asks for; `new` is the place, where it is not on the list."""
        data = self.cleaned_data
        about = {name: data[name] for name in ("where", "address", "release_on")}
        return about if data["where"] is not None else about | {"new": self._new()}

    def _new(self) -> NewPlace:
        data = self.cleaned_data
        lead = data["lead_days"] if data["lead_days"] is not None else self.fields["lead_days"].initial
        hours = (data["starts"], data["ends"]) if data["starts"] else (ALL_DAY if data["weekdays"] else None)
        days = data["weekdays"] or list(range(7))
        return NewPlace(data["name"], data["street"], data["asks"], lead, tuple(days), hours)


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
