from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import Closure

TERM, LEFT_OUT = "term", ""


class DatesForm(forms.Form):
    """A calendar with terms and days off: its file, or the address at which it lies."""

    file = forms.FileField(
        label=_("A file from your school's calendar"), required=False,
        widget=forms.FileInput(attrs={"accept": ".ics,text/calendar"}), help_text=_("Its name ends in .ics."),
    )  # fmt: skip
    address = forms.CharField(
        label=_("Or its address"), max_length=2000, required=False, widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "url"}),
        help_text=_("It begins with https or webcal. It is read once, and not kept."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        if bool(self.cleaned_data.get("file")) == bool(self.cleaned_data.get("address")) and not self.errors:
            self.add_error("file", _("Please choose a file, or write an address."))
        return self.cleaned_data


class ChosenDaysForm(forms.Form):
    """Of each that was found: what it is here. `found` gives the days, `what` their guess beside their key."""

    def __init__(self, *args: Any, found: list[tuple[str, str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, words, guess in found:
            choices = [(LEFT_OUT, _("leave it out")), (TERM, _("a term")), *Closure.Kind.choices]
            self.fields[name] = forms.ChoiceField(label=words, choices=choices, required=False, initial=guess)
