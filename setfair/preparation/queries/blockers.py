"""What still stands between a case and its day, each by name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from setfair.cases.models import Assignment, Case, Participation, Role
from setfair.facilitators.journey import Stage as Training

from ..models import Consent, Override
from .known import Circle, Known, circle
from .screened import gates

SAFETY_HOLDS = timedelta(days=14)
"""On the day, nobody's safety was looked at longer ago than this (practice.md, annex C2)."""


@dataclass(frozen=True)
class Blocker:
    """One thing that is missing, which is set aside by its own `code` and for its own person alone.

    `since` is the moment of the fact behind it: what was set aside before that does
    not count any more. `needs_sign_off` says that only whoever answers for safety can.
    """

    code: str
    participation: Participation | None
    sentence: str
    overridable: bool
    since: datetime | None = None
    needs_sign_off: bool = False


def blockers(case: Case, on: date | None = None) -> list[Blocker]:
    """What is missing for a conference on that day (today, if none is named), without what was set aside. Empty means ready."""
    return standing(circle(case), on)


def standing(known: Circle, on: date | None = None) -> list[Blocker]:
    """The same, of a circle that was read already."""
    return [b for b in found(known, on or known.today()) if not _set_aside(b, known.overrides)]


def found(known: Circle, on: date) -> list[Blocker]:
    """Everything that is missing, set aside or not."""
    return [*_of_the_case(known), *(b for k in known.people if k.asked for b in _of_one(known, k, on)), *_of_the_room(known, on)]


def _set_aside(blocker: Blocker, overrides: list[Override]) -> bool:
    person = blocker.participation.pk if blocker.participation is not None else None
    return blocker.overridable and any(
        o.blocker == blocker.code and o.participation_id == person and (blocker.since is None or o.at > blocker.since) for o in overrides
    )


def _of_the_case(known: Circle) -> Iterator[Blocker]:
    roles = {k.participation.role for k in known.people}
    for code, sentence, since in gates(known.case):
        yield Blocker(code, None, str(sentence), True, since, needs_sign_off=True)
    if known.hold is not None:
        yield Blocker("hold", None, _("It is on hold."), False)
    if Role.HARMED not in roles:
        yield Blocker("harmed", None, _("Nobody who was harmed is in the circle."), False)
    if Role.RESPONSIBLE not in roles:
        yield Blocker("responsible", None, _("Nobody who is responsible is in the circle."), False)
    named = {k.participation.person_id: k.participation.person.shown for k in known.people}
    for wall in known.walls:
        names = {"one": named[wall.one_id], "other": named[wall.other_id]}
        yield Blocker("no_contact", None, _("%(one)s and %(other)s must not be brought together.") % names, False)


def _of_one(known: Circle, k: Known, on: date) -> Iterator[Blocker]:
    person = k.participation
    name = {"name": person.person.shown}
    if k.explained is None:
        yield Blocker("meeting", person, _("%(name)s has not been met yet.") % name, True)
    if person.role == Role.RESPONSIBLE and (k.acknowledgement is None or not k.acknowledgement.given):
        yield Blocker("acknowledgement", person, _("%(name)s has not said that they take some responsibility.") % name, False)
    if not known.still_yes(k.choice, on):
        yield Blocker("consent", person, _why_no_yes(known, k, on) % name, False)
    if lacks_guardian(known, k, on):
        yield Blocker("guardian", person, _why_no_guardian(known, k, on), False)
    if k.safety is None:
        yield Blocker("safety", person, _("Safety for %(name)s has not been looked at.") % name, True)
    elif k.safety.level == "high":
        yield Blocker("worry", person, _("There is a high worry about safety for %(name)s.") % name, True, k.safety.at, needs_sign_off=True)
    elif on > known.local(k.safety) + SAFETY_HOLDS:
        last = {**name, "day": date_format(known.local(k.safety), "MONTH_DAY_FORMAT")}
        yield Blocker("safety", person, _("Safety for %(name)s was last looked at on %(day)s. Please look again.") % last, True, k.safety.at)


def worry(participation: Participation) -> dict[str, Any]:
    """The last safety check about this person (`check`), and whether a high worry in it waits to be signed off (`waits`)."""
    known = circle(participation.case)
    mine = next((k for k in known.people if k.participation.pk == participation.pk), None)
    waits = any((b.code, b.participation) == ("worry", participation) for b in standing(known))
    return {"check": mine.safety if mine is not None else None, "waits": waits}


def signed_off(known: Circle, k: Known) -> bool:
    """Whether somebody who answers for safety said that it can go on in spite of the last high worry."""
    at = k.safety.at if k.safety is not None else None
    return at is not None and any(o.blocker == "worry" and o.participation_id == k.participation.pk and o.at > at for o in known.overrides)


def lacks_guardian(known: Circle, k: Known, on: date) -> bool:
    """Whether a parent or guardian must still say yes. Where none who may is in the circle, a note that says why not is enough."""
    if not k.participation.needs_guardian(on):
        return False
    return not guardian_agrees(known, k, on) if k.guardians else k.without is None


def guardian_agrees(known: Circle, k: Known, on: date) -> bool:
    """Each parent or guardian who may decide says yes; with one who has not, or says anything else, nothing goes ahead."""
    said = k.said_for_them()
    return bool(said) and all(known.still_yes(answer, on) for _guardian, answer in said)


def _why_no_yes(known: Circle, k: Known, on: date) -> str:
    if k.choice is None:
        return _("%(name)s has not said yes.")
    if k.choice.answer == Consent.Answer.YES and known.outgrown(k.choice):
        return _("%(name)s is 18 now. Please ask for a yes of their own.")
    if k.choice.answer == Consent.Answer.YES and k.choice.until is not None and k.choice.until < on:
        return _("%(name)s said yes until a day that is before. Please ask again.")
    return {
        Consent.Answer.YES: _("%(name)s said yes more than 90 days ago. Please ask again."),
        Consent.Answer.NO: _("%(name)s has said no."),
        Consent.Answer.UNSURE: _("%(name)s is not sure yet."),
        Consent.Answer.WITHDRAWN: _("%(name)s has stopped for now."),
    }[Consent.Answer(k.choice.answer)]


def _why_no_guardian(known: Circle, k: Known, on: date) -> str:
    child = k.participation.person.shown
    waited = next((g for g, answer in k.said_for_them() if not known.still_yes(answer, on)), None)
    if waited is None and k.participation.presumed_young:
        return _("%(name)s has no year of birth here. Write down the year, a parent or guardian, or that they are 18 already.") % {"name": child}
    if waited is None:
        return _("%(name)s needs a parent or guardian, or a note why not.") % {"name": child}
    return _("%(guardian)s has not said yes for %(name)s.") % {"guardian": waited.person.shown, "name": child}


def _of_the_room(known: Circle, on: date) -> Iterator[Blocker]:
    if not any(k.participation.role == Role.INTERPRETER for k in known.people):
        for k in known.people:
            if k.participation.person.interpreter:
                sentence = _("%(name)s needs an interpreter, and none is in the circle.") % {"name": k.participation.person.shown}
                yield Blocker("interpreter", k.participation, sentence, True)
    yield from _missing_from_team(known, on)


def _missing_from_team(known: Circle, on: date) -> Iterator[Blocker]:
    """Each lack by its own code. Without a lead and enough staff nobody holds the hour; with fewer students it can be held, if somebody says why."""
    held = [a.part for a in known.team if _certified(a, on)]
    students = held.count(Assignment.Part.STUDENT)
    staff, since = len(held) - students, known.team_changed_at
    if Assignment.Part.LEAD not in held:
        yield Blocker("lead", None, _("Nobody leads it."), False, since)
    short = known.programme.staff_needed - staff
    if short > 0:
        words = ngettext("%(n)d more certified facilitator is needed.", "%(n)d more certified facilitators are needed.", short)
        yield Blocker("staff", None, words % {"n": short}, False, since)
    short = known.programme.students_needed - students
    if short > 0:
        words = ngettext("%(n)d more student facilitator is needed.", "%(n)d more student facilitators are needed.", short)
        yield Blocker("students", None, words % {"n": short}, True, since)


def _certified(assignment: Assignment, on: date) -> bool:
    who = assignment.facilitator
    return who.stage == Training.CERTIFIED and (who.certified_until is None or who.certified_until >= on)
