from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django import forms
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

from setfair.core import clock
from setfair.programmes.length import Length, length
from setfair.programmes.models import Programme, Room
from setfair.programmes.wording import told
from setfair.ui.forms import ClockInput, DayInput

from .look import Look
from .models import UNKNOWN
from .said import Clock
from .solver import Stretch

ANSWERS = [("yes", _("Yes")), ("if_needed", _("If needed")), ("no", _("No"))]
TAKEN_BACK = (UNKNOWN, _("Don’t know"))
"""Beside what was answered already: a choice that was made can be made undone."""


class WhyForm(forms.Form):
    """Why a time is booked that does not suit somebody, as far as anybody knows."""

    despite = forms.CharField(
        label=_("If somebody said no to this time: why is it booked all the same?"), required=False, max_length=500,
        help_text=_("For example: they were asked again and can come."),
    )  # fmt: skip


class BookForm(WhyForm):
    """A time by hand, on the programme's wall clock, or one of our suggestions, which names its moment itself."""

    moment = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    day = forms.DateField(label=_("Day"), required=False, widget=DayInput)
    clock = forms.TimeField(label=_("Start"), required=False, widget=ClockInput)
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=480)
    room = forms.ModelChoiceField(label=_("Room"), queryset=Room.objects.none(), empty_label=None)

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"minutes": length(programme).minutes})
        super().__init__(*args, **kwargs)
        self.zone = programme.zone
        self.fields["room"].queryset = Room.objects.filter(closed_at__isnull=True).order_by("name", "id")  # type: ignore[attr-defined]

    def lasts(self, usual: Length) -> None:
        """Say how long this meeting usually is, and how that comes about."""
        self.fields["minutes"].initial = self.initial["minutes"] = usual.minutes
        self.fields["minutes"].help_text = usual.words

    def begins(self, look: Look) -> None:
        """Fill in what somebody came with: a length, a day and an hour that would open a time."""
        self.initial |= {name: value for name in ("minutes", "day", "clock") if (value := getattr(look, name))}

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        said["starts_at"] = named(said["moment"]) if said.get("moment") else self._by_hand(said)
        return said

    def _by_hand(self, said: dict[str, Any]) -> datetime | None:
        when, at = said.get("day"), said.get("clock")
        for name, value in (("day", when), ("clock", at)):
            if value is None and name not in self.errors:
                self.add_error(name, _("Please fill this in."))
        if when is None or at is None:
            return None
        if not clock.EARLIEST <= when <= clock.EARLIEST.replace(year=2100):
            self.add_error("day", _("That date is not in the calendar. Please check it."))
            return None
        moment = clock.at(when, at.hour, at.minute, self.zone)
        if clock.local(moment.astimezone(UTC), self.zone).time() != at.replace(second=0, microsecond=0):
            self.add_error("clock", _("The clocks change that day, and this time is skipped. Please choose another."))
            return None
        return moment


class TimesForm(forms.Form):
    """One question for each window that lies ahead; what is left out is not answered."""

    def __init__(self, *args: Any, stretches: list[Stretch], clock: Clock, said: dict[datetime, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.clock = clock
        self.stretches = {f"at{int(stretch.starts.timestamp())}": stretch for stretch in stretches}
        for name, stretch in self.stretches.items():
            self.fields[name] = forms.ChoiceField(
                label=_label(stretch, clock), choices=[*ANSWERS, TAKEN_BACK] if stretch.starts in said else ANSWERS, required=False,
                widget=forms.RadioSelect, initial=said.get(stretch.starts),
            )  # fmt: skip

    def by_day(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The questions under the day that each is about."""
        days: dict[str, list[forms.BoundField]] = {}
        for name, stretch in self.stretches.items():
            days.setdefault(self.clock.day(stretch.starts), []).append(self[name])
        return list(days.items())

    def answers(self) -> dict[datetime, str]:
        """What was ticked, by moment."""
        return {self.stretches[name].starts: answer for name, answer in self.cleaned_data.items() if answer}


def _label(stretch: Stretch, on: Clock) -> str:
    """The day stands over the question for the eye, and in it for whoever hears the page."""
    said = [told(stretch.name), on.span_words(stretch.starts, stretch.ends)]
    return format_html('<span class="hidden">{}: </span>{}', on.day(stretch.starts), format_html_join(", ", "{}", ((part,) for part in said if part)))


def named(moment: str) -> datetime:
    """The moment that a suggestion names itself; one that cannot be read is the form's own fault and said so."""
    try:
        return datetime.fromisoformat(moment).astimezone(UTC)
    except (ValueError, OverflowError) as wrong:
        raise forms.ValidationError(_("That time could not be read. Please choose again.")) from wrong
