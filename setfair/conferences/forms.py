from __future__ import annotations

from typing import Any

from django import forms

from setfair.cases.models import Case, Participation
from setfair.cases.queries import here


class TurnForm(forms.Form):
    page = forms.IntegerField(min_value=1, max_value=1000)


class ArrivalForm(forms.Form):
    """Who, of this circle, and whether they came."""

    participation = forms.ModelChoiceField(queryset=Participation.objects.none())
    came = forms.TypedChoiceField(choices=[("yes", "yes"), ("no", "no")], coerce=lambda said: said == "yes")

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["participation"].queryset = here(case)  # type: ignore[attr-defined]
