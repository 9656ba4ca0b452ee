from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from setfair.access.policy import Permission
from setfair.access.ties import open_to
from setfair.accounts.models import User
from setfair.cases.audience import Audience
from setfair.cases.models import Case, Participation
from setfair.core import clock
from setfair.core.actor import Actor, Kind
from setfair.vault import ring

from . import words
from .journey import Stage
from .models import Content, File, Harm

MOST_IN_A_CASE = 20
MOST_OF_ONE = 6
"""Of one person without an account: the others' share of the twenty is not theirs to fill."""
A_DAY = timedelta(days=1)
"""How long what was shown back, and not sent, waits."""


@dataclass(frozen=True)
class Row:
    """A file as a list shows it."""

    file: File
    words: str
    what: str
    whose: str
    is_replaced: bool
    is_unchecked: bool


def of_case(case: Case, actor: Actor) -> list[Row]:
    """The files of the case that this actor may open, the latest first; three queries, whatever their number."""
    rows = open_to(actor, Permission.OPEN_FILE, File).filter(case=case).select_related("reader__person").order_by("-at", "-id")
    return _told(list(rows))


def shared_with(me: Participation, actor: Actor) -> list[Row]:
    """What was shared with this person, the latest first."""
    return _told(list(open_to(actor, Permission.READ_SHARED_FILE, File).filter(case=me.case_id).order_by("-at", "-id")))


def is_shared_with(me: Participation) -> bool:
    """Whether there is anything for this person to open."""
    return File.objects.filter(case=me.case_id, audience=Audience.SHARED, reader=me, stage=Stage.KEPT).exists()


def _told(files: list[File]) -> list[Row]:
    ring.gather({f.case_id for f in files} | {f.reader.person_id for f in files if f.reader})
    team = User.objects.in_bulk({f.by for f in files if f.by_kind == Kind.STAFF})
    return [_row(f, team[f.by].name if f.by in team else "") for f in files]


def _row(file: File, whose: str) -> Row:
    return Row(file, file.words, words.described(file), whose, file.stage == Stage.REPLACED, file.stage == Stage.UNCHECKED)


def count(case: Case) -> int:
    """How many files are kept in the case, whoever may open them."""
    return File.objects.filter(case=case).exclude(stage=Stage.GONE).count()


def has_room(case: Case, actor: Actor) -> bool:
    """Whether one more fits; asked before a byte of it is read."""
    kept = File.objects.filter(case=case).exclude(stage=Stage.GONE)
    if kept.count() >= MOST_IN_A_CASE:
        return False
    return actor.kind == Kind.STAFF or kept.filter(by=actor.id).count() < MOST_OF_ONE


def shown_to(actor: Actor, about: UUID) -> File | None:
    """What its sender is shown before it is sent."""
    return File.objects.filter(by=actor.id, about=about, stage=Stage.SHOWN).first()


def bytes_of(file: File) -> bytes:
    """What it holds; raises `ring.WordsAreGone` when its key was destroyed, or its bytes have gone."""
    content = Content.objects.filter(file=file).first()
    if content is None:
        raise ring.WordsAreGone
    data: bytes = content.data
    return data


def replaceable(case: Case, actor: Actor) -> QuerySet[File]:
    """What a newer file may take the place of."""
    return open_to(actor, Permission.OPEN_FILE, File).filter(case=case, stage__in=(Stage.UNCHECKED, Stage.KEPT)).order_by("-at")


def unseen_harm(case: Case) -> QuerySet[Harm]:
    return Harm.objects.filter(case=case, seen_at__isnull=True).order_by("at")


def waiting(most: int) -> list[tuple[UUID, UUID]]:
    """Programme and file, ids only, of what is not checked yet and of what was shown back a day ago and not sent, in any programme."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT programme_id, file_id FROM files_waiting(%s, %s)", [clock.now() - A_DAY, most])
        return list(cursor.fetchall())


def is_left_behind(file: File, now: datetime) -> bool:
    return file.stage == Stage.SHOWN and file.at <= now - A_DAY
