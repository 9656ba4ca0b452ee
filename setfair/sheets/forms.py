from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from setfair.accounts.models import Pass
from setfair.accounts.queries import last_code
from setfair.cases.models import Participation
from setfair.people.queries import held_address

from .models import Given
from .queries import last_given
from .slip import mark_of


class GiveForm(forms.Form):
    """Filled in from what is known of the person, so that one press is enough."""

    form = forms.ChoiceField(
        label=_("How do they get it?"), choices=[c for c in Given.Form.choices if c[0] != Given.Form.PACK], widget=forms.RadioSelect
    )
    size = forms.TypedChoiceField(label=_("How large?"), choices=Given.Size.choices, coerce=int, widget=forms.RadioSelect)
    plain = forms.BooleanField(label=_("Only the questions themselves, in short"), required=False)
    language = forms.ChoiceField(label=_("In which language?"), choices=settings.LANGUAGES)

    @classmethod
    def of(cls, participation: Participation, sent: Any = None) -> GiveForm:
        person = participation.person
        way = Given.Form.READ if not person.reads_print else Given.Form.LINK if held_address(person) is not None else Given.Form.PAPER
        return cls(sent, initial={"form": way, "size": Given.Size.USUAL, "language": language_of(participation)})


class PackForm(forms.Form):
    """Everything on paper for one person. A new code where they have none: of the one they have nobody knows what it is."""

    size = forms.TypedChoiceField(label=_("How large?"), choices=Given.Size.choices, coerce=int, widget=forms.RadioSelect)
    language = forms.ChoiceField(label=_("In which language?"), choices=settings.LANGUAGES)
    plain = forms.BooleanField(label=_("Short: only the questions themselves, and the words that count most"), required=False)
    with_code = forms.BooleanField(label=_("With a new code"), required=False, help_text=_("The code that they have stops working."))

    @classmethod
    def of(cls, participation: Participation, sent: Any = None) -> PackForm:
        return cls(sent, initial=as_given(participation))


class PacksForm(forms.Form):
    """For whom of a circle everything is printed, each a file of its own."""

    people = forms.MultipleChoiceField(
        label=_("For whom?"), widget=forms.CheckboxSelectMultiple, error_messages={"required": _("Please choose at least one.")}
    )

    def __init__(self, *args: Any, circle: list[Participation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.circle = {str(one.pk): one for one in circle}
        self.fields["people"].choices = [(key, f"{one.person.shown} · {mark_of(one)}") for key, one in self.circle.items()]

    def clean_people(self) -> list[Participation]:
        return [self.circle[key] for key in self.cleaned_data["people"]]


def as_given(participation: Participation) -> dict[str, Any]:
    """How they are given paper: as it was the last time, in their language, with a code if they have none."""
    last = last_given(participation)
    known = {"size": last.size, "plain": last.plain} if last is not None else {"size": int(Given.Size.USUAL), "plain": False}
    has_none = last_code(bearer=Pass.Bearer.PARTICIPATION, bearer_id=participation.pk) is None
    return known | {"language": language_of(participation), "with_code": has_none}


def language_of(participation: Participation) -> str:
    language: str = participation.person.language
    return language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


class SizeForm(forms.Form):
    """How large somebody wants to read it, on the page and in print."""

    size = forms.TypedChoiceField(choices=Given.Size.choices, coerce=int)
    plain = forms.BooleanField(required=False)
