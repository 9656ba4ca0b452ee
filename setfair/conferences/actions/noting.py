"""Headings of the sharing, noted and taken off."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from setfair.cases.models import Participation
from setfair.cases.queries import circle
from setfair.core.actor import Actor
from setfair.journal.actions import record

from .. import headings
from ..journey import Stage
from ..models import MOST_HEADINGS, Conference, Heading, HeadingBack
from .hand import in_hand_of
from .refusals import CannotGoOn
from .standing import held_stage


@transaction.atomic
def note_heading(
    conference: Conference,
    *,
    by: Actor,
    kind: str,
    words: str,
    whose: str = Heading.Whose.ALL,
    participation: Participation | None = None,
    brought: UUID | None = None,
) -> Heading:
    """A few words for what was harmed, needed or is to be put right, by whoever holds the script. The same twice is one.

    Nothing of what was said is kept beside it, and nothing of who said it. One that was `brought` from a device without
    network has the id of its press; it was noted with the script in hand, whoever took it meanwhile.
    """
    _may_note(conference, by, brought=brought is not None)
    if participation is not None and participation.pk not in {p.pk for p in circle(conference.case)}:
        raise CannotGoOn(_("This person belongs to another meeting."))
    there, words = headings.standing(conference), " ".join(words.split())
    same = [one for one in there if (one.kind, one.whose, one.participation, one.words) == (kind, whose, participation, words)]
    if same:
        return same[0]
    if len(there) >= MOST_HEADINGS:
        raise CannotGoOn(_("There are many headings by now. Take one off first."))
    said = {"kind": kind, "whose": whose, "participation": participation, "words": words}
    heading = Heading.objects.create(pk=brought or uuid4(), conference=conference, case=conference.case, by=by.known_id, **said)
    record("noted_heading", heading, by=by)
    return heading


@transaction.atomic
def take_off_heading(heading: Heading, *, by: Actor, brought: bool = False) -> None:
    """Somebody said "that is not it": it stands on no page any more. Twice is once."""
    _may_note(heading.conference, by, brought=brought)
    if not heading.taken_off.exists():
        back = HeadingBack.objects.create(heading=heading, conference=heading.conference, case=heading.case, by=by.known_id)
        record("took_off_heading", back, by=by)


def _may_note(conference: Conference, by: Actor, *, brought: bool) -> None:
    if held_stage(conference) != Stage.LIVE:
        raise CannotGoOn(_("Headings are noted while the meeting is under way."))
    if not brought:
        in_hand_of(conference, by=by)
