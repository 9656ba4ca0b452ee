from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from setfair.accounts.models import User
from setfair.cases.models import Participation
from setfair.ui.forms import DayInput

from .models import CheckInNote, Helper

STORY = 4_000
FOR_THE_TEAM = _("Only the team reads it.")


class CheckInForm(forms.Form):
    """What came of a call."""

    said = forms.ChoiceField(label=_("What came of it?"), widget=forms.RadioSelect, error_messages={"required": _("Please choose what came of it.")})
    words = forms.CharField(
        label=_("In a few words"), max_length=STORY, required=False, widget=forms.Textarea(attrs={"rows": 3}), help_text=FOR_THE_TEAM
    )

    def __init__(self, *args: Any, sayable: Sequence[CheckInNote.Said], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["said"].choices = [(said.value, said.label) for said in sayable]


class PutOffForm(forms.Form):
    until = forms.DateField(label=_("The new day"), widget=DayInput())
    words = forms.CharField(label=_("Why"), max_length=STORY, required=False, widget=forms.Textarea(attrs={"rows": 2}), help_text=FOR_THE_TEAM)


class TakeOverForm(forms.Form):
    to = forms.ChoiceField(label=_("Who calls"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, people: Mapping[UUID, User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = people
        self.fields["to"].choices = [(str(pk), user.name) for pk, user in people.items()]

    def chosen(self) -> User:
        return self.people[UUID(self.cleaned_data["to"])]


class HelperForm(forms.Form):
    """Who is beside somebody, and as what."""

    kind = forms.ChoiceField(label=_("As what"), widget=forms.RadioSelect, choices=Helper.Kind.choices)
    who = forms.ChoiceField(label=_("Who"))

    def __init__(self, *args: Any, team: Mapping[UUID, User], circle: Sequence[Participation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.team, self.circle = team, {str(p.pk): p for p in circle}
        staff = [(str(pk), user.name) for pk, user in team.items()]
        named = [(key, f"{p.person.shown} ({p.get_role_display()})") for key, p in self.circle.items()]
        self.fields["who"].choices = [("", _("Nobody")), (_("The team"), staff), (_("The circle"), named)]
        self.fields["who"].required = False

    def chosen(self) -> dict[str, Any]:
        """Nobody, or one of them."""
        who = self.cleaned_data["who"]
        if not who:
            return {}
        return {"other": self.circle[who]} if who in self.circle else {"user": self.team[UUID(who)]}


class RhythmForm(forms.Form):
    """After how many days somebody calls, from the next agreement on."""

    first = forms.IntegerField(label=_("First call, days after everyone has signed"), min_value=1, max_value=364)
    second = forms.IntegerField(label=_("Second call, days after everyone has signed"), min_value=2, max_value=365, required=False)
    every = forms.IntegerField(label=_("After that, every so many days"), min_value=7, max_value=365, required=False)
    later = forms.IntegerField(label=_("Last call, days after everyone has signed"), min_value=2, max_value=365)

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or {}
        first = said.get("first") or 0
        if said.get("second") and said["second"] <= first:
            self.add_error("second", _("Please choose more days than for the first call."))
        if said.get("later") and said["later"] <= max(first, said.get("second") or 0):
            self.add_error("later", _("Please choose more days than for the calls before."))
        return said
