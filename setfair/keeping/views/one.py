"""One closed case, or one answered request: when it is forgotten, and what can be done about it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.access.sure import sure
from setfair.cases.models import Case
from setfair.referrals.models import Referral

from .. import actions, forms, queries


@door(Permission.SEE_KEEPING, Case)
@require_GET
def case_keeping(request: HttpRequest, case: Case) -> HttpResponse:
    return _page(request, case, forms.LongerForm())


@door(Permission.SEE_KEEPING, Referral)
@require_GET
def request_keeping(request: HttpRequest, referral: Referral) -> HttpResponse:
    return _page(request, referral, forms.LongerForm())


@door(Permission.KEEP_LONGER, Case)
@require_POST
def case_keep_longer(request: HttpRequest, case: Case) -> HttpResponse:
    return _longer(request, case)


@door(Permission.KEEP_LONGER, Referral)
@require_POST
def request_keep_longer(request: HttpRequest, referral: Referral) -> HttpResponse:
    return _longer(request, referral)


@door(Permission.KEEP_LONGER, Case)
@require_POST
@sure
def case_may_go(request: HttpRequest, case: Case) -> HttpResponse:
    return _may_go(request, case)


@door(Permission.KEEP_LONGER, Referral)
@require_POST
@sure
def request_may_go(request: HttpRequest, referral: Referral) -> HttpResponse:
    return _may_go(request, referral)


def _page(request: HttpRequest, thing: queries.Thing, form: forms.LongerForm, status: int = 200) -> HttpResponse:
    page = queries.standing(thing, request.actor)  # type: ignore[attr-defined]
    return render(request, "keeping/one.html", {"thing": thing, "page": page, "form": form, "names": _names(thing)}, status=status)


def _names(thing: queries.Thing) -> dict[str, str]:
    """The addresses of the same pages for a case and for a request."""
    of = "case" if isinstance(thing, Case) else "request"
    return {"back": of, "here": f"{of}_keeping", "longer": f"{of}_keep_longer", "may_go": f"{of}_may_go"}


def _longer(request: HttpRequest, thing: queries.Thing) -> HttpResponse:
    form = forms.LongerForm(request.POST)
    if form.is_valid():
        try:
            actions.keep_longer(thing, by=request.actor, **form.cleaned_data)  # type: ignore[attr-defined]
            messages.success(request, _("It is kept until then."))
            return redirect(_names(thing)["here"], ref=thing.ref)
        except actions.CannotKeep as reason:
            form.add_error(None, str(reason))
    return _page(request, thing, form, 422)


def _may_go(request: HttpRequest, thing: queries.Thing) -> HttpResponse:
    notice = queries.noticed(thing)
    if notice is not None:
        actions.let_go(notice, by=request.actor)  # type: ignore[attr-defined]
        messages.success(request, _("It may go on its day."))
    return redirect(_names(thing)["here"], ref=thing.ref)
