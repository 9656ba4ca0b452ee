from __future__ import annotations

from django.contrib.auth import login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from setfair.access.doors import open_door
from setfair.access.entry import PROGRAMME
from setfair.access.founding import founding_behind, may_found
from setfair.access.kept import to_sign_in
from setfair.accounts.fresh import note_shown
from setfair.core.actor import Actor, Kind

from .. import queries
from ..actions import CannotBegin, begin_another, begin_here
from ..forms import BeginForm, NewProgrammeForm
from .settings.saving import status_of
from .settings.wizard import step_url

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@open_door
def front(request: HttpRequest) -> HttpResponse:
    """For somebody who knows nothing of us: two ways in, and who is here. Whoever is in already goes to their own first page."""
    home = {Kind.STAFF: "today", Kind.PARTICIPANT: "home", Kind.REFERRER: "status", Kind.OFFICE: "office"}.get(request.actor.kind)  # type: ignore[attr-defined]
    if home is not None:
        return redirect(home)
    if queries.nothing_here():
        return redirect("begin")
    return render(request, "desk/front.html", {"programmes": queries.programmes_here()})


@open_door
def alarm_anywhere(request: HttpRequest) -> HttpResponse:
    """From a page that is of no programme: to the one they are in, or the only one; else whom to call, and who is here."""
    found = queries.programmes_here()
    here = request.programme.slug if request.programme else found[0].slug if len(found) == 1 else ""  # type: ignore[attr-defined]
    return redirect("alarm", programme=here) if here else render(request, "safety/anywhere.html", {"programmes": found})


@open_door
def begin(request: HttpRequest) -> HttpResponse:
    """The first run, for whoever runs this server and only while nobody and nothing is here; afterwards there is no such page."""
    if not queries.nothing_here():
        raise Http404
    if not may_found(request):
        return render(request, "desk/begin_elsewhere.html", status=403)
    form = BeginForm(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            user = begin_here(by=request.actor, **form.cleaned_data)  # type: ignore[attr-defined]
            login(request, user, backend=BACKEND)
            note_shown(request, user, "password")
            return redirect(step_url("programme"))
        except CannotBegin as reason:
            form.add_error(None, str(reason))
    return render(request, "desk/begin.html", {"form": form}, status=status_of(form))


@require_http_methods(["GET", "HEAD", "POST"])
@open_door
def another(request: HttpRequest, token: str) -> HttpResponse:
    """One more programme, by a link that whoever runs this server made for one account. Whoever else has the link learns nothing by it."""
    founding = founding_behind(request, token)
    if founding is None:
        return render(request, "desk/begin_gone.html", status=410)
    if founding.user_id != request.user.pk:
        return to_sign_in(request) if request.user.is_anonymous else render(request, "desk/begin_other.html", status=403)
    form = NewProgrammeForm(request.POST or None, initial={"language": founding.user.language})
    if form.is_bound and form.is_valid():
        try:
            new = begin_another(founding, by=Actor(Kind.STAFF, id=founding.user_id), **form.cleaned_data)
            request.session[PROGRAMME] = str(new.pk)
            return redirect(step_url("programme"))
        except CannotBegin as reason:
            form.add_error(None, str(reason))
    return render(request, "desk/begin_another.html", {"form": form}, status=status_of(form))
