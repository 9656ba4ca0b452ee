from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from setfair.core import clock
from setfair.programmes.models import Room
from setfair.programmes.reasons import Wish

from .actions.moving import CALL
from .forms import BookForm, named
from .forms_of_offers import choice_of
from .models import Booking, NoLonger
from .spots import Spot, spot_at, spot_in, spot_on

ANSWERS = [(NoLonger.Word.CANNOT.value, NoLonger.Word.CANNOT.label), (NoLonger.Word.CAN.value, NoLonger.Word.CAN.label), (CALL, _("Please call me"))]


class WishForm(forms.Form):
    """By whose wish a time is moved or called off: a code, which nobody who takes part reads."""

    wish = forms.ChoiceField(label=_("By whose wish?"), choices=Wish.choices, widget=forms.RadioSelect)


class MoveForm(BookForm, WishForm):
    """Another time: one of the suggestions, or by hand."""

    choice = forms.ChoiceField(label=_("To which time?"), required=False, widget=forms.RadioSelect)

    def __init__(self, *args: Any, choices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["choice"].choices = [*choices, ("", _("Another time, by hand"))] if choices else []  # type: ignore[attr-defined]
        if not choices:
            del self.fields["choice"]

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        chosen = choice_of(said["choice"]) if said.get("choice") else None
        if chosen is not None:
            said["moment"] = chosen.starts_at.isoformat()
        said = super().clean()
        if chosen is not None:
            said |= {"room": chosen.room, "minutes": chosen.minutes}
        return said


class SpotForm(forms.Form):
    """A place that somebody points at: a window or a room of a day, or a very moment. What makes no sense is said so."""

    day = forms.DateField(required=False)
    window = forms.CharField(required=False, max_length=40)
    room = forms.ModelChoiceField(queryset=Room.objects.none(), required=False)
    moment = forms.CharField(required=False, max_length=40)

    def __init__(self, given: Any, booking: Booking) -> None:
        super().__init__(given)
        self.booking = booking
        self.fields["room"].queryset = Room.objects.filter(closed_at__isnull=True)  # type: ignore[attr-defined]

    @property
    def is_asked(self) -> bool:
        return bool(self.data.keys() & self.fields.keys())

    def clean_moment(self) -> datetime | None:
        return named(self.cleaned_data["moment"]) if self.cleaned_data["moment"] else None

    def spot(self) -> Spot:
        zone, said = self.booking.programme.zone, self.cleaned_data if self.is_valid() else {}
        room, moment = said.get("room"), said.get("moment")
        day = said.get("day") or clock.local(self.booking.starts_at, zone).date()
        if self.errors or not clock.EARLIEST <= day <= clock.EARLIEST.replace(year=2100):
            return Spot(zone, blocks=gettext("That time could not be read. Please choose again."))
        if moment is not None:
            return spot_at(self.booking, room or self.booking.room, moment)
        return spot_on(self.booking, day, room) if room else spot_in(self.booking, day, said["window"])


class OfThatDay(forms.Form):
    """An answer about the day that stood on the page. Once another day is booked it is asked again; a wish for a call is about no day."""

    about = forms.UUIDField(required=False)

    def holds_for(self, booking: Booking) -> bool:
        """Whether it can be kept as an answer about this booking; a form that cannot says so on its page."""
        if not self.is_valid():
            return False
        if self.cleaned_data["answer"] != CALL and self.cleaned_data["about"] != booking.pk:
            self.add_error(None, gettext("The day has changed. Please read it and answer again."))
        return self.is_valid()


class NoLongerForm(OfThatDay):
    """On somebody's own page: they cannot come any more, or can; or would like a call."""

    answer = forms.ChoiceField(
        choices=ANSWERS, error_messages={"required": _("Please choose one."), "invalid_choice": _("Please choose one.")}
    )  # fmt: skip

    def offered(self) -> list[dict[str, Any]]:
        return [{"value": value, "label": label} for value, label in ANSWERS]


class NoLongerToldForm(forms.Form):
    """The same, told to the team."""

    word = forms.ChoiceField(
        label=_("What did they say?"), widget=forms.RadioSelect, choices=[("cannot", _("They cannot come then")), ("can", _("They can come"))]
    )
    how = forms.ChoiceField(
        label=_("How did they say it?"), widget=forms.RadioSelect, choices=[c for c in NoLonger.How.choices if c[0] not in ("own", "team")]
    )
