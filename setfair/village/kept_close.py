"""A case that only its named team finds, and somebody from outside it who had to read it once."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from setfair.cases import actions as cases
from setfair.cases.journey import Stage
from setfair.cases.models import Emergency, Seal
from setfair.programmes.models import Programme

from .build import Village
from .cast import Someone
from .story import case_at
from .time import at

WHY = "Somebody called and is afraid for today. Nobody of the named team answers the phone."


def sealed_and_read_once(village: Village, programme: Programme, *, circle: tuple[Someone, ...], matter: int) -> Emergency:
    """Four days ago it was sealed; this morning a supervisor whom it does not name opened it. Whoever coordinates it has yet to look at that."""
    school = programme == village.school
    named = [village.users[key] for key in (("cora", "fadi") if school else ("nour", "lena"))]
    story = case_at(village, Stage.PREPARING, programme, circle=circle, matter=matter, began=timedelta(days=5))
    with at(timezone.now() - timedelta(days=4)):
        cases.seal(story.case, by=story.coordinator, why=Seal.Why.STAFF, team=named)
    with at(timezone.now() - timedelta(hours=5)):
        emergency = cases.open_in_emergency(story.case, by=village.actor("sven" if school else "edda"), reason=WHY)
        cases.look_in_emergency(emergency, by=village.actor("sven" if school else "edda"))
    return emergency
