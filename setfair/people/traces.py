"""By what names and addresses are found, in a rotation of the master keys: a trace under the old key would let its holder try names on old copies."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from setfair.core import tenant
from setfair.letters.journey import NOT_GONE
from setfair.letters.marks import mark_of
from setfair.letters.models import Letter
from setfair.programmes.models import Programme
from setfair.vault import ring

from .models import Contact, Person, contact_mark, name_tokens

MANY = 200


def make_anew() -> None:
    """The tokens of every name and the mark of every address, under the newest master key. Of words that are gone no trace stays."""
    for programme in Programme.objects.order_by("pk"):
        _each(programme.pk, Person.objects.filter(programme=programme), _name)
        _each(programme.pk, Contact.objects.filter(programme=programme), _address)
        _each(programme.pk, Letter.objects.filter(programme=programme, stage__in=NOT_GONE), _unsent)


def _each(programme_id: UUID, rows: QuerySet[Any], retrace: Callable[[Any], str]) -> None:
    """In small transactions that wait for nobody while they hold rows; those that somebody else held come after, one by one."""
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    left = set(keys)
    for start in range(0, len(keys), MANY):
        left -= _retraced(programme_id, rows.filter(pk__in=keys[start : start + MANY]).select_for_update(no_key=True, skip_locked=True), retrace)
    for key in left:
        _retraced(programme_id, rows.filter(pk=key).select_for_update(no_key=True), retrace)


def _retraced(programme_id: UUID, rows: QuerySet[Any], retrace: Callable[[Any], str]) -> set[UUID]:
    with tenant.inside(programme_id):
        page = list(rows)
        ring.gather(key for row in page for key in _keys(row))
        for column in {retrace(row) for row in page}:
            rows.model.objects.bulk_update(page, [column])
    return {row.pk for row in page}


def _keys(row: Person | Contact | Letter) -> tuple[UUID | None, ...]:
    if isinstance(row, Letter):
        return row.keys()
    return (row.person_id,) if isinstance(row, Contact) else (row.pk,)


def _unsent(letter: Letter) -> str:
    try:
        letter.mark = mark_of(letter.channel, str(letter.address))
    except ring.WordsAreGone:
        letter.mark = None
    return "mark"


def _name(person: Person) -> str:
    try:
        person.tokens = name_tokens(person.programme_id, f"{person.name} {person.called}")
    except ring.WordsAreGone:
        person.tokens = []
    return "tokens"


def _address(contact: Contact) -> str:
    try:
        contact.mark = contact_mark(contact.way, contact.value)
    except ring.WordsAreGone:
        contact.mark = None
    return "mark"
