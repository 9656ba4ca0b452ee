"""Each kind of page as plainly as Django can serve it."""

from __future__ import annotations

from django import forms
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from .models import Matter, Note

PAGE = 25


class NoteForm(forms.Form):
    first = forms.CharField(max_length=200)
    second = forms.CharField(max_length=2000, widget=forms.Textarea)
    number = forms.IntegerField(min_value=0)


def empty(request: HttpRequest) -> HttpResponse:
    """A form for somebody unknown: what a sign-in page is at the least."""
    return render(request, "floor/empty.html", {"form": NoteForm()}, using="floor")


@login_required
def listing(request: HttpRequest) -> HttpResponse:
    rows = Matter.objects.select_related("owner", "place").order_by("-opened_at", "id")[:PAGE]
    return render(request, "floor/list.html", {"rows": rows, "user": request.user}, using="floor")


@login_required
def found(request: HttpRequest) -> HttpResponse:
    rows = Matter.objects.select_related("owner", "place").filter(stage=request.GET["stage"]).order_by("-opened_at", "id")[:PAGE]
    return render(request, "floor/list.html", {"rows": rows, "user": request.user}, using="floor")


@login_required
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    row = Matter.objects.select_related("owner", "place").get(pk=pk)
    return render(request, "floor/detail.html", {"row": row, "user": request.user}, using="floor")


def send(request: HttpRequest) -> HttpResponse:
    form = NoteForm(request.POST)
    if not form.is_valid():
        return HttpResponse(status=422)
    with transaction.atomic():
        for words in (form.cleaned_data["first"], form.cleaned_data["second"]):
            Note.objects.create(matter_id=1, words=words, at=timezone.now())
    return redirect("/floor/")
