"""All that one page shows of a sealed case to somebody who reads it in an emergency: who, how to reach them, what is safe, and when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from setfair.cases import queries as cases
from setfair.cases.audience import Audience
from setfair.cases.models import Case, Emergency, Participation
from setfair.core import clock
from setfair.notes.models import Note
from setfair.people.queries import WayLine, ways_and_gaps
from setfair.preparation.models import SafetyCheck
from setfair.scheduling.queries import live_booking
from setfair.vault import ring

from .case_page import told_words

READ = (Audience.SAFETY, Audience.TEAM, Audience.SHARED)


@dataclass(frozen=True)
class Someone:
    participation: Participation
    ways: list[WayLine]
    safety: SafetyCheck | None


def page_of(emergency: Emergency) -> dict[str, Any]:
    """Working notes are their writer's, in an emergency too."""
    case = emergency.case
    circle = cases.circle(case)
    known = {p.person_id: p.person.shown for p in circle}
    return {
        "case": case,
        "emergency": emergency,
        "people": [Someone(p, [line for line in ways_and_gaps(p.person, known) if line.contact], _safety(p)) for p in circle],
        "walls": cases.walls(case, circle),
        "team": list(cases.team(case)),
        "notes": _notes(case),
        "told": told_words(case),
        "booking": (booking := live_booking(case)),
        "have_met": booking is not None and booking.starts_at < clock.now(),
    }


def _safety(participation: Participation) -> SafetyCheck | None:
    return SafetyCheck.objects.filter(participation=participation).order_by("at", "id").last()


def _notes(case: Case) -> list[Note]:
    found = list(Note.objects.filter(case=case, audience__in=READ, corrections__isnull=True).select_related("about__person").order_by("-at", "-id"))
    ring.gather(note.about.person_id for note in found if note.about is not None)
    return found
