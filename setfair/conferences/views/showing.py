from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from setfair.access.policy import Permission
from setfair.access.ties import may
from setfair.journal.journey import WrongStep
from setfair.preparation.actions import CannotPrepare

from .. import actions, pages, queries
from ..journey import Stage
from ..models import Conference


def tried(request: HttpRequest, conference: Conference, act: Callable[[], object], then: str = "conference") -> HttpResponse:
    """On to the page of that name with what was done, or the page as it stands with why not."""
    try:
        act()
    except (actions.CannotGoOn, CannotPrepare, WrongStep) as reason:
        return shown(request, conference, [str(reason)])
    return redirect(then, pk=conference.pk)


def shown(request: HttpRequest, conference: Conference, refused: list[str] | None = None, **said: Any) -> HttpResponse:
    """The page that fits where the circle stands and who asks; with a refusal, as 422 and with its sentences."""
    conference.refresh_from_db(fields=["stage"])
    status, more = (422 if refused else 200), {"refused": refused or [], **said}
    if conference.stage == Stage.LIVE or not may(request.actor, Permission.CONVENE, conference):
        context: dict[str, Any] = pages.script(conference, request.actor, queries.page_now(conference))
        return render(request, "conferences/script.html", context | more | {"reading": conference.stage != Stage.LIVE}, status=status)
    if conference.stage == Stage.PLANNED:
        return render(request, "conferences/before.html", pages.before(conference, request.actor) | more, status=status)
    return render(request, "conferences/after.html", pages.after(conference, request.actor) | more, status=status)
