"""For the team: in which languages those who sign read the promises, and in which of them some do not stand yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import ngettext

from setfair.cases.models import Participation
from setfair.scheduling.said import listed
from setfair.vault import ring

from .. import tongues
from ..models import Agreement, Item, Spelling, SpellingBack, Translation
from ..reach import reaches
from .signing import signers
from .translating import all_translations


@dataclass(frozen=True)
class Tongue:
    """One language in which somebody reads a promise that is written in another: whether it stands there, and was put right since."""

    key: str
    code: str
    is_there: bool
    is_old: bool

    @property
    def name(self) -> str:
        return tongues.named(self.code)


@dataclass(frozen=True)
class Unread:
    """A language that some of those who sign read, and in which not all of their promises stand."""

    code: str
    names: tuple[str, ...]
    many: int
    first: UUID

    @property
    def name(self) -> str:
        return tongues.named(self.code)

    @property
    def sentence(self) -> str:
        reads = ngettext("%(names)s reads %(language)s.", "%(names)s read %(language)s.", len(self.names))
        lacks = ngettext("One promise is not in that language yet.", "%(n)d promises are not in that language yet.", self.many)
        return " ".join((reads % {"names": listed(self.names), "language": self.name}, lacks % {"n": self.many}))


def in_tongues(agreement: Agreement, items: list[Item]) -> tuple[list[Tongue], list[Unread]]:
    """In which languages those who sign read each promise that is written in another, and what is missing for whom."""
    people = list(signers(agreement).select_related("person", "stands_by__person"))
    read = {p.pk: tongues.read_by(p) for p in people}
    wanted = {(item.pk, read[p.pk]) for p in people for item in items if read[p.pk] != tongues.written_in(item) and reaches(item, p)}
    there = all_translations(items)
    spelt = _last_spelt(items) if there else {}
    keys = sorted(wanted | set(there), key=lambda key: key[1])
    found = [Tongue(str(pk), code, (pk, code) in there, _is_old(there.get((pk, code)), spelt.get(pk))) for pk, code in keys]
    missing = wanted - set(there)
    ring.gather([p.person_id for p in people] if missing else [])
    lacking = {code: [item for item in items if (item.pk, code) in missing] for code in sorted({code for _pk, code in missing})}
    return found, [_unread(code, rows, [p for p in people if read[p.pk] == code]) for code, rows in lacking.items()]


def _unread(code: str, items: list[Item], people: list[Participation]) -> Unread:
    names = tuple(p.person.first for p in people if any(reaches(item, p) for item in items))
    return Unread(code, names, len(items), items[0].pk)


def _is_old(row: Translation | None, spelt: datetime | None) -> bool:
    return row is not None and spelt is not None and row.at < spelt


def _last_spelt(items: list[Item]) -> dict[UUID, datetime]:
    """When a spelling of each was last put right, or taken back: the words in other languages stay, and somebody looks at them again."""
    rows = Spelling.objects.filter(item__in=[item.pk for item in items]).values_list("item_id", "at")
    back = SpellingBack.objects.filter(spelling__item__in=[item.pk for item in items]).values_list("spelling__item_id", "at")
    found: dict[UUID, datetime] = {}
    for pk, at in [*rows, *back]:
        found[pk] = max(at, found.get(pk, at))
    return found
