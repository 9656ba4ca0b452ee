"""Papers about two who are kept apart, and conditions that somebody lives under."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from setfair.core import clock
from setfair.core.actor import Actor
from setfair.journal.actions import record

from .actions import CannotAdd
from .models import Condition, NoContact, Order, OrderEnd, Person


@transaction.atomic
def show_paper(wall: NoContact, *, by: Actor, case: UUID | None = None, replaces: Iterable[Order] = (), **said: Any) -> Order:
    """Write down what is known of why these two are kept apart; it counts beside what was known before. Raises `CannotAdd`.

    `replaces` are earlier papers of the wall whose place it takes, as somebody read there: until its first day they still count.
    """
    replaced = list(replaces)
    if any(paper.wall_id != wall.pk for paper in replaced):
        raise CannotAdd(_("Please choose papers about the same two people."))
    _check_days(said)
    if said.get("kind") == Order.Kind.WISH and said.get("until"):
        raise CannotAdd(_("A wish has no last day: it is over when they say so."))
    if not said.get("bars"):
        raise CannotAdd(_("Please choose what it bars."))
    order = Order.objects.create(wall=wall, by=_of_the_team(by), **said)
    from_day = order.starts_on or clock.local(clock.now(), wall.programme.zone).date()
    OrderEnd.objects.bulk_create(OrderEnd(order=paper, replaced_by=order, from_day=from_day, by=order.by) for paper in replaced)
    record("showed_paper", order, by=by, case=case, kind=order.kind)
    return order


@transaction.atomic
def set_condition(person: Person, *, by: Actor, case: UUID | None = None, **said: Any) -> Condition:
    """Write down what somebody lives under. Raises `CannotAdd`."""
    _check_days(said)
    if said.get("not_before") and said.get("not_after") and said["not_after"] <= said["not_before"]:
        raise CannotAdd(_("Please choose a later hour than the one before."))
    condition = Condition.objects.create(person=person, by=_of_the_team(by), **said)
    record("condition_set", condition, by=by, case=case, kind=condition.kind)
    return condition


@transaction.atomic
def end_condition(condition: Condition, *, by: Actor, case: UUID | None = None) -> Condition:
    """It was lifted, or is over, and somebody has looked."""
    condition = Condition.objects.select_for_update(of=("self",)).get(pk=condition.pk)
    if condition.ended_at is None:
        condition.ended_at, condition.ended_by = clock.now(), _of_the_team(by)
        condition.save(update_fields=["ended_at", "ended_by"])
        record("condition_over", condition, by=by, case=case, kind=condition.kind)
    return condition


def _check_days(said: dict[str, Any]) -> None:
    if said.get("until") and said.get("starts_on") and said["until"] < said["starts_on"]:
        raise CannotAdd(_("Please choose a last day that is not before the first."))


def _of_the_team(by: Actor) -> UUID:
    if by.id is None:
        raise CannotAdd(_("Only somebody of the team can do this."))
    return by.id
