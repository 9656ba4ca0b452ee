"""The warning, and the forgetting itself."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from setfair.cases.models import Case
from setfair.core.actor import Actor
from setfair.journal.actions import record
from setfair.letters.models import CameBack
from setfair.referrals.models import Referral
from setfair.safety.models import Alarm
from setfair.vault.shredding import shred

from .. import queries
from ..endings import WARNED
from ..models import Gone, Notice, Tombstone
from ..numbers import keep_the_number
from .refusal import CannotKeep


@transaction.atomic
def give_notice(thing: queries.Thing, *, by: Actor) -> Notice:
    """Say that this is forgotten on its day, so that somebody can look before. Said twice for the same day it is one."""
    queries.hold_still(thing)
    group, day, there = queries.group_of(thing), queries.forget_on(thing), queries.noticed(thing)
    if group is None or day is None:
        raise CannotKeep(_("This is open. What is open is never forgotten."))
    if there is not None:
        return there
    warned = min(WARNED.days, queries.days_of(group))
    first = timezone.localdate() + timedelta(days=warned)
    notice = Notice.objects.create(**queries.about(thing), group=group, forget_on=max(day, first))
    record("warned", thing, by=by, group=group.value)
    return notice


@transaction.atomic
def forget(thing: queries.Thing, *, by: Actor) -> Tombstone:
    """Names and words go, and every row and key with them; the figures stay.

    Raises `CannotKeep` while something puts it off or nobody was told in time. The
    database looks up once more whether the day has come, and refuses otherwise.
    """
    queries.hold_still(thing)
    notice, reasons = queries.noticed(thing), queries.postponed_by(thing)
    if not queries.is_promised(thing) and (notice is None or notice.forget_on > timezone.localdate()):
        raise CannotKeep(_("Its day has not come."))
    if reasons:
        raise CannotKeep(" ".join(reasons))
    stone = queries.stone_of(thing)
    sealed = isinstance(thing, Case) and thing.seals.exists()
    numbers: list[tuple[type[Case | Referral], str]] = [(Case, thing.ref)] if isinstance(thing, Case) else [(Referral, thing.ref)]
    if isinstance(thing, Case) and thing.referral is not None:
        numbers.append((Referral, thing.referral.ref))
    record("forgot", thing, by=by, group=stone.group)
    shred(_remove(thing))
    stone.save(force_insert=True)
    for model, ref in numbers:
        keep_the_number(thing.programme_id, model, ref)
        if not sealed:
            Gone.objects.create(mark=queries.mark_of(ref), forgotten_in=stone.forgotten_in)
    return stone


@transaction.atomic
def forget_stray(stray: CameBack, *, by: Actor) -> None:
    """A message that fits nobody goes, words and row. Whether it has lain for long enough the database looks up once more."""
    record("forgot_stray", stray, by=by)
    with connection.cursor() as cursor:
        cursor.execute("SELECT keeping_forget_stray(%s)", [stray.pk])
        (gone,) = cursor.fetchone()
    shred(gone)


@transaction.atomic
def forget_alarm(alarm: Alarm, *, by: Actor) -> None:
    """An alarm of no case goes, words and all that was done. Whether it ended long enough ago the database looks up once more."""
    record("forgot_alarm", alarm, by=by)
    with connection.cursor() as cursor:
        cursor.execute("SELECT keeping_forget_alarm(%s)", [alarm.pk])
        (gone,) = cursor.fetchone()
        shred(gone)


def _remove(thing: queries.Thing) -> list[UUID]:
    """Every row that hangs on it, with all facts: the ids of what went."""
    asked = "SELECT keeping_forget_case(%s)" if isinstance(thing, Case) else "SELECT keeping_forget_request(%s)"
    with connection.cursor() as cursor:
        cursor.execute(asked, [thing.pk])
        (gone,) = cursor.fetchone()
    return list(gone)
