"""The questions of the public form on paper, worked out from the form itself, so that no question is on one and not on the other."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from setfair.letters.paper import printed
from setfair.programmes.models import Programme

from .forms.asking import PROFESSIONAL
from .forms.step import Step
from .models import Referral
from .routes import ASK

SHEET = Path(__file__).parent / "sheets" / "slip.typ"
ON_PAGE_ONE = "now"
"""On paper nobody answers for us whether somebody is in danger: the number to call stands above everything else."""
PEOPLE = 3
"""Lines for who was part of it."""
HEIGHT = {"what": 6, "safe": 2, "access": 2}


def paper(programme: Programme) -> bytes:
    """A tagged PDF in large print. Nothing on it names anybody, and made once for each language it is kept in memory."""
    language = get_language() or programme.language
    return _set(json.dumps(_data(programme), ensure_ascii=False, sort_keys=True), language)


@lru_cache(maxsize=32)
def _set(data: str, language: str) -> bytes:
    return printed(SHEET, json.loads(data), language=language)


def _data(programme: Programme) -> dict[str, Any]:
    where = " · ".join(x for x in (programme.room, programme.phone) if x)
    return {
        "title": programme.short_name,
        "heading": _("Tell us what happened"),
        "danger": _("If someone is in danger now, do not write. Call %(number)s.") % {"number": programme.emergency},
        "lead": _("Fill in what you like. You can leave out any line but one: how to reach you safely. Only our team reads it."),
        "questions": [_question(kind, programme) for kind in ASK.steps if kind.slug != ON_PAGE_ONE],
        "foot": _("Give it to any of us, folded. We give you a code. With it you can see how things stand."),
        "where": where,
    }


def _question(kind: type[Step], programme: Programme) -> dict[str, Any]:
    form = kind(programme=programme, so_far={"who": {"source": Referral.Source.OTHER}})
    parts = [_part(form[name], kind) for name in form.fields]
    title = str(kind.heading or parts[0]["label"])
    for part in parts:
        part["label"] = "" if part["label"] == title else part["label"]
    return {"title": title, "hint": str(kind.hint), "parts": parts[:1] if kind.many else parts}


def _part(field: forms.BoundField, kind: type[Step]) -> dict[str, Any]:
    """A tick, a row of ticks, or lines to write on."""
    asked, label = field.field, str(field.label)
    if isinstance(asked, forms.BooleanField):
        return {"label": "", "ticks": [label], "lines": 0}
    if isinstance(asked, forms.ChoiceField):
        return {"label": label, "ticks": [str(words) for code, words in asked.choices if code != PROFESSIONAL], "lines": 0}
    lines = HEIGHT.get(kind.slug, 1) if isinstance(asked.widget, forms.Textarea) else PEOPLE if kind.many else 1
    return {"label": label, "ticks": [], "lines": lines}
