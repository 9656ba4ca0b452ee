from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.cases.models import Case, Participation
from setfair.journal.journey import WrongStep

from . import actions, pages, pages_of_offers, queries
from .actions import CannotBook
from .forms import BookForm, WhyForm
from .forms_of_offers import OfferForm, ToldOfferForm
from .models import Offer, OfferedTime
from .said import clock_of


@require_POST
@door(Permission.BOOK, Case)
def offer(request: HttpRequest, case: Case) -> HttpResponse:
    """Up to three of the suggestions, to everyone in the circle, each alone."""
    form = OfferForm(request.POST, programme=case.programme)
    if form.is_valid():
        said = form.cleaned_data
        try:
            actions.offer(case, by=request.actor, choices=said["choices"], answer_by=said["answer_by"], hours=said["hours"])
        except actions.CannotOffer as reason:
            form.add_error(None, str(reason))
        else:
            messages.success(request, _("The times are offered. Each person is asked alone."))
            return redirect("schedule", ref=case.ref)
    page = pages.schedule(case, BookForm(programme=case.programme), by=request.actor) | pages_of_offers.to_offer(case, form)
    return render(request, "scheduling/schedule.html", page, status=422)


@require_POST
@door(Permission.BOOK, Offer)
def offer_back(request: HttpRequest, offer: Offer) -> HttpResponse:
    actions.take_back(offer, by=request.actor)
    messages.success(request, _("The offer is taken back. Those who were asked are told that nothing is left to do."))
    return redirect("schedule", ref=offer.case.ref)


@require_POST
@door(Permission.BOOK, OfferedTime)
def offered_book(request: HttpRequest, offered: OfferedTime) -> HttpResponse:
    form = WhyForm(request.POST, auto_id="offered_%s")
    try:
        actions.book_offered(offered, by=request.actor, despite=form.cleaned_data["despite"] if form.is_valid() else "")
    except (CannotBook, WrongStep) as reason:
        page = pages.schedule(offered.case, BookForm(programme=request.programme), str(reason), by=request.actor)  # type: ignore[attr-defined]
        page |= {"refused": {"time": offered, "form": form}}
        return render(request, "scheduling/schedule.html", page, status=422)
    messages.success(request, _("It is booked. Everyone gets a message."))
    return redirect("schedule", ref=offered.case.ref)


@require_http_methods(["GET", "POST"])
@door(Permission.BOOK, Participation)
def offer_told(request: HttpRequest, participation: Participation) -> HttpResponse:
    """What somebody said by voice or on paper about the offered times, written down by the team."""
    asked = queries.live_offer(participation.case)
    if asked is None or not queries.asks_now(asked):
        return redirect("schedule", ref=participation.case.ref)
    form = _told_form(request, asked, participation)
    if form.is_valid():
        try:
            told = {"words": form.words(), "how": form.cleaned_data["how"], "giver": form.said_by()}
            actions.answer_offer(participation, by=request.actor, **told)
            return redirect("schedule", ref=participation.case.ref)
        except actions.CannotSay as reason:
            form.add_error(None, str(reason))
    context = pages_of_offers.told(participation, form)
    return render(request, "scheduling/offer_told.html", context, status=422 if form.is_bound else 200)


def _told_form(request: HttpRequest, asked: Offer, participation: Participation) -> ToldOfferForm:
    return ToldOfferForm(
        request.POST if request.method == "POST" else None,
        times=list(OfferedTime.objects.filter(offer=asked).select_related("room__venue", "programme").order_by("during")),
        clock=clock_of(participation, asked.programme, to_team=True),
        said=queries.own_words(asked, participation),
        givers=pages_of_offers.givers(participation),
    )
