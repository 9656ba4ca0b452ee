from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import Addition
from .referring import Legal
from .step import STORY, area, choice, day


class More(forms.Form):
    """Something whoever asked wants us to know later."""

    use_required_attribute = False
    words = forms.CharField(
        max_length=STORY,
        label=_("Is there something more we should know?"),
        help_text=_("The coordinator reads it. We do not show it to the others."),
        error_messages={"required": _("Please write a few words first.")},
        widget=area(5),
    )


class Change(Legal):
    """One part of what an office sent, as it is now, and why."""

    what = choice(Addition.What.choices, _("What has changed?"), required=True, error_messages={"required": _("Please choose what has changed.")})
    words = forms.CharField(max_length=STORY, required=False, label=_("As it is now"), widget=area(4))
    deadline = day(_("The new date"), help_text=_("Only if the date has changed."))
    reason = forms.CharField(
        max_length=1000,
        label=_("Why it changes"),
        widget=area(2),
        error_messages={"required": _("Please write why it changes. A few words are enough.")},
    )
    legal_stage = None
    court_number = None
    field_order = ("what", "words", "deadline", "reason")

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        is_day = said.get("what") == Addition.What.DEADLINE
        if is_day and not said.get("deadline") and "deadline" not in self.errors:
            self.add_error("deadline", _("Please give the new date."))
        if said.get("what") and not is_day and not said.get("words"):
            self.add_error("words", _("Please write how it is now."))
        return said

    def given(self) -> dict[str, Any]:
        """What `actions.amend` takes."""
        said = self.cleaned_data
        return {"what": said["what"], "words": said["words"], "day": said["deadline"], "reason": said["reason"]}
