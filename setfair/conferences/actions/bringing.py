"""What was pressed on a device without network comes in, and what stands against it is settled."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from django.db import DataError, IntegrityError, transaction
from django.utils.translation import gettext as _

from setfair.cases.queries import lock
from setfair.core import clock
from setfair.core.actor import Actor
from setfair.journal.actions import record
from setfair.journal.journey import WrongStep
from setfair.preparation.actions import CannotPrepare, withdraw

from .. import bringing, played
from ..bringing import UNWILLING, Pressed, What
from ..models import Brought, BroughtWords, Conference, Ending, Settled, TakenAlong
from .arriving import mark_attendance, welcome
from .circle import adjourn, conclude, convene
from .hand import take_script
from .order import end_pause, give_turn, put_in_order, take_pause
from .refusals import CannotConvene, CannotGoOn
from .standing import held_stage
from .turning import turn_page
from .wishing import hear_wish

WRITTEN: dict[str, Callable[[Conference, Actor, Pressed | Brought], Any]] = {
    What.NOTED: played.noted,
    What.TOOK_OFF: played.taken_off,
    What.MARKED: played.marked,
    What.PROMISED: played.of_later,
}
REFUSALS = (CannotConvene, CannotGoOn, CannotPrepare, WrongStep)


@transaction.atomic
def bring(taken: TakenAlong, *, by: Actor, pressed: Pressed, may: bool = True) -> Brought:
    """Do what was pressed, with the moment it was pressed, or keep it beside what stands here. The same press comes in once.

    Nothing that somebody else did meanwhile is written over. A press that cannot be
    done any more, or that they may not do (`may`), stays written too, as refused: no press
    holds up those behind it, and none goes without a trace. What was written with it is kept
    beside it, sealed, unless it became the heading or the promise that it was meant to be.
    """
    conference = taken.conference
    if taken.user_id != by.id:
        raise CannotGoOn(_("Somebody else took this along."))
    lock(conference.case)
    held_stage(conference)
    known = Brought.objects.filter(press=pressed.press).first()
    if known is not None:
        return known
    conference.refresh_from_db(fields=["beat", "started_at"])
    stands, first = bringing.met(taken, pressed, by), conference.beat + 1
    became = (stands.became or _done(conference, by, pressed)) if may else Brought.Became.REFUSED
    conference.refresh_from_db(fields=["beat"])
    written = (first, conference.beat) if conference.beat >= first else (stands.number, stands.number)
    row = Brought.objects.create(
        conference=conference, taken=taken, press=pressed.press, what=pressed.what, became=became, participation=pressed.participation,
        page=pressed.page, detail=pressed.detail, seen=pressed.seen, first=written[0], last=written[1],
        pressed_at=min(pressed.pressed_at, clock.now()), by=by.known_id,
    )  # fmt: skip
    if pressed.words and row.became in (Brought.Became.ASKED, Brought.Became.REFUSED):
        BroughtWords.objects.create(brought=row, conference=conference, case=conference.case, words=pressed.words)
    record("brought", row, by=by, what=row.what, became=row.became)
    return row


@transaction.atomic
def settle(brought: Brought, *, by: Actor, how: str) -> Settled:
    """Say which was right; the first answer counts. What the device had is then done as of now; both stay written.

    Raises `CannotGoOn` where that cannot be done any more, whatever an older page still offered.
    """
    conference = brought.conference
    lock(conference.case)
    held_stage(conference)
    settled, is_new = Settled.objects.get_or_create(brought=brought, defaults={"conference": conference, "how": how, "by": by.known_id})
    if not is_new:
        return settled
    if how == Settled.How.DEVICE:
        if not bringing.can_be_done(brought, conference):
            raise CannotGoOn(_("The meeting is over, so this cannot be changed any more. Please choose how it stands here."))
        if brought.what in (What.TURNED, What.ORDERED, What.SPOKE):
            take_script(conference, by=by)
        _act(conference, by, brought)()
    record("settled", settled, by=by, how=how)
    return settled


def _done(conference: Conference, by: Actor, pressed: Pressed) -> str:
    try:
        with transaction.atomic():
            _act(conference, by, pressed, pressed.pressed_at)()
    except (*REFUSALS, IntegrityError, DataError):
        return Brought.Became.REFUSED
    return Brought.Became.DONE


def _act(conference: Conference, by: Actor, pressed: Pressed | Brought, at: datetime | None = None) -> Callable[[], Any]:
    """The real action behind a press."""
    who: Any = pressed.participation
    page: Any = pressed.page
    detail = pressed.detail
    when: dict[str, Any] = {"by": by, "at": at}
    if pressed.what == What.CAME and detail == UNWILLING:
        return partial(withdraw, who, by=by)
    came = partial(welcome, conference, who, **when) if detail == "yes" else partial(mark_attendance, conference, who, came=False, **when)
    ends = partial(adjourn, conference, reason=detail, **when)
    if pressed.what in WRITTEN:
        return partial(WRITTEN[pressed.what], conference, by, pressed)
    acts: dict[str, Callable[[], Any]] = {
        What.CAME: came,
        What.BEGAN: partial(convene, conference, **when),
        What.TURNED: partial(turn_page, conference, page=page, **when),
        What.ORDERED: partial(put_in_order, conference, who, where=detail, **when),
        What.SPOKE: partial(give_turn, conference, who, what=detail, **when),
        What.PAUSED: partial(take_pause, conference, **when),
        What.WENT_ON: partial(end_pause, conference, **when),
        What.TOOK: partial(take_script, conference, **when),
        What.HEARD: partial(hear_wish, conference, by=by),
        What.FINISHED: partial(conclude, conference, **when),
        What.ADJOURNED: partial(ends, how=Ending.How.ADJOURNED),
        What.STOPPED: partial(ends, how=Ending.How.STOPPED),
    }
    return acts[pressed.what]
