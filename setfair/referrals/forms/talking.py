from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from ..journey import After
from ..said import moment
from ..talks import MINUTES, Talk
from .step import area, choice, line

NAMES = ("first", "second", "third")


def hour(label: Any, **kwargs: Any) -> forms.DateTimeField:
    """A day and an hour on the programme's own clock."""
    kwargs.setdefault("required", False)
    return forms.DateTimeField(
        label=label,
        widget=forms.DateTimeInput({"type": "datetime-local", "autocomplete": "off"}, format="%Y-%m-%dT%H:%M"),
        error_messages={"invalid": _("Please write day and hour like this: 2026-03-27 15:30.")},
        **kwargs,
    )


class OfferTalk(forms.Form):
    """Up to three times; nothing is chosen beforehand but the length."""

    use_required_attribute = False
    first = hour(_("First time"), required=True)
    second = hour(_("Second time"))
    third = hour(_("Third time"))
    minutes = forms.IntegerField(min_value=5, max_value=240, initial=MINUTES, label=_("How long, in minutes"))
    holder = forms.ChoiceField(label=_("Who talks with them"), widget=forms.RadioSelect)
    place = line(200, label=_("Where, or how"), help_text=_("They read it on their page. Such as: Room 12, or we call you."))
    brief = forms.CharField(
        max_length=5000,
        required=False,
        label=_("What whoever talks with them should know"),
        help_text=_("They read this, the name and how to reach them, and nothing else of the request."),
        widget=area(3),
    )

    def __init__(self, *args: Any, holders: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["holder"].choices = holders

    def answers(self) -> dict[str, Any]:
        """What `actions.offer_talk` takes."""
        said = self.cleaned_data
        rest = {name: said[name] for name in ("minutes", "place", "brief")}
        return {**rest, "times": [said[name] for name in NAMES if said[name]], "holder": UUID(said["holder"])}


class ChooseTime(forms.Form):
    """One of the times that were offered and are still to come."""

    use_required_attribute = False
    time = forms.ChoiceField(
        label=_("When would you like to talk?"), widget=forms.RadioSelect, error_messages={"required": _("Please choose a time.")}
    )

    def __init__(self, *args: Any, talk: Talk, zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["time"].choices = [(at.isoformat(), moment(at, zone)) for at in talk.open_times()]

    def chosen(self) -> datetime:
        return datetime.fromisoformat(self.cleaned_data["time"])


class AgreedTime(forms.Form):
    """The hour that was agreed by voice."""

    use_required_attribute = False
    starts_at = hour(_("The time you agreed on"), required=True)


class FollowUp(forms.Form):
    use_required_attribute = False
    after = choice(After.choices, _("What comes of it?"), required=True, error_messages={"required": _("Please choose one of the answers.")})
    words = forms.CharField(max_length=5000, required=False, label=_("Note for the team"), widget=area(3))
