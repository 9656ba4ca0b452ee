"""What the pages of this floor show; they ask, and change nothing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _

from setfair.cases.journey import Stage
from setfair.cases.models import Assignment, Case, Participation
from setfair.cases.queries import circle, frame, held, team
from setfair.core.actor import Actor

from . import pages_of_moves, queries
from .choosing import to_choose, waits_for_team
from .forms import BookForm, TimesForm
from .look import USUAL, Look
from .models import Booking
from .pages_of_offers import to_offer
from .said import clock_of, listed, place
from .said import day as when_day
from .weeks_ahead import WeekAhead


def schedule(case: Case, form: BookForm, refusal: str = "", *, by: Actor, look: Look = USUAL) -> dict[str, Any]:
    """Around the form: what is booked, what could be, and if nothing, why."""
    booking = queries.live_booking(case)
    form.lasts(queries.length_of(case))
    form.begins(look)
    context = frame(case, "schedule") | {"form": form, "refusal": refusal, "booking": booking}
    context |= pages_of_moves.around(case, booking)
    context |= _asking(case)
    if booking is not None:
        return context | {
            "when": queries.when_words(booking, case.programme),
            "seats_differ": case.stage == Stage.SCHEDULED and queries.seats_differ(booking, case),
            "can_release": case.stage == Stage.SCHEDULED,
            "asked_of": circle(case) if case.stage == Stage.SCHEDULED and queries.lies_ahead(booking) else [],
        }
    if case.stage == Stage.PREPARING:
        found = to_choose(case, by, look) if not held(case) and waits_for_team(case) else {"too_early": True}
        return context | found | {"voices": _voices(case)}
    return context | to_choose(case, by, look) | {"by_hand": True, "voices": _voices(case)} | to_offer(case) if case.stage == Stage.READY else context


def _asking(case: Case) -> dict[str, Any]:
    """How the round stands, if there is one; else whether one can be opened."""
    live, can_ask = queries.live_round(case), case.stage in (Stage.PREPARING, Stage.READY)
    if live is None or not can_ask:
        return {"can_ask": can_ask}
    standing = queries.standing_of(live)
    told = {"silent_names": listed(standing.silent), "silent": standing.silent, "asks": bool(standing.people)}
    told["by_hand"] = [] if held(case) else standing.by_hand
    return {"round": {"pk": live.pk, "is_open": live.is_open, "until": when_day(live.until - timedelta(seconds=1), case.programme.zone)} | told}


def times_for(participation: Participation, form: TimesForm, ahead: WeekAhead) -> dict[str, Any]:
    """For a member of the team who writes down what somebody told them."""
    return frame(participation.case, "schedule") | {"who": participation, "form": form, "ahead": ahead}


def own(me: Participation) -> dict[str, Any]:
    """What stands on each of a person's own pages."""
    return {"me": me, "greeting": _("Hi %(name)s") % {"name": me.greeted}}


def when_and_where(me: Participation) -> dict[str, Any]:
    """Day, time, when to come, place, and whom to ask for. Nothing about anybody else."""
    booking, programme = queries.live_booking(me.case), me.case.programme
    if booking is None:
        return {}
    if queries.lies_ahead(booking) and not queries.may_know(booking, me):
        return {"waiting": True}
    mine, theirs = queries.coming(booking, me), clock_of(me, programme)
    return {
        "ahead": queries.lies_ahead(booking),
        "room": booking.room,
        "place": place(booking.room, programme),
        "when": theirs.when(booking.starts_at, booking.ends_at),
        "come_at": theirs.time(mine.at),
        "waits": mine.waits,
        "ask_for": _lead(booking),
    }


def _voices(case: Case) -> list[dict[str, Any]]:
    people = circle(case)
    times = queries.answered(people)
    return [{"who": p, "times": times.get(p.pk, 0)} for p in people]


def _lead(booking: Booking) -> str:
    """The first name of whoever leads; people are met by name and not by a front desk."""
    lead = team(booking.case).filter(part=Assignment.Part.LEAD).first()
    return lead.facilitator.user.get_short_name() if lead else booking.case.coordinator.get_short_name()
