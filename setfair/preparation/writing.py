"""How a fact comes to be: the case is locked, the row written once, and the case goes back where it must."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from setfair.cases import queries as cases
from setfair.cases.journey import Stage
from setfair.cases.models import Assignment, Case, Participation
from setfair.core import clock
from setfair.core.actor import Actor
from setfair.journal.actions import record
from setfair.journal.journey import move
from setfair.letters.actions import Address, withdraw_unsent, write
from setfair.letters.models import Channel
from setfair.programmes.speaking import in_language

from . import letters
from .models import Fact
from .refusal import CannotPrepare

AGAIN = timedelta(minutes=10)
"""The same words about the same person, sent again this soon, are the same form sent twice."""

BEFORE_THE_DAY = (Stage.READY, Stage.SCHEDULED)


def open_case_of(participation: Participation) -> None:
    """Lock the case; nothing is written about somebody who has left, or once it is closed."""
    case = cases.lock(participation.case)
    if case.stage == Stage.CLOSED:
        raise CannotPrepare(_("This is closed."))
    if not cases.here(case).filter(pk=participation.pk).exists():
        raise CannotPrepare(_("They are not in the circle any more."))


def today(case: Case) -> date:
    """On the programme's own wall clock."""
    return clock.local(timezone.now(), case.programme.zone).date()


def latest_today(case: Case) -> date:
    """Today, on the programme's clock or on ours, whichever is further on: nobody is refused for what was done this very day."""
    return max(today(case), timezone.localdate())


def write_down(model: Any, participation: Participation, by: Actor, **said: Any) -> Any:
    return model._default_manager.create(participation=participation, by_kind=by.kind, by=by.id, **said)


def write_once(verb: str, model: Any, participation: Participation, by: Actor, said: dict[str, Any], about: tuple[str, ...] = ()) -> Any:
    """Add a fact and its journal line, unless the very same was said a moment ago."""
    alike = {name: said[name] for name in about}
    last = model.objects.filter(participation=participation, **alike).order_by("at", "id").last()
    if last is not None and last.at > clock.now() - AGAIN and all(getattr(last, name) == value for name, value in said.items()):
        return last
    fact = write_down(model, participation, by, **said)
    record(verb, participation, by=by)
    return fact


def send_back(case: Case, stages: tuple[Stage, ...], by: Actor, reason: str) -> None:
    if case.stage in stages:
        move(case, Stage.PREPARING, by=by, reason=reason)


def hold_back(participation: Participation, giver: Participation, stages: tuple[Stage, ...], by: Actor, reason: str) -> None:
    """What was on its way to them does not go, and from one of these stages the case goes back to preparing."""
    for reader in {participation.person_id, giver.person_id}:
        withdraw_unsent(reader=reader, case=participation.case_id, by=by)
    send_back(participation.case, stages, by, reason)


def alert(case: Case, fact: Fact, by: Actor) -> None:
    """Whoever coordinates is told to look, and those of the staff who hold the circle."""
    holding = cases.team(case).exclude(part=Assignment.Part.STUDENT)
    readers = {user.pk: user for user in (*cases.alerted(case), *(a.facilitator.user for a in holding))}
    for reader in readers.values():
        with in_language(reader.language):
            key = f"look:{fact.pk}:{reader.pk}"
            write(letters.look(case.programme), to=Address(Channel.EMAIL, reader.email), reader=reader.pk, key=key, by=by)
