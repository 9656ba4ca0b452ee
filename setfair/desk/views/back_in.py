from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.access.sure import sure_to_send
from setfair.programmes.actions import CannotVouch, vouch
from setfair.programmes.models import Programme
from setfair.programmes.queries import only_administrator, voices_for

ONE, BOTH = _("Noted. One more of you has to say so today."), _("They can sign in and set up a new second step.")


@door(Permission.VOUCH)
@sure_to_send
def back_in(request: HttpRequest, programme: Programme) -> HttpResponse:
    """Help the only administrator back in: two people have to say so."""
    if request.method == "POST":
        try:
            said = ONE if vouch(programme, by=request.actor) is None else BOTH  # type: ignore[attr-defined]
            messages.success(request, said)
        except CannotVouch as reason:
            messages.error(request, str(reason))
        return redirect("back_in")
    account = only_administrator()
    others = account is not None and account.pk != request.user.pk
    voices = voices_for(account.pk) if account is not None and others else set()
    page = {"account": account if others else None, "said": request.user.pk in voices, "count": len(voices)}
    return render(request, "desk/back_in.html", page)
