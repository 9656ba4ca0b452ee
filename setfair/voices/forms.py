from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .models import Goal, Hope


class HopeForm(forms.Form):
    """All of it may stay empty."""

    goals = forms.MultipleChoiceField(
        label=_("What do you hope for?"),
        help_text=_("Tick as many as you like, or none."),
        choices=Goal.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    words = forms.CharField(label=_("In your own words"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))

    @classmethod
    def filled(cls, sent: Any, said: Hope | None) -> HopeForm:
        """With what was said last, so that it can be changed."""
        return cls(sent, initial={"goals": said.goals, "words": said.words} if said is not None else None)


class ToldHopeForm(HopeForm):
    """The same, as somebody told it to one of the team."""

    goals = forms.MultipleChoiceField(label=_("What do they hope for?"), choices=Goal.choices, required=False, widget=forms.CheckboxSelectMultiple)
    words = forms.CharField(label=_("In their own words"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
