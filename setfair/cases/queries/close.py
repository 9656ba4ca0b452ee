"""Who of the team is too close to somebody of a case, and who in a small way only."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from setfair.core.actor import Actor, Kind
from setfair.facilitators.models import Closeness
from setfair.vault.master import digest

from ..duty import is_asked_oneself
from ..models import Acquaintance, Assent, Case, Duty
from .people import circle


@dataclass(frozen=True)
class Near:
    """That somebody of the team is close to somebody of this circle. `lacks` is whose word is missing, where both could agree."""

    closeness: Closeness
    name: str
    lacks: frozenset[str]

    @property
    def keeps_out(self) -> bool:
        return not self.closeness.is_soft or bool(self.lacks)

    @property
    def sentence(self) -> str:
        """Why they do not take this case, with whom it is about; empty where both agreed."""
        if not self.closeness.is_soft:
            return _("close to %(name)s (%(how)s)") % {"name": self.name, "how": self.closeness.get_kind_display()}
        if self.lacks:
            return _("%(how)s as %(name)s: ask both first") % {"name": self.name, "how": self.closeness.get_kind_display()}
        return ""


def near(case: Case) -> dict[UUID, list[Near]]:
    """By facilitator: to whom of the circle they are close. Two queries beside those of the circle."""
    people = {p.person_id: p.person for p in circle(case)}
    rows = list(Closeness.objects.filter(person__in=list(people), ended_at__isnull=True).select_related("facilitator__user").order_by("since", "id"))
    said: dict[UUID, set[str]] = defaultdict(set)
    for closeness, who in Assent.objects.filter(case=case, closeness__in=[row.pk for row in rows]).values_list("closeness", "who"):
        said[closeness].add(who)
    found: dict[UUID, list[Near]] = defaultdict(list)
    for row in rows:
        lacks = frozenset(Assent.Who.values) - said[row.pk] if row.is_soft else frozenset()
        found[row.facilitator_id].append(Near(row, people[row.person_id].shown, lacks))
    return dict(found)


def acquaintances(case: Case) -> QuerySet[Acquaintance]:
    """The ticks that count: nobody has set them aside."""
    return Acquaintance.objects.filter(case=case, set_aside__isnull=True).order_by("at", "id")


def known_here(case: Case) -> set[UUID]:
    """The facilitators of whom one side said that they know each other. It is never told which side, or who."""
    return set(acquaintances(case).values_list("facilitator", flat=True))


def too_close(case: Case, among: Collection[UUID] | None = None) -> dict[UUID, str]:
    """By facilitator: why they do not take this case, in a few words. Three queries beside those of the circle, however many they are."""
    reasons = {who: "; ".join(n.sentence for n in rows if n.keeps_out) for who, rows in near(case).items() if any(n.keeps_out for n in rows)}
    reasons |= dict.fromkeys(known_here(case), _("somebody knows somebody; choose another"))
    return reasons if among is None else {who: why for who, why in reasons.items() if who in among}


def duty_of(token: str) -> Duty | None:
    """The one question that this link opens, for as long as nothing keeps whoever was asked out of that case.

    None for a link that is another's, or that a newer one has taken the place of.
    """
    duty = Duty.objects.filter(digest=digest("duty", token)).select_related("case", "programme", "facilitator__user").first()
    own = is_asked_oneself(Actor(Kind.STAFF, duty.programme_id, duty.facilitator.user_id)) if duty else None
    return duty if duty and own is not None and Duty.objects.filter(own, pk=duty.pk).exists() else None
