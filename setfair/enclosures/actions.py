from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from setfair.cases.audience import Audience
from setfair.core import clock
from setfair.core.actor import Actor, Kind
from setfair.files import actions as files
from setfair.files import scanner
from setfair.files.actions import HasToStay
from setfair.files.examined import Examined
from setfair.files.models import File
from setfair.files.scanner import Verdict
from setfair.files.staying import has_to_stay
from setfair.journal.actions import record
from setfair.journal.journey import move
from setfair.referrals import actions as referrals
from setfair.referrals.models import Referral
from setfair.referrals.queries import case_of
from setfair.vault.master import digest

from . import queries
from .journey import Gone, Stage
from .models import Content, Enclosure, SentHarm

__all__ = ["AUDIENCES", "CannotEnclose", "HasToStay", "check", "enclose", "hand_out", "lay", "report_harm", "see_harm", "take_away"]

AUDIENCES = (Audience.TEAM, Audience.SAFETY)
"""For whom somebody may say that it is. With one person of the circle nothing is shared that a stranger sent."""


class CannotEnclose(Exception):
    """This file is not kept here; the sentence says why."""


@transaction.atomic
def enclose(referral: Referral, *, by: Actor, found: Examined, words: str, reason: str | None = None) -> Enclosure:
    """Keep a file with a request. The same file sent twice is one.

    With a `reason`, possibly empty, it comes later than the request: that waits to be read again, and whoever answers for it is told to look.
    """
    referral.refresh_from_db(fields=["stage"], from_queryset=Referral.objects.select_for_update(of=("self",)))
    came = digest("enclosure", f"{referral.pk} {found.came}")
    there = Enclosure.objects.filter(referral=referral, came=came).exclude(stage=Stage.GONE).first()
    if there is not None:
        return there
    if referral.stage not in queries.TAKES_MORE:
        raise CannotEnclose(_("This has come to its end, so nothing is added to it any more."))
    if by.kind == Kind.REFERRER and not queries.takes_from(referral):
        raise CannotEnclose(_("We take no files here. Please tell us in words."))
    if not queries.has_room(referral):
        raise CannotEnclose(_("There are as many files here as fit."))
    stage = Stage.KEPT if found.verdict == Verdict.CLEAN else Stage.UNCHECKED
    shape = {"kind": found.kind, "extent": found.extent, "size": len(found.data)}
    one = Enclosure.objects.create(referral=referral, stage=stage, words=words, came=came, by_kind=by.kind, by=by.id, **shape)
    Content.objects.create(enclosure=one, referral=referral, data=found.data)
    record("enclosed", one, by=by, kind=one.kind)
    if reason is not None:
        referrals.add(referral, by=by, words="\n".join(filter(None, (words, reason.strip()))))
    elif by.kind == Kind.REFERRER:
        referrals.look_for_us(referral, by=by, words=words)
    return one


@transaction.atomic
def hand_out(enclosure: Enclosure, *, by: Actor) -> bytes:
    """The bytes, for somebody whom a door let through; each time is a line of the journal."""
    record("downloaded", enclosure, by=by)
    return queries.bytes_of(enclosure)


@transaction.atomic
def lay(enclosure: Enclosure, *, by: Actor, audience: str) -> File:
    """What came with the request becomes a file of the case that it became, for those somebody says now. It is sealed anew, under the case's key."""
    if audience not in AUDIENCES:
        raise CannotEnclose(_("Please choose who may open it."))
    case = case_of(enclosure.referral)
    if case is None:
        raise CannotEnclose(_("There is no case yet."))
    verdict = Verdict.CLEAN if enclosure.stage == Stage.KEPT else Verdict.UNKNOWN
    found = Examined(enclosure.kind, enclosure.extent, queries.bytes_of(enclosure), verdict)
    move(enclosure, Stage.LAID, by=by)
    try:
        file = files.add(case, by=by, found=found, audience=audience, words=enclosure.words)
    except files.CannotKeep as full:
        raise CannotEnclose(str(full)) from None
    Content.objects.filter(enclosure=enclosure).delete()
    return file


@transaction.atomic
def take_away(enclosure: Enclosure, *, by: Actor) -> Enclosure:
    """Its bytes go for good; that it was there, and who took it away, stays. Raises `HasToStay` while the request is held."""
    if has_to_stay(case_of(enclosure.referral) or enclosure.referral):
        raise HasToStay(_("There is a legal hold on it."))
    return _let_go(enclosure, Gone.TAKEN_AWAY, by)


@transaction.atomic
def check(enclosure: Enclosure, *, by: Actor) -> bool:
    """Ask again about a file that could not be asked about. False when it is found harmful: then it is gone."""
    said = scanner.verdict(queries.bytes_of(enclosure))
    if said == Verdict.HARMFUL:
        report_harm(enclosure.referral, by=by)
        _let_go(enclosure, Gone.HARMFUL, by)
        return False
    if said == Verdict.CLEAN:
        move(enclosure, Stage.KEPT, by=by)
    return True


@transaction.atomic
def report_harm(referral: Referral, *, by: Actor) -> SentHarm:
    """Something harmful was sent with a request, and not kept: a line on Today, until whoever answers the request has seen it."""
    there = queries.unseen_harm(referral).filter(by=by.id).first()
    if there is not None:
        return there
    record("sent_harm", referral, by=by)
    return SentHarm.objects.create(referral=referral, by_kind=by.kind, by=by.id)


@transaction.atomic
def see_harm(referral: Referral, *, by: Actor) -> int:
    """Whoever answers the request has read that something harmful was sent with it."""
    seen = queries.unseen_harm(referral).update(seen_at=clock.now())
    if seen:
        record("saw_harm", referral, by=by)
    return seen


def _let_go(enclosure: Enclosure, why: Gone, by: Actor) -> Enclosure:
    Content.objects.filter(enclosure=enclosure).delete()
    return move(enclosure, Stage.GONE, by=by, reason=why)
