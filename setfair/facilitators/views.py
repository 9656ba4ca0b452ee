from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.access.ties import stands_in
from setfair.journal.journey import WrongStep
from setfair.programmes.models import Programme

from . import actions, queries
from .columns import more
from .forms import CertificateForm, DayForm, EntranceForm, LanguagesForm, LoadForm, NewForm, OneForm
from .journey import Stage
from .models import Facilitator

COLUMNS = [_("Name"), _("Kind"), _("Stage"), _("Certified until"), _("Languages")]
TAGS = {Stage.NOMINATED: "plain", Stage.TRAINING: "info", Stage.CERTIFIED: "done", Stage.LAPSED: "wait", Stage.LEFT: "plain"}


@door(Permission.SEE_TEAM)
def team(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Who holds circles here, and how far they are trained (W11)."""
    return _team(request, NewForm())


@require_POST
@door(Permission.MANAGE_TEAM)
def team_add(request: HttpRequest, programme: Programme) -> HttpResponse:
    form = NewForm(request.POST)
    if not form.is_valid():
        return _team(request, form, status=422)
    said, by = form.cleaned_data, request.actor  # type: ignore[attr-defined]
    who = {"user": said["user"], "kind": said["kind"], "languages": said["languages"]}
    if said["trained"] == "certified":
        actions.take_in(by=by, until=said["until"], **who)
    else:
        actions.nominate(by=by, **who)
    messages.success(request, _("They are on the team."))
    return redirect("team")


@door(Permission.MANAGE_TEAM, Facilitator)
def team_member(request: HttpRequest, facilitator: Facilitator) -> HttpResponse:
    return _member(request, facilitator)


@require_POST
@door(Permission.MANAGE_TEAM, Facilitator)
def training(request: HttpRequest, facilitator: Facilitator) -> HttpResponse:
    try:
        actions.train(facilitator, by=request.actor)  # type: ignore[attr-defined]
    except WrongStep as reason:
        return _member(request, facilitator, refused=str(reason))
    return redirect("team_member", pk=facilitator.pk)


@require_POST
@door(Permission.MANAGE_TEAM, Facilitator)
def certificates(request: HttpRequest, facilitator: Facilitator) -> HttpResponse:
    """Certify, or renew a certificate that still holds."""
    form = CertificateForm(request.POST)
    verb = actions.renew if facilitator.stage == Stage.CERTIFIED else actions.certify
    try:
        if form.is_valid():
            verb(facilitator, by=request.actor, until=form.cleaned_data["until"])  # type: ignore[attr-defined]
            messages.success(request, _("Saved."))
            return redirect("team_member", pk=facilitator.pk)
    except (actions.CannotCertify, WrongStep) as reason:
        form.add_error(None, str(reason))
    return _member(request, facilitator, certificate=form)


@require_POST
@door(Permission.MANAGE_TEAM, Facilitator)
def lapse(request: HttpRequest, facilitator: Facilitator) -> HttpResponse:
    try:
        actions.lapse(facilitator, by=request.actor)  # type: ignore[attr-defined]
    except WrongStep as reason:
        return _member(request, facilitator, refused=str(reason))
    return redirect("team_member", pk=facilitator.pk)


@require_POST
@door(Permission.MANAGE_TEAM, Facilitator)
def languages(request: HttpRequest, facilitator: Facilitator) -> HttpResponse:
    form = LanguagesForm(request.POST)
    if form.is_valid():
        actions.name_languages(facilitator, by=request.actor, languages=form.cleaned_data["languages"])  # type: ignore[attr-defined]
        messages.success(request, _("Saved."))
        return redirect("team_member", pk=facilitator.pk)
    return _member(request, facilitator, spoken=form)


@require_POST
@door(Permission.MANAGE_TEAM, Facilitator)
def load(request: HttpRequest, facilitator: Facilitator) -> HttpResponse:
    """How often they hold a circle at most, and what a parent said."""
    form = LoadForm(request.POST)
    if form.is_valid():
        actions.set_load(facilitator, by=request.actor, **form.cleaned_data)  # type: ignore[attr-defined]
        messages.success(request, _("Saved."))
        return redirect("team_member", pk=facilitator.pk)
    return _member(request, facilitator, load=form)


@require_POST
@door(Permission.MANAGE_TEAM, Facilitator)
def exams(request: HttpRequest, facilitator: Facilitator) -> HttpResponse:
    """A day with an exam is written down, or taken out again."""
    gone = OneForm(request.POST, rows=facilitator.exam_days.all())
    if gone.is_valid():
        actions.end_exam(gone.cleaned_data["row"], by=request.actor)  # type: ignore[attr-defined]
        return redirect("team_member", pk=facilitator.pk)
    form = DayForm(request.POST)
    if form.is_valid():
        actions.note_exam(facilitator, by=request.actor, on=form.cleaned_data["on"])  # type: ignore[attr-defined]
        return redirect("team_member", pk=facilitator.pk)
    return _member(request, facilitator, exam=form)


@require_POST
@door(Permission.MANAGE_TEAM, Facilitator)
def entrances(request: HttpRequest, facilitator: Facilitator) -> HttpResponse:
    """A closed place lets them in, or does not any more."""
    gone = OneForm(request.POST, rows=facilitator.entrances.all())
    if gone.is_valid():
        actions.shut_out(gone.cleaned_data["row"], by=request.actor)  # type: ignore[attr-defined]
        return redirect("team_member", pk=facilitator.pk)
    form = EntranceForm(request.POST)
    if form.is_valid():
        actions.let_in(facilitator, by=request.actor, **form.cleaned_data)  # type: ignore[attr-defined]
        return redirect("team_member", pk=facilitator.pk)
    return _member(request, facilitator, entrance=form)


def _team(request: HttpRequest, form: NewForm, status: int = 200) -> HttpResponse:
    """How often somebody has helped counts cases: it is for those who coordinate them, and not for whoever looks after the team alone."""
    actor, they = request.actor, list(queries.everyone())  # type: ignore[attr-defined]
    manages, coordinates = (stands_in(actor, right, Programme) is not None for right in (Permission.MANAGE_TEAM, Permission.SEE_WEEK))
    heads, cells = more(they) if coordinates else ([], {})
    rows = [{"one": f, "tag": TAGS[Stage(f.stage)], "more": cells.get(f.pk, [])} for f in they]
    page: dict[str, Any] = {"rows": rows, "columns": [*COLUMNS, *heads], "manages": manages, "form": form}
    return render(request, "facilitators/team.html", page, status=status)


def _member(request: HttpRequest, facilitator: Facilitator, refused: str = "", **forms: Any) -> HttpResponse:
    facilitator.refresh_from_db()
    page: dict[str, Any] = {
        "one": facilitator,
        "tag": TAGS[Stage(facilitator.stage)],
        "refused": refused,
        "certificate": CertificateForm(initial={"until": facilitator.certified_until}),
        "spoken": LanguagesForm(initial={"languages": facilitator.languages}),
        "load": LoadForm(initial={"a_week": facilitator.a_week, "a_term": facilitator.a_term, "parent": facilitator.parent}),
        "exam": DayForm(),
        "exam_days": facilitator.exam_days.all(),
        "entrance": EntranceForm(),
        "entrances": facilitator.entrances.select_related("place").order_by("place__name", "id"),
        "can": {str(stage): True for stage in Facilitator.JOURNEY[Stage(facilitator.stage)]},
    }
    return render(request, "facilitators/member.html", page | forms, status=422 if refused or forms else 200)
