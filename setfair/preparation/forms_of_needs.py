"""The form on which needs are written down and arranged."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from setfair.cases.models import Participation
from setfair.ui.forms import DayInput

from .arranged import LANGUAGES, Arrangement


class ArrangeForm(forms.Form):
    kind = forms.ChoiceField(label=_("What is it?"), choices=[("", _("Choose")), *Arrangement.Kind.choices])
    state = forms.ChoiceField(label=_("How does it stand?"), choices=Arrangement.State.choices, widget=forms.RadioSelect)
    for_day = forms.DateField(
        label=_("Arranged for which day?"),
        required=False,
        widget=DayInput,
        help_text=_("Empty: whatever the day. When the day moves, it is needed anew."),
    )
    words = forms.CharField(
        label=_("What exactly?"), required=False, max_length=1000, help_text=_("For example: a ramp at the side door, or who is asked.")
    )
    language = forms.ChoiceField(label=_("For an interpreter: which language?"), required=False, choices=[("", _("Choose")), *LANGUAGES])
    interpreter = forms.ChoiceField(
        label=_("Who interprets?"), required=False, help_text=_("Somebody who is in the circle as interpreter. Never a relative, also if they offer.")
    )
    no_kin = forms.BooleanField(label=_("No relative and no friend of anybody here, and an adult"), required=False)

    def __init__(self, *args: Any, interpreters: list[Participation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.interpreters = {str(p.pk): p for p in interpreters}
        self.fields["interpreter"].choices = [("", _("Nobody yet")), *((key, p.person.shown) for key, p in self.interpreters.items())]

    def clean_interpreter(self) -> Participation | None:
        return self.interpreters.get(self.cleaned_data["interpreter"])
