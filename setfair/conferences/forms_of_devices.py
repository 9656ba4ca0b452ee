"""What a device sends of what was pressed on it. Nothing of it is taken at its word: who, what and when are looked at anew."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.http import HttpRequest
from django.utils.translation import gettext as _

from setfair.cases.models import Participation
from setfair.core import clock

from . import sealing
from .bringing import LEADS, UNWILLING, Pressed, What
from .models import Brought, Conference, Heading, QuestionMark, Settled, TakenAlong
from .models.brought import A_CODE
from .questions import MOST as MOST_QUESTIONS

MOST = 1000
"""Presses in one sending; the rest comes with the next."""
DETAILS = {
    What.CAME: ("yes", "no", UNWILLING),
    What.ORDERED: ("up", "down", "first", "last"),
    What.SPOKE: ("speaks", "passed"),
}
AN_ID, A_LINE = (), tuple(map(str, range(MOST_QUESTIONS)))
SHAPES: dict[str, tuple[tuple[str, ...], ...]] = {
    What.NOTED: (tuple(Heading.Kind.values), tuple(Heading.Whose.values)),
    What.TOOK_OFF: (AN_ID,),
    What.MARKED: (AN_ID, A_LINE, tuple(QuestionMark.What.values)),
}
"""What stands beside a press that is about nobody in particular, part by part; any id where no codes are named."""


class PressForm(forms.Form):
    """One press: its own id, what, about whom, and how many milliseconds ago by the clock of the device, which is right about nothing else."""

    press = forms.UUIDField()
    taken = forms.UUIDField()
    what = forms.ChoiceField(choices=What.choices)
    seen = forms.IntegerField(min_value=0, max_value=2**31 - 1)
    ago = forms.IntegerField()
    participation = forms.ModelChoiceField(queryset=Participation.objects.none(), required=False)
    page = forms.IntegerField(min_value=1, max_value=1000, required=False)
    detail = forms.RegexField(A_CODE, max_length=60, required=False)
    words = forms.CharField(max_length=sealing.LONGEST, required=False)

    def __init__(self, *args: Any, conference: Conference, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.conference = conference
        self.fields["participation"].queryset = Participation.objects.filter(case=conference.case_id)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        said = super().clean() or {}
        what = said.get("what")
        if what in DETAILS and (said.get("participation") is None or said.get("detail") not in DETAILS[What(what)]):
            raise forms.ValidationError(_("Please choose somebody of this meeting."))
        if what in SHAPES and not _has_shape(said.get("detail", ""), SHAPES[what]):
            raise forms.ValidationError(_("Please write a few words, and say what they are."))
        if what == What.TURNED and said.get("page") is None:
            raise forms.ValidationError(_("The script has no such page."))
        return said

    def pressed(self, since: datetime, now: datetime, by: UUID) -> Pressed:
        """With its moment on our clock: not ahead of it, and not before the console was taken along. Words are opened that `by` has sealed."""
        said = self.cleaned_data
        words = sealing.opened(self.conference, by, said["press"], said["words"]) if said["words"] else {}
        ago = timedelta(milliseconds=min(max(said["ago"], 0), 10**10))
        kept = {name: said[name] for name in ("press", "what", "seen", "participation", "page", "detail")}
        return Pressed(**kept, words=words, pressed_at=min(max(now - ago, since), now))


def _has_shape(detail: str, shape: tuple[tuple[str, ...], ...]) -> bool:
    parts = detail.split(":")
    return len(parts) == len(shape) and all(part in known if known else _is_id(part) for part, known in zip(parts, shape, strict=True))


def _is_id(text: str) -> bool:
    try:
        return str(UUID(text)) == text
    except ValueError:
        return False


class SettleForm(forms.Form):
    """Which was right of one thing that came in to this circle; what only those who lead it may press, only they answer."""

    brought = forms.ModelChoiceField(queryset=Brought.objects.none())
    how = forms.ChoiceField(choices=Settled.How.choices)

    def __init__(self, *args: Any, conference: Conference, leads: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = Brought.objects.filter(conference=conference).select_related("conference__case", "participation__person")
        self.fields["brought"].queryset = mine if leads else mine.exclude(what__in=LEADS)  # type: ignore[attr-defined]


def presses(request: HttpRequest, conference: Conference) -> Iterator[tuple[str, TakenAlong | None, Pressed | None]]:
    """The id of each, and what can be done with it: nothing where it is no press of theirs on a console of theirs."""
    try:
        sent = json.loads(request.body if request.content_type == "application/json" else b"")
        said = [each for each in sent["presses"] if isinstance(each, dict)][:MOST]
    except (ValueError, KeyError, TypeError):
        return
    now = clock.now()
    me = request.actor.id  # type: ignore[attr-defined]
    mine = {taken.pk: taken for taken in TakenAlong.objects.filter(conference=conference, user_id=me)}
    for each in said:
        form = PressForm(each, conference=conference)
        taken = mine.get(form.cleaned_data["taken"]) if form.is_valid() else None
        if taken is not None:
            taken.conference = conference
        yield str(each.get("press", "")), taken, form.pressed(taken.at, now, me) if taken is not None else None
