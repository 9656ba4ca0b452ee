"""What a device without network brings back: whether it can be done, was done already, or stands against what somebody else did meanwhile.

Whoever took along a console saw the circle at one beat (`seen`). What others wrote of the same
thing since then is not written over: both are kept, and somebody is asked (decision 156).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from setfair.cases.models import Participation
from setfair.cases.queries import circle
from setfair.core.actor import Actor

from . import queries, questions, talking
from .journey import Stage
from .models import Attendance, Brought, Conference, Heading, PageTurn, Pause, PauseEnd, QuestionMark, ScriptHand, TakenAlong, TalkOrder, Turn

What = Brought.What
OF: dict[str, tuple[Any, ...]] = {
    What.CAME: (Attendance,),
    What.TURNED: (PageTurn, ScriptHand),
    What.ORDERED: (TalkOrder, ScriptHand),
    What.SPOKE: (Turn, PageTurn, ScriptHand),
    What.TOOK: (ScriptHand,),
    What.PAUSED: (Pause, PauseEnd),
    What.WENT_ON: (Pause, PauseEnd),
    What.BEGAN: (),
    What.HEARD: (),
    What.NOTED: (),
    What.TOOK_OFF: (),
    What.MARKED: (QuestionMark,),
    **dict.fromkeys((What.FINISHED, What.ADJOURNED, What.STOPPED), (PageTurn, ScriptHand, Turn, Pause, PauseEnd, TalkOrder)),
}
"""Which facts of the hour a press is about: one of somebody else's among them, and it is not done over their head."""

OPEN = (Stage.PLANNED, Stage.LIVE)
LEADS = frozenset({What.CAME, What.BEGAN, What.FINISHED, What.ADJOURNED, What.STOPPED, What.PROMISED})
"""What whoever helps to hold the circle cannot press."""
UNWILLING = "unwilling"


@dataclass(frozen=True)
class Pressed:
    """One press as the device tells of it, with its moment on our clock."""

    press: UUID
    what: str
    seen: int
    pressed_at: datetime
    participation: Participation | None = None
    page: int | None = None
    detail: str = ""
    words: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Later:
    """A press that is about something of a later floor: what a device is told of it, and what becomes of it when it comes in."""

    told: Callable[[Conference, Actor], dict[str, Any]]
    is_so: Callable[[Pressed], bool]
    stands_against: Callable[[Conference, Actor, Pressed], bool]
    do: Callable[[Conference, Actor, Pressed | Brought], Any]
    device: Callable[[Brought], str]
    here: Callable[[Conference], str]


LATER: dict[str, Later] = {}
"""A floor that comes after this one adds its own in its `apps.ready()`. `do` raises `CannotGoOn` where it cannot be."""


@dataclass(frozen=True)
class Standing:
    """What a press meets here: `became` is nothing where it can be tried; `number` is the fact of theirs that had arrived before."""

    became: str = ""
    number: int = 0


def met(taken: TakenAlong, pressed: Pressed, by: Actor) -> Standing:
    """Whether it was so already, or stands against what somebody else did since this device last saw the circle."""
    conference, mine = taken.conference, _ranges(taken)
    later = LATER.get(pressed.what)
    if later is not None:
        stands = Brought.Became.SO_ALREADY if later.is_so(pressed) else Brought.Became.ASKED if later.stands_against(conference, by, pressed) else ""
        return Standing(stands)
    if _is_so(conference, pressed, by, mine):
        return Standing(Brought.Became.SO_ALREADY, _arrived(conference, pressed, by))
    if pressed.what == What.CAME and _is_marked(conference, pressed):
        return Standing()
    marks_still = pressed.what == What.CAME and pressed.detail != UNWILLING and queries.may_mark(conference)
    is_over = conference.stage not in OPEN and not marks_still
    if is_over or any(True for _row in _of_others(conference, pressed, mine)):
        return Standing(Brought.Became.ASKED)
    return Standing()


def can_be_done(brought: Brought, conference: Conference) -> bool:
    """Whether the answer "as it was on the device" still changes anything here."""
    marks = brought.what == What.CAME and brought.detail != UNWILLING and queries.may_mark(conference)
    return brought.what in LATER or (brought.became == Brought.Became.ASKED and (conference.stage in OPEN or marks))


def _ranges(taken: TakenAlong) -> list[tuple[int, int]]:
    return list(Brought.objects.filter(taken=taken, last__gt=0).values_list("first", "last"))


def _of_others(conference: Conference, pressed: Pressed, mine: list[tuple[int, int]]) -> Iterator[int]:
    """Beats of facts about the same thing that are newer than what the device saw and did not come from it."""
    for rows in _facts(conference, pressed):
        for number in rows.filter(number__gt=pressed.seen).values_list("number", flat=True):
            if not any(first <= number <= last for first, last in mine):
                yield number


def _facts(conference: Conference, pressed: Pressed) -> list[QuerySet[Any]]:
    only = Q(participation=pressed.participation) if pressed.what == What.CAME else Q()
    if pressed.what == What.MARKED:
        words, line, _what = pressed.detail.split(":")
        only = Q(words=words, line=line)
    return [model.objects.filter(only, conference=conference) for model in OF[pressed.what]]


def _arrived(conference: Conference, pressed: Pressed, by: Actor) -> int:
    """The fact by which it was so already, if they wrote it themselves: the press had arrived, and its answer was lost."""
    models = OF[pressed.what] or ((ScriptHand,) if pressed.what == What.BEGAN else ())
    found = []
    for model in models:
        whose = "user_id" if model is ScriptHand else "by"
        only = {"participation": pressed.participation} if pressed.what == What.CAME else {}
        found += model.objects.filter(conference=conference, number__gt=pressed.seen, **{whose: by.id}, **only).values_list("number", flat=True)
    return max(found, default=0)


def _is_so(conference: Conference, pressed: Pressed, by: Actor, mine: list[tuple[int, int]]) -> bool:
    held = queries.hand(conference)
    ended = {What.FINISHED: Stage.CONCLUDED, What.ADJOURNED: Stage.ADJOURNED, What.STOPPED: Stage.ADJOURNED}
    asks: dict[str, Callable[[], bool]] = {
        What.CAME: lambda: _came(conference, pressed),
        What.BEGAN: lambda: conference.started_at is not None,
        What.TURNED: lambda: _turned(conference, pressed),
        What.ORDERED: lambda: _ordered(conference, pressed, by, mine),
        What.SPOKE: lambda: _spoke(conference, pressed),
        What.PAUSED: lambda: conference.stage == Stage.LIVE and talking.pause_of(conference) is not None,
        What.WENT_ON: lambda: conference.stage == Stage.LIVE and talking.pause_of(conference) is None,
        What.TOOK: lambda: conference.stage == Stage.LIVE and held is not None and held.user_id == by.id,
        What.HEARD: lambda: not queries.has_wish(conference),
        What.NOTED: lambda: False,
        What.TOOK_OFF: lambda: Heading.objects.filter(conference=conference, pk=pressed.detail, taken_off__isnull=False).exists(),
        What.MARKED: lambda: _marked(conference, pressed),
    }
    return conference.stage == ended[pressed.what] if pressed.what in ended else asks[pressed.what]()  # type: ignore[index]


def _marked(conference: Conference, pressed: Pressed) -> bool:
    found, what = question(conference, pressed.detail)
    return found is not None and (found.mark or QuestionMark.What.OPEN) == what


def question(conference: Conference, detail: str) -> tuple[questions.Question | None, str]:
    """The prepared question that a mark is about, if it still is here, and the mark."""
    key, _colon, what = detail.rpartition(":")
    return next((one for one in questions.prepared(conference, circle(conference.case)) if one.key == key), None), what


def _turned(conference: Conference, pressed: Pressed) -> bool:
    last = PageTurn.objects.filter(conference=conference).order_by("-number").first()
    return conference.stage == Stage.LIVE and last is not None and last.number > pressed.seen and last.page == pressed.page


def _came(conference: Conference, pressed: Pressed) -> bool:
    return _is_marked(conference, pressed) and conference.stage != Stage.PLANNED


def _is_marked(conference: Conference, pressed: Pressed) -> bool:
    """The same mark stands here. Before it begins it is made once more all the same: whether they still want to hangs on it."""
    assert pressed.participation is not None  # noqa: S101
    return pressed.detail != UNWILLING and queries.came(conference).get(pressed.participation.pk) == (pressed.detail == "yes")


def _spoke(conference: Conference, pressed: Pressed) -> bool:
    last = Turn.objects.filter(conference=conference).order_by("-number").first()
    if conference.stage != Stage.LIVE or last is None or last.number <= pressed.seen:
        return False
    return (last.participation, last.what) == (pressed.participation, pressed.detail)


def _ordered(conference: Conference, pressed: Pressed, by: Actor, mine: list[tuple[int, int]]) -> bool:
    """The same press had arrived: the order stands as it would be by it, written by them since the device last saw it."""
    orders = list(TalkOrder.objects.filter(conference=conference).order_by("-number")[:2])
    if not orders or orders[0].number <= pressed.seen or orders[0].by != by.id or any(first <= orders[0].number <= last for first, last in mine):
        return False
    people = circle(conference.case)
    before = talking.chosen_or_asked(conference, people, orders[1].people if len(orders) > 1 else [])
    assert pressed.participation is not None  # noqa: S101
    return pressed.participation in before and orders[0].people == talking.moved(before, pressed.participation, pressed.detail)
