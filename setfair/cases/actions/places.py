"""The place that somebody has in a case: what they are here as, whom they stand by or speak for, and whose yes counts."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from setfair.accounts.actions import pass_on, revoke_passes
from setfair.accounts.models import Pass
from setfair.core import clock
from setfair.core.actor import Actor
from setfair.journal.actions import record
from setfair.journal.journey import move, moved
from setfair.journal.models import Entry
from setfair.letters.actions import withdraw_unsent

from .. import queries
from ..along import carry
from ..journey import Stage
from ..models import HEART, Case, Participation, Role
from ..says import why_a_no_stands
from .refusal import CannotChange

GATHERING = (Stage.PREPARING, Stage.READY, Stage.SCHEDULED)
"""Stages in which somebody can still join: whoever joins must be met and asked first."""


@transaction.atomic
def correct_place(
    participation: Participation, *, by: Actor, role: str, stands_by: Participation | None, guardian_needed: bool, has_authority: bool,
    also: str = "", speaks_for: str = "",
) -> Participation:  # fmt: skip
    """Put right what somebody is here as, whom they stand by, and whose yes counts, until people have met. Raises `CannotChange`.

    A supporter who turns out to be affected is here as somebody else: once anything was said or done with them they get a place of
    its own, in which they are met and asked anew, and in which their no stands (`along`). The code they have opens it. A circle
    that was ready is so no more.
    """
    case = queries.lock(participation.case)
    there = queries.here(case).select_for_update(of=("self",)).filter(pk=participation.pk).first()
    if there is None:
        raise CannotChange(_("They are not in the circle any more."))
    if case.stage not in GATHERING:
        raise CannotChange(_("A place can be changed until people have met."))
    _check_place(case, role, stands_by, has_authority, also, speaks_for)
    if stands_by is not None and stands_by.pk == there.pk:
        raise CannotChange(_("Please choose somebody else to stand by."))
    if queries.here(case).filter(person=there.person_id, role=role).exclude(pk=there.pk).exists():
        raise CannotChange(_("They have this place already."))
    said = {"role": role, "also": also, "stands_by": stands_by, "guardian_needed": guardian_needed, "has_authority": has_authority}
    said["speaks_for"] = " ".join(speaks_for.split())
    changed = sorted(name for name, value in said.items() if getattr(there, name) != value)
    if there.has_authority and {"role", "stands_by", "has_authority"} & {*changed}:
        _check_no_stands(there)
    if there.guardian_needed and not guardian_needed and not there.person.may_be_under_age(_today(case)):
        for guardian in queries.here(case).filter(stands_by=there, has_authority=True):
            _check_no_stands(guardian)
    if changed:
        back_to_preparing(case, by=by, reason="place")
    if {"role", "also"} & {*changed} and _was_touched(there):
        return _place_anew(there, by, said)
    for name in changed:
        setattr(there, name, said[name])
    if changed and _stands_outside(role, has_authority):
        there.left_at = clock.now()
        revoke_passes(bearer=Pass.Bearer.PARTICIPATION, bearer_id=there.pk, by=by)
        withdraw_unsent(reader=there.person_id, case=case.pk, by=by)
        record("noted_no_say", there, by=by)
    if changed:
        there.save(update_fields=[*changed, "left_at"])
        record("corrected_place", there, by=by, changed=changed, role=role)
    if there.left_at is not None:
        moved.send(sender=Participation, subject=there, was="here", to="left", by=by)
    return there


def _today(case: Case) -> date:
    return clock.local(clock.now(), case.programme.zone).date()


def _was_touched(there: Participation) -> bool:
    """Whether anything was said or done with them since they joined: the journal knows, whatever floor it was."""
    lines = Entry.objects.filter(subject_kind=Participation._meta.label_lower, subject_id=str(there.pk))
    return lines.exclude(verb__in=("joined", "corrected", "corrected_place", "read")).exists()


def _place_anew(there: Participation, by: Actor, said: dict[str, Any]) -> Participation:
    """The place they had is over; whoever stood by them stands by them still, and whatever they said but a yes goes along."""
    outside = _stands_outside(said["role"], said["has_authority"])
    there.left_at = clock.now()
    there.save(update_fields=["left_at"])
    now = Participation.objects.create(
        case=there.case, person=there.person, address=there.address, added_at=there.left_at, left_at=there.left_at if outside else None, **said
    )
    queries.here(there.case).filter(stands_by=there).update(stands_by=now)
    carry(there, now)
    if outside:
        revoke_passes(bearer=Pass.Bearer.PARTICIPATION, bearer_id=there.pk, by=by)
        withdraw_unsent(reader=there.person_id, case=there.case_id, by=by)
    else:
        pass_on(bearer=Pass.Bearer.PARTICIPATION, bearer_id=there.pk, to=now.pk, by=by)
    record("place_changed", now, by=by, was=there.role, now=now.role)
    moved.send(sender=Participation, subject=there, was="here", to="left", by=by)
    return now


@transaction.atomic
def back_to_preparing(case: Case, *, by: Actor, reason: str) -> None:
    """What was ready or planned is prepared anew, and everybody hears that the day is off."""
    if case.stage in (Stage.READY, Stage.SCHEDULED):
        move(case, Stage.PREPARING, by=by, reason=reason)


def _stands_outside(role: str, has_authority: bool) -> bool:
    """A parent who may not decide is known, and sees nothing: a carer who comes along is a support person."""
    return role == Role.GUARDIAN and not has_authority


def _check_no_stands(guardian: Participation) -> None:
    """Asked before somebody who may decide leaves, or may not decide any more."""
    reason = why_a_no_stands(guardian)
    if reason:
        raise CannotChange(reason)


def _check_place(case: Case, role: str, stands_by: Participation | None, has_authority: bool, also: str, speaks_for: str) -> None:
    """Whether somebody can stand there so; raises `CannotChange` with the one thing that cannot be."""
    if role not in Role.values:
        raise CannotChange(_("Please choose what they are here for."))
    if also and {role, also} != HEART:
        raise CannotChange(_("Only a person harmed or responsible can be both."))
    if speaks_for and not {role, also} & HEART:
        raise CannotChange(_("Only a person harmed or responsible can speak for a class or another group."))
    if stands_by is not None and (stands_by.case_id != case.pk or stands_by.left_at is not None):
        raise CannotChange(_("Please choose somebody of this case to stand by."))
    if has_authority and (role != Role.GUARDIAN or stands_by is None):
        raise CannotChange(_("Only a parent or guardian may decide, and only for the person they stand by."))
