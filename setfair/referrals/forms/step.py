from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from setfair.core import clock
from setfair.programmes.models import Programme
from setfair.ui.forms import DayInput

STORY = 50_000
"""Signs that a story may have. Nobody is cut off in the middle of a sentence."""

DIGITS = RegexValidator(r"\d.*\d.*\d", _("Please write the number in digits."))


class Step(forms.Form):
    """One question, or a few that belong together, on a page of its own.

    `short` is its name on the page where answers are checked; a step that may be
    left out says `skip`. `so_far` holds what was answered before, for questions that
    depend on it.
    """

    use_required_attribute = False
    do_not_call_in_templates = True
    slug = ""
    short: Any = ""
    heading: Any = ""
    why: Any = ""
    hint: Any = ""
    skip = True
    many = False
    template = "referrals/ask/step.html"

    def __init__(self, *args: Any, programme: Programme, so_far: Mapping[str, Any] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.programme, self.so_far = programme, so_far or {}
        self.adapt()

    def adapt(self) -> None:
        """Fit the question to the programme and to what was answered before."""

    def answers(self) -> dict[str, Any]:
        """What was answered, in a shape that can be kept."""
        return {k: v.isoformat() if isinstance(v, date) else v for k, v in self.cleaned_data.items()}

    def detour(self) -> str:
        """The name of the page this answer leads to, if it is not the next one."""
        return ""

    @classmethod
    def told(cls, answers: Mapping[str, Any]) -> list[str]:
        """The answer in lines, to be checked before it is sent."""
        return [str(value) for value in answers.values() if value]

    def today(self) -> date:
        return clock.local(clock.now(), self.programme.zone).date()


def area(rows: int) -> forms.Textarea:
    return forms.Textarea({"rows": rows, "data-width": "full", "autocomplete": "off"})


def line(longest: int, **kwargs: Any) -> forms.CharField:
    """A short text that may be left out; the browser keeps no list of what was typed before."""
    return forms.CharField(max_length=longest, required=False, widget=forms.TextInput({"autocomplete": "off"}), **kwargs)


def tick(label: Any, **kwargs: Any) -> forms.BooleanField:
    return forms.BooleanField(required=False, label=label, **kwargs)


def choice(choices: Any, label: Any, **kwargs: Any) -> forms.ChoiceField:
    """A choice with nothing chosen beforehand."""
    kwargs.setdefault("required", False)
    return forms.ChoiceField(choices=[(value, capfirst(words)) for value, words in choices], label=label, widget=forms.RadioSelect, **kwargs)


def day(label: Any, **kwargs: Any) -> forms.DateField:
    kwargs.setdefault("required", False)
    written = {"invalid": _("Please write the day like this: 2026-03-27.")}
    return forms.DateField(label=label, widget=DayInput({"data-width": "date"}), error_messages=written, **kwargs)


def number(label: Any, **kwargs: Any) -> forms.CharField:
    return forms.CharField(
        max_length=40,
        required=False,
        label=label,
        validators=[DIGITS],
        widget=forms.TextInput({"data-width": "phone", "inputmode": "tel", "autocomplete": "off"}),
        **kwargs,
    )


def email(label: Any) -> forms.EmailField:
    return forms.EmailField(
        max_length=200,
        required=False,
        label=label,
        error_messages={"invalid": _("Please check this address. It should look like name@place.example.")},
        widget=forms.EmailInput({"autocomplete": "off"}),
    )
