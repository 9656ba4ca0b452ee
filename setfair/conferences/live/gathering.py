"""What a circle stands at, gathered at a beat: few trips to the database, and every question put into SQL once."""

from __future__ import annotations

from uuid import UUID

from setfair.cases.models import Participation
from setfair.cases.queries import circle
from setfair.core import clock
from setfair.core.moulds import Asking, Mould, together
from setfair.programmes.models import ScriptPage

from .. import headings, queries, questions, rooms, talking
from ..journey import Stage
from ..models import BreakWish, Conference, Pause, Room, ScriptHand
from .state import GATHERED_LATER, State


def gathered(conference: UUID) -> State:
    """One reading, the beat before the facts: what is newer than the beat is told once more at the next."""
    found = CONFERENCE.first(values={"conference": conference})
    if found is None:
        raise Conference.DoesNotExist
    people = circle(found.case)
    came, turned, *hour = together(
        queries.CAME.asking(values={"conference": conference}), queries.PAGE_NOW.asking(values={"conference": conference}), *_hour(found)
    )
    return _laid(found, people, dict(came), turned[0] if turned else 1, *hour)


CONFERENCE = Mould(lambda *, conference: Conference.objects.select_related("case", "script").filter(pk=conference))


def opened(conference: Conference, people: list[Participation], marks: dict[UUID, bool], order: int) -> State:
    """Where it stands when the script lies open at this page, the voices in the order that was chosen."""
    return _laid(conference, people, marks, order, *together(*_hour(conference)))


def _hour(conference: Conference) -> list[Asking]:
    """What waits for no other answer, asked in one trip to the database."""
    here = {"conference": conference.pk}
    ofs = [mould.asking(values=here) for mould in (talking.ORDER, talking.PAUSE, queries.HAND, queries.WISH)]
    return [queries.PAGES.asking(values={"script": conference.script_id}), rooms.OPEN.asking(values=here | {"now": clock.now()}), *ofs]


def _laid(
    conference: Conference,
    people: list[Participation],
    marks: dict[UUID, bool],
    order: int,
    every: list[ScriptPage],
    room: list[Room],
    chose: list[list[UUID]],
    pause: list[Pause],
    hand: list[ScriptHand],
    wish: list[BreakWish],
) -> State:
    """With what belongs to the page that is open."""
    chosen = chose[0] if chose else []
    pages = queries.in_turn(queries.with_somebody_to_ask(every, people, marks), people, chosen)
    at = queries.opened_at(pages, order)
    page, here = pages[at], [p for p in people if marks.get(p.pk) is not False]
    turns, beside, *heard = together(
        talking.TURNS.asking(values={"conference": conference.pk}, page=page.order),
        queries.BESIDE.asking(values={"key": page.key, "way": conference.script.way}),
        *([headings.STANDING.asking(values={"conference": conference.pk})] if headings.may_be_noted_on(page) else []),
    )
    voice = queries.whom(page, people, marks, chosen)
    return State(
        conference,
        people,
        marks,
        pages,
        at,
        next(iter(hand), None),
        queries.in_use_beside(beside, conference, people, marks),
        chosen,
        turns,
        next(iter(pause), None),
        bool(wish),
        heard[0] if heard else [],
        questions.on_page(conference, page, voice, here, closes=at == headings.closes_at(pages)),
        rooms.read_aloud(room[0] if room and conference.stage == Stage.LIVE else None),
        {name: gather(conference, page) for name, gather in GATHERED_LATER.items()},
    )
