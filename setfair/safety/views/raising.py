"""The page that anybody reaches from anywhere: what to do now, and one press that tells us."""

from __future__ import annotations

from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from setfair.access.doors import door, open_door
from setfair.access.limits import allow
from setfair.access.network import network_of
from setfair.access.policy import Permission
from setfair.cases.models import Participation
from setfair.core.actor import Kind

from .. import actions, queries
from ..forms import AlarmForm
from ..models import Alarm
from ..queries import Whence
from ..words import other_numbers

AN_HOUR = timedelta(hours=1)
MOST_FROM_ONE_NETWORK, MOST_FROM_ALL, MOST_FROM_ONE = 10, 60, 20
"""An hour, of people we know nothing about: a whole school sits behind one network. Past it the page still says whom to call."""

KEPT = "alarm"
"""In this stay: what was raised here. It goes when they leave; a tablet that is handed on keeps nothing of it."""

Both = require_http_methods(["GET", "HEAD", "POST"])


@Both
@open_door
def alarm(request: HttpRequest, programme: str) -> HttpResponse:
    """The same address for everybody. Who asks is known by their stay, and where that is over it still opens."""
    if request.programme is None:  # type: ignore[attr-defined]
        raise Http404
    return _answer(request, queries.whence(request.actor))  # type: ignore[attr-defined]


@door(Permission.RAISE_ALARM, Participation)
@Both
def alarm_for(request: HttpRequest, participation: Participation) -> HttpResponse:
    """Raised by the team, about this person."""
    return _answer(request, queries.about(participation), whom=participation)


def _answer(request: HttpRequest, here: Whence, whom: Participation | None = None) -> HttpResponse:
    knows = here.participation is not None or here.place == Alarm.Place.STAFF
    names = queries.it_may_be_about(here, request.actor)  # type: ignore[attr-defined]
    form = AlarmForm(request.POST if request.method == "POST" else None, names=names, asks_reach=not knows)
    if form.is_bound and form.is_valid() and _may_send(request):
        return _raised(request, here, form)
    raised = queries.raised_here(request.session.get(KEPT)) if KEPT in request.session else None
    context = {"form": form, "here": here, "whom": whom, "raised": raised, "heard": queries.heard(raised) if raised else None}
    context |= {"numbers": other_numbers(request.programme), "is_there": queries.somebody_is_there()}  # type: ignore[attr-defined]
    context |= {"too_many": form.is_bound and not form.errors}
    page = "safety/alarm.html" if whom is None else "safety/alarm_for.html"
    return render(request, page, context, status=422 if form.errors else 429 if form.is_bound else 200)


def _raised(request: HttpRequest, here: Whence, form: AlarmForm) -> HttpResponse:
    said = {key: form.cleaned_data.get(key, "") for key in ("words", "reach")}
    about = queries.user_of(form.cleaned_data.get("about", ""))
    raised = actions.raise_alarm(here, by=request.actor, form_key=form.cleaned_data["form_key"], about=about, **said)  # type: ignore[attr-defined]
    if request.actor.kind != Kind.TABLET:  # type: ignore[attr-defined]
        request.session[KEPT] = str(raised.pk)
    context = {"raised": raised, "by": queries.call_by(raised), "here": here, "numbers": other_numbers(raised.programme)}
    context |= {"is_there": raised.told.exists(), "knows_how": bool(said["reach"]) or here.place != Alarm.Place.PUBLIC}
    return render(request, "safety/raised.html", context)


def _may_send(request: HttpRequest) -> bool:
    """Whoever is in is counted by themselves: what strangers do on the same network shuts nobody out whom we know."""
    actor = request.actor  # type: ignore[attr-defined]
    if actor.kind != Kind.ANYONE:
        return allow(f"alarm:{actor.kind}:{actor.id}", limit=MOST_FROM_ONE, per=AN_HOUR)
    here = f"alarm:{request.programme.pk}"  # type: ignore[attr-defined]
    return allow(f"{here}:{network_of(request)}", limit=MOST_FROM_ONE_NETWORK, per=AN_HOUR) and allow(here, limit=MOST_FROM_ALL, per=AN_HOUR)
