from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from setfair.accounts.models import User
from setfair.core.actor import Actor
from setfair.journal.actions import record
from setfair.journal.journey import move
from setfair.programmes.models import ClosedPlace

from .journey import Stage
from .models import Entrance, ExamDay, Facilitator


class CannotCertify(Exception):
    """The certificate would not hold; the sentence says why."""


@transaction.atomic
def nominate(*, by: Actor, user: User, kind: str, languages: str = "") -> Facilitator:
    """Put somebody forward for the team. Nominated twice, even at the same instant, they are nominated once."""
    there = Facilitator.objects.filter(user=user).first()
    if there is not None:
        return there
    try:
        with transaction.atomic():
            facilitator = Facilitator.objects.create(user=user, kind=Facilitator.Kind(kind), languages=languages)
    except IntegrityError:
        return Facilitator.objects.get(user=user)
    record("nominated", facilitator, by=by, kind=kind)
    return facilitator


@transaction.atomic
def train(facilitator: Facilitator, *, by: Actor) -> Facilitator:
    """Their training has begun."""
    return move(facilitator, Stage.TRAINING, by=by)


@transaction.atomic
def certify(facilitator: Facilitator, *, by: Actor, until: date | None = None) -> Facilitator:
    """Let them hold circles up to and with `until`; after a lapse, again (S2.9). Raises `WrongStep` for somebody who was never trained."""
    if until is not None and until < timezone.localdate():
        raise CannotCertify(_("The certificate would be over already. Please choose a later date."))
    move(facilitator, Stage.CERTIFIED, by=by)
    facilitator.certified_until = until
    facilitator.save(update_fields=["certified_until"])
    return facilitator


@transaction.atomic
def lapse(facilitator: Facilitator, *, by: Actor) -> Facilitator:
    """The certificate is over. They stay named on their cases, but do not count for a circle until certified again."""
    return move(facilitator, Stage.LAPSED, by=by)


@transaction.atomic
def take_in(*, by: Actor, user: User, kind: str, languages: str = "", until: date | None = None) -> Facilitator:
    """Write down somebody who comes trained and certified already: nominated, trained and certified in one act."""
    named = nominate(by=by, user=user, kind=kind, languages=languages)
    facilitator = Facilitator.objects.select_for_update(of=("self",)).get(pk=named.pk)
    if facilitator.stage == Stage.NOMINATED:
        train(facilitator, by=by)
    if facilitator.stage != Stage.CERTIFIED:
        certify(facilitator, by=by, until=until)
    return facilitator


@transaction.atomic
def renew(facilitator: Facilitator, *, by: Actor, until: date | None) -> Facilitator:
    """A certificate that still holds now holds until another day."""
    facilitator = Facilitator.objects.select_for_update(of=("self",)).get(pk=facilitator.pk)
    if facilitator.stage != Stage.CERTIFIED:
        raise CannotCertify(_("Only somebody who is certified can be renewed."))
    if until is not None and until < timezone.localdate():
        raise CannotCertify(_("The certificate would be over already. Please choose a later date."))
    facilitator.certified_until = until
    facilitator.save(update_fields=["certified_until"])
    record("renewed", facilitator, by=by)
    return facilitator


@transaction.atomic
def name_languages(facilitator: Facilitator, *, by: Actor, languages: str) -> Facilitator:
    """Which languages they can hold a circle in."""
    Facilitator.objects.filter(pk=facilitator.pk).update(languages=languages)
    facilitator.languages = languages
    record("named_languages", facilitator, by=by)
    return facilitator


@transaction.atomic
def set_load(facilitator: Facilitator, *, by: Actor, a_week: int, a_term: int, parent: str) -> Facilitator:
    """How often they hold a circle at most, and what a parent or guardian of somebody under 18 said."""
    facilitator.a_week, facilitator.a_term, facilitator.parent = a_week, a_term, Facilitator.Parent(parent)
    facilitator.save(update_fields=["a_week", "a_term", "parent"])
    record("set_load", facilitator, by=by)
    return facilitator


@transaction.atomic
def note_exam(facilitator: Facilitator, *, by: Actor, on: date) -> ExamDay:
    """They have an exam that day, and are asked to hold nothing."""
    there, is_new = ExamDay.objects.get_or_create(facilitator=facilitator, on=on)
    if is_new:
        record("noted_exam", facilitator, by=by)
    return there


@transaction.atomic
def end_exam(exam: ExamDay, *, by: Actor) -> None:
    record("ended_exam", exam.facilitator, by=by)
    exam.delete()


@transaction.atomic
def let_in(facilitator: Facilitator, *, by: Actor, place: ClosedPlace, until: date | None) -> Entrance:
    """A closed place said that it lets them in."""
    there, _is_new = Entrance.objects.update_or_create(facilitator=facilitator, place=place, defaults={"until": until})
    record("let_into_place", facilitator, by=by)
    return there


@transaction.atomic
def shut_out(entrance: Entrance, *, by: Actor) -> None:
    """It does not any more."""
    record("shut_out_of_place", entrance.facilitator, by=by)
    entrance.delete()
