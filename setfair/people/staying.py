"""What is done about somebody in a closed place: where they are, who visits them, what the place was asked, and that they are out."""

from __future__ import annotations

from datetime import date, time
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from setfair.core import clock
from setfair.core.actor import Actor
from setfair.journal.actions import record

from .actions import CannotAdd, describe_way
from .card import Card
from .custody import Clearance, Custody, Visit, custody_of
from .models import Contact, Person
from .queries import hours_in_words


@transaction.atomic
def take_in(person: Person, *, by: Actor, case: UUID | None = None, **said: Any) -> Custody:
    """From now on they are there: their own ways end, with every link and message that lay in them, and letters go to the place."""
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if custody_of(person) is not None:
        raise CannotAdd(_("It is written down already where they are. Say first that this is over."))
    if said.get("starts") and said.get("ends") and said["ends"] <= said["starts"]:
        raise CannotAdd(_("Please choose a later hour than the one before."))
    for way in Contact.OF_ONES_OWN:
        describe_way(person, by=by, way=way, value="", card=Card(), case=case)
    custody = Custody.objects.create(person=person, by=_of_the_team(by), **said)
    if said.get("address"):
        describe_way(person, by=by, way=Contact.Way.POST, value=_post(custody), card=Card(), case=case)
    record("custody_begun", person, by=by, case=case)
    return custody


@transaction.atomic
def let_out(person: Person, *, by: Actor, how: str, case: UUID | None = None) -> Custody | None:
    """They are there no more: its address ends, visits that were planned too. Their own ways are asked anew; none comes back by itself."""
    custody = Custody.objects.select_for_update(of=("self",)).filter(person=person, ended_at__isnull=True).first()
    if custody is None:
        return None
    custody.ended_at, custody.ended_by, custody.how = clock.now(), _of_the_team(by), how
    custody.save(update_fields=["ended_at", "ended_by", "how"])
    if Contact.objects.filter(person=person, way=Contact.Way.POST, ended_at__isnull=True).exists():
        describe_way(person, by=by, way=Contact.Way.POST, value="", card=Card(), case=case)
    today = clock.local(clock.now(), person.programme.zone).date()
    Visit.objects.filter(person=person, off_at__isnull=True, on__gte=today).update(off_at=clock.now())
    record("custody_over", person, by=by, case=case, how=how)
    return custody


@transaction.atomic
def plan_visit(person: Person, *, by: Actor, on: date, starts: time, ends: time, case: UUID | None = None) -> Visit:
    """A visit within the place's own hours, and late enough that it can be asked before."""
    custody = custody_of(person)
    if custody is None:
        raise CannotAdd(_("They are not in a closed place."))
    zone = person.programme.zone
    today = clock.local(clock.now(), zone).date()
    first = custody.first_day(today)
    if on < today:
        raise CannotAdd(_("This day is over."))
    if on < first:
        raise CannotAdd(too_soon(custody, first))
    if ends <= starts:
        raise CannotAdd(_("Please choose a later hour than the one before."))
    if not custody.is_open(clock.at(on, starts.hour, starts.minute, zone), clock.at(on, ends.hour, ends.minute, zone), zone):
        raise CannotAdd(not_then(custody))
    visit, made = Visit.objects.get_or_create(person=person, on=on, starts=starts, off_at=None, defaults={"ends": ends, "by": _of_the_team(by)})
    if made:
        record("planned_visit", person, by=by, case=case)
    return visit


@transaction.atomic
def call_off(visit: Visit, *, by: Actor, case: UUID | None = None) -> Visit:
    """Nobody goes there on that day after all."""
    visit = Visit.objects.select_for_update(of=("self",)).get(pk=visit.pk)
    if visit.off_at is None:
        visit.off_at = clock.now()
        visit.save(update_fields=["off_at"])
        record("visit_off", visit.person, by=by, case=case)
    return visit


@transaction.atomic
def ask_clearance(person: Person, *, by: Actor, for_day: date, case: UUID | None = None) -> Clearance:
    """The place was asked for this day; said twice, it is one."""
    asked, made = Clearance.objects.get_or_create(person=person, for_day=for_day, defaults={"by": _of_the_team(by)})
    if made:
        record("asked_clearance", person, by=by, case=case)
    return asked


def too_soon(custody: Custody, first: date) -> str:
    words = _("The place wants to know %(n)d days before who comes. The first day is %(day)s.")
    return words % {"n": custody.lead_days, "day": date_format(first, "MONTH_DAY_FORMAT")}


def not_then(custody: Custody) -> str:
    return _("Visits there are only: %(hours)s.") % {"hours": window_of(custody) or _("every day")}


def window_of(custody: Custody) -> str:
    """Such as `Mon, Tue · from 9 a.m. · until 4 p.m.`; empty for every hour of every day."""
    return hours_in_words(Contact(days=custody.days, starts=custody.starts, ends=custody.ends))


def _post(custody: Custody) -> str:
    return f"{custody.place}\n{custody.address}"


def _of_the_team(by: Actor) -> UUID:
    if by.id is None:
        raise CannotAdd(_("Only somebody of the team can do this."))
    return by.id
