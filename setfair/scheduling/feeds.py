"""The page on which one makes the address of one's own days and takes it back, and the address itself."""

from __future__ import annotations

import hashlib
from datetime import timedelta

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from setfair.access.doors import door, open_door
from setfair.access.entry import memberships_of
from setfair.access.limits import allow, deny, give_back
from setfair.access.network import network_of
from setfair.access.policy import Permission
from setfair.accounts.feeds import end_feed, feed_behind, open_feed, own_feed
from setfair.accounts.models import Feed
from setfair.core import tenant
from setfair.core.doors import gives_a_file
from setfair.programmes.models import Programme
from setfair.programmes.speaking import in_language

from .duties import feed_file

WRONG, RIGHT = (30, timedelta(minutes=10)), (60, timedelta(hours=1))
"""Addresses that lead nowhere, from one network; and how often one calendar is read."""


class FeedForm(forms.Form):
    titled = forms.ChoiceField(
        label=gettext_lazy("What each entry says"),
        choices=[("no", gettext_lazy("Only that I am busy")), ("yes", gettext_lazy("Its number and the room, and no name"))],
        widget=forms.RadioSelect,
        initial="no",
        error_messages={"required": gettext_lazy("Please choose one.")},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@door(Permission.KEEP_CALENDAR)
def own_calendar(request: HttpRequest, programme: Programme) -> HttpResponse:
    """The answer that made it is the one place that shows it."""
    actor, form, address = request.actor, FeedForm(request.POST if request.method == "POST" else None), ""  # type: ignore[attr-defined]
    if form.is_valid():
        token = open_feed(by=actor, titled=form.cleaned_data["titled"] == "yes")
        address = f"{settings.SITE_ADDRESS}{reverse('feed', args=[token])}"
    page = {"form": form, "address": address, "feed": own_feed(actor.id)}
    return render(request, "scheduling/own_calendar.html", page, status=422 if form.is_bound and not address else 200)


@require_POST
@door(Permission.KEEP_CALENDAR)
def own_calendar_end(request: HttpRequest, programme: Programme) -> HttpResponse:
    end_feed(by=request.actor)  # type: ignore[attr-defined]
    messages.success(request, _("The address works no more."))
    return redirect("own_calendar")


@gives_a_file
@require_safe
@open_door
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """For programs: who knows the address is let in, for as long as its owner keeps it and belongs to the team."""
    tries = f"feed near {network_of(request)}"
    if not allow(tries, limit=WRONG[0], per=WRONG[1]):
        return _plain(429)
    found = feed_behind(token)
    if found is None:
        deny(request, "feed")
        raise Http404
    give_back(tries)
    if not allow(f"feed {found[1]}", limit=RIGHT[0], per=RIGHT[1]):
        return _plain(429)
    with tenant.inside(found[0]):
        return _read(request, Feed.objects.select_related("user").get(pk=found[1]))


def _read(request: HttpRequest, feed: Feed) -> HttpResponse:
    if feed.ended_at is not None or not feed.user.is_active or feed.programme_id not in memberships_of(feed.user_id):
        return _plain(410)
    with in_language(feed.user.language):
        content = feed_file(feed)
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8", headers={"Content-Disposition": 'inline; filename="calendar.ics"'})
    answer["ETag"] = etag = quote_etag(hashlib.sha256(content).hexdigest())
    answer["Cache-Control"], answer["X-Robots-Tag"] = "private, no-cache", "noindex"
    return get_conditional_response(request, etag=etag, response=answer) or answer


def _plain(status: int) -> HttpResponse:
    return HttpResponse(status=status, content_type="text/plain", headers={"Cache-Control": "no-store", "X-Robots-Tag": "noindex"})
