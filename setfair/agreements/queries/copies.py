from __future__ import annotations

from uuid import UUID

from django.db import connection
from django.db.models import Max, Q

from setfair.cases.models import Participation

from ..journey import Stage
from ..models import SHOWN, Agreement, LastingCopy
from ..reach import outgrown
from .renewing import under
from .signing import signers


def told_to(agreement: Agreement, whose: Participation | None, language: str) -> str:
    """Stands for all that has come to be read in it since it was laid out, by somebody of the circle or, without one, by the team: corrections
    of what reaches them, what of it was put into this language, and words under names that pass. The same for the same, and empty for nothing
    (`agreements_told`)."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT agreements_told(%s, %s, %s, %s)", [agreement.programme_id, agreement.pk, whose.pk if whose else None, language])
        return str(cursor.fetchone()[0])


def copy_to_keep(agreement: Agreement, whose: Participation | None = None) -> bytes:
    """The sealed copy of somebody, or the team's, with all that they read in it today; empty until it is made, and where it
    holds what they read for a young person alone who is 18 since."""
    rows = LastingCopy.objects.filter(agreement=agreement, participation=whose).order_by("-at", "-id")
    made = list(rows.values_list("pk", "language", "told", "at"))
    told = {language: told_to(agreement, whose, language) for language in {language for _pk, language, _told, _at in made}}
    fits = next(((pk, at) for pk, language, tells, at in made if tells == told[language]), None)
    if fits is None or (whose is not None and outgrown((agreement.words or {}).get("items", []), whose, fits[1])):
        return b""
    return bytes(LastingCopy.objects.get(pk=fits[0]).file)


def version_of(me: Participation, key: UUID | None = None) -> Agreement | None:
    """The newest version that was laid out for this person, or the one with this key; None where that is none of theirs."""
    rows = Agreement.objects.filter(case=me.case_id, stage__in=SHOWN, **({"pk": key} if key else {})).select_related("case__programme", "conference")
    laid_out = (one for one in rows.order_by("-number", "-version") if one.words)
    return next((one for one in laid_out if me.pk in under(one) or signers(one).filter(pk=me.pk).exists()), None)


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
    """Programme and agreement, ids only, of what holds in any programme and has no copy of the team's yet with all that is
    read in it today."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT programme_id, agreement_id FROM copies_due(%s)", [most])
        return list(cursor.fetchall())
