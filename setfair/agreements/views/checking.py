"""Whether a copy is ours, for anybody who holds one (decision 152). It names nobody, and an address in the history of a browser opens nothing."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from setfair.access.doors import open_door

from .. import forms, genuine


@require_http_methods(["GET", "HEAD", "POST"])
@open_door
def check(request: HttpRequest) -> HttpResponse:
    form = forms.CheckForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        found = genuine.asked(request, form.cleaned_data["code"])
        if found is not None:
            return render(request, "agreements/checked.html", {"found": found})
        form.is_not_known()
    return render(request, "agreements/check.html", {"form": form}, status=422 if form.is_bound else 200)
