"""What was tried and did not come to a meeting: written down as it was, so that nobody is pressed and nobody is forgotten."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from setfair.cases.models import Participation
from setfair.core import clock
from setfair.core.actor import Actor
from setfair.people.queries import ways

from .. import queries
from ..refusal import CannotPrepare
from ..tried import IN_PERSON, Attempt
from ..writing import open_case_of, today, write_once

LONGEST = 600


@transaction.atomic
def note_try(participation: Participation, *, by: Actor, on: date, way: str, result: str, minutes: int | None = None, note: str = "") -> Attempt:
    """Write down a try to reach somebody, over a way that is written down as safe or in person. Raises `CannotPrepare`."""
    _check(participation, on, minutes, note)
    if result not in Attempt.Result.values:
        raise CannotPrepare(_("Please choose what came of it."))
    if way not in {contact.way for contact in ways(participation.person)} | {IN_PERSON}:
        raise CannotPrepare(_("That way is not written down as safe."))
    said = {"on": on, "way": way, "result": result, "minutes": minutes, "note": note.strip()}
    fact: Attempt = write_once("tried", Attempt, participation, by, said)
    return fact


@transaction.atomic
def note_missed(
    participation: Participation, *, by: Actor, on: date, attended: str, why_not: str, minutes: int | None = None, note: str = ""
) -> Attempt:
    """Write down a meeting that was agreed on and did not happen, and apart from that whether they came. Raises `CannotPrepare`."""
    _check(participation, on, minutes, note)
    if attended not in Attempt.Came.values or why_not not in Attempt.Why.values:
        raise CannotPrepare(_("Please choose whether they came, and why it did not happen."))
    if why_not == Attempt.Why.NO_SHOW and attended != Attempt.Came.NO:
        raise CannotPrepare(_("They came, so please choose another reason."))
    said = {"on": on, "attended": attended, "why_not": why_not, "minutes": minutes, "note": note.strip()}
    fact: Attempt = write_once("missed_meeting", Attempt, participation, by, said)
    return fact


def _check(participation: Participation, on: date, minutes: int | None, note: str) -> None:
    open_case_of(participation)
    if not clock.EARLIEST <= on <= today(participation.case):
        raise CannotPrepare(_("Please choose the day it was: today or before."))
    if minutes is not None and not 1 <= minutes <= LONGEST:
        raise CannotPrepare(_("Please check how many minutes it took."))
    if note.strip() and queries.wants_no_notes(participation):
        raise CannotPrepare(_("They said no to notes. Please leave the note empty: that you tried is still written down."))
