from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .models import Step

LONGEST = 20_000


class AlarmForm(forms.Form):
    """Nothing in it has to be filled in: one press is enough."""

    form_key = forms.UUIDField(widget=forms.HiddenInput)
    words = forms.CharField(label=_("What is happening?"), max_length=LONGEST, required=False, widget=forms.Textarea({"rows": 4}))
    reach = forms.CharField(label=_("How can we reach you safely?"), max_length=300, required=False)
    about = forms.ChoiceField(
        label=_("Is it about one of us?"), required=False, help_text=_("If you choose a name, we do not tell them. They cannot read this.")
    )

    def __init__(self, *args: Any, names: list[tuple[str, str]], asks_reach: bool, **kwargs: Any) -> None:
        super().__init__(*args, initial={"form_key": uuid.uuid4()}, **kwargs)
        if names:
            self.fields["about"].choices = [("", _("No, or I do not want to say")), *names]  # type: ignore[attr-defined]
        else:
            del self.fields["about"]
        if not asks_reach:
            del self.fields["reach"]


class StepForm(forms.Form):
    """One thing that was done."""

    code = forms.ChoiceField(label=_("What was done"), choices=[("", _("Choose")), *Step.Code.choices])
    words = forms.CharField(
        label=_("In your words"), max_length=LONGEST, required=False, widget=forms.Textarea({"rows": 3}),
        help_text=_("Only those who answer this read it. For the end it is needed."),
    )  # fmt: skip


class PhoneForm(forms.Form):
    number = forms.RegexField(
        r"^[+()\d .-]{5,30}$", label=_("Text me at this number, too"), required=False,
        help_text=_("Only for this, at any hour. Nobody else sees it. Leave it empty to end it."),
    )  # fmt: skip
