from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from setfair.cases.models import Participation
from setfair.ui.forms import DayInput

from . import words
from .asked import Question
from .models import Consent, Meeting, NoGuardian, Recipient
from .queries import keeps_to_their_no


class MeetingForm(forms.Form):
    held_on = forms.DateField(label=_("When did you meet?"), widget=DayInput)
    minutes = forms.IntegerField(label=_("How long, in minutes?"), required=False, min_value=1, max_value=600)
    attended = forms.ChoiceField(label=_("Did they come?"), required=False, choices=Meeting.Came.choices, initial="yes", widget=forms.RadioSelect)
    explained = forms.BooleanField(label=_("We went through the process and the questions"), required=False)
    support = forms.ChoiceField(label=_("Support person"), choices=Meeting._meta.get_field("support").flatchoices, widget=forms.RadioSelect)
    note = forms.CharField(
        label=_("Note for the team"), required=False, max_length=50_000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only those who prepare this case can read it."),
    )  # fmt: skip

    def clean_attended(self) -> str:
        return self.cleaned_data["attended"] or Meeting.Came.YES


class AcknowledgementForm(forms.Form):
    given = forms.TypedChoiceField(
        label=_("Do they take some responsibility?"),
        choices=[("yes", _("Yes")), ("no", _("Not now"))],
        coerce=lambda said: said == "yes",
        widget=forms.RadioSelect,
        help_text=_("It is not a plea of guilt, and it does not have to be all of it."),
    )
    method = forms.ChoiceField(
        label=_("How?"), choices=[(m.value, m.label) for m in (Consent.Method.SAID, Consent.Method.PAPER)], widget=forms.RadioSelect
    )


class PartForm(forms.Form):
    """Their own part: yes, some of it; no; or to talk first. Three buttons, alike."""

    part = forms.ChoiceField(
        choices=[("yes", _("Yes, some of it")), ("no", _("No")), ("talk", _("I want to talk first"))],
        error_messages={"required": _("Please choose one."), "invalid_choice": _("Please choose one.")},
    )

    def offered(self) -> list[dict[str, Any]]:
        return buttons(self.fields["part"])


class ConsentForm(forms.Form):
    """An answer that somebody gave by voice or on paper, written down by staff. The first giver is the person it is about."""

    giver = forms.ChoiceField(label=_("Who answered?"))
    answer = forms.ChoiceField(label=_("Their answer"), choices=Consent.Answer.choices, widget=forms.RadioSelect)
    scope = forms.ChoiceField(label=_("To what?"), initial=Consent.Scope.TAKE_PART)
    method = forms.ChoiceField(
        label=_("How?"), choices=[(m.value, m.label) for m in (Consent.Method.SAID, Consent.Method.PAPER)], widget=forms.RadioSelect
    )
    language = forms.ChoiceField(label=_("In which language?"), choices=settings.LANGUAGES)
    interpreted = forms.BooleanField(label=_("An interpreter helped"), required=False)
    conditions = forms.CharField(
        label=_("Only if"), required=False, max_length=500, help_text=_("In their words, for example: only if my uncle is there.")
    )
    until = forms.DateField(label=_("The yes counts until"), required=False, widget=DayInput, help_text=_("Empty: as long as a yes counts here."))

    def __init__(self, *args: Any, givers: list[Participation], questions: list[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.givers = {str(p.pk): p for p in givers}
        self.questions = {question.name: question for question in questions}
        self.fields["giver"].choices = [(key, p.person.shown) for key, p in self.givers.items()]
        self.fields["scope"].choices = [(name, _what(question)) for name, question in self.questions.items()]
        if all(keeps_to_their_no(givers[0], giver) for giver in givers):
            self.fields["method"].choices = [(Consent.Method.PAPER.value, Consent.Method.PAPER.label)]
            self.fields["method"].help_text = self.fields["method"].error_messages["invalid_choice"] = words.ONLY_THEIRS

    def clean_giver(self) -> Participation:
        return self.givers[self.cleaned_data["giver"]]

    def said(self) -> dict[str, Any]:
        """All that `consent` asks for."""
        question = self.questions[self.cleaned_data["scope"]]
        return self.cleaned_data | {"scope": question.scope.value, "recipient": question.recipient}


def _what(question: Question) -> str:
    return f"{question.scope.label}: {question.recipient.name}" if question.recipient is not None else str(question.scope.label)


class OfficeForm(forms.Form):
    """Which office people of this case are asked about."""

    recipient = forms.ModelChoiceField(label=_("Which office?"), queryset=Recipient.objects.none(), empty_label=_("Choose"))

    def __init__(self, *args: Any, offices: QuerySet[Recipient], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["recipient"].queryset = offices


class NoGuardianForm(forms.Form):
    reason = forms.ChoiceField(label=_("Why do they go without one?"), choices=NoGuardian.Reason.choices, widget=forms.RadioSelect)


class EighteenForm(forms.Form):
    on = forms.DateField(
        label=_("When do they turn 18?"),
        widget=DayInput,
        help_text=_("Needed only close to the day. From then on they decide alone, and nobody else reads what is theirs."),
    )


class AnswerForm(forms.Form):
    """Yes, no, not sure, or a call: the four buttons of a person's own page, alike in size and colour."""

    answer = forms.ChoiceField(
        choices=[("yes", _("Yes")), ("no", _("No")), ("unsure", _("I am not sure")), ("call", _("Please call me"))],
        error_messages={"required": _("Please choose one."), "invalid_choice": _("Please choose one.")},
    )
    sure = forms.BooleanField(required=False)

    def offered(self) -> list[dict[str, Any]]:
        return buttons(self.fields["answer"])


class StopForm(forms.Form):
    """What somebody wants who stops, needs time or wants to talk. A press that comes without its name is a stop: that is the safe side."""

    what = forms.ChoiceField(
        choices=[("break", _("Take a break")), ("stop", _("Stop for now")), ("call", _("Please call me"))],
        required=False,
        error_messages={"invalid_choice": _("Please choose one.")},
    )

    def offered(self) -> list[dict[str, Any]]:
        return buttons(self.fields["what"])


def buttons(field: forms.Field) -> list[dict[str, Any]]:
    """The choices of a field as `<c-choice>` takes them."""
    return [{"value": value, "label": label} for value, label in field.choices]  # type: ignore[attr-defined]


class ScopesForm(forms.Form):
    """What the yes is for: each its own tick, none of them ticked before. `seen` is the mark of the words on the page."""

    seen = forms.CharField(required=False, max_length=16, widget=forms.HiddenInput)

    def __init__(self, *args: Any, questions: list[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = questions
        for question in questions:
            self.fields[question.name] = forms.BooleanField(
                label=question.sentence(),
                required=question.scope == Consent.Scope.TAKE_PART,
                error_messages={"required": _("Tick this one to say yes, or go back.")},
            )

    def ticks(self) -> list[forms.BoundField]:
        return [self[question.name] for question in self.questions]

    def answers(self) -> dict[str, str]:
        """For each question yes or no."""
        return {question.name: "yes" if self.cleaned_data[question.name] else "no" for question in self.questions}

    def read_back(self) -> list[dict[str, Any]]:
        """Each sentence with what was ticked."""
        said = self.cleaned_data
        return [{"key": self.fields[q.name].label, "yes": said[q.name], "scope": q.name} for q in self.questions]


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
