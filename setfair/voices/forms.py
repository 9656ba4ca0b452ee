from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from setfair.cases.models import Participation
from setfair.preparation.models import Consent

from .models import TOLD_BACK, TOLD_WHEN, Goal, Hope, OwnWords, StandIn


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


class StandInForm(forms.Form):
    """Who speaks for a person harmed who does not come, and what may be said; asked of that person."""

    place = forms.ChoiceField(
        label=_("Who speaks for you?"), widget=forms.RadioSelect, error_messages={"required": _("Please choose who speaks for you.")}
    )  # fmt: skip
    say = forms.CharField(
        label=_("What may they say for you?"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("In your own words. They say this and no more."),
        error_messages={"required": _("Please write what may be said. A few words are enough.")},
    )  # fmt: skip
    limits = forms.CharField(
        label=_("What must they not say?"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Such as: your name, your home, your health."),
    )  # fmt: skip
    back = forms.ChoiceField(
        label=_("How do you want to hear how it was?"), choices=StandIn.Back.choices, widget=forms.RadioSelect,
        error_messages={"required": _("Please choose one.")},
    )  # fmt: skip
    when = forms.ChoiceField(
        label=_("When?"), choices=StandIn.When.choices, widget=forms.RadioSelect, initial=StandIn.When.SOON,
        error_messages={"required": _("Please choose one.")},
    )  # fmt: skip

    def __init__(self, *args: Any, could: list[Participation], last: StandIn | None = None, **kwargs: Any) -> None:
        said = {name: getattr(last, name) for name in ("say", "limits", "back", "when")} | {"place": str(last.place_id)} if last is not None else None
        super().__init__(*args, initial=said, **kwargs)
        self.could = {str(p.pk): p for p in could}
        self.fields["place"].choices = [(key, self.named(p)) for key, p in self.could.items()]  # type: ignore[attr-defined]

    def named(self, place: Participation) -> str:
        """By the first name: whoever chooses has met them, or is told about them."""
        return place.person.first

    def given(self) -> dict[str, Any]:
        return self.cleaned_data | {"place": self.could[self.cleaned_data["place"]]}


class ToldStandInForm(StandInForm):
    """The same, as they agreed to it with one of the team."""

    place = forms.ChoiceField(
        label=_("Whom did they choose?"), widget=forms.RadioSelect, error_messages={"required": _("Please choose whom they chose.")}
    )  # fmt: skip
    say = forms.CharField(
        label=_("What may be said for them?"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("In their own words. Read it to them before you save it."),
        error_messages={"required": _("Please write what may be said. A few words are enough.")},
    )  # fmt: skip
    limits = forms.CharField(label=_("What must not be said?"), required=False, max_length=4000, widget=forms.Textarea(attrs={"rows": 3}))
    back = forms.ChoiceField(
        label=_("How do they want to hear how it was?"), widget=forms.RadioSelect, error_messages={"required": _("Please choose one.")},
        choices=TOLD_BACK.items(),
    )  # fmt: skip
    when = forms.ChoiceField(label=_("When?"), choices=TOLD_WHEN.items(), widget=forms.RadioSelect, initial=StandIn.When.SOON)
    method = forms.ChoiceField(
        label=_("How did they agree to these words?"), widget=forms.RadioSelect, error_messages={"required": _("Please choose one.")},
        choices=[(Consent.Method.SAID, Consent.Method.SAID.label), (Consent.Method.PAPER, Consent.Method.PAPER.label)],
    )  # fmt: skip

    def named(self, place: Participation) -> str:
        return place.person.shown
