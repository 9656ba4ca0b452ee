"""Whether an hour is worth asking about: nobody is asked to help at one that could not be booked, whatever they say."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.utils.translation import gettext as _

from setfair.cases.models import Case
from setfair.core import clock
from setfair.core.actor import Actor
from setfair.preparation.queries import circle as known
from setfair.programmes.models import Room
from setfair.scheduling import queries as times
from setfair.scheduling.queries.rules import in_a_sentence

from ..models import Line
from .waiting import open_cases


def in_vain(line: Line, room: Room, by: Actor, helpers: Collection[UUID]) -> str:
    """Why a booking would refuse this line once `helpers`, the users who would be asked, had said yes; empty when nothing is known against it.

    That a place in the team is empty is no reason: this is what they are asked for.
    """
    case, starts_at, ends_at = line.case, line.during.lower, line.during.upper
    if not open_cases(by).filter(pk=case.pk).exists():
        return _("This is not ready any more.")
    missing = times.missing_on(known(case), clock.local(starts_at, case.programme.zone).date())
    they = times.occupants(case).keys() | set(helpers)
    return (
        times.objection(case, room=room, starts_at=starts_at, minutes=line.minutes)
        or (times.too_small(room, len(they)) if room.seats < len(they) else "")
        or in_a_sentence([one for one in missing if one.code not in times.OF_THE_TEAM])
        or times.held_for_another(case, room, starts_at, ends_at)
        or times.taken_then(case, room, line.during, helpers)
        or _promised_elsewhere(case, line, they)
        or times.known_against(case, starts_at, line.minutes)
    )


def _promised_elsewhere(case: Case, line: Line, they: Collection[UUID]) -> str:
    spans = [span for some in times.promised_spans(case, they).values() for span in some]
    if any(begins < line.during.upper and line.during.lower < ends for begins, ends in spans):
        return _("Somebody who is needed is kept free for another time until people have answered. Please choose another time.")
    return ""
