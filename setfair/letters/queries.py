from __future__ import annotations

from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from setfair.vault import ring

from .journey import Stage
from .models import Letter


def letters_of_case(case_id: UUID) -> list[Letter]:
    """Every letter of a case, newest first; their words can be read without a further query for each."""
    return _gathered(Letter.objects.filter(case_id=case_id))


def letters_to(reader_id: UUID, *, case_id: UUID) -> list[Letter]:
    """What one person of a case was sent, newest first."""
    return _gathered(Letter.objects.filter(reader_id=reader_id, case_id=case_id))


def due(most: int) -> list[tuple[UUID, UUID]]:
    """Programme and letter, ids only, of what is owed now in any programme."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT programme_id, letter_id FROM letters_due(%s)", [most])
        return list(cursor.fetchall())


def went_to(address: str, *, key: str) -> bool:
    """Whether the letter of this key has this very address, and has not been stopped."""
    letter = Letter.objects.filter(key=key).exclude(stage=Stage.WITHDRAWN).first()
    return letter is not None and letter.address == address


def waits(reader_id: UUID, *, key: str) -> bool:
    """Whether a letter to this reader, of a key that begins so, has still to go."""
    return Letter.objects.filter(reader_id=reader_id, key__startswith=key, stage=Stage.DUE).exists()


def _gathered(letters: QuerySet[Letter]) -> list[Letter]:
    found = list(letters.order_by("-made_at", "-pk"))
    ring.gather(key for letter in found for key in letter.keys())
    return found
