from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from setfair.access.policy import Permission
from setfair.access.ties import open_to
from setfair.accounts.models import User
from setfair.core import clock
from setfair.core.actor import Actor
from setfair.people.models import Contact
from setfair.programmes.days import off_for_school
from setfair.programmes.matters import NONE, Matter
from setfair.programmes.models import Membership, Programme, Role, Window
from setfair.programmes.wording import told
from setfair.vault.ring import WordsAreGone

from . import progress
from .journey import Stage
from .models import CHECKS, Addition, Looked, Referral, Rest, Screening
from .rests import now

PAGE = 50
SEPARATOR = " · "
UNREAD = Addition.objects.filter(referral=OuterRef("pk"), read_at__isnull=True)

# What a coordinator's list shows


@dataclass(frozen=True)
class Line:
    """One request in the list: nothing in it is sealed, so a list opens no words and needs no keys."""

    referral: Referral
    days: int
    reply_by: date
    late: bool


@dataclass(frozen=True)
class Page:
    lines: list[Line]
    after: str
    """The mark from which the following page goes on; empty when there is none."""


def waiting(actor: Actor) -> QuerySet[Referral]:
    """Requests that wait to be read: not answered yet, or something was added to them. The oldest first."""
    return _listed(actor).filter(pk__in=to_read()).order_by("received_at", "id")


def to_read() -> QuerySet[Any]:
    """Their keys: looked up in two short lists, where "or" would have every request there ever was gone through."""
    new, added_to = Referral.objects.filter(stage=Stage.RECEIVED), Addition.objects.filter(read_at__isnull=True)
    return new.values("pk").union(added_to.values("referral"), all=True)


def answered(actor: Actor) -> QuerySet[Referral]:
    """The others, the latest first."""
    return _listed(actor).filter(~Exists(UNREAD)).exclude(stage=Stage.RECEIVED).order_by("-received_at", "-id")


def _listed(actor: Actor) -> QuerySet[Referral]:
    shown = ("programme", "ref", "stage", "source", "safety_worry", "deadline", "received_at", "asked_again_at", "wish")
    until = Subquery(now(referral=OuterRef("pk")).values("look_on")[:1])
    return open_to(actor, Permission.READ_REFERRAL, Referral).annotate(has_news=Exists(UNREAD), rests_until=until).only(*shown)


def page(rows: QuerySet[Referral], programme: Programme, after: str = "") -> Page:
    """The next fifty of `rows` after the mark, in three queries whatever their number."""
    latest_first = str(rows.query.order_by[0]).startswith("-")
    mark = _read_mark(after)
    if mark is not None:
        side = "lt" if latest_first else "gt"
        at, pk = mark
        rows = rows.filter(Q(**{f"received_at__{side}": at}) | Q(**{"received_at": at, f"id__{side}": pk}))
    found = list(rows[: PAGE + 1])
    shut = off_for_school()
    lines = [_line(referral, programme, shut) for referral in found[:PAGE]]
    return Page(lines, _mark(lines[-1].referral) if len(found) > PAGE else "")


def _line(referral: Referral, programme: Programme, shut: Container[date]) -> Line:
    came, today = clock.local(referral.received_at, programme.zone).date(), _today(programme)
    waits = clock.local(referral.waits_since, programme.zone).date()
    by = clock.add_days(waits, programme.reply_days, closed=shut)
    rests = referral.rests_until  # type: ignore[attr-defined]
    return Line(referral, (today - came).days, by, referral.is_open and not rests and today > by)


def _mark(referral: Referral) -> str:
    return f"{referral.received_at.isoformat()}~{referral.pk}"


def _read_mark(text: str) -> tuple[datetime, UUID] | None:
    at, _tilde, pk = text.partition("~")
    try:
        moment = parse_datetime(at)
        return (moment, UUID(pk)) if moment is not None and moment.tzinfo is not None else None
    except ValueError:
        return None


# One request


def lock(referral: Referral) -> Referral:
    """Hold it until the transaction ends, with the stage it stands at now."""
    referral.refresh_from_db(fields=["stage"], from_queryset=Referral.objects.select_for_update(of=("self",)))
    return referral


def is_readable(referral: Referral) -> bool:
    """Whether its words can still be opened; after the time we keep them, their key is gone."""
    try:
        for name in ("story", "asker", "office"):
            getattr(referral, name)
    except WordsAreGone:
        return False
    return True


def ways(referral: Referral) -> list[tuple[str, str]]:
    """How whoever asked can be reached safely, each way with its value, as they said it."""
    said: Any = referral.reach or {}
    found = [(str(way.label), said[way.value]) for way in Contact.Way if said.get(way.value)]
    if said.get("times"):
        found.append((_("Best time"), said["times"]))
    if said.get("message_ok"):
        found.append((_("Messages"), _("It is OK to leave a message.")))
    if said.get("none"):
        found.append((_("Do not contact"), _("They come back with their code.")))
    return found


def told_when(day: date | None, words: str) -> str:
    """How "when, roughly" is kept: a day, words, or both."""
    return SEPARATOR.join(part for part in (day.isoformat() if day else "", words.strip()) if part)


def read_when(text: str) -> tuple[date | None, str]:
    """The same, taken apart again."""
    first, _dot, rest = text.partition(SEPARATOR)
    try:
        day = parse_date(first)
    except ValueError:
        day = None
    return (day, rest) if day else (None, text)


def is_untold(referral: Referral) -> bool:
    """Whether it was answered, nobody could write to whoever asked, and nobody has written down yet that they told them or tried."""
    screening: Any = referral.screenings
    replies: Any = referral.replies
    return bool(screening.filter(to_tell=True).exists() and not replies.exists())


def who_answered(screening: Screening) -> str:
    """The name of the member of the team who said yes or no."""
    user = User.objects.filter(pk=screening.by).first()
    return user.name if user else ""


def looked_at(screening: Screening) -> list[tuple[Any, Any]]:
    """Each check that was answered, with what was found."""
    found: Any = screening.checks
    answers = found if isinstance(found, dict) else dict.fromkeys(found, Looked.YES)
    matters = [(Matter(code).label, Looked.YES.label) for code in screening.matters if code != NONE]
    return matters + [(words, Looked(answers[code]).label) for code, words in CHECKS if code in answers]


def case_of(referral: Referral) -> Any:
    """The case it became, or None. This floor does not know what a case is, only that it points back here and has a `ref`."""
    cases: Any = referral.cases
    return cases.first()


def public_steps(referral: Referral) -> list[progress.Step]:
    """The way of this request in the words that whoever sent it may see.

    A request that was declined or taken back ends after the first station, and no
    station says who or why.
    """
    asked = {"label": _("Asked"), "state": "done"}
    if referral.stage == Stage.DECLINED:
        return [asked, {"label": _("Not going ahead"), "state": "now"}]
    if referral.stage == Stage.TALKED:
        return [asked, {"label": _("We talked"), "state": "now"}]
    if referral.stage == Stage.WITHDRAWN:
        return [asked, {"label": _("Taken back"), "state": "now"}]
    if referral.is_open:
        asked["state"] = "now"
    accepted = {"label": _("Accepted"), "state": "next" if referral.is_open else "done"}
    later = progress.stations(referral)
    if not referral.is_open and not any(step["state"] in ("now", "done") for step in later):
        accepted["state"] = "now"
    return [asked, accepted, *later]


# The days we promise


def rest_of(referral: Referral) -> Rest | None:
    """Until when nobody answers it, and why; None for one that does not rest, or no more."""
    return now(referral=referral).select_related("own").first() if referral.is_open else None


def reply_by(programme: Programme, since: datetime) -> date:
    """The day by which somebody answers: school or working days from then on, without weekends and closures."""
    came = clock.local(since, programme.zone).date()
    return clock.add_days(came, programme.reply_days, closed=off_for_school())


def _today(programme: Programme) -> date:
    return clock.local(clock.now(), programme.zone).date()


# What the public start page says about the programme


def public_team() -> list[tuple[str, str]]:
    """First name and role of those who chose to be shown, coordinators first; whoever holds several roles is named once, by the first of them."""
    said = {
        Role.COORDINATOR: _("coordinator"),
        Role.SUPERVISOR: _("supervisor"),
        Role.ADMINISTRATOR: _("administrator"),
        Role.SAFEGUARDING: _("safeguarding lead"),
        Role.FACILITATOR: _("trained helper"),
        Role.STUDENT: _("student helper"),
    }
    order = list(said)
    shown = Membership.objects.filter(shown_publicly=True, ended_at__isnull=True, user__is_active=True).select_related("user")
    once: dict[UUID, tuple[str, str]] = {}
    for member in sorted(shown, key=lambda m: (order.index(Role(m.role)), m.name)):
        once.setdefault(member.user_id, (member.name.split(" ")[0], str(said[Role(member.role)])))
    return list(once.values())


def public_windows() -> list[dict[str, Any]]:
    """When conferences are held: each named stretch of the week once, with its days and hours."""

    def stretch(window: Window) -> tuple[Any, ...]:
        return window.starts, window.ends, window.name

    found = []
    told_here = [w for w in Window.objects.select_related("term") if w.kind != Window.Kind.VISIT and not w.is_over(timezone.localdate())]
    for (starts, ends, name), same in groupby(sorted(told_here, key=lambda w: (*stretch(w), w.weekday)), key=stretch):
        found.append({"name": told(name), "days": _days([w.weekday for w in same]), "starts": starts, "ends": ends})
    return sorted(found, key=lambda w: w["starts"])


def _days(numbers: list[int]) -> str:
    first, last = numbers[0], numbers[-1]
    if len(numbers) > 2 and last - first == len(numbers) - 1:
        return _("%(first)s to %(last)s") % {"first": WEEKDAYS[first], "last": WEEKDAYS[last]}
    return ", ".join(str(WEEKDAYS[n]) for n in numbers)


def coordinator_name() -> str:
    """The first name of a coordinator who chose to be shown; empty when none did."""
    shown = Membership.objects.filter(role=Role.COORDINATOR, shown_publicly=True, ended_at__isnull=True).select_related("user").first()
    return shown.name.split(" ")[0] if shown else ""


def language_of(referral_id: UUID) -> str:
    """The language whoever asked is spoken to in; empty for nobody."""
    return Referral.objects.filter(pk=referral_id).values_list("language", flat=True).first() or ""
