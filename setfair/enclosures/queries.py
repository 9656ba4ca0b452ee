from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db import connection
from django.db.models import Count, Q, QuerySet

from setfair.access.policy import Permission
from setfair.access.ties import open_to
from setfair.core.actor import Actor, Kind
from setfair.files.words import described
from setfair.referrals.enclosed import Enclosed
from setfair.referrals.journey import Stage as RequestStage
from setfair.referrals.models import Referral
from setfair.vault import ring

from .journey import THERE, Stage
from .models import Content, Enclosure, SentHarm

MOST = 5
"""Of one request, whoever sent them."""
TAKES_MORE = (RequestStage.RECEIVED, RequestStage.ACCEPTED)
"""Where somebody still works with what was sent."""


@dataclass(frozen=True)
class Row:
    """A file as the team sees it in the list. `is_here` says that it can be opened."""

    enclosure: Enclosure
    words: str
    what: str
    by_team: bool
    is_here: bool
    is_unchecked: bool
    is_laid: bool


def of_request(referral: Referral, actor: Actor) -> list[Row]:
    """All that came with it, the first first; of one that went, that it was there. Two queries, whatever their number."""
    here = set(open_to(actor, Permission.READ_REFERRAL, Enclosure).filter(referral=referral).values_list("pk", flat=True))
    rows = list(Enclosure.objects.filter(referral=referral).order_by("at", "id"))
    ring.gather([referral.pk])
    return [
        Row(one, one.words, described(one), one.by_kind == Kind.STAFF, one.pk in here, one.stage == Stage.UNCHECKED, one.stage == Stage.LAID)
        for one in rows
    ]


def came_with(referral: Referral) -> Enclosed:
    """How many came with it, how many of them still lie with it, and whether whoever sent it may send one more."""
    there, lie = Count("pk", filter=~Q(stage=Stage.GONE)), Count("pk", filter=Q(stage__in=THERE))
    found = Enclosure.objects.filter(referral=referral).aggregate(there=there, lie=lie)
    return Enclosed(found["there"], found["lie"], takes_from(referral) and found["there"] < MOST)


def takes_from(referral: Referral) -> bool:
    """Whether whoever sent this request may send files: an office may, and everybody else where the programme says so."""
    return referral.stage in TAKES_MORE and (referral.is_professional or referral.programme.takes_files)


def has_room(referral: Referral) -> bool:
    """Whether one more fits; asked before a byte of it is read."""
    return Enclosure.objects.filter(referral=referral).exclude(stage=Stage.GONE).count() < MOST


def unseen_harm(referral: Referral) -> QuerySet[SentHarm]:
    """What was sent with it and not kept, and nobody has read so yet."""
    return SentHarm.objects.filter(referral=referral, seen_at__isnull=True).order_by("at")


def bytes_of(enclosure: Enclosure) -> bytes:
    """What it holds; raises `ring.WordsAreGone` when its key was destroyed, or its bytes have gone."""
    content = Content.objects.filter(enclosure=enclosure).first()
    if content is None:
        raise ring.WordsAreGone
    data: bytes = content.data
    return data


def waiting(most: int) -> list[tuple[UUID, UUID]]:
    """Programme and file, ids only, of what is not checked for harm yet, in any programme."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT programme_id, enclosure_id FROM enclosures_waiting(%s)", [most])
        return list(cursor.fetchall())
