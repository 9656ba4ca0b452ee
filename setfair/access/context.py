"""What every page may show around its own content: the programme, and where this person can go."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.apps import apps
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from setfair.core import tenant
from setfair.core.actor import Actor, Kind
from setfair.core.text import in_order
from setfair.programmes.models import Programme, Role

from .entry import left
from .policy import Permission
from .second_step import is_missing
from .stays import mark
from .ties import open_to, stands_in

ROOMS = (
    ("today", gettext_lazy("Today"), Permission.SEE_TODAY),
    ("requests", gettext_lazy("Requests"), Permission.READ_REFERRAL),
    ("cases", gettext_lazy("Cases"), Permission.OPEN_CASE),
    ("week", gettext_lazy("Week"), Permission.SEE_WEEK),
    ("team", gettext_lazy("Team"), Permission.SEE_TEAM),
    ("settings", gettext_lazy("Settings"), Permission.CHANGE_SETTINGS),
)
INSIDE = {"cases": ("/people/", "/agreements/", "/promises/", "/conferences/", "/bookings/", "/check-ins/", "/follow-up/"), "week": ("/term/",)}
"""Pages of a room whose addresses do not begin with the room's own."""
OWN = (
    ("account_change_password", gettext_lazy("Password")),
    ("mfa_index", gettext_lazy("Passkeys and second steps")),
    ("usersessions_list", gettext_lazy("Where you are signed in")),
)


def here(request: HttpRequest) -> dict[str, Any]:
    """`programme` and `help_line` for every page; for staff also `nav` (only rooms with something in them for this person),
    `switcher`, `account`, `stay` (how long it lasts), and `search_url` for whoever can have cases."""
    programme, actor = getattr(request, "programme", None), getattr(request, "actor", None)
    around: dict[str, Any] = {"programme": programme, "help_line": _help_line(programme), "nav": []}
    if actor is None or actor.kind != Kind.STAFF or not request.user.is_authenticated:
        return around
    around["account"] = {
        "name": request.user.get_short_name(),
        "links": [{"url": reverse(name), "label": label} for name, label in OWN],
        "sign_out": reverse("account_logout"),
    }
    still = reverse("still_in", query={"whose": mark(request)})
    around["stay"] = {**left(request.session), "still": still, "again": reverse("account_login")}
    if programme is not None and not is_missing(request):
        own = (
            ("duties", _("What you help with")),
            ("free", _("When you are free")),
            ("shown", _("Your name on the public page")),
            ("own_calendar", _("Your own calendar")),
        )
        around["account"]["links"] += [{"url": reverse(name), "label": label} for name, label in own]
        around |= {"nav": _nav(request), "switcher": SimpleLazyObject(lambda: _switcher(request))}
        if any(room["url"] == reverse("cases") for room in around["nav"]):
            around["search_url"] = reverse("cases")
    return around


def _nav(request: HttpRequest) -> list[dict[str, Any]]:
    actor = request.actor  # type: ignore[attr-defined]
    return [
        {"url": (url := reverse(name)), "label": label, "current": request.path_info.startswith((url, *INSIDE.get(name, ())))}
        for name, label, permission in ROOMS
        if (_has_cases(actor) if name == "cases" else stands_in(actor, permission, Programme) is not None)
    ]


def _has_cases(actor: Actor) -> bool:
    """Whether the list of cases can have anything for them: by their role, or because they were given a case all the same."""
    cases: Any = apps.get_model("cases", "Case")
    return actor.has(Role.COORDINATOR, Role.SUPERVISOR, Role.FACILITATOR) or open_to(actor, Permission.OPEN_CASE, cases).exists()


def _switcher(request: HttpRequest) -> dict[str, Any]:
    """The programmes this person belongs to. Asked for only by a page that shows it: each other programme is a look behind its own wall."""
    entry, now = request.entry, request.programme  # type: ignore[attr-defined]
    known = [now, *(_behind_its_wall(key) for key in entry.programmes if key != now.pk)]
    options = [{"value": str(p.pk), "label": p.short_name, "current": p.pk == now.pk} for p in known]
    return {"action": reverse("switch"), "options": sorted(options, key=lambda option: option["label"])}


def _behind_its_wall(programme_id: UUID) -> Programme:
    with tenant.inside(programme_id):
        return Programme.objects.get(pk=programme_id)


def _help_line(programme: Programme | None) -> str:
    if programme is None or not programme.phone:
        return ""
    return _("Questions? Call %(phone)s.") % {"phone": in_order(programme.phone)}
