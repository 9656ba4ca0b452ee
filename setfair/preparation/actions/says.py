"""Taking away somebody's say over a young person: doubted by one, answered by another, or given up by themselves."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from setfair.cases import actions as cases
from setfair.cases.models import Participation, Role
from setfair.cases.queries import lock
from setfair.core.actor import Actor, Kind
from setfair.journal.actions import record

from ..queries import says as queries
from ..refusal import CannotPrepare
from ..says import SayAnswered, SayDoubted


@transaction.atomic
def doubt_say(guardian: Participation, *, by: Actor, why: str, words: str) -> SayDoubted:
    """Whoever runs the case says why somebody does not decide for the young person. Their no stands until a second person has answered."""
    lock(guardian.case)
    if queries.no_of(guardian) is None:
        raise CannotPrepare(_("Nothing stands in the way here. Their place can be changed as it is."))
    if why not in SayDoubted.Why.values or not words.strip():
        raise CannotPrepare(_("Please say why, and what shows it."))
    there = queries.doubt_about(guardian)
    if there is not None:
        return there
    doubt = SayDoubted.objects.create(participation=guardian, why=why, words=words.strip(), by_kind=by.kind, by=by.id)
    record("doubted_say", guardian, by=by, why=why)
    return doubt


@transaction.atomic
def answer_doubt(doubt: SayDoubted, *, by: Actor, taken: bool) -> SayAnswered:
    """A second person takes the say, or lets the no stand. Raises `CannotPrepare` for whoever doubted it."""
    guardian = doubt.participation
    lock(guardian.case)
    if by.kind != Kind.STAFF or by.id == doubt.by:
        raise CannotPrepare(_("Somebody else has to answer this: you are the one who doubted it."))
    there: SayAnswered | None = SayAnswered.objects.filter(doubt=doubt).first()
    if there is not None:
        return there
    answer = SayAnswered.objects.create(participation=guardian, doubt=doubt, taken=taken, by_kind=by.kind, by=by.id)
    record("took_say" if taken else "let_no_stand", guardian, by=by)
    if taken:
        _stand_outside(guardian, by)
    return answer


@transaction.atomic
def give_up_say(guardian: Participation, *, by: Actor) -> SayAnswered:
    """Their own word that they do not decide for the young person. From then on they stand outside, and are asked nothing."""
    lock(guardian.case)
    if by.kind != Kind.PARTICIPANT or by.id != guardian.pk or not guardian.has_authority:
        raise CannotPrepare(_("Only they themselves can say this."))
    answer = SayAnswered.objects.create(participation=guardian, taken=True, by_kind=by.kind, by=by.id)
    record("gave_up_say", guardian, by=by)
    _stand_outside(guardian, by)
    return answer


def _stand_outside(guardian: Participation, by: Actor) -> None:
    """While people can still join they are written down as a parent without a say; later they leave."""
    if guardian.case.stage not in cases.GATHERING:
        cases.let_go(guardian, by=by)
        return
    cases.correct_place(guardian, by=by, role=Role.GUARDIAN, stands_by=guardian.stands_by, guardian_needed=False, has_authority=False)
