"""What people ask about themselves, as the team answers it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.access.sure import sure
from setfair.cases.models import Participation

from .. import actions, forms, queries
from ..asked import How
from ..models import Asking


@door(Permission.PREPARE, Participation)
def asking_noted(request: HttpRequest, participation: Participation) -> HttpResponse:
    """Somebody said it to the team: by voice, by mail, or after their pages have closed."""
    form = forms.AskingForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        actions.note_asking(participation, by=request.actor, wants=form.cleaned_data["wants"])  # type: ignore[attr-defined]
        messages.success(request, _("It is written down, and stands on the coordinator's Today."))
        return redirect("person", pk=participation.pk)
    context = {"participation": participation, "form": form, "asked": queries.askings_of(participation)}
    return render(request, "keeping/asking_noted.html", context, status=422 if form.is_bound else 200)


@door(Permission.ANSWER_ASKING, Asking)
@sure
def asking(request: HttpRequest, asking: Asking) -> HttpResponse:
    """Looked at before it leaves: the copy, or what would go. Then one of the answers that are true now."""
    can = {"answers": queries.can_be_answered(asking), "needs_a_word": queries.needs_a_word(asking)}
    form = forms.AnswerForm(request.POST if request.method == "POST" else None, **can)
    if form.is_valid():
        try:
            actions.answer(asking, by=request.actor, **form.said())  # type: ignore[attr-defined]
            messages.success(request, _told(form.said()["how"]))
            return redirect("asking", pk=asking.pk)
        except actions.CannotKeep as reason:
            form.add_error(None, str(reason))
    return render(
        request, "keeping/asking.html", queries.asking_page(asking) | {"asking": asking, "form": form}, status=422 if form.is_bound else 200
    )


def _told(how: str) -> str:
    return _("It is written down. They are told nothing.") if how == How.REFUSED else _("It is answered. They are told that there is an answer.")
