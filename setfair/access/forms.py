from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

QUIET = {"autocomplete": "off", "autocapitalize": "characters", "autocorrect": "off", "spellcheck": "false", "dir": "ltr"}
"""A code is not to be remembered, put right or read from right to left by the device it is typed on."""


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Type your code"),
        help_text=_("8 letters and numbers, like 7F3K-22QM. Big or small letters are both fine. You can leave out the dash."),
        max_length=40,
        widget=forms.TextInput(attrs=QUIET),
        error_messages={"required": _("Type the code from your paper or message.")},
    )

    def did_not_open(self) -> None:
        """The one sentence for a code that is wrong, old or taken back, and for too many tries."""
        self.add_error("code", _("That did not work. Check the code, or wait 10 minutes and try again. You can also ask us for a new one."))


class SureForm(forms.Form):
    code = forms.CharField(
        label=_("The code we sent you"),
        max_length=40,
        widget=forms.TextInput(attrs=QUIET | {"autocomplete": "one-time-code"}),
        error_messages={"required": _("Type the code from the message.")},
    )

    @classmethod
    def asked_too_often(cls) -> SureForm:
        form = cls({})
        form.is_valid()
        form.errors.clear()
        form.add_error(None, _("This was tried many times. Wait a few minutes, then it works again."))
        return form

    def did_not_fit(self) -> None:
        """The one sentence for a code that is wrong or old, and for too many tries."""
        self.add_error("code", _("This code does not fit. Check it, or ask for a new one."))
