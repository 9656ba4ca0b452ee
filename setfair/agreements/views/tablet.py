from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.cases.models import Participation
from setfair.journal.journey import WrongStep
from setfair.programmes.speaking import in_language

from .. import actions, forms, pages, queries
from ..journey import Stage
from ..models import Agreement, Signature
from .desk import shown


@door(Permission.HAND_TABLET, Agreement)
@require_GET
def tablet(request: HttpRequest, agreement: Agreement) -> HttpResponse:
    """Choose to whom the tablet goes next."""
    if agreement.stage != Stage.SIGNING:
        return redirect("agreement", ref=agreement.case.ref)
    return render(request, "agreements/tablet.html", {"agreement": agreement, "hands": queries.hands(agreement)})


@door(Permission.HAND_TABLET, Participation)
def tablet_person(request: HttpRequest, person: Participation) -> HttpResponse:
    """One person's page, in their language, with nothing on it about anybody else's signature."""
    agreement = queries.being_signed_by(person)
    if agreement is None:
        return redirect("agreement", ref=person.case.ref)
    with in_language(person.person.language):
        form = forms.SignForm(request.POST) if request.method == "POST" else pages.signing_form(agreement)
        if form.is_valid() and _signed(request, agreement, person, form):
            return redirect("tablet_back", pk=agreement.pk)
        context = pages.tablet(agreement, person) | {"form": form}
        return render(request, "agreements/tablet_person.html", context, status=422 if form.is_bound else 200)


@door(Permission.HAND_TABLET, Agreement)
@require_GET
def tablet_back(request: HttpRequest, agreement: Agreement) -> HttpResponse:
    """Says thank you and hand it back, whether they signed or not."""
    return render(request, "agreements/tablet_back.html", {"agreement": agreement})


@door(Permission.HAND_TABLET, Participation)
@require_POST
def paper_signature(request: HttpRequest, person: Participation) -> HttpResponse:
    """Somebody signed with a pen; whoever holds the sheet writes that down."""
    agreement, form = queries.being_signed_by(person), forms.PaperForm(request.POST)
    if agreement is None or not form.is_valid():
        return shown(request, person.case, _("Please write the name as it stands on the paper."))
    name = form.cleaned_data["typed_name"]
    try:
        actions.sign(agreement, by=request.actor, participation=person, method=Signature.Method.PAPER, typed_name=name, witness=request.actor.id)
    except (actions.CannotSign, WrongStep) as reason:
        return shown(request, person.case, str(reason))
    return redirect("agreement", ref=person.case.ref)


def _signed(request: HttpRequest, agreement: Agreement, person: Participation, form: forms.SignForm) -> bool:
    said, method = form.cleaned_data, Signature.Method.TABLET
    try:
        actions.sign(
            agreement,
            by=request.actor,
            participation=person,
            method=method,
            typed_name=said["typed_name"],
            witness=request.actor.id,
            seen=said["seen"],
        )
    except (actions.CannotSign, WrongStep) as reason:
        form.add_error(None, str(reason))
        return False
    return True
