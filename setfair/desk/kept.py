"""Lines of Today about keeping: what is forgotten soon, holds that somebody has to look at again, and what people ask about themselves.

Whoever administers opens no case: they hear once that something waits, without a number or a name, and where they can do something about it.
"""

from __future__ import annotations

from django.db.models import Case as Choose
from django.db.models import CharField, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce

from setfair.access.policy import Permission
from setfair.access.ties import open_to, stands_in
from setfair.cases.models import Case
from setfair.keeping.models import Asking, Longer, Look, Notice
from setfair.keeping.queries import also_held, hidden_from, holds_before, open_askings
from setfair.programmes.models import Programme, Role
from setfair.referrals.models import Referral

from .asked import Asked, Lines, day, lines_of


def forgotten_soon(by: Asked) -> Lines:
    """Its day is near and nobody has looked yet. Of cases, those of their own; what was put off since is told of anew when its later day is near."""
    cases = open_to(by.actor, Permission.KEEP_LONGER, Case).filter(by.own()).order_by()
    requests = open_to(by.actor, Permission.KEEP_LONGER, Referral).order_by()
    rows = _unlooked(by).filter(Q(case__in=cases.values("pk")) | Q(referral__in=requests.values("pk")))
    rule = Choose(When(case__isnull=True, then=Value("request_forgotten_soon")), default=Value("forgotten_soon"), output_field=CharField())
    return lines_of(rows, rule, since=day("forget_on"), ref=_ref(), alias=Coalesce(F("case__alias"), Value("")))


def going(by: Asked) -> Lines:
    """For whoever administers: something is forgotten within two weeks that nobody has looked at. They can change the rule, or hold it."""
    first = _known_to(by, _unlooked(by)).filter(programme=OuterRef("pk")).order_by("forget_on").values("forget_on")[:1]
    return _once(by, "going", first)


def late(by: Asked) -> Lines:
    """For whoever administers: the month in which the law has an answer given is nearly over, or is, and nobody has answered."""
    waiting = _known_to(by, open_askings()).filter(programme=OuterRef("pk"), due_on__lte=by.soon)
    return _once(by, "late", waiting.order_by("due_on").values("due_on")[:1])


def _once(by: Asked, rule: str, first: Lines) -> Lines:
    """One line, since the first of them; whoever coordinates has a line for each of them already."""
    rows = open_to(by.actor, Permission.CHANGE_SETTINGS, Programme).annotate(first=Subquery(first)).filter(first__isnull=False)
    if by.actor.has(Role.COORDINATOR):
        rows = rows.none()
    return lines_of(rows, rule, since=day("first"), ref=Value("", output_field=CharField()), alias=Value(""))


def _known_to(by: Asked, rows: Lines) -> Lines:
    """Nothing of a case that is sealed from them, or that they are kept out of: not even that something waits."""
    hidden = hidden_from(by.actor)
    requests = Case.objects.filter(pk__in=hidden, referral__isnull=False).order_by().values("referral_id")
    return rows.exclude(case__in=hidden).exclude(referral__in=requests)


def _unlooked(by: Asked) -> Lines:
    """Warnings whose day is near, that nobody has looked at and that nothing has put off since."""
    same = Q(case=OuterRef("case")) | Q(referral=OuterRef("referral"))
    put_off = Longer.objects.filter(same, until__gt=OuterRef("forget_on"))
    seen = Look.objects.filter(notice=OuterRef("pk"))
    return Notice.objects.filter(~Exists(put_off), ~also_held(), ~Exists(seen), forget_on__lte=by.soon)


def held_long(by: Asked) -> Lines:
    """The day on which a legal hold is looked at again is here."""
    rows = holds_before(by.actor).filter(next_look__lte=by.today)
    if stands_in(by.actor, Permission.HOLD_LEGALLY, Programme) is None:
        rows = rows.none()
    return lines_of(rows, "held_long", since=day("next_look"), ref=_ref(), alias=Value(""))


def asked_about_self(by: Asked) -> Lines:
    """Somebody asked for a copy of what is kept about them, or to be forgotten; by the day on which it has to be answered."""
    rows = open_askings().filter(pk__in=open_to(by.actor, Permission.ANSWER_ASKING, Asking).order_by().values("pk"))
    return lines_of(rows, "asked_about_self", since=day("due_on"), ref=_ref(), alias=Coalesce(F("case__alias"), Value("")))


def _ref() -> Coalesce:
    return Coalesce(F("case__ref"), F("referral__ref"))
