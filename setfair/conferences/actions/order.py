"""Who speaks when, and a break."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from setfair.cases.models import Participation
from setfair.cases.queries import circle
from setfair.core.actor import Actor
from setfair.journal.actions import record

from .. import queries, talking
from ..journey import Stage
from ..models import Conference, Pause, PauseEnd, TalkOrder, Turn
from .hand import in_hand_of
from .refusals import CannotGoOn
from .standing import held_stage, moment


@transaction.atomic
def put_in_order(conference: Conference, participation: Participation, /, *, by: Actor, where: str, at: datetime | None = None) -> TalkOrder:
    """From here on they speak one place earlier or later, first or last: whoever was hurt may choose to begin.

    Before it begins too, at the door: no wish of anybody's is kept from the days before.
    """
    if held_stage(conference) not in (Stage.PLANNED, Stage.LIVE):
        raise CannotGoOn(_("This meeting is over."))
    if queries.is_early(conference):
        raise CannotGoOn(_("Who speaks first is chosen on the day, at the door."))
    in_hand_of(conference, by=by)
    people = talking.speakers(conference, circle(conference.case))
    _of_this_circle(participation, people)
    order = TalkOrder.objects.create(conference=conference, people=talking.moved(people, participation, where), by=by.id, at=moment(at))
    record("set_talk_order", order, by=by)
    return order


@transaction.atomic
def give_turn(conference: Conference, participation: Participation, /, *, by: Actor, what: str, at: datetime | None = None) -> Turn:
    """It is their turn on the page that is open, or they pass. Only that is kept; the same twice is one."""
    if held_stage(conference) != Stage.LIVE:
        raise CannotGoOn(_("The script can be turned while the meeting is under way."))
    in_hand_of(conference, by=by)
    people = circle(conference.case)
    _of_this_circle(participation, people)
    pages, opened, _order = queries.laid_open(conference, people, queries.came(conference), queries.page_now(conference))
    page = pages[opened].order
    last = Turn.objects.filter(conference=conference, page=page).order_by("-number").first()
    if last is not None and (last.participation_id, last.what) == (participation.pk, what):
        return last
    turn = Turn.objects.create(conference=conference, participation=participation, what=what, page=page, by=by.id, at=moment(at))
    record("gave_turn", turn, by=by)
    return turn


@transaction.atomic
def take_pause(conference: Conference, *, by: Actor, at: datetime | None = None) -> Pause:
    """A break begins, whoever wished it. It has no length, and goes on until somebody of the team ends it."""
    if held_stage(conference) != Stage.LIVE:
        raise CannotGoOn(_("A break can be taken while the meeting is under way."))
    pause = talking.pause_of(conference)
    if pause is None:
        pause = Pause.objects.create(conference=conference, by=by.id, at=moment(at))
        record("took_pause", pause, by=by)
    return pause


@transaction.atomic
def end_pause(conference: Conference, *, by: Actor, at: datetime | None = None) -> None:
    """They go on; twice is once."""
    held_stage(conference)
    pause = talking.pause_of(conference)
    if pause is not None:
        record("ended_pause", PauseEnd.objects.create(conference=conference, pause=pause, by=by.id, at=moment(at)), by=by)


def _of_this_circle(participation: Participation, people: list[Participation]) -> None:
    if participation.pk not in {p.pk for p in people}:
        raise CannotGoOn(_("This person belongs to another meeting."))
