from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.access.sure import sure, sure_to_send
from setfair.access.ties import may

from .. import actions, forms, queries
from ..models import Case, Named


def _page(request: HttpRequest, case: Case, form: forms.SealForm | forms.NameForm | None = None, status: int = 200) -> HttpResponse:
    seal = queries.sealed(case)
    if form is None:
        form = forms.NameForm(staff=queries.could_be_named(case)) if seal else forms.SealForm(staff=queries.could_be_named(case))
    context = queries.frame(case, "case") | {"form": form, "seal": seal, "named": queries.of_seal(case)}
    return render(request, "cases/seal.html", context, status=status)


@door(Permission.SEAL_CASE, Case)
@sure_to_send
def seal(request: HttpRequest, case: Case) -> HttpResponse:
    """Whom the case is there for. Whoever leaves themselves out goes back to the list."""
    if request.method != "POST":
        return _page(request, case)
    form = forms.SealForm(request.POST, staff=queries.could_be_named(case))
    if form.is_valid():
        try:
            actions.seal(case, by=request.actor, **form.cleaned_data)  # type: ignore[attr-defined]
            messages.success(request, _("It is sealed. Nobody else finds it now."))
            return _onward(request, case)
        except actions.CannotChange as reason:
            form.add_error(None, str(reason))
    return _page(request, case, form, 422)


@door(Permission.SEAL_CASE, Case)
@sure
@require_POST
def name(request: HttpRequest, case: Case) -> HttpResponse:
    form = forms.NameForm(request.POST, staff=queries.could_be_named(case))
    if form.is_valid():
        try:
            actions.name(case, by=request.actor, **form.cleaned_data)  # type: ignore[attr-defined]
            return redirect("seal", ref=case.ref)
        except actions.CannotChange as reason:
            form.add_error(None, str(reason))
    return _page(request, case, form, 422)


@door(Permission.SEAL_CASE, Named)
@sure
@require_POST
def unname(request: HttpRequest, named: Named, ref: str) -> HttpResponse:
    """Below the page it is sent from, which is where one comes back to when the step before took too long."""
    if named.case.ref != ref:
        raise Http404
    try:
        actions.unname(named, by=request.actor)  # type: ignore[attr-defined]
    except actions.CannotChange as reason:
        messages.error(request, str(reason))
    return _onward(request, named.case)


@door(Permission.SEAL_CASE, Case)
@sure
@require_POST
def unseal(request: HttpRequest, case: Case) -> HttpResponse:
    actions.unseal(case, by=request.actor)  # type: ignore[attr-defined]
    messages.success(request, _("It is open to the whole team again, as far as each role goes."))
    return redirect("case", ref=case.ref)


def _onward(request: HttpRequest, case: Case) -> HttpResponse:
    stays = may(request.actor, Permission.SEAL_CASE, case)  # type: ignore[attr-defined]
    return redirect("seal", ref=case.ref) if stays else redirect("cases")
