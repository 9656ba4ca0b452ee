"""What Today says of talks that open no case: who wants one, which come today, which were held or not answered."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Case as Choose
from django.db.models import CharField, F, Q, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from setfair.access.policy import Permission
from setfair.access.ties import open_to
from setfair.referrals.journey import TalkStage
from setfair.referrals.models import Talk

from .asked import Asked, Lines, lines_of
from .rows import moment
from .telling import CHASE, READY, Told, ago, on_case, on_row

WAITS = timedelta(days=3)
"""So long whoever asked has to choose a time, before somebody is reminded."""


def talks(by: Asked) -> Lines:
    """One of today or tomorrow, or whose hour has passed; one that is over, until it is followed up; and one for which nobody chose a time."""
    near = Q(stage=TalkStage.BOOKED, starts_at__lt=by.end_of_tomorrow)
    over = Q(stage__in=(TalkStage.HELD, TalkStage.MISSED))
    silent = Q(stage=TalkStage.OFFERED, at__lt=by.now - WAITS)
    rule = Choose(
        When(near, then=Value("talk_day")), When(over, then=Value("talk_over")), default=Value("talk_silent"), output_field=CharField()
    )  # fmt: skip
    rows = open_to(by.actor, Permission.HOLD_TALK, Talk).filter(near | over | silent)
    return lines_of(rows, rule, since=Coalesce(F("starts_at"), F("at")), ref=F("referral__ref"), alias=Value(""))


RULES = (talks,)
TOLD = {
    "talk_wanted": Told(READY, _("Somebody would like to talk first, or to learn more"), _("Read it"), on_case("request"), ago),
    "talk_day": Told(READY, _("A talk to learn more"), _("Open it"), on_row("talk"), moment),
    "talk_over": Told(READY, _("A talk is over: what comes of it?"), _("Write it down"), on_row("talk"), ago),
    "talk_silent": Told(CHASE, _("A talk was offered, and no time was chosen"), _("Call them"), on_row("talk"), ago),
}
