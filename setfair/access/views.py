"""The ways in and out: code, link, leaving, changing programme."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.i18n import set_language

from setfair.accounts.devices import end_stay as end_one
from setfair.accounts.fresh import is_fresh
from setfair.accounts.queries import is_link
from setfair.accounts.second_step import has_one
from setfair.core.actor import Kind
from setfair.core.landing import is_page, page_at
from setfair.programmes.models import Device, Programme

from .arrival import IsOver, let_in, onward, welcomed
from .by_mail import fits, is_sent, needs_mail, send
from .by_mail import onward as goes_on
from .doors import door, open_door
from .entry import PROGRAMME, is_shared, left, offers_to
from .exits import ended, ended_stay, exit_site, gone_on, is_own_wish, stays_known, waits
from .forms import CodeForm, SureForm
from .kept import to_sign_in
from .language import forget, speak
from .policy import Permission
from .second_step import is_missing
from .shared import forgotten, mark
from .stays import is_same_person
from .sure import ask, ask_second_step

WANTED, CHOSEN = "wanted", "chosen"
Both = require_http_methods(["GET", "HEAD", "POST"])


@open_door
def language(request: HttpRequest) -> HttpResponse:
    """Changed on the answer to a form, it leads to the page that the form stands on."""
    answer = set_language(request)
    if answer.has_header("Location") and not is_page(answer["Location"]):
        answer["Location"] = page_at(answer["Location"])
    if is_shared(request) and answer.get("Location") in (reverse("rest"), reverse("code")):
        answer["Location"] = f"{reverse('rest')}?{CHOSEN}=1"
    return answer


@Both
@open_door
def code(request: HttpRequest) -> HttpResponse:
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            if let_in(request, form.cleaned_data["code"]):
                return welcomed(request)
        except IsOver as end:
            speak(request, end.language)
            return render(request, "access/over.html", {"here": end.programme})
        form.did_not_open()
    return render(request, "access/code.html", {"form": form, "onward": onward(request)}, status=422 if form.errors else 200)


@Both
@open_door
def enter(request: HttpRequest, token: str) -> HttpResponse:
    """Opening a link spends nothing and asks nobody: mail scanners open every link they see. Pressing the button spends it.

    A code lasts, and an address stays in the history of the browser: here it opens nothing.
    """
    if not is_link(token):
        return redirect("code")
    if request.method != "POST":
        return render(request, "access/enter.html")
    if let_in(request, token):
        return welcomed(request)
    return render(request, "access/gone.html", {"onward": onward(request)}, status=410)


@Both
@open_door
def leave(request: HttpRequest) -> HttpResponse:
    """The way out, for everyone: the stay is over, and this device keeps nothing of it.

    To whom it is not clear that they asked for it themselves, it is a page with one button.
    """
    if not is_own_wish(request):
        return render(request, "access/leave.html")
    site, known, left = exit_site(request), stays_known(request), waits(request)
    ended_stay(request)
    if "idle" in request.GET and not is_shared(request):
        return ended(render(request, "ui/resting.html"), known=known, waits=left)
    return ended(gone_on(request, site), known=known, waits=left)


@require_safe
@open_door
def rest(request: HttpRequest) -> HttpResponse:
    """Where a shared device rests. Whoever was in is not any more; only the language just chosen on this page stays, for whoever chose it."""
    if not is_shared(request):
        return redirect("code")
    ended_stay(request)
    here: Device = request.device  # type: ignore[attr-defined]
    is_new = CHOSEN not in request.GET
    if is_new:
        forget(request)
        rotate_token(request)
    page = render(request, "access/rest.html", {"form": CodeForm(), "here": here.programme})
    return forgotten(page, here) if is_new else mark(page, here)


@require_safe
@open_door
def still_here(request: HttpRequest) -> HttpResponse:
    """The question before a shared device rests, for browsers without a script; of a script's, only that somebody is there."""
    if "said" in request.GET:
        return HttpResponse(status=204)
    return render(request, "access/still_here.html", {"back": page_at(request.GET.get("from", "/"))})


@require_POST
@door(Permission.SEE_TODAY)
def switch(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Staff of several programmes go from one to another of their own; any other is not there."""
    chosen = _uuid(request.POST.get("programme"))
    if chosen not in request.entry.programmes:  # type: ignore[attr-defined]
        raise Http404
    request.session[PROGRAMME] = str(chosen)
    return redirect("today")


@open_door
def step(request: HttpRequest) -> HttpResponse:
    """What is missing and how to set it up; whoever has it by now goes on to where they wanted."""
    if "next" in request.GET:
        request.session[WANTED] = page_at(request.GET["next"])
    if not is_missing(request):
        return redirect(request.session.pop(WANTED, "") or "nowhere")
    if has_one(request.user):
        return ask_second_step(request)
    return render(request, "access/second_step.html")


@Both
@open_door
def sure_code(request: HttpRequest) -> HttpResponse:
    """Show that it is you by a code sent to your address, for whoever has no other way."""
    if not needs_mail(request.user):
        raise Http404
    form = SureForm(request.POST if "code" in request.POST else None)
    if form.is_valid():
        if fits(request, form.cleaned_data["code"]):
            return goes_on(request)
        form.did_not_fit()
    elif request.method == "POST" and not form.is_bound and not send(request):
        form = SureForm.asked_too_often()
    page = {"form": form, "is_sent": is_sent(request), "next": page_at(request.POST.get("next", request.GET.get("next", "/")))}
    return render(request, "access/sure_code.html", page, status=422 if form.errors else 200)


@require_POST
@open_door
def end_stay(request: HttpRequest, stay: int) -> HttpResponse:
    """One of one's own stays, on another device; first they show that it is them."""
    if not request.user.is_authenticated:
        return to_sign_in(request)
    if not is_fresh(request):
        return ask(request)
    if not end_one(request.user, stay):
        raise Http404
    messages.success(request, _("Signed out there."))
    return redirect("usersessions_list")


@require_safe
@open_door
def still_in(request: HttpRequest) -> HttpResponse:
    """Asked by a page that lies open while somebody types: to have asked is to be here. Told how long the stay of its own person lasts now;
    of another's stay it hears only that it is another's."""
    if not request.user.is_authenticated:
        return HttpResponse(status=401)
    if not is_same_person(request, request.GET.get("whose", "")):
        return HttpResponse(status=409)
    lasts = left(request.session)
    return HttpResponse(status=204, headers={"Stay-Left": f"{lasts['idle']} {lasts['whole']}"})


@open_door
def nowhere(request: HttpRequest) -> HttpResponse:
    actor = request.actor  # type: ignore[attr-defined]
    if actor.kind != Kind.STAFF:
        return redirect("account_login")
    if actor.programme_id:
        return redirect("today")
    return redirect("joining") if offers_to(actor.id) else render(request, "access/nowhere.html")


def _uuid(text: Any) -> UUID | None:
    try:
        return UUID(str(text))
    except ValueError:
        return None
