"""A circle from its plan to its end."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from setfair.cases.journey import Stage as CaseStage
from setfair.cases.models import Case
from setfair.cases.queries import lock, way
from setfair.core.actor import Actor
from setfair.journal.actions import record
from setfair.journal.journey import move
from setfair.preparation.actions import take_the_day_away
from setfair.programmes.own_reasons import chosen
from setfair.programmes.reasons import Step
from setfair.programmes.scripts import give_default_scripts, running_script
from setfair.scheduling.queries import live_booking

from .. import again, queries
from ..journey import Stage
from ..models import Conference, Ending, TalkOrder
from .hand import put_in_hand
from .refusals import CannotConvene, CannotGoOn
from .standing import held_stage, moment


@transaction.atomic
def plan(case: Case, *, by: Actor) -> Conference:
    """A circle for the time that was just booked, with the script the programme uses now for its way; a programme without one is given ours.

    Where they come together again it goes on with the order in which they spoke.
    """
    booking = live_booking(case)
    if booking is None:
        raise CannotGoOn(_("There is no time booked."))
    script = running_script(case.programme, way=way(case)) or give_default_scripts(case.programme)[0]
    conference, people = Conference.objects.create(case=case, booking=booking, script=script), again.order(case)
    record("planned", conference, by=by)
    if people:
        record("set_talk_order", TalkOrder.objects.create(conference=conference, people=people, by=by.id), by=by)
    return conference


@transaction.atomic
def convene(conference: Conference, *, by: Actor, at: datetime | None = None) -> Conference:
    """Begin. What nobody can set aside is asked again for this day, and so is the team's rule, and each at the door; else `CannotConvene`."""
    lock(conference.case)
    if held_stage(conference) == Stage.LIVE:
        return conference
    stops = [blocker.sentence for blocker in queries.stops(conference, at)]
    if stops := stops or _not_asked(conference, at):
        raise CannotConvene(stops)
    move(conference, Stage.LIVE, by=by)
    conference.started_at = moment(at)
    conference.save(update_fields=["started_at"])
    put_in_hand(conference, by=by, at=at)
    move(conference.case, CaseStage.CONVENED, by=by)
    return conference


def _not_asked(conference: Conference, at: datetime | None) -> list[str]:
    said = _("%(name)s has not said today that it is still all right. Ask them alone, or mark them as not here.")
    return [said % {"name": p.person.first} for p in queries.not_asked_at_the_door(conference, at)]


@transaction.atomic
def conclude(conference: Conference, *, by: Actor, at: datetime | None = None) -> Conference:
    """Everyone has been heard. Possible without those who did not come, and not while nobody is marked as having come: nobody could sign then."""
    lock(conference.case)
    if held_stage(conference) == Stage.CONCLUDED:
        return conference
    if conference.stage == Stage.LIVE and not queries.has_anybody(conference):
        raise CannotGoOn(_("Nobody is marked as having come. Please mark who came, then finish."))
    return _end(conference, Stage.CONCLUDED, by, at=at)


@transaction.atomic
def adjourn(conference: Conference, *, by: Actor, reason: str, how: str = Ending.How.ADJOURNED, at: datetime | None = None) -> Conference:
    """Stop for today, for a reason of the list that only the team reads: the case is ready for another day,
    unless something was found meanwhile that has to be answered first.

    Kept are that it stopped, when, whether in calm or for safety, and the code. Twice is once.
    """
    case, why = lock(conference.case), chosen(Step.STOP, reason)
    if held_stage(conference) == Stage.ADJOURNED:
        return conference
    if why is None:
        raise CannotGoOn(_("Please choose why it stops."))
    _end(conference, Stage.ADJOURNED, by, why["reason"], at)
    Ending.objects.create(conference=conference, how=how, **why, by=by.id, at=moment(at))
    if case.stage == CaseStage.CONVENED:
        move(case, CaseStage.READY, by=by, reason="adjourned")
        take_the_day_away(case, by=by)
    return conference


@transaction.atomic
def give_up(case: Case, *, by: Actor) -> None:
    """The case has gone back or is closed: a planned circle is off, and one that is under way stops."""
    conference = queries.open_conference(case)
    if conference is None:
        return
    if conference.stage == Stage.LIVE:
        _end(conference, Stage.ADJOURNED, by)
    else:
        move(conference, Stage.CANCELLED, by=by)


@transaction.atomic
def end_with_agreement(case: Case, *, by: Actor) -> None:
    """Everyone has signed: a circle that nobody concluded is over by that."""
    conference = queries.open_conference(case)
    if conference is not None and conference.stage == Stage.LIVE:
        _end(conference, Stage.CONCLUDED, by)


def _end(conference: Conference, stage: Stage, by: Actor, reason: str = "", at: datetime | None = None) -> Conference:
    move(conference, stage, by=by, reason=reason)
    conference.ended_at = max(moment(at), conference.started_at or moment(at))
    conference.save(update_fields=["ended_at"])
    return conference
