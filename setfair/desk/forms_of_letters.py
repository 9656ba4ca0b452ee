from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from setfair.core.text import TellingWords
from setfair.letters.held import LostPlace
from setfair.letters.models import Channel

from .waiting import Waiting


class SeenForm(forms.Form):
    """Stands for the words that were on the page when somebody let them go."""

    seen = forms.CharField(max_length=16, widget=forms.HiddenInput)


class RewordForm(forms.Form):
    """A letter in other words. Subject and text message must name nobody; in a longer letter what stands out is asked about once."""

    subject = forms.CharField(label=_("Subject"), max_length=120)
    body = forms.CharField(
        label=_("Words"), max_length=4000, widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Leave [link] and [code] where they are needed: they are filled in when it leaves."),
    )  # fmt: skip
    sure = forms.BooleanField(label=_("I have looked at what stands out, and it is right"), required=False)

    def __init__(self, *args: Any, line: Waiting, flags: Callable[..., list[str]], **kwargs: Any) -> None:
        super().__init__(*args, initial={"subject": line.letter.subject, "body": line.body}, **kwargs)
        self.lies_open, self.flags, self.found = line.letter.channel == Channel.SMS, flags, line.flags

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if {"subject", "body"} <= said.keys():
            outside, self.found = self.flags(subject=said["subject"], body=""), self.flags(subject=said["subject"], body=said["body"])
            if outside or (self.found and self.lies_open):
                self.add_error("subject" if outside else "body", _("This is read on lock screens, and it names somebody or says what it is about."))
            elif self.found and not said["sure"]:
                self.add_error("sure", _("Please look at what stands out. Change it, or tick this."))
        return said

    def words(self) -> dict[str, str]:
        return {"subject": self.cleaned_data["subject"], "body": self.cleaned_data["body"]}

    def refuse(self, reason: Exception) -> None:
        told = {
            TellingWords: _("This is read on lock screens, and it names somebody or says what it is about."),
            LostPlace: _("Please keep each [link] and [code], once."),
        }
        self.add_error("body", told.get(type(reason), str(reason)))
