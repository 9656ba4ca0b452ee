from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

MOST = 200_000


class BellsForm(forms.Form):
    """The two lists, from a file or pasted in. `step` says whether they are only looked at."""

    periods = forms.CharField(
        label=_("The schedule"), max_length=MOST, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("From a spreadsheet, with these columns: schedule, day_pattern, period, start, end, kind."),
    )  # fmt: skip
    days = forms.CharField(
        label=_("Other days"), max_length=MOST, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("With these columns: date, schedule. An early closing, an assembly."),
    )  # fmt: skip
    step = forms.ChoiceField(choices=[("look", "look"), ("use", "use")], required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        self.cleaned_data["step"] = self.cleaned_data.get("step") or "look"
        return self.cleaned_data
