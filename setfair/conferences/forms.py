from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from setfair.cases.models import Case, Participation
from setfair.cases.queries import here
from setfair.scheduling.queries import when_words

from . import queries
from .journey import Stage
from .models import Conference


class TurnForm(forms.Form):
    page = forms.IntegerField(min_value=1, max_value=1000)


class BeginForm(forms.Form):
    """Begin; on a day that was not booked only if whoever presses has said that they mean today."""

    another_day = forms.BooleanField(required=False)

    def __init__(self, *args: Any, conference: Conference, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.conference = conference

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not said.get("another_day") and queries.is_another_day(self.conference) and self.conference.stage == Stage.PLANNED:
            when = when_words(self.conference.booking, self.conference.programme)
            raise forms.ValidationError(_("Do you want to begin now all the same? It is booked for another day: %(when)s") % {"when": when})
        return said


class ArrivalForm(forms.Form):
    """Who, of this circle, and whether they came; or, asked at the door, do not want to any more."""

    participation = forms.ModelChoiceField(queryset=Participation.objects.none())
    came = forms.ChoiceField(choices=[("yes", "yes"), ("no", "no"), ("unwilling", "unwilling")])

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["participation"].queryset = here(case)  # type: ignore[attr-defined]
