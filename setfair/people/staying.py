"""What is done about somebody in a closed place: where they are, who visits them, what the place was asked, and that they are out."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, time
from uuid import UUID

from django.db import transaction
from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.formats import date_format, time_format
from django.utils.translation import gettext as _

from setfair.core import clock
from setfair.core.actor import Actor
from setfair.journal.actions import record
from setfair.programmes.models import ClosedPlace, VisitHours

from .actions import CannotAdd, describe_way
from .card import Card
from .custody import Clearance, Custody, Visit, custody_of
from .models import Contact, Person


@transaction.atomic
def take_in(
    person: Person, *, by: Actor, where: ClosedPlace, address: str = "", release_on: date | None = None, case: UUID | None = None
) -> Custody:  # fmt: skip
    """From now on they are there: their own ways end, with every link and message that lay in them, and letters go to the place."""
    person = Person.objects.select_for_update(of=("self",)).get(pk=person.pk)
    if custody_of(person) is not None:
        raise CannotAdd(_("It is written down already where they are. Say first that this is over."))
    if ClosedPlace.objects.filter(pk=where.pk, closed_at__isnull=False).exists():
        raise CannotAdd(_("This place is not used any more. Please choose another."))
    for way in Contact.OF_ONES_OWN:
        describe_way(person, by=by, way=way, value="", card=Card(), case=case)
    custody = Custody.objects.create(person=person, by=_of_the_team(by), where=where, address=address.strip(), release_on=release_on)
    if custody.posted:
        describe_way(person, by=by, way=Contact.Way.POST, value=custody.posted, card=Card(), case=case)
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
    visit, made = Visit.objects.get_or_create(
        person=person, case_id=case, on=on, starts=starts, off_at=None, defaults={"ends": ends, "by": _of_the_team(by)}
    )
    if visit.ends != ends:
        raise CannotAdd(_("A visit that begins then is planned already. Call it off first, and plan it anew."))
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
    """The place in which they are was asked for this day; said twice, it is one."""
    custody = custody_of(person)
    if custody is None:
        raise CannotAdd(_("They are not in a closed place."))
    asked, made = Clearance.objects.get_or_create(person=person, custody=custody, for_day=for_day, defaults={"by": _of_the_team(by)})
    if made:
        record("asked_clearance", person, by=by, case=case)
    return asked


def too_soon(custody: Custody, first: date) -> str:
    words = _("The place wants to know %(n)d days before who comes. The first day is %(day)s.")
    return words % {"n": custody.where.lead_days, "day": date_format(first, "MONTH_DAY_FORMAT")}


def not_then(custody: Custody) -> str:
    return _("Visits there are only: %(hours)s") % {"hours": "; ".join(hours_of(custody.where)) or _("every day")}


@dataclass(frozen=True)
class Stretch:
    """One stretch of one day, and how it is told."""

    hours: VisitHours
    day: str
    span: str


def stretches(place: ClosedPlace) -> list[Stretch]:
    """Each on its own, such as `Monday` and `9 a.m.–11 a.m.`, from the first of the week on."""
    rows = sorted(place.hours.all(), key=lambda hours: (hours.weekday, hours.starts))
    return [Stretch(row, str(WEEKDAYS[row.weekday]), f"{time_format(row.starts)}–{time_format(row.ends)}") for row in rows]


def hours_of(place: ClosedPlace) -> list[str]:
    """Such as `Mon, Tue: 9 a.m.–11 a.m., 2 p.m.–4 p.m.`, a line for all days that are alike; empty where nobody has written any down."""
    of_day: dict[int, list[str]] = defaultdict(list)
    for one in stretches(place):
        of_day[one.hours.weekday].append(one.span)
    days: dict[str, list[str]] = defaultdict(list)
    for day, spans in of_day.items():
        days[", ".join(spans)].append(str(WEEKDAYS_ABBR[day]))
    return [f"{', '.join(names)}: {spans}" for spans, names in days.items()]


def _of_the_team(by: Actor) -> UUID:
    if by.id is None:
        raise CannotAdd(_("Only somebody of the team can do this."))
    return by.id
