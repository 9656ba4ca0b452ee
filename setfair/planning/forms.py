from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from setfair.programmes.models import Programme, Term
from setfair.scheduling.queries import Suggestion
from setfair.scheduling.said import listed, when
from setfair.ui.forms import DayInput

from .models import Plan
from .queries import days_ahead

USUAL = timedelta(weeks=8)
"""How far is planned where no term is written down."""


class TermForm(forms.Form):
    """From when until when; to begin with from tomorrow until the end of the term that runs then, or of the next one."""

    first = forms.DateField(label=_("From"), widget=DayInput)
    last = forms.DateField(label=_("Until"), widget=DayInput)

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        tomorrow = days_ahead(programme)
        self.initial = {"first": tomorrow, "last": _end_of_term(tomorrow)}


class AgainForm(forms.Form):
    keeps = forms.ChoiceField(label=_("What stays as it is?"), choices=Plan.Keeps, widget=forms.RadioSelect, initial=Plan.Keeps.PINNED)


class TimeForm(forms.Form):
    """One of the times that fit."""

    time = forms.ChoiceField(label=_("Times that fit"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, times: Sequence[Suggestion], zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.times = {f"{one.starts_at.isoformat()} {one.room.pk}": one for one in times if one.lacks_team or not one.missing}
        of_all = set.intersection(*(set(one.against) for one in self.times.values())) if self.times else set()
        self.fields["time"].choices = [(name, _label(one, zone, of_all)) for name, one in self.times.items()]  # type: ignore[attr-defined]

    def chosen(self) -> Suggestion:
        return self.times[self.cleaned_data["time"]]


def _label(one: Suggestion, zone: str, of_all: set[str]) -> str:
    """What is so of every time tells none of them apart."""
    team = [gettext("It would be: %(names)s") % {"names": listed([helper.name for helper in one.team])}] if one.team else []
    return " · ".join([when(one.starts_at, one.ends_at, zone), one.room.name, *team, *(words for words in one.against if words not in of_all)])


def _end_of_term(day: date) -> date:
    term = Term.objects.filter(ends_on__gte=day).order_by("ends_on").first()
    return term.ends_on if term is not None else day + USUAL
