"""Who would lead the talk, by first name, and "I know this person", said in private.

The people of a circle see the first names of those who hold it, and never the other way
round before the day is near: the one who says it is the one who has to sit there. It takes
the helper off in silence; nobody reads who said so, and the page does not say it either.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.cases.models import Assignment, Participation
from setfair.cases.queries import team
from setfair.preparation.home import Card

from .actions.knowing import CannotKnow, know
from .queries.knowing import asks_to_call, may_know


class KnowForm(forms.Form):
    helper = forms.ModelChoiceField(queryset=Assignment.objects.none())

    def __init__(self, *args: Any, helpers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["helper"].queryset = helpers


def card_of(me: Participation) -> Card | None:
    """From the first helper on, until they have met."""
    if not may_know(me) or not team(me.case).exists():
        return None
    return Card(_("Who leads the talk"), _("Tell us if you know one of them."), reverse("helpers"))


@door(Permission.TAKE_PART, Participation)
@require_http_methods(["GET", "POST"])
def helpers(request: HttpRequest, me: Participation) -> HttpResponse:
    if not may_know(me):
        return redirect("home")
    form = KnowForm(request.POST or None, helpers=team(me.case))
    if form.is_valid() and _known(request, me, form):
        messages.success(request, _("Thank you. They will not lead your talk. Nobody is told who said so."))
        return redirect("helpers")
    calls = asks_to_call(me)
    named = [] if calls else [(a.pk, a.facilitator.user.get_short_name(), a.get_part_display()) for a in team(me.case)]
    return render(request, "scheduling/helpers.html", {"me": me, "helpers": named, "calls": calls}, status=422 if form.is_bound else 200)


def _known(request: HttpRequest, me: Participation, form: KnowForm) -> bool:
    try:
        know(me, by=request.actor, helper=form.cleaned_data["helper"])  # type: ignore[attr-defined]
    except CannotKnow:
        return False
    return True
