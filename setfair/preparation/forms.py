from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from setfair.cases.models import Participation
from setfair.ui.forms import DayInput

from . import words
from .models import Consent, Meeting, NoGuardian, SafetyCheck
from .queries import ASKED, Blocker, keeps_to_their_no


class MeetingForm(forms.Form):
    held_on = forms.DateField(label=_("When did you meet?"), widget=DayInput)
    minutes = forms.IntegerField(label=_("How long, in minutes?"), required=False, min_value=1, max_value=600)
    explained = forms.BooleanField(label=_("We went through the process and the questions"), required=False)
    support = forms.ChoiceField(label=_("Support person"), choices=Meeting._meta.get_field("support").flatchoices, widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("Note for the team"), required=False, max_length=50_000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only those who prepare this case can read it."),
    )  # fmt: skip


class SafetyForm(forms.Form):
    level = forms.ChoiceField(label=_("How great is the worry?"), choices=SafetyCheck._meta.get_field("level").flatchoices, widget=forms.RadioSelect)
    plan = forms.CharField(label=_("Plan"), required=False, max_length=50_000, widget=forms.Textarea(attrs={"rows": 3}))


class AcknowledgementForm(forms.Form):
    given = forms.TypedChoiceField(
        label=_("Do they take some responsibility?"),
        choices=[("yes", _("Yes")), ("no", _("Not now"))],
        coerce=lambda said: said == "yes",
        widget=forms.RadioSelect,
        help_text=_("It is not a plea of guilt, and it does not have to be all of it."),
    )


class ConsentForm(forms.Form):
    """An answer that somebody gave by voice or on paper, written down by staff. The first giver is the person it is about."""

    giver = forms.ChoiceField(label=_("Who answered?"))
    answer = forms.ChoiceField(label=_("Their answer"), choices=Consent.Answer.choices, widget=forms.RadioSelect)
    scope = forms.ChoiceField(label=_("To what?"), choices=[(s.value, s.label) for s in ASKED], initial=Consent.Scope.TAKE_PART)
    method = forms.ChoiceField(
        label=_("How?"), choices=[(m.value, m.label) for m in (Consent.Method.SAID, Consent.Method.PAPER)], widget=forms.RadioSelect
    )
    language = forms.ChoiceField(label=_("In which language?"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, givers: list[Participation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.givers = {str(p.pk): p for p in givers}
        self.fields["giver"].choices = [(key, p.person.shown) for key, p in self.givers.items()]
        if all(keeps_to_their_no(givers[0], giver) for giver in givers):
            self.fields["method"].choices = [(Consent.Method.PAPER.value, Consent.Method.PAPER.label)]
            self.fields["method"].help_text = self.fields["method"].error_messages["invalid_choice"] = words.ONLY_THEIRS

    def clean_giver(self) -> Participation:
        return self.givers[self.cleaned_data["giver"]]


class AsideForm(forms.Form):
    """Which practical thing is set aside, and why. `what` is a code, and for one person also whose it is."""

    what = forms.ChoiceField(label=_("What can it go on without?"))
    reason = forms.CharField(label=_("Why?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, blockers: list[Blocker], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {_key(b): b for b in blockers if b.overridable and not b.needs_sign_off}
        self.fields["what"].choices = [("", _("Choose")), *((key, b.sentence) for key, b in self.known.items())]

    def said(self) -> dict[str, Any]:
        blocker = self.known[self.cleaned_data["what"]]
        return {"blocker": blocker.code, "participation": blocker.participation, "reason": self.cleaned_data["reason"]}


class NoGuardianForm(forms.Form):
    reason = forms.ChoiceField(label=_("Why do they go without one?"), choices=NoGuardian.Reason.choices, widget=forms.RadioSelect)


class SignOffForm(forms.Form):
    reason = forms.CharField(
        label=_("Why can it go on?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What makes it safe enough: who is beside them, what was agreed, what happens if it changes."),
    )


class GateForm(SignOffForm):
    """The same, about what was found when the request was looked at: which of it, where there are two."""

    blocker = forms.ChoiceField(label=_("What do you sign off?"), widget=forms.RadioSelect)
    field_order = ("blocker", "reason")

    def __init__(self, *args: Any, gates: list[Blocker], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["blocker"].choices = [(b.code, b.sentence) for b in gates]


def _key(blocker: Blocker) -> str:
    return f"{blocker.code}.{blocker.participation.pk}" if blocker.participation is not None else blocker.code


class AnswerForm(forms.Form):
    """Yes, no or not sure: the three buttons of a person's own page."""

    answer = forms.ChoiceField(
        choices=[("yes", _("Yes")), ("no", _("No")), ("unsure", _("I am not sure"))],
        error_messages={"required": _("Please choose one."), "invalid_choice": _("Please choose one.")},
    )
    sure = forms.BooleanField(required=False)


class ScopesForm(forms.Form):
    """What the yes is for: each its own tick, none of them ticked before."""

    def __init__(self, *args: Any, scopes: dict[Any, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for scope, sentence in scopes.items():
            needed = scope == Consent.Scope.TAKE_PART
            self.fields[scope.value] = forms.BooleanField(
                label=sentence,
                required=needed,
                error_messages={"required": _("Tick this one to say yes, or go back.")},
            )

    def answers(self) -> dict[str, str]:
        """For each scope yes or no."""
        return {scope: "yes" if ticked else "no" for scope, ticked in self.cleaned_data.items()}

    def read_back(self) -> list[dict[str, Any]]:
        """Each sentence with what was ticked."""
        return [{"key": self.fields[scope].label, "yes": ticked, "scope": scope} for scope, ticked in self.cleaned_data.items()]


def scopes_of(about: str) -> dict[Any, Any]:
    """What is asked of the person themselves, or of a guardian for them."""
    return words.SCOPES if about == "me" else words.FOR_A_CHILD


class ComplaintForm(forms.Form):
    words = forms.CharField(
        label=_("What do you want to say?"),
        max_length=50_000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Please also say how we can reach you, if you want an answer."),
        error_messages={"required": _("Please write a few words first.")},
    )


class NewLinkForm(forms.Form):
    """Where somebody is reached. It is compared with what is written down, and never kept."""

    where = forms.CharField(
        label=_("Your email or phone number"),
        help_text=_("The one where we write to you."),
        max_length=254,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false", "dir": "ltr"}),
        error_messages={"required": _("Please type your email or phone number.")},
    )

    def clean_where(self) -> str:
        """The same spelling for the same address, so that it is counted as one."""
        typed = self.cleaned_data["where"].strip().casefold()
        return typed if "@" in typed else "".join(sign for sign in typed if sign.isdecimal())
