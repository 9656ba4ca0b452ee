from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from setfair.cases.models import Participation

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


class CompanionForm(forms.Form):
    """Somebody whom they would like beside them."""

    name = forms.CharField(label=_("Who is it?"), max_length=120, error_messages={"required": _("Please write a name.")})
    reach = forms.CharField(
        label=_("How can we reach them?"), required=False, max_length=200, help_text=_("A phone number or an email, if you know it.")
    )
    may_write = forms.BooleanField(label=_("You may write to them"), required=False, help_text=_("Without this we talk with you first."))


class CompanionAnswerForm(forms.Form):
    """What becomes of it, said by one of the team."""

    NO = "no"
    place = forms.ChoiceField(label=_("What becomes of it?"), widget=forms.RadioSelect)
    words = forms.CharField(
        label=_("Why not, in kind words"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("They read these words on their own page."),
    )  # fmt: skip

    def __init__(self, *args: Any, beside: list[Participation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.beside = {str(p.pk): p for p in beside}
        seated = [(key, _("They have a place: %(name)s") % {"name": p.person.shown}) for key, p in self.beside.items()]
        self.fields["place"].choices = [*seated, (self.NO, _("It does not go"))]  # type: ignore[attr-defined]
