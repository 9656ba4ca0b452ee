"""A line of Today for each parent or guardian whose say is doubted: it waits for somebody else than who doubted it."""

from __future__ import annotations

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from setfair.access.policy import Permission
from setfair.preparation.models import SayDoubted
from setfair.preparation.queries.says import doubts

from .asked import OPEN, Asked, Lines, of_case
from .telling import STOPPED, Told, ago, on_row


def doubted(by: Asked) -> Lines:
    waiting = by.facts(SayDoubted, Permission.JUDGE_SAY, *OPEN).filter(pk__in=doubts().values("pk")).exclude(by=by.actor.id)
    return of_case(waiting, "say_doubted", since=F("at"), key=F("participation_id"))


RULES = (doubted,)
TOLD = {
    "say_doubted": Told(STOPPED, _("A parent said no, and somebody doubts that they decide"), _("Look at it"), on_row("say_answer"), ago),
}
