from __future__ import annotations

from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from setfair.cases.models import Case, Participation
from setfair.cases.queries import here
from setfair.programmes.own_reasons import listed
from setfair.programmes.reasons import Step
from setfair.scheduling.queries import when_words
from setfair.ui.forms import SortedRadios

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


class EndingForm(forms.Form):
    """Why it stops: of the list, for the team."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Why do you stop?"), choices=partial(listed, Step.STOP), widget=SortedRadios,
        help_text=gettext_lazy("Nobody in the circle has to say why. Only the team reads this."),
    )  # fmt: skip


class ArrivalForm(forms.Form):
    """Who, of this circle, and whether they came; or, asked at the door, do not want to any more."""

    participation = forms.ModelChoiceField(queryset=Participation.objects.none())
    came = forms.ChoiceField(choices=[("yes", "yes"), ("no", "no"), ("unwilling", "unwilling")])

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["participation"].queryset = here(case)  # type: ignore[attr-defined]


class OrderForm(forms.Form):
    """Who of this circle changes their place in the order of talk."""

    participation = forms.ModelChoiceField(queryset=Participation.objects.none())
    where = forms.ChoiceField(choices=[(where, where) for where in ("up", "down", "first", "last")])

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["participation"].queryset = here(case)  # type: ignore[attr-defined]


class VoiceForm(forms.Form):
    """Whose turn it is now, or who passes: each is a button of its own."""

    speaks = forms.ModelChoiceField(queryset=Participation.objects.none(), required=False)
    passed = forms.ModelChoiceField(queryset=Participation.objects.none(), required=False)

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("speaks", "passed"):
            self.fields[name].queryset = here(case)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if not (said.get("speaks") or said.get("passed")):
            raise forms.ValidationError(_("Please choose somebody of this meeting."))
        return said

    def turn(self) -> tuple[Participation, str]:
        what = next(name for name in ("speaks", "passed") if self.cleaned_data[name])
        return self.cleaned_data[what], what
