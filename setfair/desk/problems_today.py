"""What Today says of pages that do not work: one line for whoever administers."""

from __future__ import annotations

from django.db.models import CharField, Count, F, Min, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from setfair.access.policy import Permission
from setfair.access.ties import open_to
from setfair.programmes.models import Problem

from .asked import Asked, Lines, lines_of
from .telling import CHASE, Told, ago, on_page


def problems(by: Asked) -> Lines:
    """How many wait, and since when the first one does."""
    rows = open_to(by.actor, Permission.READ_PROBLEM, Problem)
    count = Cast(Count("pk"), CharField())
    return lines_of(rows.values("programme_id"), "problem", since=Min("at"), ref=count, alias=Value(""), key=F("programme_id"))


RULES = (problems,)
TOLD = {"problem": Told(CHASE, _("A page does not work for somebody (%(count)s)"), _("Read it"), on_page("problems"), ago)}
