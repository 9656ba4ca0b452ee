from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.cases.models import Case, Participation
from setfair.cases.queries import circle, frame

from . import actions, forms, queries
from .models import Note


def _page(request: HttpRequest, case: Case, form: forms.NoteForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "notes": queries.notes_of(case, request.actor), "who_reads": queries.WHO_READS.values()}  # type: ignore[attr-defined]
    return render(request, "notes/notes.html", frame(case, "case_notes") | context, status=status)


@door(Permission.KEEP_NOTES, Case)
def case_notes(request: HttpRequest, case: Case) -> HttpResponse:
    """What is written down about a case, as far as it is meant for whoever looks; and one more. Before a note is shared, a page says with whom."""
    if request.method != "POST":
        return _page(request, case, forms.NoteForm(circle=circle(case)))
    form = forms.NoteForm(request.POST, circle=circle(case))
    if form.is_valid():
        if form.waits_for_a_look:
            return render(request, "notes/before_sharing.html", frame(case, "case_notes") | {"form": form, "to": form.note()["about"]})
        try:
            actions.write(case, by=request.actor, **form.note())  # type: ignore[attr-defined]
            messages.success(request, _("It is written down."))
            return redirect("case_notes", ref=case.ref)
        except actions.CannotNote as reason:
            form.add_error(None, str(reason))
    return _page(request, case, form, 422)


@door(Permission.KEEP_NOTES, Note)
def note(request: HttpRequest, note: Note) -> HttpResponse:
    """One note with what stood there before; whoever wrote it can say it anew."""
    form = forms.CorrectForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.correct(note, by=request.actor, **form.cleaned_data)  # type: ignore[attr-defined]
            return redirect("case_notes", ref=note.case.ref)
        except actions.CannotNote as reason:
            form.add_error(None, str(reason))
    lines = queries.versions(note, request.actor)  # type: ignore[attr-defined]
    context = {"form": form, "lines": lines, "may_correct": lines[0].is_mine and not queries.is_corrected(note)}
    return render(request, "notes/note.html", frame(note.case, "case_notes") | context, status=422 if form.is_bound else 200)


@door(Permission.TAKE_PART, Participation)
@require_GET
def my_notes(request: HttpRequest, me: Participation) -> HttpResponse:
    """What the team wrote down for this one person."""
    return render(request, "notes/own.html", {"me": me, "notes": queries.shared_with(me, request.actor)})  # type: ignore[attr-defined]
