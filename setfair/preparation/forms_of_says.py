"""Whether a parent or guardian is the one who decides: the doubt, and the answer to it."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from .models import SayDoubted


class DoubtForm(forms.Form):
    why = forms.ChoiceField(label=_("Why do they not decide?"), choices=SayDoubted.Why.choices, widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("What shows it?"), max_length=2_000, widget=forms.Textarea(attrs={"rows": 3}), help_text=_("A second person reads this and answers.")
    )


class JudgeForm(forms.Form):
    """Neither answer stands first chosen."""

    TAKEN, STANDS = "taken", "stands"
    answer = forms.ChoiceField(
        label=_("Who decides for the young person?"),
        choices=[(STANDS, _("They do. Their no stands.")), (TAKEN, _("They do not. Their say is taken."))],
        widget=forms.RadioSelect,
    )
