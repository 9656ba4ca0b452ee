from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from setfair.accounts.models import Pass
from setfair.accounts.queries import last_code
from setfair.cases.models import Participation
from setfair.people.custody import custody_of
from setfair.people.queries import held_address
from setfair.preparation.models import Slip
from setfair.ui.forms import DayInput

from .foot import mark_of
from .models import Given
from .queries import last_given
from .slip import BESIDES, Ask, words_of


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
        form = cls(sent, initial=as_given(participation))
        if custody_of(participation.person_id) is not None:
            form.fields["with_code"].disabled = True
            form.fields["with_code"].help_text = _("In a closed place nobody types a code: nothing of the screen stands on this paper.")
        return form


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
    return known | {"language": language_of(participation), "with_code": has_none and custody_of(participation.person_id) is None}


def language_of(participation: Participation) -> str:
    language: str = participation.person.language
    return language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


class SlipForm(forms.Form):
    """A slip that came back, typed in: how, which day, who saw it, and each answer. What was left empty stays empty."""

    method = forms.ChoiceField(label=_("How did they answer?"), choices=Slip.Method.choices, widget=forms.RadioSelect)
    foot = forms.CharField(
        label=_("Which mark stands at the foot of their paper?"), required=False, max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("Six signs, a dash and three more. It says whose paper it is, and what was asked on it. What was only said has none."),
    )  # fmt: skip
    on = forms.DateField(label=_("Which day?"), widget=DayInput)
    seen_by = forms.CharField(
        label=_("Who saw it?"), max_length=120, help_text=_("Who was there when they wrote or said it: an officer, a teacher, you yourself.")
    )
    language = forms.ChoiceField(label=_("In which language?"), choices=settings.LANGUAGES)
    ABOUT = ("method", "foot", "on", "seen_by", "language")

    def __init__(self, *args: Any, asks: list[Ask], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for ask in asks:
            if ask.choices:
                self.fields[ask.name] = _answers(ask)
            if ask.lines:
                self.fields[words_of(ask.name)] = forms.CharField(label=ask.beside or ask.title, required=False, max_length=2000, widget=_room(ask))

    @classmethod
    def of(cls, participation: Participation, asks: list[Ask], sent: Any = None) -> SlipForm:
        last = last_given(participation)
        language = last.language if last is not None else language_of(participation)
        return cls(sent, asks=asks, initial={"method": Slip.Method.PAPER.value, "language": language})

    def head(self) -> list[forms.BoundField]:
        return [self[name] for name in self.ABOUT]

    def answers(self) -> list[forms.BoundField]:
        return [field for field in self if field.name not in self.ABOUT and not _is_besides(field)]

    def besides(self) -> list[forms.BoundField]:
        """What most slips leave empty."""
        return [field for field in self if _is_besides(field)]

    def said(self) -> dict[str, Any]:
        """All that `type_in` asks for."""
        about = {name: self.cleaned_data[name] for name in self.ABOUT}
        return about | {"said": {name: value for name, value in self.cleaned_data.items() if name not in about}}


def _is_besides(field: forms.BoundField) -> bool:
    return field.name.partition(".")[0] in BESIDES


def _answers(ask: Ask) -> forms.Field:
    if ask.is_many:
        return forms.MultipleChoiceField(label=ask.title, choices=ask.choices, required=False, widget=forms.CheckboxSelectMultiple)
    return forms.ChoiceField(label=ask.title, choices=[("", _("Nothing ticked")), *ask.choices], required=False, widget=forms.RadioSelect)


def _room(ask: Ask) -> forms.Widget:
    return forms.Textarea(attrs={"rows": ask.lines}) if ask.lines > 1 else forms.TextInput(attrs={"autocomplete": "off"})


class SizeForm(forms.Form):
    """How large somebody wants to read it, on the page and in print."""

    size = forms.TypedChoiceField(choices=Given.Size.choices, coerce=int)
    plain = forms.BooleanField(required=False)
