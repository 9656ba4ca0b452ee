"""W7: one person, as those who prepare the case see them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.access.ties import may
from setfair.cases.journey import Stage
from setfair.cases.models import Participation
from setfair.cases.queries import frame
from setfair.core import clock
from setfair.core.text import shown
from setfair.people.queries import ways_and_gaps

from .. import actions, forms, letters, queries, words
from ..asked import asked_of
from ..beside import all_beside
from ..forms_of_board import SafetyForm
from ..forms_of_checklist import ChecklistForm
from ..models import Invitation
from ..paper import square
from ..watching import WatchingForm

MADE, SHOWN = "made code", timedelta(minutes=10)
"""Where a code that was just made lies, and how long its page can be loaded again."""


def _page(request: HttpRequest, participation: Participation, status: int = 200, **bound: Any) -> HttpResponse:
    circle = queries.circle(participation.case)
    mine = next((k for k in circle.people if k.participation.pk == participation.pk), None)
    context: dict[str, Any] = {"participation": participation, "person": participation.person, "known": mine}
    context["may_run"] = may(request.actor, Permission.RUN_CASE, participation)  # type: ignore[attr-defined]
    context["may_write_checklist"] = may(request.actor, Permission.WRITE_CHECKLIST, participation.programme)  # type: ignore[attr-defined]
    if mine is not None:
        context |= {
            "progress": queries.of(circle, mine, day=queries.day_of(circle)),
            "sentences": [question.sentence() for question in (*asked_of(participation), *asked_of(participation, words.CHILD))],
            "meeting_form": forms.MeetingForm(),
            "no_guardian_form": forms.NoGuardianForm(),
            "turns_18_form": forms.EighteenForm(),
            "is_nearly_18": mine.participation.needs_guardian_now and participation.person.is_nearly_of_age(circle.today()),
            "goes_without": mine.participation.needs_guardian_now and not mine.guardians,
            "safety_form": SafetyForm(looking=queries.who_looks(participation.case), last=mine.safety),
            "looks_until": circle.last_looked(mine.safety) if mine.safety is not None else None,
            "acknowledgement_form": forms.AcknowledgementForm(),
            "asks": (asks := queries.named(queries.asks(circle, mine, queries.day_of(circle)))),
            "asked_before": queries.asked_before(circle, mine, queries.day_of(circle)),
            "checklist_form": ChecklistForm(asks=asks),
            "watching_form": WatchingForm(observers=circle.observers) if mine.asked and circle.observers else None,
            "consent_form": _consent_form(participation, [participation, *mine.guardians], initial={"language": participation.person.language}),
        }
    no_notes = queries.wants_no_notes(participation)
    context |= {"no_notes": no_notes, "notes_shown": context["may_run"] or not no_notes, "answers": queries.answers(participation)}
    silent = mine is not None and participation.case.stage == Stage.PREPARING and queries.is_silent(participation)
    context |= {"is_silent": silent, "last_contact": queries.last_contact(participation) if silent else None}
    context |= {"call_wish": queries.call_wish(participation), "breaks": queries.breaks_about(participation)}
    context["beside"] = all_beside(participation) if mine is not None and participation.case.stage != Stage.CLOSED else []
    known = {k.participation.person_id: k.participation.person.shown for k in circle.people}
    safe = [line for line in ways_and_gaps(participation.person, known) if line.contact]
    context |= {"ways": safe, "meetings": participation.meetings.order_by("-at", "-id")}
    return render(request, "preparation/person.html", frame(participation.case, "case_people") | context | bound, status=status)


def _done(request: HttpRequest, participation: Participation, sentence: str) -> HttpResponse:
    messages.success(request, sentence)
    return redirect("person", pk=participation.pk)


def write_down(request: HttpRequest, participation: Participation, verb: Callable[..., Any], form: Form, name: str, sentence: str) -> HttpResponse:
    """What the form says becomes a fact; if it cannot, the page stands there again with all that was filled in. The page calls the form `name`."""
    if form.is_valid():
        try:
            verb(participation, by=request.actor, **(form.said() if hasattr(form, "said") else form.cleaned_data))  # type: ignore[attr-defined]
            return _done(request, participation, sentence)
        except actions.CannotPrepare as reason:
            form.add_error(None, str(reason))
    return _page(request, participation, 422, **{name: form}, form=form)


@door(Permission.PREPARE, Participation)
@require_GET
def person(request: HttpRequest, participation: Participation) -> HttpResponse:
    return _page(request, participation)


@door(Permission.PREPARE, Participation)
@require_POST
def meetings(request: HttpRequest, participation: Participation) -> HttpResponse:
    form = forms.MeetingForm(request.POST)
    return write_down(request, participation, actions.meet, form, "meeting_form", _("The meeting is written down."))


@door(Permission.PREPARE, Participation)
@require_POST
def consents(request: HttpRequest, participation: Participation) -> HttpResponse:
    form = _consent_form(participation, queries.may_answer(participation), request.POST)
    return write_down(request, participation, actions.consent, form, "consent_form", _("The answer is written down."))


def _consent_form(participation: Participation, givers: list[Participation], *args: Any, **kwargs: Any) -> forms.ConsentForm:
    return forms.ConsentForm(*args, givers=givers, questions=asked_of(participation), **kwargs)


@door(Permission.PREPARE, Participation)
@require_POST
def acknowledgements(request: HttpRequest, participation: Participation) -> HttpResponse:
    form = forms.AcknowledgementForm(request.POST)
    return write_down(request, participation, actions.acknowledge, form, "acknowledgement_form", _("It is written down."))


@door(Permission.PREPARE, Participation)
@require_POST
def break_over(request: HttpRequest, participation: Participation) -> HttpResponse:
    """They told somebody of the team that they want to go on."""
    try:
        for begun in queries.breaks_about(participation):
            actions.go_on(begun, by=request.actor)  # type: ignore[attr-defined]
    except actions.CannotPrepare as reason:
        return _page(request, participation, 422, refusal=str(reason))
    return _done(request, participation, _("It is written down."))


@door(Permission.RUN_CASE, Participation)
@require_POST
def no_guardian(request: HttpRequest, participation: Participation) -> HttpResponse:
    form = forms.NoGuardianForm(request.POST)
    return write_down(request, participation, actions.go_without_guardian, form, "no_guardian_form", _("It is written down."))


@door(Permission.RUN_CASE, Participation)
@require_POST
def turns_18(request: HttpRequest, participation: Participation) -> HttpResponse:
    form = forms.EighteenForm(request.POST)
    return write_down(request, participation, actions.note_18th, form, "turns_18_form", _("It is written down."))


@door(Permission.PREPARE, Participation)
@require_POST
def safety_checks(request: HttpRequest, participation: Participation) -> HttpResponse:
    form = SafetyForm(request.POST, looking=queries.who_looks(participation.case))
    return write_down(request, participation, actions.check_safety, form, "safety_form", _("The safety check is written down."))


@door(Permission.PREPARE, Participation)
@require_POST
def invitations(request: HttpRequest, participation: Participation) -> HttpResponse:
    """Invite, and go on to the page that shows the code."""
    try:
        code = actions.invite(participation, by=request.actor)  # type: ignore[attr-defined]
    except actions.CannotPrepare as reason:
        return _page(request, participation, 422, refusal=str(reason))
    return _to_be_shown(request, participation, code, sent=participation.invitations.order_by("at", "id").last())


@door(Permission.PREPARE, Participation)
@require_http_methods(["GET", "HEAD", "POST"])
def codes(request: HttpRequest, participation: Participation) -> HttpResponse:
    """A new code for somebody who lost theirs; no letter goes. Opened, and opened again, it shows the code just made, big, with a square to print."""
    if request.method != "POST":
        return _code(request, participation)
    try:
        code = actions.reissue(participation, by=request.actor)  # type: ignore[attr-defined]
    except actions.CannotPrepare as reason:
        return _page(request, participation, 422, refusal=str(reason))
    return _to_be_shown(request, participation, code)


def _to_be_shown(request: HttpRequest, participation: Participation, code: str, sent: Invitation | None = None) -> HttpResponse:
    """A page of its own, which makes no new code when it is loaded again. The code lies in the sealed session, and for a few minutes."""
    until = (clock.now() + SHOWN).timestamp()
    request.session[MADE] = {"for": str(participation.pk), "code": code, "sent": str(sent.pk) if sent else None, "until": until}
    return redirect("codes", pk=participation.pk)


def _code(request: HttpRequest, participation: Participation) -> HttpResponse:
    made = request.session.get(MADE)
    if made is None or made["for"] != str(participation.pk) or made["until"] < clock.now().timestamp():
        request.session.pop(MADE, None)
        return redirect("person", pk=participation.pk)
    sent = participation.invitations.filter(pk=made["sent"]).first()
    context = {"participation": participation, "person": participation.person, "sent": sent, "shown": shown(made["code"])}
    context |= {"square": square(letters.code_page()), "code_page": letters.code_page()}
    return render(request, "preparation/code.html", context)
