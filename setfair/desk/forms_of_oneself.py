from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class ShownForm(forms.Form):
    """Yes or no; nothing is chosen beforehand."""

    use_required_attribute = False
    shown = forms.ChoiceField(
        choices=[("yes", _("Yes, show it")), ("no", _("No, do not show it"))],
        label=_("Show your first name there?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose one of the answers.")},
    )
