"""What a new programme's checklist for each person begins with (practice.md 2.4 to 2.7 and annex B). All of it can be changed on screen.

What the app knows by itself is not on it: a yes, a guardian's, the acknowledgement, what is arranged and booked, the questions given.
Nothing of it is waited for until a programme says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from .models import ChecklistItem, Programme

HEART = ["harmed", "responsible"]
ASKED = [*HEART, "affected", "supporter", "guardian", "community"]
LIVE = ["meet", "reentry", "standin", "call"]

OURS: list[dict[str, Any]] = [
    {"words": _("They know that they can stop at any time, without a reason"), "roles": ASKED},
    {"words": _("They were asked alone whether they want it, without a parent or guardian"), "roles": [*HEART, "affected"], "below_age": 18},
    {"words": _("They know who else comes, how long it takes, and where"), "roles": ASKED, "ways": LIVE},
    {"words": _("They know what we write down, who reads it, and what we must pass on"), "roles": ASKED},
    {"words": _("They told us in their own words what happened"), "roles": HEART},
    {"words": _("They said what they want to say, ask and hear"), "roles": ["harmed", "affected"]},
    {"words": _("They said what would help, and whether they want an apology"), "roles": ["harmed"]},
    {"words": _("They chose whether to speak first or later"), "roles": ["harmed"], "ways": LIVE},
    {"words": _("We talked about how it is if the other one is not sorry"), "roles": ["harmed"]},
    {"words": _("They thought about who was touched by it, and how"), "roles": ["responsible"]},
    {"words": _("They thought about what they could offer"), "roles": ["responsible"]},
    {"words": _("They know what follows if they stop, and what can be used elsewhere"), "roles": ["responsible"]},
    {"words": _("We talked about meeting each other by chance afterwards"), "roles": HEART},
    {"words": _("They have a sign for a break, and know which room they can go to"), "roles": [*HEART, "affected"], "ways": LIVE[:3]},
    {"words": _("They have a quiet place for the call, and a line that works"), "roles": ASKED, "ways": ["call"]},
    {"words": _("They know that we read each letter or message first, and may give it back"), "roles": HEART, "ways": ["apart"]},
    {"words": _("They said how they want to hear from the other one, and how not"), "roles": HEART, "ways": ["apart"]},
    {"words": _("They know whom they are there for, and that they are asked too"), "roles": ["supporter", "guardian"]},
    {"words": _("They know that the young person decides for themselves, too"), "roles": ["guardian"]},
    {"words": _("They know what they stand for, and that they judge nobody"), "roles": ["community"]},
    {"words": _("They have seen the questions, and whom they speak for when"), "roles": ["interpreter"]},
    {"words": _("They know what they may say, and that they do not speak for the person"), "roles": ["advocate"]},
    {"words": _("They know that they only watch, and pass nothing on"), "roles": ["observer"]},
]


def give_default_checklist(programme: Programme) -> list[ChecklistItem]:
    """Ours, in every language we ship; call it inside the programme. A programme that ever had a list keeps its own."""
    if ChecklistItem.objects.filter(programme=programme).exists():
        return []
    return ChecklistItem.objects.bulk_create(_items(programme))


def ended_items() -> list[ChecklistItem]:
    """What nobody is asked any more, each in its last words, the latest ended first; call it inside the programme."""
    live = ChecklistItem.objects.filter(number=OuterRef("number"), ended_at__isnull=True)
    later = ChecklistItem.objects.filter(number=OuterRef("number"), version__gt=OuterRef("version"))
    rows = ChecklistItem.objects.filter(~Exists(live), ~Exists(later)).select_related("programme")
    return list(rows.order_by("-ended_at", "number"))


def _items(programme: Programme) -> Iterator[ChecklistItem]:
    for number, said in enumerate(OURS, start=1):
        words = {}
        for language, _name in settings.LANGUAGES:
            with translation.override(language):
                words[language] = str(said["words"])
        yield ChecklistItem(programme=programme, number=number, place=number, **(said | {"words": words}))
