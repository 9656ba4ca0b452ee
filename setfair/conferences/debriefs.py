"""What those who held a circle said of how they are: for whoever supervises."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from setfair.access.policy import Permission
from setfair.access.ties import open_to
from setfair.core.actor import Actor

from .journey import Stage
from .models import Conference, Debrief, DebriefRead

MOST = 100
SAT = (Stage.LIVE, Stage.CONCLUDED, Stage.ADJOURNED)
"""They have sat in the circle, or still do."""
ASKS_FOR_SOMEBODY = Q(how__in=(Debrief.How.SHAKEN, Debrief.How.TALK)) | Q(words__isnull=False)
"""Who is all right, or tired, and wrote nothing, waits for nobody."""


def waits() -> Q:
    """Somebody would like to be read, and nobody has yet."""
    return ASKS_FOR_SOMEBODY & ~Exists(DebriefRead.objects.filter(debrief=OuterRef("pk")))


def readable_by(actor: Actor) -> QuerySet[Debrief]:
    """Those that wait first, then the newest."""
    rows = open_to(actor, Permission.READ_DEBRIEF, Debrief).annotate(is_waiting=waits())
    return rows.select_related("user").order_by("-is_waiting", "-at", "-id")[:MOST]


def read(debrief: Debrief) -> DebriefRead | None:
    return DebriefRead.objects.filter(debrief=debrief).first()


def last_of(conference: Conference, actor: Actor) -> Debrief | None:
    """When they said it last; never shown again to them are the words."""
    return Debrief.objects.filter(conference=conference, user=actor.id).order_by("-at").first()
