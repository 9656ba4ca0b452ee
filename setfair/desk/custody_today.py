"""Lines of Today about people in closed places: whom the place must be told of, and who comes out."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import DateField, DateTimeField, DurationField, Exists, ExpressionWrapper, F, Func, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from setfair.access.policy import Permission
from setfair.cases.models import Participation
from setfair.people.custody import planned
from setfair.people.models import Clearance, Contact, Custody
from setfair.scheduling.models import Booking

from .asked import OPEN, Asked, Lines, day, of_case
from .telling import CHASE, DEADLINE, Told, ago, date_of, on_row


def _there(by: Asked) -> QuerySet[Participation]:
    """Those in a closed place, with how long before it wants to know who comes."""
    stay = Custody.objects.filter(person=OuterRef("person_id"), ended_at__isnull=True)
    inside = Custody.objects.filter(ended_at__isnull=True).values("person_id")
    rows = by.people(Permission.PREPARE, *OPEN).filter(person__in=inside)
    rows = rows.annotate(stay=Subquery(stay.values("pk")[:1]), release=Subquery(stay.values("release_on")[:1]))
    lead = ExpressionWrapper(Subquery(stay.values("where__lead_days")[:1]) * Value(timedelta(days=1)), output_field=DurationField())
    return rows.annotate(lead=lead).filter(stay__isnull=False)


def visits(by: Asked) -> Lines:
    """A visit is planned, and nobody has asked the place."""
    asked = Clearance.objects.filter(person=OuterRef("person_id"), custody__ended_at=None, for_day=OuterRef("on"))
    theirs = planned(OuterRef("case_id")).filter(~Exists(asked), person=OuterRef("person_id"), on__gte=by.today).order_by("on", "starts")
    rows = _there(by).annotate(on=Subquery(theirs.values("on")[:1])).filter(on__isnull=False)
    return of_case(rows, "clear_visit", since=day("on") - F("lead"), key=F("pk"))


def meetings(by: Asked) -> Lines:
    """The meeting has its day, and nobody has asked the place."""
    booked = Booking.objects.filter(case=OuterRef("case_id"), released_at__isnull=True, during__startswith__gt=by.now)
    rows = _there(by).annotate(begins=Subquery(booked.values("during__startswith")[:1])).filter(begins__isnull=False)
    there = Func(F("programme__zone"), F("begins"), function="timezone", output_field=DateTimeField())
    rows = rows.annotate(on=Cast(there, DateField()))
    asked = Clearance.objects.filter(person=OuterRef("person_id"), custody__ended_at=None, for_day=OuterRef("on"))
    return of_case(rows.filter(~Exists(asked)), "clear_meeting", since=F("begins") - F("lead"), key=F("pk"))


def coming_out(by: Asked) -> Lines:
    """The day of release is near, or has gone by: it is planned how they are reached, and somebody says when they are out."""
    return of_case(_there(by).filter(release__lte=by.soon), "coming_out", since=day("release"), key=F("pk"))


def came_out(by: Asked) -> Lines:
    """They are out, or were never in, and since then no way of their own was named: all of them ended when it was written down."""
    return of_case(_gone(by).filter(how__in=(Custody.How.OUT, Custody.How.WRONG)), "came_out", since=F("out_at"), key=F("pk"))


def moved(by: Asked) -> Lines:
    """They are in another place, and nobody has written down in which one."""
    return of_case(_gone(by).filter(how=Custody.How.MOVED), "moved", since=F("out_at"), key=F("pk"))


def _gone(by: Asked) -> QuerySet[Participation]:
    """Whose last closed place is one they are not in any more, with how it ended; and nothing was written down since of how to reach them."""
    ended = Custody.objects.filter(person=OuterRef("person_id"), ended_at__isnull=False).order_by("-ended_at")
    once = Custody.objects.filter(ended_at__isnull=False).values("person_id")
    rows = by.people(Permission.PREPARE, *OPEN).filter(person__in=once)
    rows = rows.annotate(out_at=Subquery(ended.values("ended_at")[:1]), how=Subquery(ended.values("how")[:1]))
    stays = Custody.objects.filter(person=OuterRef("person_id"), ended_at__isnull=True)
    since = Contact.objects.filter(person=OuterRef("person_id"), ended_at__isnull=True, added_at__gt=OuterRef("out_at"))
    return rows.filter(~Exists(stays), ~Exists(since))


RULES = (visits, meetings, coming_out, came_out, moved)
TOLD = {
    "clear_visit": Told(DEADLINE, _("A visit to a closed place: ask the place in time"), _("Ask the place"), on_row("custody"), date_of),
    "clear_meeting": Told(DEADLINE, _("A meeting with somebody in a closed place: ask it in time"), _("Ask the place"), on_row("custody"), date_of),
    "coming_out": Told(DEADLINE, _("Somebody comes out soon: plan how to reach them"), _("Look at it"), on_row("custody"), date_of),
    "moved": Told(CHASE, _("Somebody was moved to another closed place: say to which"), _("Say where"), on_row("custody"), ago),
    "came_out": Told(CHASE, _("Somebody is out: ask them how to reach them now"), _("Ask them"), on_row("contact"), ago),
}
