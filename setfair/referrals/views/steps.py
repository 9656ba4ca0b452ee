from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from setfair.access import language
from setfair.access.doors import open_door

from ..draft import Draft
from ..forms.step import Step
from ..kept_drafts import write_down
from ..routes import ASK, REFER, Route
from .later import stopped
from .start import draft_of, here, while_somebody_reads

AT_CHECK = "check"


@require_safe
@open_door
@while_somebody_reads
def ask(request: HttpRequest, programme: str) -> HttpResponse:
    here(request)
    return render(request, "referrals/ask/leave.html")


@require_http_methods(["GET", "HEAD", "POST"])
@open_door
@while_somebody_reads
def ask_step(request: HttpRequest, programme: str, step: str) -> HttpResponse:
    here(request)
    return question(request, ASK, ASK.find(step))


@require_safe
@open_door
@while_somebody_reads
def refer(request: HttpRequest, programme: str) -> HttpResponse:
    takes_professionals(request)
    draft = Draft(request, REFER.start)
    sections = [{"kind": kind, "done": kind.slug in draft.answers} for kind in REFER.steps]
    context = {"sections": sections, "complete": not REFER.unanswered(draft), "may_stop": draft.answers, "later_page": REFER.later}
    return render(request, "referrals/refer/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@open_door
@while_somebody_reads
def refer_step(request: HttpRequest, programme: str, step: str) -> HttpResponse:
    takes_professionals(request)
    return question(request, REFER, REFER.find(step))


def takes_professionals(request: HttpRequest) -> bool:
    if not here(request).takes_professional_referrals:
        raise Http404
    return True


def question(request: HttpRequest, route: Route, kind: type[Step]) -> HttpResponse:
    """Show one question, or keep its answer and go on. Words that were typed are kept even when the rest has been wiped meanwhile."""
    draft = draft_of(request, route)
    if "speak" in request.POST:
        return respoken(request, route, kind, draft)
    if kind.many:
        return several(request, route, kind, draft)
    if request.method != "POST":
        if route.before(kind) and not _may_open(route, draft):
            return redirect(route.start, programme=here(request).slug)
        return shown(request, route, kind, draft, _blank(request, kind, draft, draft.answers.get(kind.slug)))
    form = kind(request.POST, programme=here(request), so_far=draft.answers)
    if not form.is_valid():
        return stopped(request, route, draft) if _stops(request) and not _typed(request, kind) else shown(request, route, kind, draft, form, 422)
    write_down(draft, kind.slug, form.answers())
    return stopped(request, route, draft) if _stops(request) else redirect(onward(request, route, kind, form.detour()))


def several(request: HttpRequest, route: Route, kind: type[Step], draft: Draft) -> HttpResponse:
    """The same for a list: add one, take one out again, or go on."""
    listed, slug, more = list(draft.answers.get(kind.slug, [])), here(request).slug, bool(request.POST.get("add"))
    if request.method != "POST":
        return shown(request, route, kind, draft, _blank(request, kind, draft)) if _may_open(route, draft) else redirect(route.start, slug)
    if "remove" in request.POST:
        write_down(draft, kind.slug, [person for place, person in enumerate(listed) if str(place) != request.POST["remove"]])
        return redirect(request.get_full_path())
    form = kind(request.POST, programme=here(request), so_far=draft.answers)
    if _stops(request) and not _typed(request, kind):
        return stopped(request, route, draft)
    if not form.is_valid() or (_wanted(kind, listed, more) and not form.named()):
        return shown(request, route, kind, draft, form, status=422)
    write_down(draft, kind.slug, listed + ([form.answers()] if form.cleaned_data.get("name") else []))
    if _stops(request):
        return stopped(request, route, draft)
    return redirect(request.get_full_path() if more else onward(request, route, kind))


def respoken(request: HttpRequest, route: Route, kind: type[Step], draft: Draft) -> HttpResponse:
    """The same question in another language, with what was typed so far. Nothing is kept yet, and nothing is called wrong."""
    language.speak(request, request.POST["speak"])
    page = shown(request, route, kind, draft, _blank(request, kind, draft, _typed(request, kind)))
    return language.remember(page, request.POST["speak"])


def _stops(request: HttpRequest) -> bool:
    """Whether they go on another day. The answer of the page they stop on is kept like any other; a wrong one is shown, an empty one is let be."""
    return "stop" in request.POST


def _typed(request: HttpRequest, kind: type[Step]) -> dict[str, Any]:
    """What stands in this form as it was sent, whether it can be kept or not."""
    read = {name: field.widget.value_from_datadict(request.POST, request.FILES, name) for name, field in kind.base_fields.items()}
    return {name: value for name, value in read.items() if value}


def _may_open(route: Route, draft: Draft) -> bool:
    return draft.begun or not route.in_order


def _wanted(kind: type[Step], listed: list[Any], more: bool) -> bool:
    """Whether a name must be given now: the button says so, or nobody has been named where somebody must be."""
    return more or (not kind.skip and not listed)


def shown(request: HttpRequest, route: Route, kind: type[Step], draft: Draft, form: Step, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "kind": kind,
        "back": backward(request, route, kind),
        "later": onward(request, route, kind) if kind.skip else "",
        "caption": _caption(route, kind),
        "listed": kind.told(draft.answers.get(kind.slug, [])) if kind.many else [],
        "problem": next((str(said[0]) for said in form.errors.values()), "") if form.is_bound else "",
        "full": request.get_full_path(),
        "may_stop": bool(draft.answers),
        "later_page": route.later,
    }
    return render(request, kind.template, context, status=status)


def onward(request: HttpRequest, route: Route, kind: type[Step], detour: str = "") -> str:
    """Where an answer leads: aside, back to where the answers are checked, or to the next question."""
    slug = here(request).slug
    if detour:
        return reverse(detour, args=[slug])
    if request.GET.get("back") == AT_CHECK:
        return reverse(route.page, args=[slug, AT_CHECK])
    return reverse(route.page, args=[slug, route.after(kind)]) if route.in_order else reverse(route.start, args=[slug])


def backward(request: HttpRequest, route: Route, kind: type[Step]) -> str:
    slug, before = here(request).slug, route.before(kind)
    if request.GET.get("back") == AT_CHECK:
        return reverse(route.page, args=[slug, AT_CHECK])
    return reverse(route.page, args=[slug, before]) if route.in_order and before else reverse(route.start, args=[slug])


def _blank(request: HttpRequest, kind: type[Step], draft: Draft, initial: Any = None) -> Step:
    return kind(initial=initial, programme=here(request), so_far=draft.answers)


def _caption(route: Route, kind: type[Step]) -> str:
    if not route.in_order:
        return ""
    return _("Question %(number)s of %(total)s") % {"number": route.steps.index(kind) + 1, "total": len(route.steps)}
