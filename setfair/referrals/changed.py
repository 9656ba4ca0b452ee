"""What an office has changed of what it sent: as it stands now, and each change as it is told."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from .models import Addition, Referral

What = Addition.What
AS_SENT: dict[str, Callable[[Referral], str]] = {
    What.STORY: lambda it: it.story,
    What.PEOPLE: lambda it: "\n".join(named(one) for one in it.people or []),
    What.LEGAL: lambda it: str(it.get_legal_stage_display()) if it.legal_stage else "",
    What.COURT: lambda it: it.court_number,
    What.DEADLINE: lambda it: it.deadline.isoformat() if it.deadline else "",
    What.ORDERS: lambda it: it.orders,
    What.SAFETY: lambda it: it.safety,
    What.BACK: lambda it: it.wanted_back,
}


@dataclass(frozen=True)
class Change:
    at: datetime
    what: str
    now: str
    before: str
    reason: str
    is_read: bool


def named(person: Mapping[str, Any]) -> str:
    """Somebody whom a request names, in one line."""
    parts = [person["name"], str(Referral.Part(person["role"]).label) if person.get("role") else "", person.get("reach", "")]
    if person.get("wait"):
        parts.append(_("do not contact before we have spoken"))
    return ", ".join(part for part in parts if part)


def as_it_stands(referral: Referral, what: str) -> str:
    """What counts for this part: the latest change of it, or what was sent."""
    last: Addition | None = referral.additions.filter(what=what).last()  # type: ignore[attr-defined]
    return last.words if last is not None else AS_SENT[what](referral)


def changes(additions: Iterable[Addition]) -> list[Change]:
    """Those of the additions that change something, the latest first."""
    found = [one for one in additions if one.what]
    return [Change(a.at, a.get_what_display(), _shown(a, a.words), _shown(a, a.before), a.reason, a.read_at is not None) for a in reversed(found)]


def in_a_line(addition: Addition) -> str:
    """An addition in words, whether it changes something or only tells more."""
    if not addition.what:
        return addition.words
    now, before = _shown(addition, addition.words), _shown(addition, addition.before)
    said = {"what": addition.get_what_display(), "now": now, "before": before or "–", "reason": addition.reason}
    return _("Changed, %(what)s: %(now)s (before: %(before)s). Why: %(reason)s") % said


def _shown(addition: Addition, words: str) -> str:
    return date_format(date.fromisoformat(words), "DATE_FORMAT") if addition.what == What.DEADLINE and words else words
