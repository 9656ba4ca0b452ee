"""A small talk is written down, or struck again by whoever wrote it."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from setfair.core import clock
from setfair.core.actor import Actor
from setfair.journal.actions import record
from setfair.programmes.models import Programme

from .models import Struck, Talk

AGAIN, LONGEST_AGO = timedelta(minutes=2), timedelta(days=92)


class CannotLog(Exception):
    """Why it is not written down, in one sentence."""


@transaction.atomic
def log(programme: Programme, *, by: Actor, kind: str, people: int, minutes: int, outcome: str, held_on: date) -> Talk:
    """Count one talk. The very same, sent again at once, is the same one."""
    today = clock.local(clock.now(), programme.zone).date()
    if not today - LONGEST_AGO <= held_on <= today:
        raise CannotLog(_("Please choose today, or a day of the last three months."))
    said = {"kind": kind, "people": people, "minutes": minutes, "outcome": outcome, "held_on": held_on, "by": by.id}
    there = Talk.objects.filter(**said, at__gte=clock.now() - AGAIN, struck__isnull=True).first()
    if there is not None:
        return there
    talk = Talk.objects.create(**said)
    record("logged_talk", talk, by=by, kind=kind)
    return talk


@transaction.atomic
def strike(talk: Talk, *, by: Actor) -> Struck:
    """It was written down by mistake, and is counted no more."""
    if talk.by != by.id:
        raise CannotLog(_("Only whoever wrote it down can take it off."))
    struck, is_new = Struck.objects.get_or_create(talk=talk, defaults={"by": by.id})
    if is_new:
        record("struck_talk", talk, by=by)
    return struck
