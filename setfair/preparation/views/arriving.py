"""A new link for whoever lost theirs. The page says the same, and takes as long, whoever asks, and whether or not we know the address."""

from __future__ import annotations

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from setfair.access.doors import open_door
from setfair.access.limits import allow
from setfair.access.network import network_of

from ..forms import NewLinkForm
from ..way_back import ask_for_new_links

NEAR = (5, timedelta(minutes=10))
"""Addresses that one network may ask for; asked for more, the page says so: it is about where they are, not about any address."""
EACH = (3, timedelta(days=1))
"""How often one address may be asked for, from anywhere: nobody's phone is made to ring all day. The page says it to everyone beforehand,
because saying it then would tell who was asked for."""


@require_http_methods(["GET", "HEAD", "POST"])
@open_door
def new_link(request: HttpRequest) -> HttpResponse:
    form = NewLinkForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render(request, "preparation/new_link.html", {"form": form}, status=422 if form.is_bound else 200)
    where = form.cleaned_data["where"]
    if not allow(f"new link near {network_of(request)}", limit=NEAR[0], per=NEAR[1]):
        return render(request, "preparation/new_link_too_many.html", status=429)
    if allow(f"new link {where}", limit=EACH[0], per=EACH[1]):
        ask_for_new_links(where)
    return render(request, "preparation/new_link_asked.html")
