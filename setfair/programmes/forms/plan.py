from __future__ import annotations

from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _

from setfair.core.clock import EARLIEST
from setfair.ui.forms import ClockInput, DayInput

from ..models import Closure, Term, Window
from .careful import CarefulForm

DAYS = list(WEEKDAYS.items())


class _Hours(forms.Form):
    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("starts") and data.get("ends") and data["ends"] <= data["starts"]:
            self.add_error("ends", _("A window ends after it starts. Please check both times."))
        return data


class _OnSomeDays(_Hours):
    """What a window may say beside its hours: on which days it is open, how long a meeting may be there, and as long as what it holds."""

    MORE, MORE_SAYS = ("period", "kind", "longest", "term", "first_on", "last_on"), _("Which days, and how long")

    period = forms.CharField(
        label=_("A period of your bell schedule"), required=False, max_length=40,
        help_text=_("For example Lunch. Then it moves with the bells, and the hours above count only where they say nothing."),
    )  # fmt: skip
    kind = forms.ChoiceField(label=_("Open"), choices=Window.Kind.choices, initial=Window.Kind.SCHOOL, required=False)
    longest = forms.IntegerField(
        label=_("Longest meeting in it, in minutes"), required=False, min_value=10, max_value=480, help_text=_("Empty: as your rules say.")
    )
    term = forms.ModelChoiceField(label=_("Only in this term"), queryset=Term.objects.none(), required=False, empty_label=_("always"))
    first_on = forms.DateField(label=_("Or from this day"), widget=DayInput, required=False)
    last_on = forms.DateField(label=_("Until this day"), widget=DayInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["term"].queryset = Term.objects.order_by("starts_on", "id")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        data["kind"] = data.get("kind") or Window.Kind.SCHOOL
        first, last = data.get("first_on"), data.get("last_on")
        if first and last and last < first:
            self.add_error("last_on", _("The last day cannot be before the first day. Please check both dates."))
        if data.get("term") and (first or last):
            self.add_error("term", _("Please choose a term or days of its own."))
        return data


class NewWindowsForm(_OnSomeDays):
    """One name and time on several days at once."""

    name = forms.CharField(label=_("Name"), max_length=40, help_text=_("For example Tuesday morning, lunch, after school."))
    weekdays = forms.TypedMultipleChoiceField(label=_("Days"), choices=DAYS, coerce=int, widget=forms.CheckboxSelectMultiple)
    starts = forms.TimeField(label=_("From"), widget=ClockInput)
    ends = forms.TimeField(label=_("To"), widget=ClockInput)

    def facts(self) -> dict[str, Any]:
        return self.cleaned_data


class WindowForm(_OnSomeDays, CarefulForm):
    name = forms.CharField(label=_("Name"), max_length=40)
    weekday = forms.TypedChoiceField(label=_("Day"), choices=DAYS, coerce=int)
    starts = forms.TimeField(label=_("From"), widget=ClockInput)
    ends = forms.TimeField(label=_("To"), widget=ClockInput)


class _Days(CarefulForm):
    name = forms.CharField(label=_("Name"), max_length=40)
    starts_on = forms.DateField(label=_("First day"), widget=DayInput)
    ends_on = forms.DateField(label=_("Last day"), widget=DayInput)

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        first, last = data.get("starts_on"), data.get("ends_on")
        if first and first < EARLIEST:
            self.add_error("starts_on", _("Please check the year."))
        if first and last and last < first:
            self.add_error("ends_on", _("The last day cannot be before the first day. Please check both dates."))
        if first and last and (last - first).days > 400:
            self.add_error("ends_on", _("This is longer than a year. Please check both dates."))
        return data


class TermForm(_Days):
    pass


class ClosureForm(_Days):
    MORE, MORE_SAYS = ("whom", "born_in"), _("An exam for some of them")

    kind = forms.ChoiceField(label=_("What kind of day"), choices=Closure.Kind.choices, initial=Closure.Kind.CLOSED, required=False)
    whom = forms.ChoiceField(
        label=_("Who has this exam?"), choices=Closure.Whom.choices, initial=Closure.Whom.ALL, required=False,
        help_text=_("Then only they are not asked for that day. Everybody else can meet."),
    )  # fmt: skip
    born_in = forms.IntegerField(label=_("Year of birth"), required=False, min_value=1990, max_value=2100)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        data["kind"], data["whom"] = data.get("kind") or Closure.Kind.CLOSED, data.get("whom") or Closure.Whom.ALL
        if data["whom"] != Closure.Whom.ALL and data["kind"] != Closure.Kind.EXAM:
            self.add_error("whom", _("Only an exam is for some of them. Please choose the kind “exam”, or everybody."))
        if data["whom"] == Closure.Whom.YEAR and not data.get("born_in"):
            self.add_error("born_in", _("Please write the year in which they were born."))
        if data["whom"] != Closure.Whom.YEAR:
            data["born_in"] = None
        return data


class PlaceForm(CarefulForm):
    """A closed place. The hours of its visits are added on its own page."""

    name = forms.CharField(label=_("Name"), max_length=120, help_text=_("A jail, a prison, a closed ward."))
    address = forms.CharField(label=_("Its address, for letters"), max_length=160, required=False, widget=forms.Textarea(attrs={"rows": 2}))
    asks = forms.CharField(
        label=_("Who is asked who may come, and how?"), max_length=160, required=False, help_text=_("An office, a number, a form.")
    )
    lead_days = forms.IntegerField(label=_("How many days before do they want to know who comes?"), min_value=0, max_value=60, initial=5)


class VisitHoursForm(_Hours):
    """One stretch of some days in which visits are held."""

    weekdays = forms.TypedMultipleChoiceField(label=_("Days"), choices=DAYS, coerce=int, widget=forms.CheckboxSelectMultiple)
    starts = forms.TimeField(label=_("From"), widget=ClockInput)
    ends = forms.TimeField(label=_("To"), widget=ClockInput)
