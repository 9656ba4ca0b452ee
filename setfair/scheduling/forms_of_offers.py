from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from setfair.cases.models import Participation
from setfair.core import clock
from setfair.programmes.models import Programme, Room
from setfair.ui.forms import DayInput

from .actions.offering import LONGEST_HELD, Choice
from .forms import named
from .models import OfferAnswer, OfferedTime
from .said import Clock, place

Word, How = OfferAnswer.Word, OfferAnswer.How
LONGEST = 480


class OfferForm(forms.Form):
    """Which of the suggestions to offer, until when people answer, and for how long nobody else may have these times.

    Each time names its moment, its length and its room, as one word.
    """

    until = forms.DateField(label=_("People answer by"), widget=DayInput)
    hours = forms.IntegerField(
        label=_("Keep these times free for so many hours"), min_value=0, max_value=LONGEST_HELD, initial=48,
        help_text=_("Nobody else can book them until then. 0: they are not kept free."),
    )  # fmt: skip

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = programme.zone
        self.times = list(self.data.getlist("time")) if self.is_bound else []  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        said["choices"] = [choice_of(time) for time in self.times]
        if not said["choices"]:
            raise forms.ValidationError(_("Please choose one, two or three times."))
        if said.get("until"):
            said["answer_by"] = min(said["until"], *(choice.starts_at for choice in said["choices"]))
        return said

    def clean_until(self) -> datetime:
        """The end of that day, on the programme's clock."""
        until = self.cleaned_data["until"]
        if not clock.EARLIEST <= until <= clock.EARLIEST.replace(year=2100):
            raise forms.ValidationError(_("That date is not in the calendar. Please check it."))
        return clock.at(until, 23, 59, self.zone)


class OfferAnswerForm(forms.Form):
    """One question for each offered time, on somebody's own page; what is left out is not answered."""

    def __init__(self, *args: Any, times: list[OfferedTime], clock: Clock, said: dict[UUID, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.times = {f"at{int(time.starts_at.timestamp())}": time for time in times}
        for name, time in self.times.items():
            self.fields[name] = forms.ChoiceField(
                label=_label(time, clock), choices=Word.choices, required=False, widget=forms.RadioSelect, initial=said.get(time.pk)
            )

    def questions(self) -> list[forms.BoundField]:
        return [self[name] for name in self.times]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if not self.errors and not self.words():
            raise forms.ValidationError(_("Please choose one of the answers."))
        return said

    def words(self) -> dict[OfferedTime, str]:
        """What was ticked, by offered time."""
        return {time: word for name, time in self.times.items() if (word := self.cleaned_data.get(name))}


class ToldOfferForm(OfferAnswerForm):
    """The same, told to the team: how, and by whom where it was not the person."""

    how = forms.ChoiceField(label=_("How did they say it?"), choices=[c for c in How.choices if c[0] != How.OWN], widget=forms.RadioSelect)

    def __init__(self, *args: Any, givers: list[Participation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.givers = {str(person.pk): person for person in givers}
        if len(givers) > 1:
            self.fields["giver"] = forms.ChoiceField(label=_("Who said it?"), choices=[(str(p.pk), p.person.shown) for p in givers])

    def said_by(self) -> Participation | None:
        return self.givers.get(self.cleaned_data.get("giver", ""))


def choice_of(word: str) -> Choice:
    """A time that names its moment, its length and its room as one word; one that cannot be read is said so."""
    moment, _sep, rest = word.partition("~")
    minutes, _sep, key = rest.partition("~")
    try:
        room = Room.objects.get(pk=UUID(key), closed_at__isnull=True)
        if not 1 <= int(minutes) <= LONGEST:
            raise ValueError
        return Choice(room, named(moment), int(minutes))
    except (ValueError, Room.DoesNotExist) as wrong:
        raise forms.ValidationError(_("That time could not be read. Please choose again.")) from wrong


def _label(time: OfferedTime, on: Clock) -> str:
    there = place(time.room, time.programme)
    return format_html('{}, {}<br><span class="soft">{}</span>', on.day(time.starts_at), on.span_words(time.starts_at, time.ends_at), there)
