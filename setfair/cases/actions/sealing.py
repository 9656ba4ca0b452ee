"""A case that is there for its named team alone."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from setfair.accounts.models import User
from setfair.core import clock
from setfair.core.actor import Actor
from setfair.journal.actions import record
from setfair.letters.actions import Address, write
from setfair.letters.models import Channel
from setfair.programmes.models import Membership, Role
from setfair.referrals import letters

from .. import queries
from ..models import Case, Duty, Named, Seal
from .asked import end_open
from .refusal import CannotChange
from .team import unassign

LEADING = (Role.COORDINATOR, Role.SUPERVISOR)


@transaction.atomic
def seal(case: Case, *, by: Actor, why: str, team: Iterable[User]) -> Seal:
    """Close the case to everyone whom `team` does not name, whatever their role. Of those it does not name nobody facilitates it, or is asked to."""
    queries.lock(case)
    case.refresh_from_db(fields=["coordinator"])
    there, named = queries.sealed(case), {user.pk: user for user in team}
    if there is not None:
        return there
    if why not in Seal.Why.values:
        raise CannotChange(_("Please choose why."))
    if case.coordinator_id not in named:
        raise CannotChange(_("%(name)s coordinates this. Name them, or hand it over first.") % {"name": case.coordinator.name})
    _check(case, named.values())
    sealed = Seal.objects.create(case=case, why=why, by=by.id)
    record("sealed", case, by=by, why=why)
    for user in named.values():
        _write(case, user, by)
    for assignment in queries.team(case).exclude(facilitator__user__in=list(named)):
        unassign(assignment, by=by)
    end_open(Duty.objects.filter(case=case).exclude(facilitator__user__in=list(named)), by=by)
    return sealed


@transaction.atomic
def name(case: Case, *, by: Actor, user: User) -> Named:
    """One more of the team may find the sealed case. The others who lead among the named are told to look."""
    queries.lock(case)
    if queries.sealed(case) is None:
        raise CannotChange(_("This is not sealed."))
    there = queries.of_seal(case).filter(user=user).first()
    if there is not None:
        return there
    _check(case, [*(n.user for n in queries.of_seal(case)), user])
    others, named = _leading(case, by), _write(case, user, by)
    _tell(case, others, by, key=f"named-in:{named.pk}")
    return named


@transaction.atomic
def unname(named: Named, *, by: Actor) -> Named:
    """They find it no more, and their part in it ends with the same act. Never the last who leads, nor whoever coordinates it."""
    case = queries.lock(named.case)
    case.refresh_from_db(fields=["coordinator"])
    named = Named.objects.select_for_update(of=("self",)).select_related("user").get(pk=named.pk)
    if named.ended_at is not None:
        return named
    if named.user_id == case.coordinator_id:
        raise CannotChange(_("%(name)s coordinates this. Hand it over first.") % {"name": named.user.name})
    _check(case, [n.user for n in queries.of_seal(case).exclude(pk=named.pk)])
    _end(named, by)
    for assignment in queries.team(case).filter(facilitator__user=named.user_id):
        unassign(assignment, by=by)
    end_open(Duty.objects.filter(case=case, facilitator__user=named.user_id), by=by)
    return named


@transaction.atomic
def unseal(case: Case, *, by: Actor) -> Case:
    """It is a case like the others again. Who was named, and when, is kept; the others who led among them are told to look."""
    queries.lock(case)
    there = queries.sealed(case)
    if there is not None:
        there.ended_at = clock.now()
        there.save(update_fields=["ended_at"])
        record("unsealed", case, by=by)
        _tell(case, _leading(case, by), by, key=f"unsealed:{there.pk}")
        for named in queries.of_seal(case):
            _end(named, by)
    return case


def _check(case: Case, team: Iterable[User]) -> None:
    users = {user.pk: user for user in team}
    out = queries.kept_out(case).filter(user__in=list(users)).first()
    if out is not None:
        raise CannotChange(_("%(name)s is kept out of this case.") % {"name": out.user.name})
    live = Membership.objects.filter(programme=case.programme_id, user__in=list(users), ended_at__isnull=True, user__is_active=True)
    if not live.filter(role__in=LEADING).exists():
        raise CannotChange(_("Name somebody who coordinates or supervises here: a case never lies with nobody."))
    if set(live.values_list("user_id", flat=True)) != set(users):
        raise CannotChange(_("Name only people who have a role here now."))


def _leading(case: Case, by: Actor) -> list[User]:
    """Who coordinates or supervises among the named, but for whoever acts."""
    live = Membership.objects.filter(programme=case.programme_id, role__in=LEADING, ended_at__isnull=True, user__is_active=True)
    named = live.filter(user__in=queries.of_seal(case).values("user_id"))
    return list(User.objects.filter(pk__in=named.values("user_id")).exclude(pk=by.known_id).order_by("pk"))


def _tell(case: Case, readers: Iterable[User], by: Actor, *, key: str) -> None:
    for reader in readers:
        with translation.override(reader.language):
            words = letters.look(case.programme)
        write(words, to=Address(Channel.EMAIL, reader.email), reader=reader.pk, key=f"{key}:{reader.pk}", by=by)


def _write(case: Case, user: User, by: Actor) -> Named:
    named = Named.objects.create(case=case, user=user, by=by.id)
    record("named_in", named, by=by)
    return named


def _end(named: Named, by: Actor) -> None:
    named.ended_at = clock.now()
    named.save(update_fields=["ended_at"])
    record("named_no_more", named, by=by)
