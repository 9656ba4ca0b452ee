from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from setfair.accounts.models import User
from setfair.core.actor import Actor
from setfair.journal.actions import record
from setfair.journal.journey import move

from .journey import Stage
from .models import Facilitator


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
