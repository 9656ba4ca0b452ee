from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import OwnReason
from ..own_reasons import called
from ..reasons import Decider


def _deciders() -> list[tuple[str, str]]:
    return [(decider.value, called(decider)) for decider in Decider]


class OwnReasonForm(forms.Form):
    name = forms.CharField(label=_("In a few words"), max_length=60, help_text=_("It is for everyone's cases, so it names nobody."))
    step = forms.ChoiceField(label=_("Where is it used?"), choices=OwnReason.STEPS, widget=forms.RadioSelect)
    decider = forms.ChoiceField(label=_("Whose decision is it?"), choices=_deciders, widget=forms.RadioSelect)
