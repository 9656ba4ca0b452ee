from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import IntegerField, Max
from django.db.models.functions import Cast, Substr
from django.utils.translation import gettext as _

from setfair.accounts.actions import revoke_passes
from setfair.accounts.models import Pass, User
from setfair.core import clock, tenant
from setfair.core.actor import Actor
from setfair.core.text import new_alias
from setfair.facilitators.models import Facilitator
from setfair.facilitators.queries import is_certified
from setfair.journal.actions import record
from setfair.journal.journey import move, moved
from setfair.letters.actions import withdraw_unsent
from setfair.people import actions as people
from setfair.people.models import NoContact
from setfair.people.queries import reached_at, ways
from setfair.programmes.models import Programme
from setfair.referrals.models import Referral

from . import queries
from .journey import Stage
from .models import SPEAKERS, Assignment, Case, Hold, Participation, Role

AGAIN = timedelta(minutes=10)
"""The same form, sent again this soon, is the same form."""

GATHERING = (Stage.PREPARING, Stage.READY, Stage.SCHEDULED)
"""Stages in which somebody can still join: whoever joins must be met and asked first."""


class CannotChange(Exception):
    """The case does not allow it; the sentence says why."""


@transaction.atomic
def open_case(
    *, by: Actor, coordinator: User, referral: Referral | None = None, matter: str = "", summary: str = "", deadline: date | None = None
) -> Case:
    """Begin a case with the next number of its programme and two calm words.

    The programme's row is locked for the number, so that of two cases opened at the
    same instant each has its own. A request opens one case, however often it is asked.
    """
    Programme.objects.select_for_update(of=("self",)).get(pk=str(tenant.current()))
    there = Case.objects.filter(referral=referral).first() if referral is not None else None
    if there is not None:
        return there
    last = Case.objects.aggregate(last=Max(Cast(Substr("ref", 3), IntegerField())))["last"] or 0
    case = Case.objects.create(
        ref=f"C-{last + 1:04d}",
        alias=new_alias(),
        coordinator=coordinator,
        referral=referral,
        matter=matter,
        summary=summary,
        deadline=deadline or (referral.deadline if referral is not None else None),
    )
    record("opened", case, by=by)
    return case


@transaction.atomic
def add_person(
    case: Case,
    *,
    by: Actor,
    name: str,
    called: str = "",
    role: str,
    language: str = "en",
    birth_year: int | None = None,
    stands_by: Participation | None = None,
    guardian_needed: bool = False,
    has_authority: bool = False,
    interpreter: bool = False,
    needs: str = "",
    contacts: Mapping[str, str] | None = None,
) -> Participation:
    """Give somebody a place in the circle. A circle that was ready is so no more until they too were met and asked.

    The same form sent twice gives one place. Raises `CannotChange`, or `people.CannotAdd`.
    """
    queries.lock(case)
    if case.stage not in GATHERING:
        raise CannotChange(_("Nobody can be added now. They have met, or this is closed."))
    _check_place(case, role, stands_by, has_authority)
    same = _just_added(case, name, called, role, birth_year)
    if same is not None:
        return same
    person = people.add(
        by=by, name=name, called=called, language=language, birth_year=birth_year, interpreter=interpreter, needs=needs, contacts=contacts
    )
    _check_team(case, person)
    participation = Participation.objects.create(
        case=case, person=person, role=role, stands_by=stands_by, guardian_needed=guardian_needed, has_authority=has_authority
    )
    record("joined", participation, by=by, role=role)
    if case.stage == Stage.READY and role in SPEAKERS:
        move(case, Stage.PREPARING, by=by, reason="joined")
    return participation


@transaction.atomic
def correct_person(participation: Participation, *, by: Actor, contacts: Mapping[str, str], **said: Any) -> Participation:
    """Put right what is written about somebody of the circle, and name the ways that are safe now; one without a value is so no more."""
    queries.lock(participation.case)
    people.correct(participation.person, by=by, **said)
    known = {contact.way: contact.value for contact in ways(participation.person)}
    for way, value in contacts.items():
        if value.strip() != known.get(way, ""):
            people.reach(participation.person, by=by, way=way, value=value)
    record("corrected", participation, by=by)
    return participation


@transaction.atomic
def let_go(participation: Participation, *, by: Actor) -> Participation:
    """Somebody leaves the circle: their way in closes, nothing more is sent to them, and what they said stays where it is.

    Without a person harmed or responsible, or with a guardian gone, the circle that
    agreed is another one, and the case goes back to preparing.
    """
    case = queries.lock(participation.case)
    participation = Participation.objects.select_for_update(of=("self",)).select_related("person").get(pk=participation.pk)
    if participation.left_at is not None:
        return participation
    participation.left_at = clock.now()
    participation.save(update_fields=["left_at"])
    revoke_passes(bearer=Pass.Bearer.PARTICIPATION, bearer_id=participation.pk, by=by)
    withdraw_unsent(reader=participation.person_id, case=case.pk, by=by)
    record("left", participation, by=by)
    if participation.role in (Role.HARMED, Role.RESPONSIBLE) or participation.has_authority:
        _back(case, by, "left")
    moved.send(sender=Participation, subject=participation, was="here", to="left", by=by)
    return participation


@transaction.atomic
def assign(case: Case, *, by: Actor, facilitator: Facilitator, part: str) -> Assignment:
    """Let a certified member of the team hold this case (S2.9). Raises `CannotChange`, with the reason in one sentence."""
    queries.lock(case)
    if case.stage == Stage.CLOSED:
        raise CannotChange(_("This is closed."))
    there = queries.team(case).filter(facilitator=facilitator).first()
    if there is not None and there.part == part:
        return there
    _check_facilitator(case, facilitator, part, there)
    assignment = Assignment.objects.create(case=case, facilitator=facilitator, part=part)
    record("assigned", assignment, by=by, part=part)
    return assignment


@transaction.atomic
def unassign(assignment: Assignment, *, by: Actor) -> Assignment:
    """End it; that they were here stays."""
    assignment = Assignment.objects.select_for_update(of=("self",)).get(pk=assignment.pk)
    if assignment.ended_at is None:
        assignment.ended_at = clock.now()
        assignment.save(update_fields=["ended_at"])
        record("unassigned", assignment, by=by, part=assignment.part)
    return assignment


@transaction.atomic
def hold(case: Case, *, by: Actor, reason: str) -> Hold:
    """Let the case rest where it stands. It keeps its stage, and cannot become ready meanwhile."""
    queries.lock(case)
    reason = reason.strip()
    if case.stage == Stage.CLOSED:
        raise CannotChange(_("This is closed."))
    if not reason:
        raise CannotChange(_("Please say why it rests."))
    there = queries.held(case)
    if there is not None:
        return there
    resting = Hold.objects.create(case=case, reason=reason)
    record("held", case, by=by)
    return resting


@transaction.atomic
def lift(case: Case, *, by: Actor) -> Case:
    """The rest is over."""
    queries.lock(case)
    resting = queries.held(case)
    if resting is not None:
        resting.lifted_at = clock.now()
        resting.save(update_fields=["lifted_at"])
        record("lifted", case, by=by)
    return case


@transaction.atomic
def bar_contact(case: Case, *, by: Actor, one: Participation, other: Participation, by_order: bool) -> NoContact:
    """Keep two people of this case apart. It is a wall: a meeting that was planned with both goes back to preparing."""
    queries.lock(case)
    for participation in (one, other):
        if participation.case_id != case.pk:
            raise CannotChange(_("Please choose two people of this case."))
    wall = people.keep_apart(one.person, by=by, other=other.person, by_order=by_order)
    record("barred_contact", case, by=by, by_order=by_order)
    if queries.here(case).filter(person__in=(wall.one_id, wall.other_id)).count() > 1:
        _back(case, by, "no_contact")
    return wall


@transaction.atomic
def allow_contact(case: Case, *, by: Actor, wall: NoContact) -> NoContact:
    """The wall between two people of this case is gone: an order was lifted, or the one who asked for it no longer wants it."""
    wall = people.allow(wall, by=by)
    record("allowed_contact", case, by=by)
    return wall


def _back(case: Case, by: Actor, reason: str) -> None:
    if case.stage in (Stage.READY, Stage.SCHEDULED):
        move(case, Stage.PREPARING, by=by, reason=reason)


def _check_place(case: Case, role: str, stands_by: Participation | None, has_authority: bool) -> None:
    if role not in Role.values:
        raise CannotChange(_("Please choose what they are here for."))
    if stands_by is not None and (stands_by.case_id != case.pk or stands_by.left_at is not None):
        raise CannotChange(_("Please choose somebody of this case to stand by."))
    if has_authority and (role != Role.GUARDIAN or stands_by is None):
        raise CannotChange(_("Only a parent or guardian may decide, and only for the person they stand by."))


def _just_added(case: Case, name: str, called: str, role: str, birth_year: int | None) -> Participation | None:
    recent = queries.here(case).filter(role=role, added_at__gte=clock.now() - AGAIN, person__birth_year=birth_year).select_related("person")
    said = (" ".join(name.split()), " ".join(called.split()))
    return next((p for p in recent if (p.person.name, p.person.called) == said), None)


def _check_team(case: Case, person: Any) -> None:
    for assignment in queries.team(case):
        if reached_at([person], assignment.facilitator.user.email):
            raise CannotChange(_("%(name)s facilitates this case and cannot also stand in it.") % {"name": assignment.facilitator.user.name})


def _check_facilitator(case: Case, facilitator: Facilitator, part: str, there: Assignment | None) -> None:
    name = facilitator.user.name
    if there is not None:
        raise CannotChange(_("%(name)s is on this case already. End that part first.") % {"name": name})
    if part not in Assignment.Part.values:
        raise CannotChange(_("Please choose a part."))
    if not is_certified(facilitator):
        raise CannotChange(_("%(name)s is not certified today, so cannot take a case.") % {"name": name})
    if (facilitator.kind == Facilitator.Kind.STUDENT) != (part == Assignment.Part.STUDENT):
        raise CannotChange(_("Students facilitate as students, and nobody else does."))
    if reached_at([p.person for p in case.participations.select_related("person")], facilitator.user.email):
        raise CannotChange(_("%(name)s is part of what happened here, so cannot facilitate it.") % {"name": name})
    if part == Assignment.Part.LEAD and queries.team(case).filter(part=part).exists():
        raise CannotChange(_("There is a lead already. End that part first."))
