from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from setfair.accounts.models import User
from setfair.programmes.models import ClosedPlace
from setfair.ui.forms import DayInput

from . import queries
from .models import ExamDay, Facilitator


def _later(day: date | None) -> date | None:
    if day is not None and day < timezone.localdate():
        raise forms.ValidationError(_("The certificate would be over already. Please choose a later date."))
    return day


class _Named(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.known_as)


class NewForm(forms.Form):
    """Somebody with a role here joins the team: to be trained, or certified already."""

    user = _Named(
        label=_("Who"),
        queryset=User.objects.none(),
        empty_label=_("Choose"),
        help_text=_("Give them a role first; then they can be chosen here."),
    )
    kind = forms.ChoiceField(label=_("As"), choices=Facilitator.Kind, widget=forms.RadioSelect)
    languages = forms.CharField(label=_("Languages"), max_length=60, required=False, help_text=_("For example: en es"))
    trained = forms.ChoiceField(
        label=_("Where do they stand?"), choices=[("new", _("They begin their training")), ("certified", _("They are certified"))],
        widget=forms.RadioSelect, initial="new",
    )  # fmt: skip
    until = forms.DateField(label=_("Certified until"), widget=DayInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = queries.could_join()  # type: ignore[attr-defined]

    def clean_until(self) -> date | None:
        return _later(self.cleaned_data["until"])


class CertificateForm(forms.Form):
    until = forms.DateField(label=_("Certified until"), widget=DayInput, required=False, help_text=_("Leave it empty when it has no end."))

    def clean_until(self) -> date | None:
        return _later(self.cleaned_data["until"])


class LanguagesForm(forms.Form):
    languages = forms.CharField(label=_("Languages"), max_length=60, required=False)


class LoadForm(forms.Form):
    a_week = forms.IntegerField(label=_("Meetings in a week, at most"), min_value=1, max_value=20)
    a_term = forms.IntegerField(label=_("Meetings in a term, at most"), min_value=1, max_value=200)
    parent = forms.ChoiceField(
        label=_("A parent or guardian"), choices=Facilitator.Parent.choices, required=False, widget=forms.RadioSelect,
        help_text=_("For somebody under 18, if you ask parents. Until they have said yes nobody asks this student to help."),
    )  # fmt: skip


class DayForm(forms.Form):
    on = forms.DateField(label=_("Day of an exam"), widget=DayInput)


class EntranceForm(forms.Form):
    place = forms.ModelChoiceField(label=_("Closed place"), queryset=ClosedPlace.objects.none(), empty_label=_("Choose"))
    until = forms.DateField(label=_("Until"), widget=DayInput, required=False, help_text=_("Leave it empty when it has no end."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = ClosedPlace.objects.filter(closed_at__isnull=True).order_by("name", "id")  # type: ignore[attr-defined]

    @property
    def places(self) -> bool:
        return bool(len(self.fields["place"].choices) > 1)  # type: ignore[attr-defined]


class OneForm(forms.Form):
    """One row of a list, to be taken out."""

    row = forms.ModelChoiceField(queryset=ExamDay.objects.none())

    def __init__(self, *args: Any, rows: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["row"].queryset = rows  # type: ignore[attr-defined]
