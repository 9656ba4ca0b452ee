"""Which of these times works? Asked on somebody's own page; nobody else of the circle ever sees an answer."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.cases.models import Participation
from setfair.preparation.home import Card
from setfair.preparation.queries import break_of, has_stopped
from setfair.preparation.refusal import CannotPrepare

from . import actions, queries
from .forms_of_offers import OfferAnswerForm
from .models import Offer, OfferedTime
from .pages import own
from .said import clock_of, until


def card_of(me: Participation) -> Card | None:
    """First on the page until they have answered; then it says that they can still change it."""
    asked = _asked(me)
    if asked is None:
        return None
    is_open = not queries.own_words(asked, me)
    words = _("Please tell us which times work for you.") if is_open else _("Thank you for your answer. You can still change it.")
    return Card(_("When and where"), words, reverse("own_offer"), is_your_turn=is_open)


@require_http_methods(["GET", "POST"])
@door(Permission.TAKE_PART, Participation)
def own_offer(request: HttpRequest, me: Participation) -> HttpResponse:
    asked = _asked(me)
    if asked is None:
        if request.method == "POST":
            messages.info(request, _("This question is settled. There is nothing you need to do."))
        return redirect("home")
    form = _form(request, asked, me)
    if form.is_valid() and _kept(request, me, form):
        messages.success(request, _("Thank you. Only the team sees what you chose."))
        return redirect("home")
    context = own(me) | {"form": form, "until": until(asked.answer_by, clock_of(me, asked.programme).own)}
    return render(request, "scheduling/own_offer.html", context, status=422 if form.is_bound else 200)


def _asked(me: Participation) -> Offer | None:
    return None if has_stopped(me) or break_of(me) is not None else queries.offered_to(me)


def _form(request: HttpRequest, asked: Offer, me: Participation) -> OfferAnswerForm:
    times = list(OfferedTime.objects.filter(offer=asked).select_related("room__venue", "programme").order_by("during"))
    return OfferAnswerForm(
        request.POST if request.method == "POST" else None, times=times, clock=clock_of(me, asked.programme), said=queries.own_words(asked, me)
    )


def _kept(request: HttpRequest, me: Participation, form: OfferAnswerForm) -> bool:
    try:
        actions.answer_offer(me, by=request.actor, words=form.words())  # type: ignore[attr-defined]
    except (actions.CannotSay, CannotPrepare) as reason:
        form.add_error(None, str(reason))
        return False
    return True
