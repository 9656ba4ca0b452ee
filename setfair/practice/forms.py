from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from setfair.ui.forms import DayInput

from .models import Talk


class TalkForm(forms.Form):
    """Everything but two presses is filled in already."""

    kind = forms.ChoiceField(label=_("What was it?"), choices=Talk.Kind.choices, widget=forms.RadioSelect)
    outcome = forms.ChoiceField(label=_("How did it end?"), choices=Talk.Outcome.choices, widget=forms.RadioSelect)
    people = forms.IntegerField(label=_("How many people?"), min_value=1, max_value=40, initial=2)
    minutes = forms.IntegerField(label=_("How long, in minutes?"), min_value=1, max_value=240, initial=10)
    held_on = forms.DateField(label=_("On which day?"), widget=DayInput)
