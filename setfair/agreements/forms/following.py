"""What is told of a promise once it holds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from setfair.accounts.models import User
from setfair.files.forms import FileForm
from setfair.ui.forms import DayInput

from .signing import FOR_THE_TEAM
from .writing import STORY


class HowForm(forms.Form):
    """How it went, in the owner's own words."""

    DONE, NOT_YET = "done", "not_yet"

    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False, initial=uuid4)
    how = forms.ChoiceField(
        label=_("How did it go?"),
        widget=forms.RadioSelect,
        choices=[(DONE, _("It is done")), (NOT_YET, _("Not yet, or something is in the way"))],
    )
    words = forms.CharField(
        label=_("Tell us a little"),
        max_length=STORY,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Short is fine."),
    )


class ProofFileForm(FileForm):
    """One picture or paper that shows how it went."""


class SendFileForm(forms.Form):
    """What goes with it, once it was shown back."""

    words = forms.CharField(label=_("Tell us a little"), max_length=STORY, required=False, widget=forms.Textarea(attrs={"rows": 3}))


class MoreTimeForm(forms.Form):
    """A later day for a promise, and why."""

    due_on = forms.DateField(label=_("The new day"), widget=DayInput())
    words = forms.CharField(label=_("Why it needs more time"), max_length=STORY, widget=forms.Textarea(attrs={"rows": 2}), help_text=FOR_THE_TEAM)


class AskAgainForm(forms.Form):
    """What is still missing, as whoever makes the promise reads it."""

    words = forms.CharField(
        label=_("What they read on their page"), max_length=STORY, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Thank them first. Then say what is still missing, and who can help."),
    )  # fmt: skip


class KindWordForm(forms.Form):
    """By which of two buttons somebody was reminded."""

    way = forms.CharField(required=False, max_length=10)


class HandOnForm(forms.Form):
    """Somebody else of the team does from now on what stands under a name."""

    what = forms.ChoiceField(label=_("What is handed on"), widget=forms.RadioSelect)
    to = forms.ChoiceField(label=_("To whom"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, names: Mapping[str, str], people: Mapping[UUID, User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = people
        self.fields["what"].choices = [(what, f"{BY_STAFF[what]} {name}") for what, name in names.items()]
        self.fields["to"].choices = [(str(pk), user.name) for pk, user in people.items()]

    def handed(self) -> dict[str, Any]:
        return {"what": self.cleaned_data["what"], "to": self.people[UUID(self.cleaned_data["to"])]}


BY_STAFF = {
    "checker": _("Who looks at it:"),
    "checker_staff": _("Who looks at it:"),
    "through": _("Passed on by"),
    "answers": _("Who answers for it:"),
}
STEPS = {
    "keep": _("Mark done"),
    "verify": _("Check it"),
    "partly": _("Done in part"),
    "talk": _("We talked about it"),
    "miss": _("Needs a talk"),
    "waive": _("No longer asked for"),
}
"""What the team can do with a promise, by the name of the action."""


class StepForm(forms.Form):
    step = forms.ChoiceField(choices=list(STEPS.items()), error_messages={"required": _("Please choose what happened.")})
    words = forms.CharField(label=_("A note for the team"), max_length=STORY, required=False, widget=forms.Textarea(attrs={"rows": 2}))
