"""What each thinks of each promise, and whether signing is open: when all who are there have said so, and nobody wants one changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.translation import gettext as _

from setfair.cases.models import Participation
from setfair.cases.queries import here

from ..models import Agreement, Fit, Item, Reach
from ..reach import reaches
from .renewing import carried
from .signing import present_signers, signers
from .standing import items_of, with_names


@dataclass(frozen=True)
class Fits:
    """The latest word of each on each promise as it is worded now. `kept_from` are those that do not concern somebody, by whose it is."""

    items: tuple[UUID, ...]
    words: dict[tuple[UUID, UUID], Fit]
    kept_from: Mapping[UUID, frozenset[UUID]] = field(default_factory=dict)

    def of(self, person: UUID) -> dict[UUID, Fit]:
        """By promise, what this person said of it."""
        return {item: self.words[(item, person)] for item in self.items if (item, person) in self.words}

    def has_said(self, person: UUID) -> bool:
        """Whether they have said what they think of every promise that they read."""
        return len(self.of(person)) == len(self.items) - len(self.kept_from.get(person, ()))

    def to_change(self) -> list[UUID]:
        """The promises that somebody wants changed, in their order."""
        wanted = {item for (item, _person), fit in self.words.items() if fit.word == Fit.Word.CHANGE}
        return [item for item in self.items if item in wanted]


def fits(agreement: Agreement) -> Fits:
    """What those said who are here and sign: who is asked to no more holds up nobody. As many queries, however many promises and people there are."""
    items = list(Item.objects.filter(agreement=agreement).order_by("order").values_list("pk", "edition", "reach"))
    editions = {pk: edition for pk, edition, _reach in items}
    said = Fit.objects.filter(item__agreement=agreement, participation__in=signers(agreement).order_by().values("pk")).order_by("at", "id")
    words = {(fit.item_id, fit.participation_id): fit for fit in said if fit.edition == editions[fit.item_id]}
    away = _kept_from(agreement, [pk for pk, _edition, reach in items if reach == Reach.SOME])
    return Fits(tuple(editions), {key: fit for key, fit in words.items() if key[0] not in away.get(key[1], ())}, away)


def _kept_from(agreement: Agreement, keys: list[UUID]) -> dict[UUID, frozenset[UUID]]:
    """For each of the circle those of these promises that they do not read; nothing more is asked where all are everybody's."""
    narrow = with_names(agreement.items.filter(pk__in=keys), "owed_to", "checker") if keys else []
    people = here(agreement.case).select_related("stands_by__person") if keys else []
    return {p.pk: frozenset(item.pk for item in narrow if not reaches(item, p)) for p in people}


@dataclass(frozen=True)
class Open:
    """Whether somebody can sign now, and what is waited for."""

    said: bool
    waits: bool
    changes: tuple[UUID, ...]

    @property
    def now(self) -> bool:
        return self.said and not self.waits and not self.changes

    @property
    def why_not(self) -> str:
        """In words for whoever would sign; nobody is named."""
        if not self.said:
            return _("First say what you think of each promise.")
        if self.changes:
            return _("Somebody wants something in it changed. The team talks about it first. Nothing is asked of you now.")
        return _("Not everybody has said what they think of it. Once all have, you can sign.") if self.waits else ""


def open_for(agreement: Agreement, person: UUID) -> Open:
    """Whoever is there has said what they think before anybody signs; who was not there says it as they sign. A wish to change holds up all.

    Whose name goes on from the version before is not asked.
    """
    known = fits(agreement)
    gone_on = carried(agreement).values("participation")
    there = present_signers(agreement).exclude(pk__in=gone_on).values_list("pk", flat=True)
    return Open(known.has_said(person), not all(known.has_said(other) for other in there), tuple(known.to_change()))


def said_aloud(agreement: Agreement, person: Participation, change: UUID | None) -> dict[UUID, str]:
    """What is written down for somebody who says aloud that one promise should be changed; without one, that all of it is fair."""
    if change:
        return {change: Fit.Word.CHANGE}
    return {item.pk: words_for(item, person)[0] for item in items_of(agreement) if reaches(item, person)}


def words_for(item: Item, person: Participation) -> list[str]:
    """What somebody can say of a promise: whether they can do it, if it is theirs, else whether it is fair; and that they want it changed."""
    mine = person.pk in {p.pk for p in item.owners}
    return [Fit.Word.CAN if mine else Fit.Word.FAIR, Fit.Word.CHANGE]
