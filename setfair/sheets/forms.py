from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from setfair.cases.models import Participation
from setfair.people.queries import held_address

from .models import Given


class GiveForm(forms.Form):
    """Filled in from what is known of the person, so that one press is enough."""

    form = forms.ChoiceField(label=_("How do they get it?"), choices=Given.Form.choices, widget=forms.RadioSelect)
    size = forms.TypedChoiceField(label=_("How large?"), choices=Given.Size.choices, coerce=int, widget=forms.RadioSelect)
    plain = forms.BooleanField(label=_("Only the questions themselves, in short"), required=False)
    language = forms.ChoiceField(label=_("In which language?"), choices=settings.LANGUAGES)

    @classmethod
    def of(cls, participation: Participation, sent: Any = None) -> GiveForm:
        person = participation.person
        way = Given.Form.READ if not person.reads_print else Given.Form.LINK if held_address(person) is not None else Given.Form.PAPER
        language = person.language if person.language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        return cls(sent, initial={"form": way, "size": Given.Size.USUAL, "language": language})


class SizeForm(forms.Form):
    """How large somebody wants to read it, on the page and in print."""

    size = forms.TypedChoiceField(choices=Given.Size.choices, coerce=int)
    plain = forms.BooleanField(required=False)
