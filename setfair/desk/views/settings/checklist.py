"""What each person has to have been asked before the day: the programme's own list."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from setfair.access.doors import door
from setfair.access.policy import Permission
from setfair.access.ties import may, open_to
from setfair.cases.models import ROLE_WORDS, Role
from setfair.programmes import actions
from setfair.programmes.checklist import ended_items
from setfair.programmes.forms.checklist import ItemForm
from setfair.programmes.models import ChecklistItem, Programme
from setfair.programmes.models.checklist import WAYS

from .saving import saved, status_of


def _page(request: HttpRequest, template: str, programme: Programme, status: int = 200, **more: Any) -> HttpResponse:
    around = {"may_change_settings": may(request.actor, Permission.CHANGE_SETTINGS, programme)}  # type: ignore[attr-defined]
    return render(request, f"settings/{template}.html", around | more, status=status)


def _live(request: HttpRequest) -> list[ChecklistItem]:
    rows = open_to(request.actor, Permission.WRITE_CHECKLIST, ChecklistItem)  # type: ignore[attr-defined]
    return list(rows.filter(ended_at__isnull=True).select_related("programme"))


@door(Permission.WRITE_CHECKLIST)
def checklist(request: HttpRequest, programme: Programme) -> HttpResponse:
    """The list as it is now; sent, it begins with ours where there never was one."""
    if request.method == "POST":
        actions.take_our_checklist(programme, by=request.actor)  # type: ignore[attr-defined]
        return redirect("settings_checklist")
    rows = [{"item": item, "for_whom": _for_whom(item)} for item in _live(request)]
    ended = ended_items()
    return _page(request, "checklist", programme, rows=rows, ended=ended, never_had_one=not rows and not ended)


@door(Permission.WRITE_CHECKLIST)
def item_new(request: HttpRequest, programme: Programme) -> HttpResponse:
    end = len(_live(request)) + 1
    form = ItemForm(request.POST or None, language=programme.language, places=range(1, end + 1), initial={"place": end})
    if saved(form, lambda: actions.add_item(programme, by=request.actor, **form.facts())):  # type: ignore[attr-defined]
        messages.success(request, _("It is on the list."))
        return redirect("settings_checklist")
    return _page(request, "checklist_one", programme, status_of(form), form=form)


@door(Permission.WRITE_CHECKLIST, ChecklistItem)
def item(request: HttpRequest, item: ChecklistItem) -> HttpResponse:
    given: dict[str, Any] = {"language": item.programme.language, "places": range(1, len(_live(request)) + 1)}
    form = ItemForm(request.POST, **given) if request.method == "POST" else ItemForm.of(item, **given)
    if saved(form, lambda: actions.change_item(item, by=request.actor, **form.facts())):  # type: ignore[attr-defined]
        messages.success(request, _("Saved. Whoever was ticked off already stays so, in the words of then."))
        return redirect("settings_checklist")
    return _page(request, "checklist_one", item.programme, status_of(form), form=form, item=item)


@require_POST
@door(Permission.WRITE_CHECKLIST, ChecklistItem)
def item_end(request: HttpRequest, item: ChecklistItem) -> HttpResponse:
    try:
        actions.end_item(item, by=request.actor)  # type: ignore[attr-defined]
        messages.success(request, _("Nobody is asked it any more. What was ticked is kept."))
    except actions.CannotChange as reason:
        messages.error(request, str(reason))
    return redirect("settings_checklist")


@require_POST
@door(Permission.WRITE_CHECKLIST, ChecklistItem)
def item_again(request: HttpRequest, item: ChecklistItem) -> HttpResponse:
    try:
        actions.take_up_item(item, by=request.actor)  # type: ignore[attr-defined]
        messages.success(request, _("It is asked again. What was ticked before is still ticked."))
    except actions.CannotChange as reason:
        messages.error(request, str(reason))
    return redirect("settings_checklist")


def _for_whom(item: ChecklistItem) -> str:
    """In one line: whom, of what age, in which ways."""
    parts = [capfirst(", ".join(str(ROLE_WORDS[Role(code)]) for code in Role.values if code in item.roles))]
    if item.from_age is not None:
        parts.append(_("aged %(n)d and over") % {"n": item.from_age})
    if item.below_age is not None:
        parts.append(_("under %(n)d") % {"n": item.below_age})
    parts += [str(label) for code, label in WAYS if code in item.ways]
    return " · ".join(parts)
