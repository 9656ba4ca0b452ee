"""What the gallery shows: every component in every state, with people who do not exist."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from .forms import BirthDateField, ClockInput, DayInput

STAGES = (_("Asked"), _("Accepted"), _("Preparing"), _("Scheduled"), _("Met"), _("Follow-up"), _("Closed"))


class Sample(forms.Form):
    who = forms.ChoiceField(
        label=_("Who are you?"),
        widget=forms.RadioSelect,
        choices=[("hurt", _("I was hurt")), ("did", _("I did it")), ("saw", _("I saw it, or it affected me"))],
    )
    ways = forms.MultipleChoiceField(
        label=_("How can we reach you safely?"),
        help_text=_("Tick all that are safe."),
        widget=forms.CheckboxSelectMultiple,
        choices=[("text", _("Text")), ("email", _("Email")), ("call", _("Call"))],
    )
    name = forms.CharField(label=_("Your name"), help_text=_("The name you want us to use."), required=False)
    phone = forms.CharField(label=_("Phone number"), widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}))
    code = forms.CharField(label=_("Your code"), help_text=_("8 letters and numbers, on your paper."))
    what = forms.CharField(label=_("What happened?"), help_text=_("A few words are fine."), widget=forms.Textarea(attrs={"rows": 4}))
    best = forms.ChoiceField(label=_("Best time"), choices=[("any", _("Any time")), ("after", _("After school"))], required=False)
    day = forms.DateField(label=_("Day"), widget=DayInput)
    clock = forms.TimeField(label=_("From"), widget=ClockInput, required=False)
    born = BirthDateField(label=_("When were you born?"), help_text=_("For example 27 3 2011."))
    paper = forms.FileField(label=_("A photo or a paper"), required=False)
    agree = forms.BooleanField(label=_("I have read this, or it was read to me"))


class Narrow(forms.Form):
    stage = forms.ChoiceField(label=_("Stage"), choices=[("", _("Any")), ("preparing", _("Preparing"))], required=False)
    person = forms.CharField(label=_("Name or reference"), required=False)


def steps(now: int) -> list[dict[str, Any]]:
    """The seven stages of a case, standing at the stage with index `now`."""
    return [{"label": label, "state": "done" if i < now else "now" if i == now else "next"} for i, label in enumerate(STAGES)]


def around() -> dict[str, Any]:
    """What the front door gives to every staff page."""
    return {
        "nav": [
            {"url": "#today", "label": _("Today"), "count": 3, "current": True},
            *({"url": f"#{i}", "label": label} for i, label in enumerate((_("Requests"), _("Cases"), _("Team"), _("Settings")))),
        ],
        "search_url": "#search",
        "account": {"name": "L. Ortiz", "links": [{"url": "#password", "label": _("Password")}], "sign_out": "#out"},
        "help_line": _("Questions? Call 555-0100."),
    }


def everything() -> dict[str, Any]:
    """All that the gallery's components are filled with."""
    wrong = Sample({"name": "Dana", "born_day": "31", "born_month": "2", "born_year": "2011", "what": ""}, auto_id="wrong_%s")
    wrong.is_valid()
    return {
        **around(),
        "plain": Sample(auto_id="plain_%s", initial={"who": "saw", "ways": ["text"]}),
        "wrong": wrong,
        "narrow": Narrow(auto_id="narrow_%s"),
        "chips": [{"label": _("Preparing"), "url": "#all"}],
        "early": steps(0),
        "middle": steps(2),
        "late": steps(7),
        "tabs": [
            {"url": "#over", "label": _("Overview"), "current": True},
            {"url": "#people", "label": _("People"), "count": 5},
            *({"url": f"#tab{i}", "label": label} for i, label in enumerate((_("Schedule"), _("Agreement"), _("Messages"), _("History")))),
        ],
        "columns": [_("Case"), _("Stage"), _("Next"), _("Coordinator"), _("Opened")],
        "entries": [
            {"sentence": _("Dana said yes."), "at": datetime(2026, 12, 3, 15, 40, tzinfo=UTC), "who": _("on her phone"), "url": "#yes"},
            {"sentence": _("The request was accepted."), "at": datetime(2026, 12, 1, 9, 5, tzinfo=UTC), "who": "L. Ortiz"},
            {"sentence": _("A request came in."), "at": datetime(2026, 11, 30, 12, 0, tzinfo=UTC)},
        ],
        "rows": [
            {"key": _("Your name"), "value": "Dana", "change": "#name"},
            {"key": _("What happened?"), "value": _("There was a fight at lunch. My bag was thrown."), "change": "#what"},
            {"key": _("Best time"), "value": "", "change": "#best"},
        ],
        "sentence": _("We could not save that just now. Your words are still here. Please try again in a minute."),
        "words": [{"name": "what", "label": _("What happened?"), "value": _("There was a fight at lunch.\nMy bag was thrown.")}],
        "again": "#again",
        "signed_at": datetime(2026, 12, 15, 9, 2, tzinfo=UTC),
        "shapes": ["circle", "diamond", "square", "triangle", "ring", "bar"],
        "icons": (
            "back forward down check info wait alert shield plus search print copy leave sound close call calendar person filter language menu dots"
        ).split(),
    }
