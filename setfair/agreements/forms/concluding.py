"""What came of it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from setfair.conferences.models import LONGEST_HEADING

from ..models import MOST_OPEN, Result


class ResultForm(forms.Form):
    """One press says it. Only for an agreement in part something is typed: a few words for each thing that is still open, a line each."""

    what = forms.ChoiceField(choices=Result.What.choices, error_messages={"required": _("Please choose what came of it.")})
    still_open = forms.CharField(
        label=_("What is still open"), required=False, max_length=MOST_OPEN * (LONGEST_HEADING + 40), widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("A few words for each, one a line. Nothing of what was said. Only the team reads it."),
    )  # fmt: skip

    def said(self) -> dict[str, Any]:
        return {"what": self.cleaned_data["what"], "still_open": self.cleaned_data["still_open"].splitlines()}
