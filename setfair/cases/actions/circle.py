"""Who stands in the circle: joining, leaving, what is put right, and who must not be brought together."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from setfair.accounts.actions import revoke_passes
from setfair.accounts.models import Pass
from setfair.core import clock
from setfair.core.actor import Actor
from setfair.journal.actions import record
from setfair.journal.journey import move, moved
from setfair.letters.actions import withdraw_unsent
from setfair.people import actions as people
from setfair.people.models import NoContact, Person
from setfair.people.queries import reached_at, ways

from .. import queries
from ..along import carry
from ..journey import Stage
from ..models import HEART, SPEAKERS, Case, Participation, Role
from ..says import why_the_year_stands
from .close import step_aside_for
from .places import GATHERING, _check_no_stands, _check_place, _stands_outside, back_to_preparing
from .refusal import CannotChange

DESCRIBED = ("name", "called", "family_first", "pronouns", "language", "birth_year", "interpreter", "needs")
AGAIN = timedelta(minutes=10)
"""The same form, sent again this soon, is the same form."""


@transaction.atomic
def add_person(
    case: Case,
    *,
    by: Actor,
    name: str,
    called: str = "",
    family_first: bool = False,
    pronouns: str = "",
    address: str = "",
    role: str,
    also: str = "",
    speaks_for: str = "",
    language: str = "en",
    birth_year: int | None = None,
    stands_by: Participation | None = None,
    guardian_needed: bool = False,
    has_authority: bool = False,
    interpreter: bool = False,
    needs: str = "",
    contacts: Mapping[str, str] | None = None,
    messages: Collection[str] = (),
    times: str = "",
    known: Person | None = None,
) -> Participation:
    """Give somebody a place in the circle. A circle that was ready is so no more until they too were met and asked.

    `known` is somebody who was recognised, of another case or gone from this one: they are
    the same person in both, so that nobody sits in two circles at once, a no-contact wall
    holds in each, and whoever comes back finds their no as they left it. The very same form
    sent twice gives one place. Raises `CannotChange`, or `people.CannotAdd`.
    """
    queries.lock(case)
    if case.stage not in GATHERING:
        raise CannotChange(_("Nobody can be added now. They have met, or this is closed."))
    _check_place(case, role, stands_by, has_authority, also, speaks_for)
    said: dict[str, Any] = {"name": name, "called": called, "family_first": family_first, "pronouns": pronouns, "language": language}
    said |= {"birth_year": birth_year, "interpreter": interpreter, "needs": needs}
    place = {"role": role, "also": also, "stands_by": stands_by, "guardian_needed": guardian_needed, "has_authority": has_authority}
    place["speaks_for"] = " ".join(speaks_for.split())
    same = _just_added(case, said, place, contacts or {})
    if same is not None:
        return same
    if known is None:
        person = people.add(by=by, contacts=contacts, messages=messages, times=times, case=case.pk, **said)
    else:
        _check_new_here(case, known)
        if known.birth_year is None:
            _check_year(known, birth_year, case.programme.zone)
        person = people.recognise(
            known, by=by, birth_year=birth_year, interpreter=interpreter, needs=needs, contacts=contacts or {}, messages=messages, case=case.pk
        )
    _check_team(case, person)
    outside = _stands_outside(role, has_authority)
    before = case.participations.filter(person=person).order_by("added_at", "id").last()
    left_at = clock.now() if outside else None
    step_aside_for(case, by=by, person=person)
    participation = Participation.objects.create(case=case, person=person, address=" ".join(address.split()), **place, left_at=left_at)
    if before is not None:
        carry(before, participation)
    if outside:
        record("noted_no_say", participation, by=by)
        return participation
    record("joined", participation, by=by, role=role)
    if case.stage == Stage.READY and role in (*SPEAKERS, Role.OBSERVER):
        move(case, Stage.PREPARING, by=by, reason="joined")
    if any(person.pk in (wall.one_id, wall.other_id) for wall in queries.kept_apart(case)):
        back_to_preparing(case, by=by, reason="no_contact")
    return participation


@transaction.atomic
def correct_person(
    participation: Participation, *, by: Actor, contacts: Mapping[str, str], messages: Collection[str] = (), address: str = "", **said: Any
) -> Participation:
    """Put right what is written about somebody of the circle, and name the ways that are safe now; one without a value is so no more.

    `messages` are the ways where a message may be left from now on; `address` is how they are spoken to in this case. A year of birth
    by which a guardian's no would count no more is not put right so (`says`): raises `CannotChange`.
    """
    queries.lock(participation.case)
    _check_year(participation.person, said.get("birth_year"), participation.case.programme.zone)
    participation.address = " ".join(address.split())
    participation.save(update_fields=["address"])
    people.correct(participation.person, by=by, **said)
    known = {contact.way: contact for contact in ways(participation.person)}
    for way, value in contacts.items():
        if value.strip() or way in known:
            people.reach(participation.person, by=by, way=way, value=value, may_leave_message=way in messages, case=participation.case_id)
    record("corrected", participation, by=by)
    return participation


def _check_year(person: Person, year: int | None, zone: str) -> None:
    """Asked before somebody is written down as older than they were."""
    reason = why_the_year_stands(person, year, clock.local(clock.now(), zone).date())
    if reason:
        raise CannotChange(reason)


@transaction.atomic
def let_go(participation: Participation, *, by: Actor) -> Participation:
    """Somebody leaves the circle: their way in closes, nothing more is sent to them, and what they said stays where it is.

    Without a person harmed or responsible, or with a guardian gone, the circle that
    agreed is another one, and the case goes back to preparing. A guardian whose no stands is
    not let go so (`says`): raises `CannotChange`.
    """
    case = queries.lock(participation.case)
    participation = Participation.objects.select_for_update(of=("self",)).select_related("person").get(pk=participation.pk)
    if participation.left_at is not None:
        return participation
    if participation.has_authority:
        _check_no_stands(participation)
    participation.left_at = clock.now()
    participation.save(update_fields=["left_at"])
    revoke_passes(bearer=Pass.Bearer.PARTICIPATION, bearer_id=participation.pk, by=by)
    withdraw_unsent(reader=participation.person_id, case=case.pk, by=by)
    record("left", participation, by=by)
    if participation.roles & HEART or participation.has_authority:
        back_to_preparing(case, by=by, reason="left")
    moved.send(sender=Participation, subject=participation, was="here", to="left", by=by)
    return participation


@transaction.atomic
def bar_contact(case: Case, *, by: Actor, one: Participation, other: Participation, by_order: bool) -> NoContact:
    """Keep two people of this case apart. It is a wall: any meeting that was planned with both, in whatever case, goes back to preparing."""
    queries.lock(case)
    for participation in (one, other):
        if participation.case_id != case.pk:
            raise CannotChange(_("Please choose two people of this case."))
    wall = people.keep_apart(one.person, by=by, other=other.person, by_order=by_order)
    record("barred_contact", case, by=by, by_order=by_order)
    for both in queries.cases_of_both(wall):
        back_to_preparing(queries.lock(both), by=by, reason="no_contact")
    case.refresh_from_db(fields=["stage"])
    moved.send(sender=NoContact, subject=wall, was="", to="barred", by=by)
    return wall


@transaction.atomic
def allow_contact(case: Case, *, by: Actor, wall: NoContact) -> NoContact:
    """The wall between two people of this case is gone: an order was lifted, or the one who asked for it no longer wants it."""
    wall = people.allow(wall, by=by)
    record("allowed_contact", case, by=by)
    return wall


def _check_new_here(case: Case, known: Person) -> None:
    if queries.here(case).filter(person=known).exists():
        raise CannotChange(_("%(name)s is in this case already. What is written about them can be changed on their page.") % {"name": known.shown})


def _just_added(case: Case, said: dict[str, Any], place: dict[str, Any], contacts: Mapping[str, str]) -> Participation | None:
    """Whoever was added a moment ago by the same form; one in which anything else was written is another form."""
    there = case.participations if _stands_outside(place["role"], place["has_authority"]) else queries.here(case)
    same = {name: value for name, value in place.items() if name != "speaks_for"}
    recent = [p for p in there.filter(added_at__gte=clock.now() - AGAIN, **same).select_related("person") if p.speaks_for == place["speaks_for"]]
    given = {way: value.strip() for way, value in contacts.items() if value.strip()}
    clean = said | {name: " ".join(said[name].split()) for name in ("name", "called", "pronouns")} | {"needs": said["needs"].strip()}
    return next((p for p in recent if _described(p.person) == clean and {c.way: c.value for c in ways(p.person)} == given), None)


def _described(person: Person) -> dict[str, Any]:
    return {name: getattr(person, name) for name in DESCRIBED}


def _check_team(case: Case, person: Any) -> None:
    for assignment in queries.team(case):
        if reached_at([person], assignment.facilitator.user.email):
            raise CannotChange(_("%(name)s facilitates this case and cannot also stand in it.") % {"name": assignment.facilitator.user.name})
