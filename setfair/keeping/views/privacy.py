"""What is kept, who reads it and for how long: open to everybody, and said for each who reads it."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from setfair.access.doors import open_door
from setfair.referrals.views.start import here

from .. import privacy as page
from ..privacy import OF_KIND, Audience


@require_safe
@open_door
def privacy_here(request: HttpRequest) -> HttpResponse:
    """From wherever one is: the page of one's programme, for what one is there. Where no programme is known it says what holds in all."""
    programme, kind = request.programme, request.actor.kind  # type: ignore[attr-defined]
    if programme is None:
        return render(request, "keeping/privacy_all.html")
    return redirect("privacy", programme.slug, OF_KIND.get(kind, Audience.ASKER))


@require_safe
@open_door
def privacy(request: HttpRequest, programme: str, audience: str) -> HttpResponse:
    here(request)
    if audience not in Audience.values:
        raise Http404
    tabs = [{"url": reverse("privacy", args=[programme, code]), "label": label, "current": code == audience} for code, label in Audience.choices]
    return render(request, "keeping/privacy.html", {"tabs": tabs, "audience": audience, **page.told(audience)})
