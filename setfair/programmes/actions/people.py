from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from setfair.accounts.models import User
from setfair.core import clock
from setfair.core.actor import Actor
from setfair.journal.actions import record
from setfair.journal.journey import moved
from setfair.letters.actions import Address, Words, write
from setfair.letters.models import Channel

from .. import letters
from ..models import Membership, Offer, Programme, Role

WATCH = (Role.ADMINISTRATOR, Role.COORDINATOR)
"""Who is told when somebody gets one of `SEES_MORE`."""

SEES_MORE = (*WATCH, Role.SUPERVISOR, Role.SAFEGUARDING)


KEPT = {
    Role.ADMINISTRATOR: gettext_lazy("This is the only administrator. Please make somebody else one first."),
    Role.COORDINATOR: gettext_lazy("This is the only coordinator: nobody else can read what people send us. Please make somebody else one first."),
}
"""Roles without which a programme cannot go on: somebody holds each of them always."""


class CannotLeave(Exception):
    """This role cannot end; the sentence says why."""


class CannotShow(Exception):
    """This name is not shown by somebody else; the sentence says so."""


class CannotJoin(Exception):
    """What was asked was answered or taken back in the meantime; the sentence says so."""


@transaction.atomic
def invite(programme: Programme, *, by: Actor, email: str, name: str, role: str) -> Membership | Offer:
    """Give a member one more role; ask anybody else whether they want it, and write to them.

    Whoever is new gets an account; somebody with an account from another programme keeps
    it, name and all. Both are asked alike, so that nobody learns which of them it is.
    The same role twice, even at the same instant, is one role or one question, and one letter.
    """
    user = User.objects.at(email, name=name, language=programme.language)
    if not Membership.objects.filter(user=user, ended_at__isnull=True).exists():
        return _ask(programme, user, name, role, by=by)
    membership, new = _give(user.pk, role, by=by, giver=by.id, called=_called(user, name))
    if new:
        _write(letters.welcome, programme, user, key=f"welcome:{membership.pk}", by=by)
    return membership


@transaction.atomic
def accept(offer: Offer, *, by: Actor) -> Membership:
    """Their yes: they belong here from now on. Raises `CannotJoin` when it is nobody's question to them any more."""
    offer = _answered(offer, Offer.Answer.YES, by)
    return _give(offer.user_id, offer.role, by=by, giver=offer.by, called=_called(offer.user, offer.name))[0]


@transaction.atomic
def decline(offer: Offer, *, by: Actor) -> Offer:
    """Their no. They can be asked again."""
    offer = _answered(offer, Offer.Answer.NO, by)
    record("declined_role", offer, by=by, role=offer.role)
    return offer


@transaction.atomic
def take_back(offer: Offer, *, by: Actor) -> bool:
    """Ask no more. False when they have answered already."""
    taken = Offer.objects.filter(pk=offer.pk, answer="").update(answer=Offer.Answer.TAKEN_BACK, answered_at=clock.now()) == 1
    if taken:
        record("took_offer_back", offer, by=by, role=offer.role)
    return taken


@transaction.atomic
def join_again(membership: Membership, *, by: Actor) -> Membership:
    """Bring an ended role back, as a new row: that it was ended stays true."""
    shown = {"shown_publicly": membership.shown_publicly, "shown_by": membership.shown_by}
    return _give(membership.user_id, membership.role, by=by, giver=by.id, called=membership.called, **shown)[0]


@transaction.atomic
def end_membership(membership: Membership, *, by: Actor) -> Membership:
    """End a role; what it opened is closed at the next click. `CannotLeave` for the last administrator and the last coordinator.

    All rows of the role are locked in one order, so that of two who let each
    other go at the same instant one stays.
    """
    if membership.role in KEPT:
        live = Membership.objects.select_for_update(of=("self",)).filter(role=membership.role, ended_at__isnull=True, user__is_active=True)
        if not {row.pk for row in live.order_by("pk")} - {membership.pk}:
            raise CannotLeave(str(KEPT[Role(membership.role)]))
    ended = Membership.objects.filter(pk=membership.pk, ended_at__isnull=True).update(ended_at=clock.now())
    membership.refresh_from_db()
    if ended:
        record("ended_role", membership, by=by, role=membership.role)
        _ring_if_it_was_the_last(membership, by)
    return membership


def _ring_if_it_was_the_last(membership: Membership, by: Actor) -> None:
    """Whoever has no role here any more has left."""
    if not Membership.objects.filter(user=membership.user_id, ended_at__isnull=True).exists():
        moved.send(sender=Membership, subject=membership, was="here", to="left", by=by)


@transaction.atomic
def show_publicly(membership: Membership, *, by: Actor) -> None:
    """First name and role on the public page. `CannotShow` for a student's, by anybody but themself."""
    if membership.role == Role.STUDENT and membership.user_id != by.id:
        raise CannotShow(_("Students choose this themselves, on their own page."))
    Membership.objects.filter(pk=membership.pk).update(shown_publicly=True, shown_by=by.id)
    record("shown_publicly", membership, by=by)


@transaction.atomic
def keep_private(membership: Membership, *, by: Actor) -> None:
    """Off the public page."""
    Membership.objects.filter(pk=membership.pk).update(shown_publicly=False, shown_by=None)
    record("kept_private", membership, by=by)


@transaction.atomic
def show_myself(*, by: Actor) -> None:
    """My own first name, with every role I hold here."""
    for membership in Membership.objects.filter(user=by.id, ended_at__isnull=True, shown_publicly=False).order_by("pk"):
        show_publicly(membership, by=by)


@transaction.atomic
def hide_myself(*, by: Actor) -> None:
    """My own name goes off the public page, whoever put it there."""
    for membership in Membership.objects.filter(user=by.id, ended_at__isnull=True, shown_publicly=True).order_by("pk"):
        keep_private(membership, by=by)


def _called(user: User, typed: str) -> str:
    """Whoever is known here keeps the name they have here, whatever is typed now."""
    known = Membership.objects.filter(user=user).order_by("since", "pk").first()
    if known is not None:
        return known.called
    return "" if typed == user.name else typed


def _ask(programme: Programme, user: User, name: str, role: str, *, by: Actor) -> Offer:
    asked = Offer.objects.filter(user=user, role=role, answer="")
    there = asked.first()
    if there is not None:
        return there
    try:
        with transaction.atomic():
            offer = Offer.objects.create(user=user, role=role, name=name, by=by.id)
    except IntegrityError:
        return asked.get()
    record("offered_role", offer, by=by, role=role)
    _write(letters.asked, programme, user, key=f"asked:{offer.pk}", by=by)
    return offer


def _answered(offer: Offer, answer: str, by: Actor) -> Offer:
    """Written down once, by the person themself and by nobody else."""
    rows = Offer.objects.filter(pk=offer.pk, user=by.id, answer="")
    if not rows.update(answer=answer, answered_at=clock.now()):
        raise CannotJoin(_("This has been answered or taken back in the meantime."))
    return Offer.objects.select_related("user").get(pk=offer.pk)


def _give(user_id: Any, role: str, *, by: Actor, giver: UUID | None, **more: Any) -> tuple[Membership, bool]:
    """The live role and whether it is new. Of several who give the same one at once the first does, and the others find it."""
    live = Membership.objects.filter(user_id=user_id, role=role, ended_at__isnull=True)
    there = live.first()
    if there is not None:
        return there, False
    try:
        with transaction.atomic():
            new = Membership.objects.create(user_id=user_id, role=role, **more)
    except IntegrityError:
        return live.get(), False
    record("gave_role", new, by=by, role=role)
    if role in SEES_MORE:
        _tell_the_others(new, giver, by=by)
    return new, True


def _tell_the_others(given: Membership, giver: UUID | None, *, by: Actor) -> None:
    """No role that sees more than most is given in silence, least of all to oneself.

    Once a day for each reader is enough while a team is put together; a role that
    somebody gives to themself is always told.
    """
    programme = given.programme
    about = given.pk if given.user_id == giver else timezone.localdate()
    watching = Membership.objects.filter(role__in=WATCH, ended_at__isnull=True).exclude(user_id__in=[giver, given.user_id])
    for reader in User.objects.filter(pk__in=watching.values("user_id")).order_by("pk"):
        with translation.override(reader.language):
            words = letters.new_role(programme, reader.get_short_name())
        write(words, to=Address(Channel.EMAIL, reader.email), reader=reader.pk, key=f"new-role:{about}:{reader.pk}", by=by)


def _write(letter: Callable[[Programme, str], Words], programme: Programme, user: User, *, key: str, by: Actor) -> None:
    with translation.override(user.language):
        words = letter(programme, user.get_short_name())
    write(words, to=Address(Channel.EMAIL, user.email), reader=user.pk, key=key, by=by)
