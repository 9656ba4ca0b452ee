"""Time, and a call: what somebody can ask for at any moment without saying why, and without changing what they answered."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from setfair.cases import actions as case_actions
from setfair.cases import queries as cases
from setfair.cases.journey import Stage
from setfair.cases.models import Participation
from setfair.core.actor import Actor, Kind
from setfair.journal.actions import record
from setfair.programmes.reasons import Reason

from .. import queries
from ..models import Break, BreakEnd, CallWish, Slip
from ..refusal import CannotPrepare
from ..writing import BEFORE_THE_DAY, alert, hold_back, open_case_of, write_down


@transaction.atomic
def take_a_break(participation: Participation, *, by: Actor, giver: Participation | None = None, slip: Slip | None = None) -> Break:
    """Somebody needs time: the case rests and a planned day is given back, until they want to go on.

    What they said stays as it is. Nobody else of the circle is told who, or why; the
    team is told to look at once. Once people have met it moves nothing: no letters go
    to them meanwhile. Asked for twice, it is one.
    """
    open_case_of(participation)
    giver = giver or participation
    if giver not in queries.may_answer(participation) or (by.kind == Kind.PARTICIPANT and by.id != giver.pk):
        raise CannotPrepare(_("Only they can ask for this."))
    if not queries.is_asked(participation):
        raise CannotPrepare(_("Whoever interprets is not asked this."))
    there = queries.break_of(giver, participation)
    if there is not None:
        return there
    case, own = participation.case, {}
    hold_back(participation, giver, BEFORE_THE_DAY, by, "break")
    if case.stage == Stage.PREPARING and cases.held(case) is None:
        own = {"at": case_actions.hold(case, by=by, reason=Reason.ASKED).since}
    begun: Break = write_down(Break, participation, by, giver=giver, slip=slip, **own)
    record("took_a_break", participation, by=by)
    alert(case, begun, by)
    return begun


@transaction.atomic
def go_on(begun: Break, *, by: Actor) -> None:
    """They want to go on, which is no answer. Of what they say on their own page the team is told."""
    ended = end_break(begun, by=by)
    if ended is not None and by.kind == Kind.PARTICIPANT:
        alert(begun.case, ended, by)


@transaction.atomic
def end_break(begun: Break, *, by: Actor) -> BreakEnd | None:
    """A break is over, and with the last one the rest of the case that began with it. One that has ended stays so."""
    participation = begun.participation
    open_case_of(participation)
    if by.kind == Kind.PARTICIPANT and by.id != begun.giver_id:
        raise CannotPrepare(_("Only they can ask for this."))
    if BreakEnd.objects.filter(ended=begun).exists():
        return None
    ended: BreakEnd = write_down(BreakEnd, participation, by, ended=begun)
    record("went_on", participation, by=by)
    case, held = participation.case, cases.held(participation.case)
    if held is not None and Break.objects.filter(case=case, at=held.since).exists() and not queries.rests_on_a_break(case):
        case_actions.lift(case, by=by)
    return ended


@transaction.atomic
def ask_call(participation: Participation, *, by: Actor, slip: Slip | None = None) -> CallWish:
    """Somebody asks to be called. It is no answer and moves nothing: what they said, or stopped, stays as it is.

    The team is told to look, and nobody else. Asked again before we have called, it is one wish.
    """
    open_case_of(participation)
    waiting = queries.call_wish(participation)
    if waiting is not None:
        return waiting
    wish: CallWish = write_down(CallWish, participation, by, slip=slip)
    record("asked_back" if queries.has_stopped(participation) else "asked_call", participation, by=by)
    alert(participation.case, wish, by)
    return wish
