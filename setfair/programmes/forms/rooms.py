"""Rooms, other venues, and how far these are from each other."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from setfair.ui.forms import ClockInput

from ..models import Venue
from .careful import CarefulForm


class RoomForm(CarefulForm):
    MORE, MORE_SAYS = ("venue", "step_free", "loop", "waiting_places", "waits", "turnaround", "opens", "closes"), _("Where it is, and what it has")

    name = forms.CharField(label=_("Name"), max_length=40)
    seats = forms.IntegerField(label=_("Seats"), min_value=2, max_value=200, initial=12)
    directions = forms.CharField(label=_("How to get there"), max_length=200, required=False)
    venue = forms.ModelChoiceField(label=_("In another venue"), queryset=Venue.objects.none(), required=False, empty_label=_("where you usually are"))
    step_free = forms.BooleanField(label=_("There is a way in without steps"), required=False)
    loop = forms.BooleanField(label=_("There is a hearing loop"), required=False)
    waiting_places = forms.IntegerField(
        label=_("How many people can wait there, each apart from the others?"), min_value=0, max_value=20, initial=1, required=False,
        help_text=_("For those who should not meet before it begins."),
    )  # fmt: skip
    waits = forms.CharField(
        label=_("Where each of them waits"), max_length=400, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("One place a line, with the door to come in by. The first is for whoever comes first."),
    )  # fmt: skip
    turnaround = forms.IntegerField(
        label=_("Minutes that stay free between two meetings"), min_value=0, max_value=120, initial=15, required=False,
        help_text=_("So that those who leave do not meet those who come."),
    )  # fmt: skip
    opens = forms.TimeField(label=_("Open from"), widget=ClockInput, required=False)
    closes = forms.TimeField(label=_("Open until"), widget=ClockInput, required=False, help_text=_("Empty: at any hour."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["venue"].queryset = Venue.objects.order_by("name", "id")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        for name, usual in (("waiting_places", 1), ("turnaround", 0)):
            if data.get(name) is None:
                data[name] = usual
        data["waits"] = "\n".join(" ".join(line.split()) for line in data.get("waits", "").splitlines() if line.strip())
        if len(data["waits"].splitlines()) > data["waiting_places"]:
            self.add_error("waits", _("These are more places than people can wait apart in. Please check the number."))
        if data.get("opens") and data.get("closes") and data["closes"] <= data["opens"]:
            self.add_error("closes", _("It closes after it opens. Please check both times."))
        return data


class VenueForm(CarefulForm):
    name = forms.CharField(label=_("Name"), max_length=60, help_text=_("A church hall, another school, a library."))
    address = forms.CharField(label=_("Address"), max_length=160, required=False)
    way = forms.CharField(label=_("How to get there"), max_length=200, required=False, help_text=_("Bus, parking, which door."))
    minutes = forms.IntegerField(
        label=_("Minutes from where you usually are"), min_value=0, max_value=600, initial=30,
        help_text=_("So much time your helpers get between two meetings."),
    )  # fmt: skip


class TravelForm(forms.Form):
    """How many minutes it is from one venue to each of the others. What is left empty goes past the usual place."""

    def __init__(self, *args: Any, others: list[Venue], known: dict[UUID, int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for venue in others:
            self.fields[str(venue.pk)] = forms.IntegerField(
                label=_("To %(name)s, in minutes") % {"name": venue.name}, required=False, min_value=0, max_value=600, initial=known.get(venue.pk)
            )
