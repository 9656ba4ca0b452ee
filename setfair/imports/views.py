from __future__ import annotations

import csv
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.access.sure import sure
from setfair.core.doors import gives_a_file
from setfair.files.carrying import takes_a_file
from setfair.journal.journey import WrongStep
from setfair.programmes.models import Programme

from . import actions, forms, pages, queries
from .models import Table


@door(Permission.BRING_LIST)
@require_GET
def lists(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Which kinds of list can be brought in, and one's own until now."""
    return render(request, "imports/lists.html", pages.every(request.actor))  # type: ignore[attr-defined]


@takes_a_file
@door(Permission.BRING_LIST)
@require_http_methods(["GET", "HEAD", "POST"])
def list_new(request: HttpRequest, programme: Programme, kind: str) -> HttpResponse:
    """First of three steps: the file."""
    page = pages.new(kind)
    by = request.actor  # type: ignore[attr-defined]
    form = (
        forms.FileForm(request.POST or None, request.FILES or None, kind=kind, by=by)
        if request.method == "POST"
        else forms.FileForm(kind=kind, by=by)
    )
    if form.is_bound and form.is_valid():
        try:
            table = actions.bring(by=by, kind=kind, rows=form.cleaned_data["file"], language=get_language() or programme.language)
            return redirect("list", pk=table.pk)
        except actions.CannotBring as reason:
            form.add_error("file", str(reason))
    return render(request, "imports/new.html", page | {"form": form}, status=422 if form.is_bound else 200)


@gives_a_file
@door(Permission.BRING_LIST)
@require_GET
def list_example(request: HttpRequest, programme: Programme, kind: str) -> HttpResponse:
    """A list with one row, with every column that we know."""
    answer = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8", headers={"Content-Disposition": 'attachment; filename="example.csv"'})
    csv.writer(answer).writerows(pages.example(kind))
    return answer


@door(Permission.BRING_LIST, Table)
@require_http_methods(["GET", "HEAD", "POST"])
def list_page(request: HttpRequest, table: Table) -> HttpResponse:
    """A list as it stands: its columns to be named, what was found, what came of it."""
    form = pages.columns_form(table, request.POST if request.method == "POST" else None)
    if form is not None and form.is_bound and form.is_valid():
        try:
            actions.name(table, by=request.actor, **form.given())  # type: ignore[attr-defined]
            return redirect("list", pk=table.pk)
        except (actions.CannotBring, WrongStep) as reason:
            form.add_error(None, str(reason))
    return _shown(request, table, form)


def _shown(request: HttpRequest, table: Table, form: forms.ColumnsForm | None) -> HttpResponse:
    refused = form is not None and form.is_bound
    answer = render(request, pages.template(table), pages.of(table, form), status=422 if refused else 200)
    if table.stage in pages.BUSY:
        answer["Refresh"] = "5"
    return answer


@door(Permission.BRING_LIST, Table)
@require_POST
def list_again(request: HttpRequest, table: Table) -> HttpResponse:
    return _done(request, table, lambda by: actions.name_again(table, by=by))


@door(Permission.BRING_LIST, Table)
@require_POST
def list_words(request: HttpRequest, table: Table) -> HttpResponse:
    """What words of this list mean that we do not know; then each row is tried again."""
    form = pages.meanings_form(table, request.POST)
    if form is not None and form.is_valid() and (said := form.given()):
        return _done(request, table, lambda by: actions.mean(table, by=by, meanings=said))
    messages.info(request, _("Nothing was said anew."))
    return redirect("list", pk=table.pk)


@door(Permission.BRING_LIST, Table)
@require_POST
def list_run(request: HttpRequest, table: Table) -> HttpResponse:
    takes_likely = forms.RunForm(request.POST).data.get("takes_likely") == "on"
    return _done(request, table, lambda by: actions.run(table, by=by, takes_likely=takes_likely))


@door(Permission.BRING_LIST, Table)
@require_POST
@sure
def list_back(request: HttpRequest, table: Table) -> HttpResponse:
    return _done(request, table, lambda by: actions.begin_undoing(table, by=by))


@door(Permission.BRING_LIST, Table)
@require_POST
def list_away(request: HttpRequest, table: Table) -> HttpResponse:
    return _done(request, table, lambda by: actions.put_away(table, by=by))


def _done(request: HttpRequest, table: Table, act: Any) -> HttpResponse:
    try:
        act(request.actor)  # type: ignore[attr-defined]
    except (actions.CannotBring, WrongStep) as reason:
        messages.info(request, str(reason))
    return redirect("list", pk=table.pk)


@gives_a_file
@door(Permission.BRING_LIST, Table)
@require_GET
@sure
def list_rows(request: HttpRequest, table: Table) -> HttpResponse:
    """The rows that do not come in, to be put right and brought again."""
    if not queries.count(table).left:
        raise Http404
    found = queries.as_file(table, _("What is wrong"), _("Row"))
    return HttpResponse(found, content_type="text/csv; charset=utf-8", headers={"Content-Disposition": 'attachment; filename="rows.csv"'})
