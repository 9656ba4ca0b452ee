"""Letters that wait for a look: read with all that belongs to them, let go, put in other words, or not sent."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.core.actor import Kind
from setfair.core.text import TellingWords
from setfair.journal.actions import record
from setfair.journal.journey import WrongStep
from setfair.letters import held
from setfair.programmes.models import Programme

from ..forms_of_letters import RewordForm, SeenForm
from ..models import Posting
from ..waiting import flags_of, one, waiting


@door(Permission.SEE_TODAY)
@require_GET
def post_waiting(request: HttpRequest, programme: Programme) -> HttpResponse:
    """All that wait and that one may see. That their words were read stands in the journal, letter by letter."""
    lines = waiting(request.actor)  # type: ignore[attr-defined]
    for line in lines:
        if request.actor.kind == Kind.STAFF:  # type: ignore[attr-defined]
            record("read", line.letter, by=request.actor)  # type: ignore[attr-defined]
    return render(request, "desk/waiting.html", {"lines": lines})


@door(Permission.PREPARE, Posting)
@require_POST
def post_let_go(request: HttpRequest, letter: Posting) -> HttpResponse:
    form = SeenForm(request.POST)
    seen = form.cleaned_data["seen"] if form.is_valid() else ""
    return _done(request, lambda: held.let_go(letter, by=request.actor, seen=seen), _("It is on its way."))  # type: ignore[attr-defined]


@door(Permission.PREPARE, Posting)
@require_POST
def post_keep_back(request: HttpRequest, letter: Posting) -> HttpResponse:
    return _done(request, lambda: held.keep_back(letter, by=request.actor), _("It is not sent."))  # type: ignore[attr-defined]


@door(Permission.PREPARE, Posting)
@require_http_methods(["GET", "POST"])
def post_words(request: HttpRequest, letter: Posting) -> HttpResponse:
    """Put a letter in other words. What stands out in the new ones is said before they are taken."""
    line = one(letter, request.actor)  # type: ignore[attr-defined]
    form = RewordForm(request.POST or None, line=line, flags=lambda **said: flags_of(letter, **said))
    if form.is_valid():
        try:
            held.put_in_other_words(letter, by=request.actor, **form.words())  # type: ignore[attr-defined]
            return redirect("post_waiting")
        except (TellingWords, held.LostPlace, WrongStep) as reason:
            form.refuse(reason)
    return render(request, "desk/waiting_words.html", {"line": line, "form": form}, status=422 if form.is_bound else 200)


def _done(request: HttpRequest, act: Callable[[], object], sentence: str) -> HttpResponse:
    try:
        act()
        messages.success(request, sentence)
    except WrongStep as reason:
        messages.error(request, str(reason))
    return redirect("post_waiting")
