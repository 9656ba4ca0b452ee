"""When a circle is ready, and what it can go on without."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from setfair.cases import queries as cases
from setfair.cases.journey import Stage
from setfair.cases.models import Case, Participation
from setfair.cases.says import why_the_year_stands
from setfair.core.actor import Actor
from setfair.journal.actions import record
from setfair.journal.journey import move
from setfair.people.actions import CannotAdd, turn_18
from setfair.people.models import OF_AGE

from .. import queries
from ..models import NoGuardian, Override
from ..refusal import CannotPrepare
from ..writing import BEFORE_THE_DAY, send_back, today

TAKES_THE_DAY = {"worry", "acknowledgement"}


class NotReady(CannotPrepare):
    """Something is missing still; `blockers` names each thing."""

    def __init__(self, blockers: list[queries.Blocker]) -> None:
        super().__init__(_("Not everything is in place yet."))
        self.blockers = blockers


@transaction.atomic
def declare_ready(case: Case, *, by: Actor, on: date | None = None) -> Case:
    """Only when everyone has agreed may the conference be scheduled (S2.5): today, or for the day that is looked at (`on`).

    Raises `NotReady` with what is missing, or `WrongStep`. Booking asks again, for the day that is booked.
    """
    cases.lock(case)
    missing = queries.blockers(case, on)
    if missing:
        raise NotReady(missing)
    return move(case, Stage.READY, by=by)


@transaction.atomic
def take_the_day_away(case: Case, *, by: Actor) -> bool:
    """What was written down while they sat together, and before it would have sent the case back, does so once it stopped: a high worry
    that nobody has signed off, or that somebody takes no part of it upon themselves. Says whether it did.
    """
    cases.lock(case)
    takes = case.stage in BEFORE_THE_DAY and any(b.code in TAKES_THE_DAY for b in queries.blockers(case))
    if takes:
        send_back(case, BEFORE_THE_DAY, by, "safety")
    return takes


@transaction.atomic
def set_aside(case: Case, *, by: Actor, blocker: str, reason: str, participation: Participation | None = None, on: date | None = None) -> Override:
    """Go on without a practical thing on one day (`on`), or on whatever day it will be, and write why. Never without somebody's yes, the
    acknowledgement or those who hold it, or past a wall; a high worry is signed off instead. One by one, each with its own reason.
    """
    cases.lock(case)
    standing = next((b for b in queries.blockers(case, on) if (b.code, b.participation) == (blocker, participation)), None)
    if blocker in Override.NEVER or (standing is not None and not standing.overridable):
        raise CannotPrepare(_("This can never be set aside."))
    if standing is None:
        raise CannotPrepare(_("This is not missing any more."))
    if standing.needs_sign_off:
        raise CannotPrepare(_("This is for a coordinator or the supervisor to sign off."))
    return _override(case, by, blocker, participation, reason, on)


@transaction.atomic
def sign_off(participation: Participation, *, by: Actor, reason: str) -> Override:
    """Whoever answers for safety says why it can go on in spite of a high worry about this person. A worry that is written down later counts anew."""
    case = cases.lock(participation.case)
    standing = [b for b in queries.blockers(case) if (b.code, b.participation) == ("worry", participation)]
    if not standing:
        raise CannotPrepare(_("This is not missing any more."))
    return _override(case, by, "worry", participation, reason)


@transaction.atomic
def sign_off_gate(case: Case, *, by: Actor, blocker: str, reason: str) -> Override:
    """Whoever answers for safety says why it can go on in spite of what was found when the request was looked at."""
    cases.lock(case)
    if not any((b.code, b.participation) == (blocker, None) and b.needs_sign_off for b in queries.blockers(case)):
        raise CannotPrepare(_("This is not missing any more."))
    return _override(case, by, blocker, None, reason)


@transaction.atomic
def go_without_guardian(participation: Participation, *, by: Actor, reason: str) -> NoGuardian:
    """Note why somebody who may be under 18 goes without a parent or guardian. It takes no guardian's word away.

    Refused while one who may decide is in the circle, or when one has said no. Whoever
    joins later as a guardian who may decide is asked like any other.
    """
    case = cases.lock(participation.case)
    if reason not in NoGuardian.Reason.values:
        raise CannotPrepare(_("Please choose a reason."))
    if case.stage != Stage.PREPARING or not cases.here(case).filter(pk=participation.pk).exists():
        raise CannotPrepare(_("This can be noted while they are being prepared."))
    if len(queries.may_answer(participation)) > 1:
        raise CannotPrepare(_("A parent or guardian who may decide is in the circle. Please ask them."))
    if queries.guardian_said_no(participation):
        raise CannotPrepare(_("A parent or guardian has not said yes. That cannot be set aside."))
    last = NoGuardian.objects.filter(participation=participation).order_by("at", "id").last()
    if last is not None and last.reason == reason:
        return last
    note = NoGuardian.objects.create(participation=participation, reason=reason, by_kind=by.kind, by=by.known_id)
    record("noted_no_guardian", participation, by=by, reason=reason)
    return note


@transaction.atomic
def note_18th(participation: Participation, *, by: Actor, on: date) -> Participation:
    """Write down the day on which a young person turns 18. From its first moment nobody decides for them or reads what is theirs, and they
    are asked for a yes of their own.
    """
    cases.lock(participation.case)
    if not participation.needs_guardian_now and participation.person.of_age_at is None:
        raise CannotPrepare(_("This is asked only of somebody who may be under 18."))
    said_no = why_the_year_stands(participation.person, on.year - OF_AGE, today(participation.case))
    if said_no:
        raise CannotPrepare(said_no)
    try:
        person = turn_18(participation.person, by=by, on=on, zone=participation.case.programme.zone, case=participation.case_id)
    except CannotAdd as reason:
        raise CannotPrepare(str(reason)) from reason
    participation.person = person
    return participation


def _override(case: Case, by: Actor, blocker: str, participation: Participation | None, reason: str, on: date | None = None) -> Override:
    if not reason.strip():
        raise CannotPrepare(_("Please write why it can go on without it."))
    said = {"blocker": blocker, "participation": participation, "reason": reason.strip(), "for_day": on}
    override = Override.objects.create(case=case, by=by.known_id, **said)
    record("signed_off" if blocker in queries.SIGNED_OFF else "set_aside", override, by=by, blocker=blocker)
    return override
