"""How much somebody harmed wants to hear, on their own page and as the team writes it down; and telling one of them, from a draft."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.cases.models import Participation, Role
from setfair.cases.queries import frame

from . import actions, drafts, forms, owed, queries, wishing


@door(Permission.TAKE_PART, Participation)
def my_news(request: HttpRequest, me: Participation) -> HttpResponse:
    """Four plain choices, theirs to change any day."""
    if not wishing.may_choose(me):
        return redirect("home")
    said = wishing.wish_of(me)
    form = forms.WishForm(request.POST if request.method == "POST" else None, initial={"choice": said.choice} if said is not None else None)
    if form.is_valid():
        try:
            actions.wish_news(me, by=request.actor, **form.cleaned_data)  # type: ignore[attr-defined]
            messages.success(request, _("Thank you. We have it. You can change it any time."))
            return redirect("home")
        except actions.CannotWish as reason:
            form.add_error(None, str(reason))
    return render(request, "outcomes/my_news.html", {"me": me, "form": form, "said": said}, status=422 if form.is_bound else 200)


def _page(request: HttpRequest, participation: Participation, status: int = 200, **bound: Any) -> HttpResponse:
    """One person harmed: what they want to hear and by when, what could be said, and the two forms."""
    case, wish = participation.case, wishing.wish_of(participation)
    told = next((one for one in queries.told(case) if one.participation.pk == participation.pk), None)
    if told is None:
        return redirect("news", ref=case.ref)
    context = frame(case, "case") | {
        "participation": participation,
        "told": told,
        "due": owed.due_days(case).get(participation.pk),
        "may_choose": wishing.may_choose(participation),
        "between": queries.is_between_others(case),
        "form": forms.OneNewsForm(wish=wish, initial={"words": drafts.draft(participation)}),
        "choice_form": forms.ToldWishForm(auto_id="choice-%s"),
    }
    return render(request, "outcomes/news_of.html", context | bound, status=status)


@door(Permission.TELL, Participation)
def news_of(request: HttpRequest, participation: Participation) -> HttpResponse:
    """Tell one person harmed: a draft stands there, and somebody reads it, changes it and says that they told them."""
    if request.method != "POST" or Role.HARMED not in participation.roles:
        return _page(request, participation)
    form = forms.OneNewsForm(request.POST, wish=wishing.wish_of(participation))
    if form.is_valid():
        try:
            actions.tell(participation.case, by=request.actor, participation=participation, **form.cleaned_data)  # type: ignore[attr-defined]
            messages.success(request, _("Saved."))
            return redirect("news", ref=participation.case.ref)
        except actions.CannotTell as reason:
            form.add_error(None, str(reason))
    return _page(request, participation, 422, form=form)


@door(Permission.TELL, Participation)
@require_POST
def news_choice(request: HttpRequest, participation: Participation) -> HttpResponse:
    """How much they want to hear, as they said it to somebody of the team."""
    form = forms.ToldWishForm(request.POST, auto_id="choice-%s")
    if form.is_valid():
        try:
            actions.wish_news(participation, by=request.actor, **form.cleaned_data)  # type: ignore[attr-defined]
            messages.success(request, _("It is written down."))
            return redirect("news_of", pk=participation.pk)
        except actions.CannotWish as reason:
            form.add_error(None, str(reason))
    return _page(request, participation, 422, choice_form=form)
