"""Lines of Today about the record itself: whether it holds, and who looked at what is not theirs."""

from __future__ import annotations

from django.db.models import Exists, F, OuterRef, Q, Subquery, Value

from setfair.access.policy import Permission
from setfair.access.ties import open_to
from setfair.cases.models import Assignment, Case
from setfair.core.actor import Kind
from setfair.journal.models import Check, Entry
from setfair.programmes.models import Membership, Programme, Role

from .asked import Asked, Lines, lines_of
from .history import READING

READ_LOG = "case_looked"


def broken(by: Asked) -> Lines:
    """The last time somebody went through the journal, it did not hold."""
    latest = Check.objects.filter(programme=OuterRef("pk")).order_by("-at")
    rows = open_to(by.actor, Permission.WATCH_JOURNAL, Programme).annotate(found=Subquery(latest.values("found")[:1]))
    return lines_of(rows.filter(~Q(found=""), found__isnull=False), "broken", since=Subquery(latest.values("at")[:1]), ref=Value(""), alias=Value(""))


def strangers(by: Asked) -> Lines:
    """Somebody opened a case that they neither lead nor hold nor supervise, within a week; until whoever supervises has seen who."""
    looks = Entry.objects.filter(verb=READING, actor_kind=Kind.STAFF, at__gt=by.quiet_since)
    helps = Assignment.objects.filter(case=OuterRef("case_id"), facilitator__user=OuterRef("actor_id"))
    leads = Case.objects.filter(pk=OuterRef("case_id"), coordinator=OuterRef("actor_id"))
    supervises = Membership.objects.filter(user=OuterRef("actor_id"), role=Role.SUPERVISOR)
    seen = Entry.objects.filter(verb=READING, actor_id=by.actor.id, route=READ_LOG, case_id=OuterRef("case_id"), at__gt=OuterRef("at"))
    outside = looks.filter(~Exists(helps), ~Exists(leads), ~Exists(supervises), ~Exists(seen)).order_by()
    first = outside.filter(case_id=OuterRef("pk")).order_by("at").values("at")[:1]
    rows = open_to(by.actor, Permission.SEE_WHO_LOOKED, Case).filter(pk__in=outside.values("case_id"))
    return lines_of(rows, "strangers", since=Subquery(first), key=F("pk"))
