from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from ..models import Referral
from .asking import When
from .step import STORY, Step, area, choice, day, email, line, number, tick

Source = Referral.Source
OFFICES = [
    (Source.JUDGE, _("A judge or court")),
    (Source.CLERK, _("A court clerk")),
    (Source.ATTORNEY, _("A district attorney")),
    (Source.DEFENDER, _("A public defender")),
    (Source.POLICE, _("Police")),
    (Source.PROBATION, _("Probation")),
    (Source.LEADER, _("A school leader")),
    (Source.AGENCY, _("Another agency")),
    (Source.OTHER, _("Another office")),
]
FARTHEST = 5
"""Years ahead that a deadline may lie."""


class You(Step):
    slug, short, heading, skip = "you", _("You and your office"), _("You and your office"), False
    source = choice(
        OFFICES,
        _("Where do you come from?"),
        required=True,
        error_messages={"required": _("Please choose where you come from.")},
    )
    office = forms.CharField(max_length=200, label=_("Name of the office"), error_messages={"required": _("Please write the name of your office.")})
    asker = line(120, label=_("Your name and position"))
    email = email(_("Email"))
    call = number(_("Phone"))

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if not said.get("email") and not said.get("call") and not {"email", "call"} & set(self.errors):
            raise forms.ValidationError(_("Please give us an email address or a phone number, so that we can answer you."))
        return said

    @classmethod
    def told(cls, answers: Mapping[str, Any]) -> list[str]:
        rest = [answers.get(key, "") for key in ("office", "asker", "email", "call")]
        return [line for line in (str(dict(OFFICES)[Source(answers["source"])]), *rest) if line]


class Matter(When):
    slug, short, heading, skip = "what", _("What happened"), _("What happened?"), False
    hint = _("In a few sentences. Do not send criminal history: we have no place for it, and we do not want it.")
    field_order = ("story", "day", "words")
    story = forms.CharField(
        max_length=STORY,
        label=_("What happened"),
        widget=area(8),
        error_messages={"required": _("Please tell us in a sentence or two what happened.")},
    )
    day = day(_("The day"))
    words = line(120, label=_("Or when, roughly"))

    @classmethod
    def told(cls, answers: Mapping[str, Any]) -> list[str]:
        return [line for line in (answers.get("story", ""), *super().told(answers)) if line]


class Legal(Step):
    slug, short, heading, skip = "legal", _("Where it stands, and the deadline"), _("Where does it stand?"), False
    legal_stage = choice(Referral.LegalStage.choices, _("Stage"), required=True, error_messages={"required": _("Please choose where it stands.")})
    court_number = line(60, label=_("Court or file number"))
    deadline = day(_("Date by which you need an answer"), help_text=_("A hearing, or the end of a term."))

    def clean_deadline(self) -> date | None:
        by: date | None = self.cleaned_data["deadline"]
        if by and by < self.today():
            raise forms.ValidationError(_("That day has passed. Please give a day that is still to come, or leave it out."))
        if by and by.year > self.today().year + FARTHEST:
            raise forms.ValidationError(_("That is many years from now. Please check the year."))
        return by

    @classmethod
    def told(cls, answers: Mapping[str, Any]) -> list[str]:
        by = date_format(date.fromisoformat(answers["deadline"]), "DATE_FORMAT") if answers.get("deadline") else ""
        return [line for line in (str(Referral.LegalStage(answers["legal_stage"]).label), answers.get("court_number", ""), by) if line]


class Orders(Step):
    slug, short, heading = "orders", _("Orders and safety"), _("Is there an order, or a worry?")
    orders = forms.CharField(
        max_length=5000,
        required=False,
        label=_("Orders that bar or limit contact"),
        help_text=_("Who, from whom, and until when."),
        widget=area(4),
    )
    safety = forms.CharField(max_length=STORY, required=False, label=_("Anything we should know to keep people safe"), widget=area(4))
    safety_worry = tick(_("There is a worry about someone's safety now"))

    @classmethod
    def told(cls, answers: Mapping[str, Any]) -> list[str]:
        worry = str(cls.base_fields["safety_worry"].label) if answers.get("safety_worry") else ""
        return [line for line in (answers.get("orders", ""), answers.get("safety", ""), worry) if line]


class Back(Step):
    slug, short, heading = "back", _("What you need back from us"), _("What do you need back from us?")
    hint = _(
        "With your code you see whether we said yes to it and when it is over, and whether the talk went ahead if each person lets us tell. "
        "We never tell who said no, or what was said or promised."
    )
    wanted_back = forms.CharField(max_length=5000, required=False, label=_("In your words"), widget=area(4))
