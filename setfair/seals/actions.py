from __future__ import annotations

from django.db import transaction
from django.db.models import Max

from setfair.core import clock
from setfair.core.actor import Actor
from setfair.core.text import TELLING
from setfair.journal.actions import record
from setfair.programmes.models import Programme
from setfair.vault.shredding import shred

from . import certificate, queries
from .models import SealKey, SealSecret
from .waking import wake_worker

SAYS_NOTHING = "Programme"
"""Stands in a certificate where the programme's own name would say what a paper is about."""


@transaction.atomic
def make_key(programme: Programme, *, by: Actor) -> SealKey:
    """Have the programme seal; the key that is there already stays. It takes a second, in which nobody is kept waiting: nothing for a request."""
    there = queries.live_key()
    if there is not None:
        return there
    name = SAYS_NOTHING if TELLING.search(programme.short_name) else programme.short_name
    root, shown, private = certificate.made(name, clock.now())
    Programme.objects.select_for_update(of=("self",)).get(pk=programme.pk)
    there = queries.live_key()
    if there is not None:
        return there
    number = (SealKey.objects.aggregate(last=Max("number"))["last"] or 0) + 1
    key = SealKey.objects.create(number=number, root=root, certificate=shown)
    SealSecret.objects.create(key=key, private=private)
    record("made_seal", key, by=by)
    return key


@transaction.atomic
def end_key(key: SealKey, *, by: Actor) -> bool:
    """End the key that seals; the worker makes another one at once. What it sealed stays as valid as it was; what it sealed with is destroyed.

    False when it had ended meanwhile: of two who replace it at once, one does.
    """
    Programme.objects.select_for_update(of=("self",)).get(pk=key.programme.pk)
    if not SealKey.objects.filter(number=key.number, ended_at__isnull=True).update(ended_at=clock.now()):
        return False
    record("ended_seal", key, by=by)
    secrets = list(SealSecret.objects.filter(key=key).values_list("pk", flat=True))
    SealSecret.objects.filter(pk__in=secrets).delete()
    shred(secrets)
    wake_worker()
    return True
