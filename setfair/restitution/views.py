from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.access.ties import open_to
from setfair.agreements.models import Item
from setfair.cases.models import Participation

from . import actions, forms, pages, queries
from .models import Payment


@door(Permission.SEND_PROOF, Item)
def paid(request: HttpRequest, item: Item) -> HttpResponse:
    """Whoever promised money tells us that they paid, or paid a part."""
    if item.amount is None:
        return redirect("proof", pk=item.pk)
    me, bound = _me(request), {}
    if request.method == "POST":
        form = forms.PaidForm(request.POST, item=item)
        if form.is_valid() and _said(request, form, actions.say_paid, item, **form.cleaned_data):
            messages.success(request, _("Thank you for telling us."))
            return redirect("paid", pk=item.pk)
        bound = {"form": form}
    return render(request, "restitution/paid.html", pages.paid(item, me, **bound), status=422 if bound else 200)


@door(Permission.SEND_PROOF, Item)
@require_POST
def paid_back(request: HttpRequest, item: Item) -> HttpResponse:
    """It was a mistake: they had not paid that."""
    form = forms.BackForm(request.POST)
    own = queries.told_by(item, _me(request), queries.book(item.case_id))
    row = next((one.row for one in own if form.is_valid() and one.row.pk == form.cleaned_data["which"]), None)
    if row is not None and _said(request, None, actions.take_back, row):
        messages.success(request, _("It is taken back. Thank you for telling us."))
    return redirect("paid", pk=item.pk)


@door(Permission.TAKE_PART, Participation)
@require_GET
def owed(request: HttpRequest, me: Participation) -> HttpResponse:
    """What was promised to this person in money."""
    return render(request, "restitution/owed.html", pages.owed(me))


@door(Permission.TAKE_PART, Participation)
@require_POST
def owed_word(request: HttpRequest, me: Participation) -> HttpResponse:
    """What came of one payment that they are asked about. Of one that is asked about no more they hear that nothing was kept."""
    form = forms.WordForm(request.POST)
    if form.is_valid():
        asked = forms.one_of(form.cleaned_data["which"], [paid for one in queries.owed_to(me) for paid in (*one.asked, *one.told)])
        if asked is None:
            return _asked_no_more(request)
        if _said(request, form, actions.answer, asked.row, amount=form.came(asked)):
            messages.success(request, _("Thank you. Only the team reads this."))
            return redirect("owed")
    return render(request, "restitution/owed.html", pages.owed(me, form=form), status=422)


@door(Permission.TAKE_PART, Participation)
@require_POST
def owed_came(request: HttpRequest, me: Participation) -> HttpResponse:
    """Something came, and they tell it by themselves."""
    item = next((one.item for one in queries.owed_to(me) if str(one.item.pk) == request.POST.get("which")), None)
    if item is None:
        return _asked_no_more(request)
    form = forms.CameForm(request.POST, item=item)
    if form.is_valid():
        given = {name: said for name, said in form.cleaned_data.items() if name != "which"}
        if _said(request, form, actions.say_came, item, **given):
            messages.success(request, _("Thank you. Only the team reads this."))
            return redirect("owed")
    return render(request, "restitution/owed.html", pages.owed(me, which=item.pk, came=form), status=422)


@door(Permission.FOLLOW_UP, Item)
def payments(request: HttpRequest, item: Item) -> HttpResponse:
    """The team's page of one promise of money: what came, what is open, and what each side says."""
    if item.amount is None:
        return redirect("item", pk=item.pk)
    bound = {}
    if request.method == "POST":
        form = forms.NoteForm(request.POST, item=item)
        if form.is_valid() and _said(request, form, actions.note_payment, item, **form.said()):
            messages.success(request, _("It is written down."))
            return redirect("payments", pk=item.pk)
        bound = {"note": form}
    return render(request, "restitution/payments.html", pages.payments(item, **bound), status=422 if bound else 200)


@door(Permission.FOLLOW_UP, Payment)
@require_POST
def payment_settle(request: HttpRequest, payment: Payment) -> HttpResponse:
    """The team has looked into one payment."""
    form = forms.SettleForm(request.POST, currency=payment.currency, auto_id=f"settle-{payment.pk}-%s")
    if form.is_valid() and _said(request, form, actions.settle, payment, **form.cleaned_data):
        messages.success(request, _("Saved."))
        return redirect("payments", pk=payment.item_id)
    return render(request, "restitution/payments.html", pages.payments(payment.item, which=payment.pk, settle=form), status=422)


@door(Permission.FOLLOW_UP, Item)
@require_POST
def payments_ordered(request: HttpRequest, item: Item) -> HttpResponse:
    """A court has ordered the same money, or has not after all."""
    form = forms.OrderedForm(request.POST)
    if form.is_valid() and _said(request, None, actions.say_ordered, item, **form.cleaned_data):
        messages.success(request, _("Saved."))
    return redirect("payments", pk=item.pk)


def _said(request: HttpRequest, form: Any, act: Any, of: Any, **given: Any) -> bool:
    """Do it; a refusal stands with the form, or on top of the page where there is none."""
    try:
        act(of, by=request.actor, **given)  # type: ignore[attr-defined]
    except actions.CannotPay as reason:
        if form is None:
            messages.info(request, str(reason))
        else:
            form.add_error(None, str(reason))
        return False
    return True


def _asked_no_more(request: HttpRequest) -> HttpResponse:
    messages.info(request, _("This is not asked any more, so we did not write it down. If something came, tell us here or call us."))
    return redirect("owed")


def _me(request: HttpRequest) -> Participation:
    actor = request.actor  # type: ignore[attr-defined]
    key: UUID | None = actor.id
    return open_to(actor, Permission.TAKE_PART, Participation).get(pk=key)
