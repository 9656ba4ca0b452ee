"""The offices that people of a case are asked about."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404

from setfair.cases import queries as cases
from setfair.cases.models import SPEAKERS, Case, Participation
from setfair.programmes.ways import Way
from setfair.vault import ring

from ..models import Asking, Consent, ConsentText, Recipient


def offices_of(case: Case) -> QuerySet[Recipient]:
    """Courts and other offices that this case asks about and that are still open."""
    named = Asking.objects.filter(case=case, ended_at__isnull=True).values("recipient")
    return Recipient.objects.filter(pk__in=named, closed_at__isnull=True).order_by("name", "id")


@dataclass(frozen=True)
class Asked:
    """One office, with the latest word of each who is asked about it, or None."""

    office: Recipient
    said: list[tuple[Participation, Consent | None]]


def offices() -> list[Recipient]:
    """All that the programme names today."""
    return list(Recipient.objects.filter(closed_at__isnull=True).order_by("purpose", "name", "id"))


def office(key: UUID) -> Recipient:
    """One office, or 404."""
    return get_object_or_404(Recipient, pk=key)


def versions(scope: str, about: str, language: str) -> list[ConsentText]:
    """What people have said yes to so far, in one language, the latest first."""
    rows = ConsentText.objects.filter(purpose=scope, about=about, language=language, way=Way.MEET)
    return list(rows.order_by("-version"))


def offices_to_name(case: Case) -> QuerySet[Recipient]:
    """Courts and other offices that this case does not ask about yet."""
    there = Asking.objects.filter(case=case, ended_at__isnull=True).values("recipient")
    return Recipient.objects.filter(purpose=Recipient.Purpose.SHARE, closed_at__isnull=True).exclude(pk__in=there).order_by("name", "id")


def asked_offices(case: Case) -> list[Asked]:
    """Those it asks about, in a fixed number of queries."""
    rows = Asking.objects.filter(case=case, ended_at__isnull=True).select_related("recipient").order_by("since", "id")
    people = list(cases.here(case).filter(role__in=SPEAKERS).select_related("person").order_by("added_at", "id"))
    ring.gather(p.person_id for p in people)
    found = Consent.objects.filter(case=case, recipient__isnull=False).order_by("at", "id")
    latest = {(c.participation_id, c.recipient_id): c for c in found if c.giver_id == c.participation_id}
    return [Asked(row.recipient, [(p, latest.get((p.pk, row.recipient_id))) for p in people]) for row in rows]
