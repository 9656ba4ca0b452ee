"""What was written without network, played as the act it is."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from setfair.core.actor import Actor

from .actions.marking import mark_question
from .actions.noting import note_heading, take_off_heading
from .actions.refusals import CannotGoOn
from .bringing import LATER, Pressed, question
from .models import LONGEST_HEADING, Brought, Conference, Heading


def noted(conference: Conference, by: Actor, pressed: Pressed | Brought) -> Any:
    """A heading, if its words are still a heading's."""
    kind, _colon, whose = pressed.detail.partition(":")
    words = pressed.words.get("words", "").strip()
    if not words or len(words) > LONGEST_HEADING or len(words.encode()) > 3 * LONGEST_HEADING:
        raise CannotGoOn(_("Please write a few words, and say what they are."))
    return note_heading(conference, by=by, kind=kind, words=words, whose=whose, participation=pressed.participation, brought=pressed.press)


def taken_off(conference: Conference, by: Actor, pressed: Pressed | Brought) -> None:
    """A heading of this circle."""
    heading = Heading.objects.filter(conference=conference, pk=pressed.detail).select_related("conference", "case").first()
    if heading is None:
        raise CannotGoOn(_("This heading is not here."))
    take_off_heading(heading, by=by, brought=True)


def marked(conference: Conference, by: Actor, pressed: Pressed | Brought) -> None:
    """A prepared question."""
    found, what = question(conference, pressed.detail)
    if found is None:
        raise CannotGoOn(_("This question is not here any more."))
    mark_question(conference, found, by=by, what=what, brought=True)


def of_later(conference: Conference, by: Actor, pressed: Pressed | Brought) -> Any:
    """What belongs to a later floor."""
    return LATER[pressed.what].do(conference, by, pressed)
