"""A line of Today for each case in which a look at somebody's safety has grown old, by the name of whoever looks again."""

from __future__ import annotations

from django.db.models import CharField, Exists, F, Q, Value, Window
from django.db.models.functions import Coalesce, RowNumber
from django.utils.translation import gettext_lazy as _

from setfair.access.policy import Permission
from setfair.cases.journey import Stage
from setfair.cases.models import SPEAKERS
from setfair.preparation.models import SafetyCheck
from setfair.programmes.models import Role

from .asked import Asked, Lines, lines_of, newer_than
from .telling import DEADLINE, Told, ago, on_row

BEFORE = (Stage.PREPARING, Stage.READY, Stage.SCHEDULED)


def looked_long_ago(by: Asked) -> Lines:
    """Whoever coordinates reads all of them; everybody else those that they are to look at again, or that are nobody's."""
    old = Q(case__stage__in=BEFORE, at__lt=by.looked_since) | Q(case__stage=Stage.FOLLOWING_UP, at__lt=by.looked_after_since)
    here = {"participation__left_at__isnull": True, "participation__role__in": SPEAKERS}
    theirs = by.cases(Permission.PREPARE, *BEFORE, Stage.FOLLOWING_UP).values("pk")
    looks = SafetyCheck.objects.filter(old, ~Exists(newer_than(SafetyCheck)), case__in=theirs, **here)
    if not by.actor.has(Role.COORDINATOR):
        looks = looks.filter(Q(owner=by.actor.id) | Q(owner=None))
    oldest = Window(RowNumber(), partition_by=F("case_id"), order_by=("at", "id"))
    found = looks.annotate(of_its_case=oldest).filter(of_its_case=1)
    name = Coalesce(F("owner__name"), Value("", output_field=CharField()))
    return lines_of(found, "looked_long_ago", since=F("at"), ref=F("case__ref"), alias=name, key=F("participation_id"))


RULES = (looked_long_ago,)
TOLD = {
    "looked_long_ago": Told(DEADLINE, _("How safe it is for somebody was looked at long ago"), _("Look again"), on_row("person"), ago),
}
