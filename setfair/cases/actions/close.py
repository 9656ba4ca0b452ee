"""Who of the team is close to whom, who said that it is all right, and who is taken off without a word about why."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from setfair.core import clock
from setfair.core.actor import Actor, system
from setfair.facilitators.models import Closeness, Facilitator
from setfair.journal.actions import record
from setfair.people.models import Person

from .. import queries
from ..models import Acquaintance, Assent, Assignment, Case, Participation, SetAside
from .duty import end_duties
from .refusal import CannotChange
from .team import unassign


@transaction.atomic
def note_close(participation: Participation, *, by: Actor, facilitator: Facilitator, kind: str) -> Closeness:
    """Write down that somebody of the team is close to this person. A hard kind ends their part in every case that the person is in."""
    if kind not in Closeness.Kind.values:
        raise CannotChange(_("Please choose how they are close."))
    person = participation.person
    cases = [queries.lock(case) for case in queries.cases_with(person)]
    there = Closeness.objects.select_for_update(of=("self",)).filter(facilitator=facilitator, person=person, ended_at__isnull=True).first()
    if there is not None and there.kind == kind:
        return there
    if there is not None:
        end_close(there, by=by)
    if kind not in Closeness.SOFT:
        for assignment in Assignment.objects.filter(case__in=cases, facilitator=facilitator, ended_at__isnull=True):
            unassign(assignment, by=by)
    closeness = Closeness.objects.create(facilitator=facilitator, person=person, kind=kind, by=by.id)
    record("noted_close", participation, by=by, kind=kind)
    return closeness


@transaction.atomic
def end_close(closeness: Closeness, *, by: Actor) -> Closeness:
    """They are not so close any more, or it was written down wrong."""
    closeness = Closeness.objects.select_for_update(of=("self",)).get(pk=closeness.pk)
    if closeness.ended_at is None:
        closeness.ended_at = clock.now()
        closeness.save(update_fields=["ended_at"])
        record("ended_close", closeness, by=by)
    return closeness


@transaction.atomic
def assent(case: Case, *, by: Actor, closeness: Closeness, who: str) -> Assent:
    """Write down that one of the two said that it is all right here. The other's word is their own."""
    queries.lock(case)
    if who not in Assent.Who.values or not closeness.is_soft or closeness.ended_at is not None:
        raise CannotChange(_("Nobody can agree to that."))
    there, is_new = Assent.objects.get_or_create(case=case, closeness=closeness, who=who, defaults={"by": by.known_id})
    if is_new:
        record("assented", case, by=by, who=who)
    return there


@transaction.atomic
def know_each_other(case: Case, *, by: Actor, facilitator: Facilitator) -> None:
    """One side said, in private, that it knows the other: the facilitator's part is over and does not come again.

    `by` says so and is written nowhere: the journal has it from the house itself. Which side it was, and whom it is about, is not
    kept, so that nobody can be asked about it. Said twice, or by both, it is said once.
    """
    del by
    queries.lock(case)
    nobody = system(case.programme.pk)
    end_duties(case, by=nobody, facilitator=facilitator)
    for assignment in queries.team(case).filter(facilitator=facilitator):
        unassign(assignment, by=nobody)
    if facilitator.pk not in queries.known_here(case):
        Acquaintance.objects.create(case=case, facilitator=facilitator)
        record("known_here", case, by=nobody)


@transaction.atomic
def set_aside(acquaintance: Acquaintance, *, by: Actor, why: str) -> None:
    """It counts no more, so that they can be asked again. Nobody learns whose word it was, and whoever says so again is heard again."""
    queries.lock(acquaintance.case)
    if why not in SetAside.Why.values:
        raise CannotChange(_("Please choose why."))
    _there, is_new = SetAside.objects.get_or_create(
        acquaintance=acquaintance, defaults={"case": acquaintance.case, "why": why, "by": by.known_id}
    )  # fmt: skip
    if is_new:
        record("set_aside_known", acquaintance.case, by=by, why=why)


@transaction.atomic
def step_aside_for(case: Case, *, by: Actor, person: Person) -> None:
    """Somebody joins to whom a facilitator of this case is close: the circle comes first, and the facilitator's part is over."""
    close = Closeness.objects.filter(person=person, ended_at__isnull=True).exclude(kind__in=Closeness.SOFT)
    for assignment in queries.team(case).filter(facilitator__in=close.values("facilitator")):
        unassign(assignment, by=by)
