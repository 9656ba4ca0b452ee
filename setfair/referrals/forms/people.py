from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from ..changed import named
from ..models import Referral
from .step import Step, choice, line, tick

UNSURE = "unsure"
MOST = 40
"""People that one request can name; more than a whole class."""


class People(Step):
    """A list of people, added one at a time. The form is for the one being added."""

    slug, short = "people", _("Who was part of it")
    heading = _("Who was part of it?")
    hint = _("A name, or a few words such as: a boy from my class. You can leave this out.")
    template = "referrals/ask/people.html"
    many = True
    name = line(120, label=_("Name, or a few words"))
    role = choice(
        [*Referral.Part.choices, (UNSURE, _("I am not sure"))],
        _("What was their part?"),
    )

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if any(v for k, v in said.items() if k != "name") and not said.get("name"):
            self.add_error("name", _("Please write a name, or a few words."))
        if said.get("name") and len(self.so_far.get(self.slug, [])) >= MOST:
            raise forms.ValidationError(_("The list is full. Please tell us about the others in your own words."))
        return said

    def named(self) -> bool:
        """Whether somebody is named here; says so on the page if not."""
        if not self.cleaned_data.get("name"):
            self.add_error("name", _("Please write a name, or a few words."))
        return not self.errors

    def answers(self) -> dict[str, Any]:
        return {key: "" if value == UNSURE else value for key, value in super().answers().items()}

    @classmethod
    def told(cls, answers: Any) -> list[str]:
        return [cls.in_a_line(person) for person in answers]

    @classmethod
    def in_a_line(cls, person: Mapping[str, Any]) -> str:
        """One person in the list."""
        return named(person)


class Named(People):
    """People as a professional names them: each with a way to reach them, and whether we may before we have spoken."""

    hint = _("Give what is needed to reach them, and nothing else.")
    name = line(120, label=_("Name"))
    role = None
    reach = line(300, label=_("How to reach them"), help_text=_("Phone, email, or through whom. Only if the law lets you pass it on."))
    wait = tick(_("Do not contact them before we have spoken"))


class Responsible(Named):
    slug, short, heading, skip = "responsible", _("The person responsible"), _("Who is responsible?"), False


class Harmed(Named):
    slug, short, heading = "harmed", _("The person or people harmed"), _("Who was harmed?")
