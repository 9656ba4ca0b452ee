"""Who has looked at somebody's record: told to themselves, without names and never about another party, and to whoever supervises, one by one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from setfair.accounts.models import User
from setfair.cases.models import Assignment, Case, Participation
from setfair.core.actor import Kind
from setfair.journal.models import Entry
from setfair.preparation.queries.looking import ABOUT, EMERGENCY, LOOKS, looks_about, parts_of
from setfair.programmes.models import Membership, Role

MOST = 400
"""As many looks as one page tells of; older ones stand in the history of the case."""

GUARDIAN = gettext_lazy("a parent or guardian")


@dataclass(frozen=True)
class Day:
    """One day, and who looked on it, each told once."""

    day: date
    who: list[str]


def looks_at(me: Participation) -> list[Day]:
    """The newest days first: looks at this person's own page and at those where they stand with everybody else, since they have a place here.

    Pages about another person are not theirs to know of. A look by themselves is none.
    """
    guardian = Q(actor_kind=Kind.PARTICIPANT, subject_kind=ABOUT, subject_id=str(me.pk)) & ~Q(actor_id=me.pk)
    looks = looks_about(me).filter(Q(actor_kind=Kind.STAFF) | guardian)
    found = list(looks.order_by("-id").values("at", "actor_kind", "actor_id", "subject_kind")[:MOST])
    roles = parts_of(me.case_id, {look["actor_id"] for look in found})
    days: dict[date, list[str]] = {}
    for look in found:
        words = str(GUARDIAN) if look["actor_kind"] == Kind.PARTICIPANT else roles[look["actor_id"]]
        if look["subject_kind"] == EMERGENCY:
            words = _("%(who)s, in an emergency") % {"who": words}
        said = days.setdefault(timezone.localtime(look["at"]).date(), [])
        if capfirst(words) not in said:
            said.append(capfirst(words))
    return [Day(day, said) for day, said in days.items()]


def _looks(case_id: UUID) -> QuerySet[Entry]:
    return Entry.objects.filter(case_id=case_id, verb__in=LOOKS)


@dataclass(frozen=True)
class Look:
    """One line of the read log. `outside`: by somebody who is not of this case's team; `tag` and `title` say so."""

    at: datetime
    who: str
    user_id: UUID | None
    page: str
    outside: bool
    emergency: bool


@dataclass(frozen=True)
class Log:
    """What whoever supervises reads: the looks, whose they can be narrowed to, and whose they are narrowed to now."""

    looks: list[Look]
    people: list[tuple[str, str]]
    chosen: str
    older: str


PAGES = {
    ABOUT: gettext_lazy("a person's page"),
    "cases.case": gettext_lazy("the case"),
    EMERGENCY: gettext_lazy("the case"),
    "conferences.conference": gettext_lazy("the day and its script"),
    "agreements.agreement": gettext_lazy("the agreement"),
    "agreements.item": gettext_lazy("a promise"),
    "letters.letter": gettext_lazy("a letter"),
}
AT_A_TIME = 100


def log_of(case: Case, *, chosen: str, before: str) -> Log:
    """A hundred looks of the staff at this case, newest first, and the names of all who ever looked."""
    every = _looks(case.pk).filter(actor_kind=Kind.STAFF)
    names = dict(User.objects.filter(pk__in=every.order_by().values("actor_id").distinct()).values_list("pk", "name"))
    people = sorted(((str(pk), name) for pk, name in names.items()), key=lambda one: one[1].casefold())
    shown = every.order_by("-id")
    if chosen in dict(people):
        shown = shown.filter(actor_id=chosen)
    if before.isdecimal():
        shown = shown.filter(pk__lt=int(before[:18]))
    found = list(shown[: AT_A_TIME + 1])
    team = team_of(case)
    older = str(found[AT_A_TIME - 1].pk) if len(found) > AT_A_TIME else ""
    return Log([_look(e, names, team) for e in found[:AT_A_TIME]], people, chosen if chosen in dict(people) else "", older)


def team_of(case: Case) -> set[Any]:
    helpers = Assignment.objects.filter(case=case).values_list("facilitator__user_id", flat=True)
    supervising = Membership.objects.filter(role=Role.SUPERVISOR).values_list("user_id", flat=True)
    return {case.coordinator_id, *helpers, *supervising}


def _look(entry: Entry, names: dict[Any, str], team: set[Any]) -> Look:
    return Look(
        entry.at,
        names.get(entry.actor_id, _("a former member of the team")),
        entry.actor_id,
        capfirst(str(PAGES.get(entry.subject_kind, _("a page of the case")))),
        entry.actor_id not in team,
        entry.subject_kind == EMERGENCY,
    )
