"""Forms of the readiness board, and of the worries that stand on it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from setfair.accounts.models import User
from setfair.ui.forms import DayInput, FoldedTicks

from .models import SafetyCheck
from .queries import Blocker
from .worries import Strength, Worry

A_YEAR = timedelta(days=366)


class DayForm(forms.Form):
    """For which day the board is looked at."""

    on = forms.DateField(label=_("For which day?"), widget=DayInput, required=False)

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_on(self) -> date | None:
        day: date | None = self.cleaned_data["on"]
        if day is not None and not self.today <= day <= self.today + A_YEAR:
            raise forms.ValidationError(_("Please choose a day that is still to come, within a year."))
        return day

    def day(self) -> date | None:
        return self.cleaned_data.get("on") if self.is_valid() else None


class AsideForm(forms.Form):
    """Which practical thing is set aside, and why. `what` is a code, and for one person also whose it is."""

    what = forms.ChoiceField(label=_("What can it go on without?"))
    reason = forms.CharField(label=_("Why?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args: Any, blockers: list[Blocker], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {_key(b): b for b in blockers if b.overridable and not b.needs_sign_off}
        self.fields["what"].choices = [("", _("Choose")), *((key, b.sentence) for key, b in self.known.items())]

    def said(self) -> dict[str, Any]:
        blocker = self.known[self.cleaned_data["what"]]
        return {"blocker": blocker.code, "participation": blocker.participation, "reason": self.cleaned_data["reason"]}


def _key(blocker: Blocker) -> str:
    return f"{blocker.code}.{blocker.participation.pk}" if blocker.participation is not None else blocker.code


OFTEN, HELPS = (Worry.PRESSURE, Worry.REVENGE), (Strength.OWN, Strength.BESIDE)
"""What is ticked most often: in sight, so that a look fits one screen of a phone."""


class SafetyForm(forms.Form):
    """A look of a minute: what was found last time stands there already, and how great the worry is now is chosen anew."""

    level = forms.ChoiceField(label=_("How great is the worry?"), choices=SafetyCheck._meta.get_field("level").flatchoices, widget=forms.RadioSelect)
    worries = forms.MultipleChoiceField(label=_("What worries us"), choices=Worry.choices, required=False, widget=FoldedTicks(first=OFTEN))
    strengths = forms.MultipleChoiceField(label=_("What helps"), choices=Strength.choices, required=False, widget=FoldedTicks(first=HELPS))
    plan = forms.CharField(label=_("What we do about it"), required=False, max_length=50_000, widget=forms.Textarea(attrs={"rows": 2}))
    looks_again = forms.ModelChoiceField(
        label=_("Who looks again"), queryset=User.objects.none(), required=False, empty_label=_("Whoever saves this")
    )

    def __init__(self, *args: Any, looking: Iterable[User], last: SafetyCheck | None = None, **kwargs: Any) -> None:
        found = {"worries": last.worries or [], "strengths": last.strengths or [], "plan": last.plan, "looks_again": last.owner_id} if last else {}
        super().__init__(*args, initial=found, **kwargs)
        field: Any = self.fields["looks_again"]
        field.queryset = User.objects.filter(pk__in=[user.pk for user in looking]).order_by("name", "pk")
        field.label_from_instance = lambda user: user.name


class SignOffForm(forms.Form):
    reason = forms.CharField(
        label=_("Why can it go on?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What makes it safe enough: who is beside them, what was agreed, what happens if it changes."),
    )


class GateForm(SignOffForm):
    """The same, about what was found when the request was looked at: which of it, where there are two."""

    blocker = forms.ChoiceField(label=_("What do you sign off?"), widget=forms.RadioSelect)
    field_order = ("blocker", "reason")

    def __init__(self, *args: Any, gates: list[Blocker], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["blocker"].choices = [(b.code, b.sentence) for b in gates]
