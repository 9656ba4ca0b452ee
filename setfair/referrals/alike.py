"""Requests that may be the same one told twice: a hint for whoever answers, never a wall, and never shown to whoever asks."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import connection

from setfair.access.policy import Permission
from setfair.access.ties import open_to
from setfair.core import tenant
from setfair.core.actor import Actor
from setfair.programmes.models import Programme
from setfair.vault.ring import WordsAreGone

from .likeness import Kind, Likeness, Traits, marks, note, traits
from .models import Referral

MOST, MOST_LOOKED_AT, AT_ONCE = 5, 100, 200
ORDER = (Kind.NAME, Kind.COURT, Kind.WAY, Kind.NEAR)


@dataclass
class Alike:
    referral: Referral
    kinds: set[str] = field(default_factory=set)

    @property
    def why(self) -> list[str]:
        """In what it is like, the surest first. Who has the same name has nearly the same as well."""
        said = self.kinds - ({Kind.NEAR} if Kind.NAME in self.kinds else set())
        return [str(kind.label) for kind in ORDER if kind in said]

    @property
    def rank(self) -> tuple[int, float]:
        return min(ORDER.index(Kind(kind)) for kind in self.kinds), -self.referral.received_at.timestamp()


def to_this(referral: Referral, actor: Actor) -> list[Alike]:
    """Other requests that this actor may read, and that are like this one."""
    known = Likeness.objects.filter(referral=referral).values_list("mark", flat=True)
    return _found(actor, [bytes(mark) for mark in known], but={"pk": referral.pk})


def to_words(said: Mapping[str, Any], actor: Actor, form_key: UUID) -> list[Alike]:
    """The same for words that are only being keyed in (`routes.as_request`)."""
    return _found(actor, marks(actor.programme_id, _traits(said)), but={"form_key": form_key})


def anything_like(said: Mapping[str, Any], programme: UUID | None, kinds: Collection[str]) -> set[UUID]:
    """The ids of requests that share one of these kinds of trait, whoever may read them: one short question before the long one of `to_words`."""
    looked_for = marks(programme, {trait for trait in _traits(said) if trait[0] in kinds})
    if not looked_for:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(SHARED, [looked_for])
        return {found for (found,) in cursor.fetchall()}


SHARED = "SELECT DISTINCT referral_id FROM referrals_likeness WHERE mark = ANY (%s::bytea[])"


def _traits(said: Mapping[str, Any]) -> Traits:
    office = said["source"] in Referral.PROFESSIONAL
    return traits(
        people=said["people"], asker=said.get("asker", ""), reach=said["reach"], court_number=said.get("court_number", ""), is_office=office
    )


def _found(actor: Actor, looked_for: list[bytes], *, but: Mapping[str, Any]) -> list[Alike]:
    theirs = open_to(actor, Permission.SCREEN_REFERRAL, Referral).exclude(**but)
    rows = Likeness.objects.filter(mark__in=looked_for, referral__in=theirs).select_related("referral").prefetch_related("referral__cases")
    found: dict[UUID, Alike] = {}
    for row in rows.order_by("-referral__received_at")[:MOST_LOOKED_AT]:
        found.setdefault(row.referral_id, Alike(row.referral)).kinds.add(row.kind)
    return sorted(found.values(), key=lambda one: one.rank)[:MOST]


def make_anew() -> None:
    """Every mark under the newest master key, in a rotation. Of words that are gone none stays."""
    for programme in Programme.objects.order_by("pk"):
        keys = list(Referral.objects.filter(programme=programme).order_by("pk").values_list("pk", flat=True))
        for start in range(0, len(keys), AT_ONCE):
            with tenant.inside(programme.pk):
                note_anew(keys[start : start + AT_ONCE])


def note_anew(keys: Iterable[UUID]) -> None:
    """The same for these requests, inside their programme."""
    for referral in Referral.objects.filter(pk__in=keys):
        try:
            note(referral)
        except WordsAreGone:
            Likeness.objects.filter(referral=referral).delete()
