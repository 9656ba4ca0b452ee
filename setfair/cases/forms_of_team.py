from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from setfair.facilitators.models import Closeness, Facilitator

from .models import Acquaintance, Assent, Participation, SetAside


class _Shown(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return str(obj.person.shown)


class CloseForm(forms.Form):
    facilitator = forms.ModelChoiceField(label=_("Who of the team"), queryset=Facilitator.objects.none(), empty_label=_("Choose"))
    participation = _Shown(label=_("Is close to"), queryset=Participation.objects.none(), empty_label=_("Choose"))
    kind = forms.ChoiceField(
        label=_("How?"), choices=Closeness.Kind.choices, widget=forms.RadioSelect,
        help_text=_("Same year, or same club or team: they may help if both say that it is all right. Anything else keeps them out."),
    )  # fmt: skip

    def __init__(self, *args: Any, team: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["facilitator"].queryset, self.fields["participation"].queryset = team, people


class NearForm(forms.Form):
    """One line of what is written down, by its key; `who` where one of the two said that it is all right."""

    closeness = forms.ModelChoiceField(queryset=Closeness.objects.none())
    who = forms.ChoiceField(choices=Assent.Who.choices, required=False)

    def __init__(self, *args: Any, people: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["closeness"].queryset = Closeness.objects.filter(person__in=people.values("person"), ended_at__isnull=True)


class AsideForm(forms.Form):
    """A tick that counts no more, and why."""

    acquaintance = forms.ModelChoiceField(queryset=Acquaintance.objects.none())
    why = forms.ChoiceField(label=_("Why?"), choices=SetAside.Why.choices, widget=forms.RadioSelect)

    def __init__(self, *args: Any, known: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["acquaintance"].queryset = known


class DutyForm(forms.Form):
    """What one of the team says to the question whether they can help on a day."""

    answer = forms.ChoiceField(choices=[("yes", _("Yes, I can")), ("no", _("No")), ("known", _("I may know somebody there"))])
