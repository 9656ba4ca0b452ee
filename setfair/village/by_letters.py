"""A case in which nobody meets: one letter was offered, and one message waits to be read by the team."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from setfair.cases import actions as cases
from setfair.cases.journey import Stage
from setfair.cases.models import Route
from setfair.exchanges import actions as exchanges
from setfair.exchanges.models import Piece
from setfair.programmes.models import Programme

from .build import Village
from .cast import Seat, Someone
from .story import Story, case_at
from .time import at

LETTER = (
    "I am the one who took it. I saw it there and I did not think about who needs it. I have a job now on Saturdays. I want to pay for the wheel. "
    "You do not have to write back."
)
MESSAGE = "I want to ask why it was mine. I used it to get to work, and I was late for a week."


def by_letters(village: Village, programme: Programme, *, circle: tuple[Someone, ...], matter: int) -> Story:
    """They would rather write: asked anew, all have said yes to that."""
    now = timezone.now()
    story = case_at(village, Stage.READY, programme, circle=circle, matter=matter, began=timedelta(days=12), before_meeting=Story.invite_everyone)
    harmed, responsible = (next(one.key for one in circle if one.seat == seat) for seat in (Seat.HARMED, Seat.RESPONSIBLE))
    with at(now - timedelta(days=4)):
        cases.choose_route(story.case, by=story.coordinator, how="letters", why=Route.Why.HARMED)
        story.hear_every_yes()
        story.declare_ready()
    with at(now - timedelta(days=3)):
        letter = exchanges.write(
            story.people[responsible], by=story.me(responsible), meant=story.people[harmed].role, kind=Piece.Kind.LETTER, words=LETTER
        )
        exchanges.hand_in(letter, by=story.me(responsible))
    with at(now - timedelta(days=2)):
        exchanges.keep(letter, by=story.lead, receiver=story.people[harmed])
        exchanges.offer(letter, by=story.lead)
    with at(now - timedelta(days=1)):
        said = {"meant": story.people[responsible].role, "kind": Piece.Kind.MESSAGE, "words": MESSAGE}
        exchanges.note_down(story.people[harmed], by=story.lead, **said)
    return story
