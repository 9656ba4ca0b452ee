from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .models import Goal, Hope, OwnWords


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


class OwnWordsForm(forms.Form):
    """Theirs: all of it may stay empty, and nobody reads it until they say so."""

    say = forms.CharField(label=_("What do you want to say?"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))
    ask = forms.CharField(label=_("What do you want to ask?"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))
    hear = forms.CharField(label=_("What do you want to hear?"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))
    helps = forms.CharField(label=_("What would help you?"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))
    reads = forms.ChoiceField(
        label=_("Who may read it?"), choices=OwnWords.Reads.choices, widget=forms.RadioSelect, initial=OwnWords.Reads.ME,
        error_messages={"required": _("Please choose one.")},
    )  # fmt: skip

    @classmethod
    def filled(cls, sent: Any, words: OwnWords | None) -> OwnWordsForm:
        """With what they wrote last, so that they can go on."""
        return cls(sent, initial={name: getattr(words, name) for name in cls.base_fields} if words is not None else None)
