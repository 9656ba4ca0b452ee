"""Lines of Today for those who held a circle, and for whoever looks after them."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import CharField, DateTimeField, DurationField, Exists, ExpressionWrapper, F, OuterRef, Value
from django.utils.translation import gettext_lazy as _

from setfair.access.policy import Permission
from setfair.access.ties import open_to
from setfair.cases.models import Assignment
from setfair.conferences.debriefs import waits
from setfair.conferences.journey import Stage
from setfair.conferences.models import Conference, Debrief

from .asked import Asked, Lines, lines_of
from .telling import CHASE, READY, Told, ago, on_row

ASKED_FOR = timedelta(days=3)
"""After these they said nothing, and that is all right too."""
UNNAMED = {"ref": Value("", output_field=CharField()), "alias": Value("")}


def how_they_are(by: Asked) -> Lines:
    """Somebody who held a circle would like to be read. Which case it was stands on its own page alone."""
    return lines_of(open_to(by.actor, Permission.READ_DEBRIEF, Debrief).filter(waits()), "debrief", since=F("at"), **UNNAMED)


def three_minutes(by: Asked) -> Lines:
    """Whoever held one in these days has not said how they are."""
    until = ExpressionWrapper(F("ended_at") + Value(ASKED_FOR, output_field=DurationField()), output_field=DateTimeField())
    held = open_to(by.actor, Permission.DEBRIEF, Conference).filter(stage__in=(Stage.CONCLUDED, Stage.ADJOURNED))
    held = held.annotate(until=until).filter(until__gt=by.now)
    mine = Assignment.objects.filter(case=OuterRef("case"), facilitator__user=by.actor.id, ended_at__isnull=True)
    said = Debrief.objects.filter(conference=OuterRef("pk"), user=by.actor.id)
    return lines_of(held.filter(Exists(mine), ~Exists(said)), "three_minutes", since=F("ended_at"), **UNNAMED)


RULES = (how_they_are, three_minutes)
TOLD = {
    "debrief": Told(READY, _("Somebody who held a circle wrote to you how they are"), _("Read it"), on_row("debrief_read"), ago),
    "three_minutes": Told(CHASE, _("You held a circle: how are you?"), _("Three minutes for you"), on_row("debrief"), ago),
}
