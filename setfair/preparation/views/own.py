"""W8 and W9: a person's own pages. Short, calm, one thing at a time, and a way out on each."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from setfair.access.doors import door
from setfair.access.entry import WAY_BACK
from setfair.access.policy import Permission
from setfair.cases.journey import Stage
from setfair.cases.models import Participation
from setfair.cases.queries import team, way
from setfair.core.text import shown
from setfair.journal.actions import note_reading

from .. import actions, forms, letters, queries, words
from ..asked import asked_of, explained, mark
from ..home import cards
from ..written import written

NAMES = {
    "me": {"choice": "choice", "agree": "choice_agree", "said": "choice_said", "stop": "stop"},
    "child": {"choice": "choice_child", "agree": "choice_child_agree", "said": "choice_child_said", "stop": "stop_child"},
}
"""The same pages, once for oneself and once for the young person somebody is the guardian of."""


def _sent(request: HttpRequest) -> Any:
    """What was posted, even if that is nothing: an empty answer is an answer to look at again."""
    return request.POST if request.method == "POST" else None


def _about(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Hand the view the one whom this page asks about: the person themselves, or who they are guardian of. With nobody to ask about, go home."""

    @wraps(view)
    def asking(request: HttpRequest, me: Participation, about: str) -> HttpResponse:
        asked = (me if queries.is_asked(me) else None) if about == "me" else queries.speaks_for(me)
        if asked is None:
            return redirect("home")
        if asked != me:
            note_reading(asked, by=request.actor)  # type: ignore[attr-defined]
        return view(request, me, about, asked)

    return asking


def _page(request: HttpRequest, template: str, me: Participation, about: str = "me", status: int = 200, **given: Any) -> HttpResponse:
    context = {"me": me, "about": about, "names": NAMES[about], "greeting": _("Hi %(name)s") % {"name": me.greeted}}
    return render(request, f"preparation/{template}.html", context | given, status=status)


@door(Permission.TAKE_PART, Participation)
@require_GET
def home(request: HttpRequest, me: Participation) -> HttpResponse:
    if WAY_BACK in request.session:
        return redirect("way_back")
    said, child = queries.answer_of(me), queries.speaks_for(me)
    for_child = queries.answer_of(child, giver=me) if child is not None else None
    around = {"is_prepared": me.case.stage in (Stage.PREPARING, Stage.READY), "is_asked": queries.is_asked(me)} | _stopped(me)
    around["guardians"] = queries.guardians_of(me)
    shown_first = sorted(cards(me), key=lambda card: (not card.is_now, not card.is_your_turn))
    return _page(request, "home", me, cards=shown_first, said=said, child=child, for_child=for_child, written=written(me), **around)


def _stopped(me: Participation) -> dict[str, Any]:
    """Whether they stopped or take a break, and since when they wait for a call."""
    return {"call_wish": queries.call_wish(me), "has_stopped": queries.has_stopped(me), "begun": queries.break_of(me)}


@door(Permission.TAKE_PART, Participation)
@require_GET
def way_back(request: HttpRequest, me: Participation) -> HttpResponse:
    """The code of somebody who came by a link, shown this once: the link opens no second time."""
    code = request.session.pop(WAY_BACK, "")
    return _page(request, "way_back", me, shown=shown(code), code_page=letters.code_page()) if code else redirect("home")


def _ask(request: HttpRequest, me: Participation, about: str, asked: Participation, form: forms.AnswerForm, status: int = 200) -> HttpResponse:
    helpers = [a.facilitator.user.get_short_name() for a in team(me.case)]
    opened, told = explained(way(me.case))
    return _page(
        request, "choice", me, about, status, asked=asked, open=opened, told=told, helpers=helpers, answer_form=form,
        freely=_freely(about, asked), answers=forms.AnswerForm().offered(), **_guardian(me)
    )  # fmt: skip


def called(request: HttpRequest, me: Participation) -> HttpResponse:
    """They want to talk: a wish, and no answer."""
    try:
        actions.ask_call(me, by=request.actor)  # type: ignore[attr-defined]
        messages.success(request, _("Thank you. We will call you."))
    except actions.CannotPrepare as reason:
        messages.info(request, str(reason))
    return redirect("home")


def _freely(about: str, asked: Participation) -> list[str]:
    return [*(str(line) % {"name": asked.person.first} for line in words.FREELY[about]), *(str(line) for line in words.FREE)]


def _guardian(me: Participation) -> dict[str, bool]:
    return {"guardian_is_asked": queries.guardian_is_asked(me)}


@door(Permission.TAKE_PART, Participation)
@_about
def choice(request: HttpRequest, me: Participation, about: str, asked: Participation) -> HttpResponse:
    """Yes, no, not sure, or please call me. A no and a not sure are written down at once, or asked once more where a day goes; a yes goes on
    to what it is for; a call leaves every answer as it is."""
    form = forms.AnswerForm(_sent(request))
    if not form.is_valid():
        return _ask(request, me, about, asked, form, 422 if request.method == "POST" else 200)
    answer = form.cleaned_data["answer"]
    if answer == "yes":
        return redirect(NAMES[about]["agree"])
    if answer == "call":
        return called(request, me)
    if me.case.stage == Stage.SCHEDULED and not form.cleaned_data["sure"]:
        return _page(request, "sure", me, about, asked=asked, answer=answer)
    return _write(request, me, about, asked, {"take_part": answer}, form)


@door(Permission.TAKE_PART, Participation)
@_about
def agree(request: HttpRequest, me: Participation, about: str, asked: Participation) -> HttpResponse:
    """What the yes is for, each its own tick; then the ticks are read back."""
    form = _scopes(asked, about, _sent(request))
    if form.is_valid():
        return _page(request, "read_back", me, about, asked=asked, form=form)
    return _page(request, "agree", me, about, 422 if request.method == "POST" else 200, asked=asked, form=form)


@door(Permission.TAKE_PART, Participation)
@require_POST
@_about
def said(request: HttpRequest, me: Participation, about: str, asked: Participation) -> HttpResponse:
    """Yes, that is what I say."""
    form = _scopes(asked, about, request.POST)
    if form.is_valid():
        return _write(request, me, about, asked, form.answers(), form)
    return _page(request, "agree", me, about, 422, asked=asked, form=form)


def _scopes(whose: Participation, about: str, sent: Any) -> forms.ScopesForm:
    """The questions of today; a page that goes back to somebody carries the mark of the words that stand on it now."""
    asked = asked_of(whose, about)
    form = forms.ScopesForm(sent, questions=asked)
    form.shown = mark(asked, translation.get_language() or "en")  # type: ignore[attr-defined]
    return form


def _write(request: HttpRequest, me: Participation, about: str, asked: Participation, answers: dict[str, str], form: Any) -> HttpResponse:
    language = translation.get_language() or "en"
    try:
        seen = form.cleaned_data.get("seen", "")
        actions.agree(asked, by=request.actor, answers=answers, giver=me, language=language, seen=seen)  # type: ignore[attr-defined]
    except actions.CannotPrepare as reason:
        form.add_error(None, str(reason))
        if str(reason) == words.CHANGED:
            return _page(request, "agree", me, about, 422, asked=asked, form=form)
        return _ask(request, me, about, asked, form, 422)
    messages.success(request, _("Thank you. We have your answer."))
    return redirect("home")


@door(Permission.TAKE_PART, Participation)
@require_GET
def questions(request: HttpRequest, me: Participation) -> HttpResponse:
    reading = translation.get_language() or "en"
    found = queries.questions(me, reading)
    spoken = found[0].script.language if found else reading
    other = {"spoken": spoken, "runs": "rtl" if spoken in settings.LANGUAGES_BIDI else "ltr"} if spoken != reading else {}
    return _page(request, "questions", me, questions=found, **other)
