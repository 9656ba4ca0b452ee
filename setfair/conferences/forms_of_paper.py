"""What stands on a run sheet that was held in the hand."""

from __future__ import annotations

from datetime import date, datetime, time
from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from setfair.cases.models import Participation
from setfair.core import clock
from setfair.programmes.models import ScriptPage
from setfair.programmes.own_reasons import listed
from setfair.programmes.reasons import Step
from setfair.ui.forms import ClockInput, SortedRadios

from .models import Conference, Ending


class SheetForm(forms.Form):
    """Who came, when it began and ended, which pages were reached and when, and why it stopped, if it did."""

    HELD = "held"

    day = forms.DateField(label=gettext_lazy("Which day?"), widget=forms.DateInput(attrs={"type": "date"}))
    began = forms.TimeField(label=gettext_lazy("Began at"), widget=ClockInput)
    ended = forms.TimeField(label=gettext_lazy("Ended at"), widget=ClockInput)
    how = forms.ChoiceField(
        label=gettext_lazy("How did it end?"), choices=[(HELD, gettext_lazy("We finished")), *Ending.How.choices], widget=forms.RadioSelect
    )
    reason = forms.ChoiceField(
        label=gettext_lazy("Why did you stop?"), choices=partial(listed, Step.STOP), widget=SortedRadios, required=False,
        help_text=gettext_lazy("Only if you stopped before the end. Only the team reads this."),
    )  # fmt: skip

    def __init__(self, *args: Any, conference: Conference, people: list[Participation], pages: list[ScriptPage], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.conference, self.people, self.script_pages = conference, people, pages
        zone = conference.programme.zone
        self.fields["day"].initial = clock.local(conference.booking.starts_at, zone).date()
        for person in people:
            self.fields[f"came_{person.pk}"] = forms.ChoiceField(
                label=person.person.first, choices=[("yes", _("Came, and still wanted to")), ("no", _("Not here"))], widget=forms.RadioSelect
            )
        for page in pages:
            self.fields[f"page_{page.order}"] = forms.TimeField(label=page.title, widget=ClockInput, required=False)

    def arrivals(self) -> list[forms.BoundField]:
        return [self[f"came_{person.pk}"] for person in self.people]

    def pages(self) -> list[forms.BoundField]:
        return [self[f"page_{page.order}"] for page in self.script_pages]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        if said.get("how") and said["how"] != self.HELD and not said.get("reason"):
            self.add_error("reason", _("Please choose why it stops."))
        return said

    def said(self) -> dict[str, Any]:
        """For `actions.type_back`."""
        told = self.cleaned_data
        reached = [(page.order, told[f"page_{page.order}"]) for page in self.script_pages if told[f"page_{page.order}"]]
        stopped = told["how"] != self.HELD
        return {
            "came": {person: told[f"came_{person.pk}"] == "yes" for person in self.people},
            "began": self._at(told["day"], told["began"]),
            "ended": self._at(told["day"], told["ended"]),
            "pages": sorted(((order, self._at(told["day"], at)) for order, at in reached), key=lambda one: one[1]),
            **({"how": told["how"], "reason": told["reason"]} if stopped else {}),
        }

    def _at(self, day: date, at: time) -> datetime:
        return clock.at(day, at.hour, at.minute, self.conference.programme.zone)
