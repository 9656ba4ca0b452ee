from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from setfair.access.limits import allow
from setfair.cases.audience import Audience
from setfair.files import words as words_of_files
from setfair.files.forms import OneFile
from setfair.referrals.forms.step import area, choice
from setfair.referrals.models import Referral

from . import queries
from .actions import AUDIENCES

EACH = 60
"""Files an hour that are opened for one network: a whole courthouse often stands behind one."""


class EncloseForm(OneFile):
    """One file for a request, and what it is."""

    use_required_attribute = False
    words = forms.CharField(
        max_length=200,
        label=_("What it is"),
        help_text=_("In a few words, such as: letter from the school."),
        widget=forms.TextInput({"autocomplete": "off"}),
        error_messages={"required": _("Please write what it is, in a few words.")},
    )
    field_order = ("file", "words")
    why_not = words_of_files.WHY_NOT | {"full": _("There are 5 files with this already, and 5 is the most.")}

    def __init__(self, *args: Any, referral: Referral, network: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.referral, self.network = referral, network
        self.fields["file"].error_messages["required"] = _("Please choose a file first.")

    def has_room(self) -> bool:
        return queries.has_room(self.referral)

    def may_try(self) -> bool:
        return super().may_try() and (not self.network or allow(f"enclose {self.network}", limit=EACH, per=timedelta(hours=1)))

    def given(self) -> dict[str, Any]:
        """What `actions.enclose` takes."""
        return {"found": self.cleaned_data["file"], "words": self.cleaned_data["words"]}


class LaterForm(EncloseForm):
    """The same another day: what was sent is read once more."""

    def given(self) -> dict[str, Any]:
        return super().given() | {"reason": self.cleaned_data.get("reason", "")}


class ChangeForm(LaterForm):
    """From an office: a change of what it sent, and so with a reason."""

    reason = forms.CharField(
        max_length=1000,
        label=_("Why you send it now"),
        widget=area(2),
        error_messages={"required": _("Please write why you send it. A few words are enough.")},
    )
    field_order = ("file", "words", "reason")


class LayForm(forms.Form):
    """For whom it is, once there is a case."""

    use_required_attribute = False
    audience = choice(
        [(one.value, one.label) for one in Audience if one in AUDIENCES],
        _("Who may open it"),
        required=True,
        error_messages={"required": _("Please choose who may open it.")},
    )
