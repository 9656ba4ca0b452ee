from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from setfair.core.doors import open_door

from .devices import disown

DONE = _("Everyone is signed out of your account, and the old password is no use any more. Choose a new one here.")


@open_door
def closed(request: HttpRequest, rest: str = "") -> HttpResponse:
    """Pages of the sign-in library that are no part of this house: an address is given by an administrator, and nobody signs up."""
    raise Http404


@require_http_methods(["GET", "HEAD", "POST"])
@open_door
def not_me(request: HttpRequest, token: str) -> HttpResponse:
    """From the letter about a new device. Opening it changes nothing: mail scanners open every link they see."""
    if request.method != "POST":
        return render(request, "account/not_me.html")
    if not disown(token):
        return render(request, "account/not_me.html", {"too_late": True}, status=410)
    messages.success(request, DONE)
    return redirect("account_reset_password")
