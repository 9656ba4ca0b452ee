from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from setfair.cases.audience import Audience
from setfair.cases.models import Case, Participation
from setfair.cases.queries import lock
from setfair.cases.shared import tell_reader
from setfair.core import clock
from setfair.core.actor import Actor
from setfair.journal.actions import record
from setfair.journal.journey import move

from . import queries, scanner, words
from .examined import Examined
from .journey import Gone, Stage
from .models import Content, File, Harm
from .scanner import Verdict
from .staying import has_to_stay


class CannotKeep(Exception):
    """This file is not kept; the sentence says what to do."""


class HasToStay(Exception):
    """This file is not taken away now; the sentence says why."""


@transaction.atomic
def add(
    case: Case, *, by: Actor, found: Examined, audience: str, reader: Participation | None = None, words: str = "", instead_of: File | None = None
) -> File:
    """Somebody of the team keeps a file in the case, for those it was said to be for. What it takes the place of stays as the earlier one."""
    _room_for_one(case, by)
    shared = {"audience": audience, "reader": reader if audience == Audience.SHARED else None}
    stage = Stage.KEPT if found.verdict == Verdict.CLEAN else Stage.UNCHECKED
    file = _written(case, found, by, stage=stage, words=words, instead_of=instead_of, **shared)
    record("added_file", file, by=by, audience=audience, kind=file.kind)
    if instead_of is not None:
        move(instead_of, Stage.REPLACED, by=by)
    _tell(file, stage, by)
    return file


@transaction.atomic
def show_back(case: Case, *, by: Actor, found: Examined, about: UUID) -> File:
    """Keep what somebody chose until they say that it is to be sent. For the team, once it is; until then for nobody."""
    _room_for_one(case, by)
    there = queries.shown_to(by, about)
    if there is not None:
        _let_go(there, Gone.NOT_SENT, by)
    file = _written(case, found, by, stage=Stage.SHOWN, audience=Audience.TEAM, about=about)
    record("chose_file", file, by=by, kind=file.kind)
    return file


@transaction.atomic
def send(file: File, *, by: Actor) -> bool:
    """Its sender has seen what it is and sends it. False when it is found harmful now: then it is gone."""
    return _settled(file, by, otherwise=Stage.UNCHECKED)


@transaction.atomic
def check(file: File, *, by: Actor) -> bool:
    """Ask again about a file that could not be asked about. False when it is found harmful: then it is gone."""
    return _settled(file, by, otherwise="")


@transaction.atomic
def take_away(file: File, *, by: Actor) -> File:
    """Its bytes go for good; that it was there, and who took it away, stays. Raises `HasToStay` while the case is held."""
    lock(file.case)
    if has_to_stay(file.case):
        raise HasToStay(_("There is a legal hold on it."))
    return _let_go(file, Gone.TAKEN_AWAY, by)


@transaction.atomic
def drop(file: File, *, by: Actor) -> File:
    """What was shown back is not sent."""
    return _let_go(file, Gone.NOT_SENT, by)


@transaction.atomic
def hand_out(file: File, *, by: Actor) -> bytes:
    """The bytes, for somebody whom a door let through; each time is a line of the journal."""
    record("downloaded", file, by=by)
    return queries.bytes_of(file)


@transaction.atomic
def report_harm(case: Case, *, by: Actor) -> Harm:
    """Something harmful was sent here, and not kept: a line on Today, until somebody has seen it."""
    there = queries.unseen_harm(case).filter(by=by.id).first()
    if there is not None:
        return there
    harm = Harm.objects.create(case=case, by_kind=by.kind, by=by.id)
    record("sent_harm", harm, by=by)
    return harm


@transaction.atomic
def see_harm(case: Case, *, by: Actor) -> int:
    """Somebody of the team has read that something harmful was sent."""
    unseen = list(queries.unseen_harm(case))
    for harm in unseen:
        harm.seen_at = clock.now()
        harm.save(update_fields=["seen_at"])
        record("saw_harm", harm, by=by)
    return len(unseen)


def _room_for_one(case: Case, by: Actor) -> None:
    lock(case)
    if not queries.has_room(case, by):
        raise CannotKeep(str(words.WHY_NOT["full"]))


def _written(case: Case, found: Examined, by: Actor, **facts: Any) -> File:
    file = File.objects.create(case=case, kind=found.kind, extent=found.extent, size=len(found.data), by_kind=by.kind, by=by.id, **facts)
    Content.objects.create(file=file, case=case, data=found.data)
    return file


def _settled(file: File, by: Actor, *, otherwise: str) -> bool:
    said = scanner.verdict(queries.bytes_of(file))
    if said == Verdict.HARMFUL:
        report_harm(file.case, by=by)
        _let_go(file, Gone.HARMFUL, by)
        return False
    to = Stage.KEPT if said == Verdict.CLEAN else otherwise
    if to:
        move(file, to, by=by)
        _tell(file, to, by)
    return True


def _tell(file: File, stage: str, by: Actor) -> None:
    """Whoever it is shared with hears of it once they can open it."""
    if stage == Stage.KEPT and file.reader is not None:
        tell_reader(file.reader, file.pk, by)


def _let_go(file: File, why: Gone, by: Actor) -> File:
    Content.objects.filter(file=file).delete()
    return move(file, Stage.GONE, by=by, reason=why)
