from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.cases.models import Assignment, Case, Participation
from setfair.cases.queries import circle, frame, team
from setfair.conferences.queries import latest_conference
from setfair.core.actor import Actor, Kind
from setfair.journal.actions import record

from ..seen_as import as_helper, beyond_this_case, seen_as, with_banner


@door(Permission.SEE_AS, Case)
@require_GET
def see_as(request: HttpRequest, case: Case) -> HttpResponse:
    """As whom one can look: everybody in the circle, whoever facilitates, whoever asked."""
    return render(request, "desk/see_as.html", frame(case, "case") | {"people": circle(case), "team": team(case)})


@door(Permission.SEE_AS, Participation)
@require_GET
def see_as_person(request: HttpRequest, participation: Participation) -> HttpResponse:
    actor, person = Actor(Kind.PARTICIPANT, participation.programme_id, participation.pk), participation.person
    return _shown(request, participation, actor, None, reverse("home"), person.language, person.shown)


@door(Permission.SEE_AS, Assignment)
@require_GET
def see_as_helper(request: HttpRequest, assignment: Assignment) -> HttpResponse:
    """The day as they see it. What shows all their cases, only to whoever may open each of these."""
    user, held, actor = assignment.facilitator.user, latest_conference(assignment.case), as_helper(assignment)
    first = reverse("conference", args=[held.pk]) if held is not None else reverse("today")
    more = beyond_this_case(actor, request.actor)  # type: ignore[attr-defined]
    return _shown(request, assignment, actor, user, first, user.language, user.name, more)


@door(Permission.SEE_AS, Case)
@require_GET
def see_as_asker(request: HttpRequest, case: Case) -> HttpResponse:
    actor, asked = Actor(Kind.REFERRER, case.programme_id, case.referral_id), case.referral
    return _shown(request, case, actor, None, reverse("status"), asked.language if asked else "en", "")


def _shown(
    request: HttpRequest, row: Any, actor: Actor, user: Any, first: str, language: str, name: str, more: frozenset[str] = frozenset()
) -> HttpResponse:
    case, address = getattr(row, "case", row), request.GET.get("at", first)
    record("saw_as", row, by=request.actor)  # type: ignore[attr-defined]
    back = reverse("see_as", args=[case.ref])
    try:
        return with_banner(seen_as(request, actor, user, address, case=case.pk, language=language, more=more), name, back)
    except Http404:
        return render(request, "desk/sees_nothing.html", frame(case, "case") | {"name": name, "back": back})
