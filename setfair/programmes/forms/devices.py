from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class DeviceForm(forms.Form):
    name = forms.CharField(
        label=_("Where does it stand?"),
        help_text=_("Like “Waiting room” or “Circle room, blue tablet”. Only the team reads this."),
        max_length=40,
        error_messages={"required": _("Please say where it stands, so that you can tell it from others.")},
    )
