"""Lines of Today about keeping: what is forgotten soon, and holds that somebody has to look at again."""

from __future__ import annotations

from django.db.models import Case as Choose
from django.db.models import CharField, Exists, F, OuterRef, Q, Value, When
from django.db.models.functions import Coalesce

from setfair.access.policy import Permission
from setfair.access.ties import open_to, stands_in
from setfair.cases.models import Case
from setfair.keeping.models import Asking, Longer, Look, Notice
from setfair.keeping.queries import also_held, holds_before, open_askings
from setfair.programmes.models import Programme
from setfair.referrals.models import Referral

from .asked import Asked, Lines, day, lines_of


def forgotten_soon(by: Asked) -> Lines:
    """Its day is near and nobody has looked yet. Of cases, those of their own; what was put off since is told of anew when its later day is near."""
    cases = open_to(by.actor, Permission.KEEP_LONGER, Case).filter(by.own()).order_by()
    requests = open_to(by.actor, Permission.KEEP_LONGER, Referral).order_by()
    same = Q(case=OuterRef("case")) | Q(referral=OuterRef("referral"))
    put_off = Longer.objects.filter(same, until__gt=OuterRef("forget_on"))
    rows = Notice.objects.filter(Q(case__in=cases.values("pk")) | Q(referral__in=requests.values("pk")), forget_on__lte=by.soon)
    rows = rows.filter(~Exists(put_off), ~also_held(), ~Exists(Look.objects.filter(notice=OuterRef("pk"))))
    rule = Choose(When(case__isnull=True, then=Value("request_forgotten_soon")), default=Value("forgotten_soon"), output_field=CharField())
    return lines_of(rows, rule, since=day("forget_on"), ref=_ref(), alias=Coalesce(F("case__alias"), Value("")))


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
