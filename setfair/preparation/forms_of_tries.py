"""Forms for what was tried and did not come to a meeting."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from setfair.people.models import Contact
from setfair.ui.forms import DayInput

from .tried import IN_PERSON, Attempt


class _Noted(forms.Form):
    on = forms.DateField(label=_("When?"), widget=DayInput)
    minutes = forms.IntegerField(label=_("How long, in minutes?"), required=False, min_value=1, max_value=600)
    note = forms.CharField(label=_("Note for the team"), required=False, max_length=50_000, widget=forms.Textarea(attrs={"rows": 2}))


class TryForm(_Noted):
    """Only ways that are written down as safe can be chosen, and a visit."""

    way = forms.ChoiceField(label=_("Which way?"), widget=forms.RadioSelect)
    result = forms.ChoiceField(label=_("What came of it?"), choices=Attempt.Result.choices, widget=forms.RadioSelect)
    field_order = ("on", "way", "result", "minutes", "note")

    def __init__(self, *args: Any, safe: list[Contact], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ways = dict.fromkeys(contact.way for contact in safe)
        self.fields["way"].choices = [*((way, Contact.Way(way).label) for way in ways), (IN_PERSON, _("in person"))]


class MissedForm(_Noted):
    attended = forms.ChoiceField(label=_("Did they come?"), choices=Attempt.Came.choices, widget=forms.RadioSelect)
    why_not = forms.ChoiceField(label=_("Why did it not happen?"), choices=Attempt.Why.choices, widget=forms.RadioSelect)
    field_order = ("on", "attended", "why_not", "minutes", "note")
