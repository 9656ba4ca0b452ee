"""What Today says of people who have not heard from us, one by one: a case can be busy, and one person in it forgotten."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from setfair.access.policy import Permission
from setfair.cases.journey import Stage
from setfair.cases.models import SPEAKERS, Participation
from setfair.preparation.models import Attempt, Consent, Invitation, Meeting

from .asked import Asked, Lines, lines_of
from .telling import CHASE, Told, on_row, untold


def silent(by: Asked) -> Lines:
    """Nobody was in touch with somebody for as many days as the programme says (the twin of `preparation.queries.is_silent`).

    One line for a case, and it leads to whoever has waited longest there; when that is seen to, the next one stands in it. It is
    asked of one's own cases: over everyone's, a case in which nothing happens at all says enough.
    """
    waits = Subquery(_unheard(by).order_by("added_at", "id").values("pk")[:1])
    since = Subquery(_unheard(by).order_by("added_at", "id").values("added_at")[:1])
    rows = by.cases(Permission.PREPARE, Stage.PREPARING).annotate(waits=waits).filter(waits__isnull=False)
    return lines_of(rows.none() if by.everyones else rows, "silent", since=since, key="waits")


def _unheard(by: Asked) -> QuerySet[Participation]:
    people = Participation.objects.filter(case=OuterRef("pk"), role__in=SPEAKERS, left_at__isnull=True, added_at__lte=by.quiet_since)
    facts: tuple[tuple[Any, str], ...] = ((Invitation, "participation"), (Meeting, "participation"), (Attempt, "participation"), (Consent, "giver"))
    for model, whose in facts:
        people = people.filter(~Exists(model.objects.filter(**{whose: OuterRef("pk")}, at__gt=by.quiet_since)))
    return people


RULES = (silent,)
TOLD = {"silent": Told(CHASE, _("Somebody has not heard from us for a while"), _("Get in touch"), on_row("person"), untold)}
