"""Somebody who is not safe, for the screens: said and heard, and said just now."""

from __future__ import annotations

from setfair.cases.models import Participation
from setfair.core.actor import Actor, Kind
from setfair.safety import actions as safety
from setfair.safety.models import Alarm
from setfair.safety.queries import whence

WORDS = "He is waiting outside the school again. I do not dare to go home."


def raised(person: Participation) -> Alarm:
    """From their own page."""
    by = Actor(Kind.PARTICIPANT, person.programme_id, person.pk)
    return safety.raise_alarm(whence(by), by=by, form_key=person.pk, words=WORDS)
