from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from setfair.access.forms import QUIET


class CheckForm(forms.Form):
    code = forms.CharField(
        label=_("Is this copy from us?"),
        help_text=_("Type the code at the foot of the last page: 12 letters and numbers. You can leave out the dashes."),
        max_length=40,
        widget=forms.TextInput(attrs=QUIET),
        error_messages={"required": _("Type the code that stands at the foot of the copy.")},
    )

    def is_not_known(self) -> None:
        """The one sentence for a code that is wrong, for a copy that was forgotten, and for too many tries."""
        self.add_error("code", _("We do not know this code. Check each letter, or wait 10 minutes and try again. Or we do not keep it any more."))
