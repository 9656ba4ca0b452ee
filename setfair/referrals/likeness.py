"""By what two requests may turn out to be one: keyed marks of the names, ways and numbers in them, which say nothing by themselves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

from setfair.core.records import Walled, Within
from setfair.core.text import folded
from setfair.letters.marks import spelling
from setfair.letters.models import Channel
from setfair.vault import master

NO_NAMES = frozenset("a an the my our his her their some one two someone somebody un una unos unas el la los las mi su alguien".split())
"""Whoever is told of as "a boy from my class" has no name here."""


class Likeness(Walled):
    """One mark of one request. The same words next door give another one; a rotation of the master keys makes all of them anew."""

    class Kind(models.TextChoices):
        NAME = "name", _("names the same person")
        COURT = "court", _("has the same court or file number")
        WAY = "way", _("came from the same address or number")
        NEAR = "near", _("names somebody with nearly the same name")

    referral = Within("referrals.Referral", models.CASCADE, related_name="likenesses")
    kind = models.CharField(max_length=5, choices=Kind)
    mark = models.BinaryField(max_length=10)

    class Meta:
        indexes = [models.Index(fields=["programme", "mark"], name="likeness_mark")]

    def case_key(self) -> None:
        return None


Kind = Likeness.Kind
Traits = set[tuple[str, str]]


def traits(*, people: Iterable[Mapping[str, Any]], asker: str, reach: Mapping[str, Any], court_number: str, is_office: bool) -> Traits:
    """What a request can be known by. Who writes for an office is no trait: everything from there would look alike."""
    names = [str(one.get("name", "")) for one in people] + ([] if is_office else [asker])
    found = {trait for name in names for trait in _of_name(name)}
    if not is_office:
        ways = ((Channel.EMAIL, reach.get("email")), (Channel.SMS, reach.get("sms")), (Channel.SMS, reach.get("call")))
        found |= {(Kind.WAY, spelled) for channel, value in ways if value and (spelled := spelling(channel, str(value)))}
    number = folded(court_number).replace(" ", "")
    return found | ({(Kind.COURT, number)} if len(number) > 2 else set())


def _of_name(name: str) -> Traits:
    words = folded(name).split()
    if not 1 < len(words) < 5 or words[0] in NO_NAMES:
        return set()
    return {(Kind.NAME, " ".join(sorted(words))), (Kind.NEAR, f"{words[0]} {words[-1][0]}")}


def marks(programme: Any, of: Traits) -> list[bytes]:
    """What to look for: each trait under every master key there is."""
    return [mark for under_one in master.blinds(programme, [_told(*trait) for trait in sorted(of)]) for mark in under_one]


def sender_at(programme: UUID, email: str) -> UUID:
    """What the address of an office comes down to in one programme; a rotation makes it anew."""
    return UUID(bytes=master.trace(f"office {programme}", email.strip().casefold())[:16])


def note(referral: Any, *, is_new: bool = False) -> None:
    """Put down what this request can be known by, in place of what was put down before; of a new one there is nothing yet."""
    address = (referral.reach or {}).get("email") if referral.is_professional else None
    sender = sender_at(referral.programme_id, address) if address else None
    if sender != referral.sender:
        referral.sender = sender
        referral.save(update_fields=["sender"])
    known = traits(
        people=referral.people or (),
        asker=referral.asker,
        reach=referral.reach or {},
        court_number=referral.court_number,
        is_office=referral.is_professional,
    )
    if not is_new:
        Likeness.objects.filter(referral=referral).delete()
    rows = ((kind, master.blind(referral.programme_id, _told(kind, text))) for kind, text in sorted(known))
    Likeness.objects.bulk_create(Likeness(referral=referral, kind=kind, mark=mark) for kind, mark in rows)


def _told(kind: str, text: str) -> str:
    return f"request {kind} {text}"
