"""Promises in good words: added, taken out of use, taken up again; and ours brought in."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from setfair.core import clock
from setfair.core.actor import Actor
from setfair.journal.actions import record

from ..bounds import CannotChange
from ..library import give_ours
from ..models import GoodPromise, Programme
from ..models.library import KINDS

MOST = 80


@transaction.atomic
def add_good_promise(programme: Programme, *, by: Actor, kind: str, language: str, what: str, done: str) -> GoodPromise:
    """One more of the programme's own. The same words again are one, and are in use again. Raises `CannotChange`."""
    Programme.objects.select_for_update(of=("self",), no_key=True).get(pk=programme.pk)
    what, done = " ".join(what.split()), " ".join(done.split())
    if not what or not done or kind not in dict(KINDS) or language not in dict(settings.LANGUAGES):
        raise CannotChange(_("Please say what is done, what done looks like, and in which language."))
    there = GoodPromise.objects.filter(what=what, language=language).first()
    if there is not None:
        return reopen_good_promise(there, by=by)
    if GoodPromise.objects.filter(language=language, closed_at__isnull=True).count() >= MOST:
        raise CannotChange(_("The list is very long already. Please end something first."))
    one = GoodPromise.objects.create(kind=kind, language=language, what=what, done=done)
    record("added_good_promise", one, by=by)
    return one


@transaction.atomic
def close_good_promise(one: GoodPromise, *, by: Actor) -> GoodPromise:
    """It is not offered any more. What was written from it stays as it is."""
    if GoodPromise.objects.filter(pk=one.pk, closed_at__isnull=True).update(closed_at=clock.now()):
        record("closed_good_promise", one, by=by)
    return one


@transaction.atomic
def reopen_good_promise(one: GoodPromise, *, by: Actor) -> GoodPromise:
    if GoodPromise.objects.filter(pk=one.pk, closed_at__isnull=False).update(closed_at=None):
        record("reopened_good_promise", one, by=by)
    return one


@transaction.atomic
def bring_good_promises(programme: Programme, *, by: Actor) -> list[GoodPromise]:
    """Those of ours that it never had."""
    Programme.objects.select_for_update(of=("self",), no_key=True).get(pk=programme.pk)
    given = give_ours(programme)
    if given:
        record("brought_good_promises", programme, by=by)
    return given
