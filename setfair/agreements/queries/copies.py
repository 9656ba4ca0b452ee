from __future__ import annotations

from uuid import UUID

from django.db import connection
from django.db.models import Max, Q

from setfair.cases.models import Participation

from ..journey import Stage
from ..models import Agreement, LastingCopy
from ..reach import outgrown
from .spelling import told_of


def copy_to_keep(agreement: Agreement, whose: Participation | None = None) -> bytes:
    """The sealed copy of somebody, or the team's, with all that was put right or into its language; empty until it is made, and where it
    holds what they read for a young person alone who is 18 since."""
    rows = LastingCopy.objects.filter(agreement=agreement, participation=whose).order_by("-at", "-id")
    made = list(rows.values_list("pk", "language", "told", "at"))
    fits = next(((pk, at) for pk, language, told, at in made if told == told_of(agreement, language)), None)
    if fits is None or (whose is not None and outgrown((agreement.words or {}).get("items", []), whose, fits[1])):
        return b""
    return bytes(LastingCopy.objects.get(pk=fits[0]).file)


def copy_behind(traced: bytes) -> tuple[UUID, UUID] | None:
    """Programme and copy, ids only, of the copy whose code has this digest. Works before any programme is known."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT programme_id, copy_id FROM copy_by_code(%s)", [traced])
        rows = cursor.fetchall()
    return rows[0] if len(rows) == 1 else None


def standing_of_copy(copy: UUID) -> tuple[int, bool, int, str]:
    """Its version, whether that runs now, the newest version of that agreement that everyone signed, and the digest of its file; nothing sealed
    is opened."""
    told = ("case_id", "agreement__number", "agreement__version", "agreement__stage", "digest")
    case, number, version, stage, file = LastingCopy.objects.values_list(*told).get(pk=copy)
    signed = Agreement.objects.filter(Q(stage=Stage.IN_FORCE) | Q(copies__isnull=False), case=case, number=number)
    return version, stage == Stage.IN_FORCE, signed.aggregate(newest=Max("version"))["newest"], file


def without_copies(most: int) -> list[tuple[UUID, UUID]]:
    """Programme and agreement, ids only, of what holds in any programme and has no copy of the team's yet with all that was put
    right."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT programme_id, agreement_id FROM copies_due(%s)", [most])
        return list(cursor.fetchall())
