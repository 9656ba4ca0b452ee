"""A promise in another language, written by the team beside the words as they stand."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from setfair.access.doors import door
from setfair.access.policy import Permission

from .. import actions, pages_of_tongues
from ..beside import page_of
from ..models import Item


@door(Permission.DRAFT_AGREEMENT, Item)
def promise_translation(request: HttpRequest, item: Item) -> HttpResponse:
    """One promise in one language; once saved, the next one that is missing in it."""
    if item.agreement.stage in pages_of_tongues.OVER:
        return redirect(page_of(item.agreement))
    sent = request.POST if request.method == "POST" else None
    page = pages_of_tongues.translation(item, (sent or request.GET).get("language", ""), sent)
    if page["form"].is_valid():
        try:
            actions.put_into(item, by=request.actor, language=page["code"], **page["form"].said())
            messages.success(request, _("Saved."))
            return _onward(item, page["code"])
        except actions.ChangedMeanwhile as reason:
            page = pages_of_tongues.both(reason.now, page["code"], request.POST, str(reason))
        except actions.CannotWrite as reason:
            page["form"].add_error(None, str(reason))
    return render(request, "agreements/translation.html", page, status=422 if sent is not None else 200)


def _onward(item: Item, language: str) -> HttpResponse:
    after = pages_of_tongues.next_to_translate(item, language)
    if after is None:
        return redirect(page_of(item.agreement))
    return redirect(f"{reverse('promise_translation', args=[after.pk])}?language={language}")
