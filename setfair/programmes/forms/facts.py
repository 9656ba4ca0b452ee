from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from setfair.core.text import TellingWords, neutral
from setfair.ui.forms import ClockInput

from .. import colour
from ..glance import KINDS
from ..matters import Matter, listed
from ..models import Programme
from ..zones import zones
from .careful import CarefulForm

LONG = 4000
BEFORE = [
    (7, _("7 days before")),
    (5, _("5 days before")),
    (3, _("3 days before")),
    (2, _("2 days before")),
    (1, _("the day before")),
]


def quiet(line: str) -> str:
    """A line that may be read on a lock screen, or the sentence that says what to change."""
    try:
        return neutral(line)
    except TellingWords as telling:
        raise forms.ValidationError(
            _("This name is read on lock screens, and it says what it is about. Please choose a quieter one, such as “Room 12”.")
        ) from telling


class Area(forms.Textarea):
    def __init__(self, rows: int = 5) -> None:
        super().__init__({"rows": rows})


class ProgrammeForm(CarefulForm):
    name = forms.CharField(label=_("Name"), max_length=80)
    short_name = forms.CharField(
        label=_("Neutral name"),
        max_length=40,
        help_text=_("Stands in messages, on tabs and on lock screens. It must not say what it is about."),
    )
    zone = forms.ChoiceField(label=_("Time zone"), choices=zones)
    language = forms.ChoiceField(label=_("First language"), choices=settings.LANGUAGES)
    colour = forms.CharField(label=_("Colour"), max_length=7, help_text=_("For example #0F5E5A. It must be dark enough to be read."))
    phone = forms.CharField(label=_("Phone"), max_length=30, required=False)
    room = forms.CharField(label=_("Where to find you"), max_length=80, required=False)
    emergency = forms.CharField(label=_("Number to call in danger"), max_length=20)
    exit_site = forms.URLField(
        label=_("Where the exit button leads"),
        max_length=200,
        assume_scheme="https",
        help_text=_("A page that says nothing about you: the weather."),
    )

    def clean_short_name(self) -> str:
        return quiet(self.cleaned_data["short_name"])

    def clean_colour(self) -> str:
        given = self.cleaned_data["colour"].strip().upper()
        if not colour.is_colour(given):
            raise forms.ValidationError(_("Please write a colour as # and six signs, for example #0F5E5A."))
        if not colour.can_be_read(given):
            raise forms.ValidationError(
                _("This colour is too pale to read. %(better)s is close to it and can be read."), params={"better": colour.darker(given)}
            )
        return given

    def clean_exit_site(self) -> str:
        given: str = self.cleaned_data["exit_site"]
        if not given.startswith("https://"):
            raise forms.ValidationError(_("Please choose a page that begins with https://"))
        return given


class PublicForm(CarefulForm):
    about = forms.CharField(label=_("What it is"), max_length=LONG, required=False, widget=Area())
    goals = forms.CharField(label=_("Its goals"), max_length=LONG, required=False, widget=Area(7), help_text=_("One a line."))
    who_may_ask = forms.CharField(label=_("Who may ask"), max_length=LONG, required=False, widget=Area(3))

    def clean(self) -> dict[str, Any]:
        """Browsers send lines ended in their own way; we keep one way."""
        return {name: text.replace("\r\n", "\n") if isinstance(text, str) else text for name, text in self.cleaned_data.items()}


class RulesForm(CarefulForm):
    max_minutes = forms.IntegerField(
        label=_("Longest conference, in minutes"), min_value=10, max_value=480, help_text=_("All of it together. Nothing longer can be booked.")
    )
    talk_minutes = forms.IntegerField(label=_("Minutes to talk"), min_value=10, max_value=480)
    settle_minutes = forms.IntegerField(label=_("And minutes to arrive and settle"), min_value=0, max_value=120)
    break_minutes = forms.IntegerField(label=_("And minutes for breaks"), min_value=0, max_value=120)
    interpreter_percent = forms.IntegerField(
        label=_("More time to talk where somebody interprets, in percent"),
        min_value=0,
        max_value=100,
        help_text=_("Everything is said twice. 25 to 30 percent is usual."),
    )
    early_team = forms.IntegerField(label=_("Minutes before the start: those who hold it"), min_value=0, max_value=120)
    early_harmed = forms.IntegerField(
        label=_("Minutes before the start: the person harmed and theirs"),
        min_value=0,
        max_value=120,
        help_text=_("Where people should not meet in the corridor, ten minutes lie between them all the same."),
    )
    early_responsible = forms.IntegerField(label=_("Minutes before the start: the person responsible and theirs"), min_value=0, max_value=120)
    early_others = forms.IntegerField(label=_("Minutes before the start: everybody else"), min_value=0, max_value=120)
    search_weeks = forms.IntegerField(
        label=_("Weeks in which a time is searched for"),
        min_value=1,
        max_value=26,
        help_text=_("Weeks in which nothing is open do not count, and a later deadline is looked up to."),
    )
    staff_needed = forms.IntegerField(label=_("Staff facilitators needed"), min_value=1, max_value=6)
    students_needed = forms.IntegerField(label=_("Student facilitators needed"), min_value=0, max_value=6)
    reply_days = forms.IntegerField(
        label=_("Days to a first reply"), min_value=1, max_value=30, help_text=_("School or working days. Whoever asks is told this.")
    )
    takes_professional_referrals = forms.BooleanField(label=_("Courts and other professionals may refer"), required=False)
    takes_files = forms.BooleanField(
        label=_("Anybody who asks may send files with it"), required=False,
        help_text=_("Offices that refer may do so anyway."),
    )  # fmt: skip
    slips_twice = forms.BooleanField(
        label=_("Somebody else compares what was typed in from paper"), required=False,
        help_text=_("Until they have, nobody is ready. A no or a stop counts at once."),
    )  # fmt: skip
    letters_from = forms.TimeField(
        label=_("Messages leave from"), widget=ClockInput, help_text=_("Before this hour, and after the next, no message goes to people. It waits.")
    )
    letters_until = forms.TimeField(label=_("Messages leave until"), widget=ClockInput)
    second_step = forms.ChoiceField(
        label=_("Who signs in with a second step"),
        choices=Programme.SecondStep.choices,
        help_text=_("A passkey, or a number from an app. Whoever has none yet is asked to set one up at their next click."),
    )

    def clean(self) -> dict[str, Any]:
        said = self.cleaned_data
        if "letters_from" in said and "letters_until" in said and said["letters_until"] <= said["letters_from"]:
            self.add_error("letters_until", _("Please choose a later hour than the one before."))
        return said


class ClocksForm(CarefulForm):
    """How long what people said holds, and after how long the team is reminded."""

    yes_days = forms.IntegerField(
        label=_("A yes holds for so many days"),
        min_value=7,
        max_value=365,
        help_text=_("On the day of the conference nobody's yes is older than this."),
    )
    safety_days = forms.IntegerField(
        label=_("A look at safety holds for so many days"), min_value=1, max_value=90, help_text=_("If it is older on the day, somebody looks again.")
    )
    safety_after_days = forms.IntegerField(
        label=_("And for so many days once they have met"),
        min_value=1,
        max_value=180,
        help_text=_("While promises are kept. Then Today says who looks again."),
    )
    silence_days = forms.IntegerField(
        label=_("Days in which nothing is done, until Today reminds you"),
        min_value=1,
        max_value=60,
        help_text=_("Of each case that waits for you, and of each person in it."),
    )
    again_days = forms.IntegerField(
        label=_("Days before the day, in which everyone is asked once more"),
        min_value=2,
        max_value=30,
        help_text=_("Is it still all right? Nobody is brought to the day by a yes that is older."),
    )
    remind_days = forms.TypedMultipleChoiceField(
        label=_("People are reminded of the day"), required=False, coerce=int, choices=BEFORE,
        widget=forms.CheckboxSelectMultiple, help_text=_("Never in the hours in which no message leaves, and never somebody who has stopped."),
    )  # fmt: skip
    chase_days = forms.IntegerField(
        label=_("Days until whoever has not said when they could come is reminded"),
        min_value=1,
        max_value=14,
        help_text=_("And again after as many. Whoever has answered is left in peace."),
    )
    escalate_minutes = forms.IntegerField(
        label=_("Minutes until others are told that somebody is not safe"),
        min_value=2,
        max_value=60,
        help_text=_("So long whoever is told first has to open it. Whoever said it is told to call the emergency number by then."),
    )


class MattersForm(CarefulForm):
    """What the programme does not take, and what only with a specialist. What is in neither list is not asked about."""

    matters_blocked = forms.MultipleChoiceField(
        label=_("We do not take"), choices=Matter.choices, required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Such a request cannot be accepted. Whoever asked is told kindly, with other ways."),
    )  # fmt: skip
    matters_specialist = forms.MultipleChoiceField(
        label=_("We take it with a specialist"), choices=Matter.choices, required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("Such a request waits until a supervisor has written why it can go on."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        both = {*self.cleaned_data.get("matters_blocked", ())} & {*self.cleaned_data.get("matters_specialist", ())}
        if both:
            self.add_error("matters_specialist", _("Please choose one of the two for: %(what)s.") % {"what": listed(both)})
        return self.cleaned_data


class GlanceForm(CarefulForm):
    """Kind by kind, which letters wait until somebody has looked."""

    glance = forms.MultipleChoiceField(
        label=_("These wait until somebody has looked"), choices=list(KINDS.items()), required=False, widget=forms.CheckboxSelectMultiple,
        help_text=_("They stand under Waiting to be sent, and Today says so. A new link waits too long for somebody who has lost theirs."),
    )  # fmt: skip
