from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.dates import WEEKDAYS
from django.utils.formats import time_format
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from setfair.cases.models import Case
from setfair.cases.queries import circle
from setfair.core import clock
from setfair.people.custody import lasting
from setfair.programmes.models import Window
from setfair.programmes.wording import told
from setfair.ui.forms import DayInput

from .forms import TimesForm
from .models import UNKNOWN, RoundAnswer
from .open_days import open_for
from .queries import length_of
from .solver import Stretch

WEEKS = 4
LATEST = timedelta(days=180)


class AskForm(forms.Form):
    """Which windows of the week are asked about, from which day, for how many weeks, and until when an answer counts."""

    windows = forms.MultipleChoiceField(
        label=_("Which times of the week?"), widget=forms.CheckboxSelectMultiple, error_messages={"required": _("Please choose at least one.")}
    )
    first = forms.DateField(label=_("From which day on?"), widget=DayInput)
    weeks = forms.IntegerField(label=_("For how many weeks?"), min_value=1, max_value=WEEKS, initial=2)
    until = forms.DateField(label=_("Until which day can they answer?"), widget=DayInput)

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        self.case, self.people, self.zone = case, circle(case), case.programme.zone
        self.today = clock.local(clock.now(), self.zone).date()
        start = self.today + timedelta(days=7)
        kwargs.setdefault("initial", {"first": start, "weeks": 2, "until": start - timedelta(days=2)})
        super().__init__(*args, **kwargs)
        unfit = Q() if lasting([p.person_id for p in self.people]).exists() else Q(kind=Window.Kind.VISIT)
        self.known = {str(w.pk): w for w in Window.objects.exclude(unfit).order_by("weekday", "starts", "id")}
        self.fields["windows"].choices = [(key, _named(w)) for key, w in self.known.items()]  # type: ignore[attr-defined]

    def clean_first(self) -> date:
        first: date = self.cleaned_data["first"]
        if not self.today < first <= self.today + LATEST:
            raise forms.ValidationError(_("Please choose a day from tomorrow on, within half a year."))
        return first

    def times(self) -> list[Stretch]:
        """The days of those weeks on which this circle could meet, in the windows that were chosen."""
        said = self.cleaned_data
        chosen = {(self.known[key].weekday, self.known[key].name) for key in said["windows"]}
        last = said["first"] + timedelta(weeks=said["weeks"], days=-1)
        found = open_for(self.case, self.people, said["first"], last, minutes=length_of(self.case, self.people).minutes)
        return [s for s in found if (clock.local(s.starts, self.zone).weekday(), s.name) in chosen]

    def last_moment(self) -> datetime:
        """The end of that day on the programme's clock."""
        return clock.at(self.cleaned_data["until"] + timedelta(days=1), 0, 0, self.zone)


class RoundForm(TimesForm):
    """The times of a round, three choices alike for each and none chosen beforehand, and what may be said of all of them."""

    none = forms.BooleanField(label=_("None of these times work for me"), required=False)
    weekly = forms.BooleanField(label=_("What I ticked suits me every week"), required=False)
    call = forms.BooleanField(label=_("Please call me about it"), required=False)
    BESIDES = ("none", "weekly", "call", "said_by", "said_on")

    def answers(self) -> dict[datetime, str]:
        return {stretch.starts: self.cleaned_data[name] for name, stretch in self.stretches.items() if self.cleaned_data.get(name)}

    def said(self) -> dict[str, Any]:
        """What the action takes."""
        given = self.cleaned_data
        means = RoundAnswer.Means.NONE if given["none"] else RoundAnswer.Means.TIMES
        return {"times": self.answers(), "means": means, "call": given["call"], "weekly": given["weekly"]}


class AheadForm(TimesForm):
    """The times of one week ahead, about which nobody has asked yet, and what may be said of all of them."""

    none = forms.BooleanField(label=_("None of these times work for me"), required=False)
    call = forms.BooleanField(label=_("Please call me about it"), required=False)

    def clean(self) -> dict[str, Any]:
        """What was said before stands ticked there, and stands in the way of nothing."""
        said = super().clean() or self.cleaned_data
        if said.get("none") and any(said.get(name) not in (None, "", "no", UNKNOWN, self[name].initial) for name in self.stretches):
            raise forms.ValidationError(_("A time is ticked, and also that none of them works. Please choose one or the other."))
        return said

    def answers(self) -> dict[datetime, str]:
        if self.cleaned_data["none"]:
            return dict.fromkeys((stretch.starts for stretch in self.stretches.values()), "no")
        return {stretch.starts: self.cleaned_data[name] for name, stretch in self.stretches.items() if self.cleaned_data.get(name)}


class ToldForm(RoundForm):
    """The same as somebody of the team heard it: who said it, and on which day."""

    said_by = forms.ChoiceField(label=_("Who told you?"), choices=RoundAnswer.SaidBy.choices, widget=forms.RadioSelect)
    said_on = forms.DateField(label=_("On which day?"), widget=DayInput)

    def said(self) -> dict[str, Any]:
        return super().said() | {"said_by": self.cleaned_data["said_by"], "said_on": self.cleaned_data["said_on"]}


def _named(window: Window) -> str:
    """The day is said once: many a window bears it in its name."""
    weekday, name = str(WEEKDAYS[window.weekday]), told(window.name)
    days = name if weekday.casefold() in name.casefold() else f"{weekday}, {name}"
    hours = (time_format(at, "TIME_FORMAT") for at in (window.starts, window.ends))
    return format_html('{}, <span class="ref">{}–{}</span>', days, *hours)
