from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from .step import STORY, area


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
