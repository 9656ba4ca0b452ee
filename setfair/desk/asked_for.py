"""What Today says of what people asked for on their own pages: a break, a call."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import Case as Choose
from django.db.models import CharField, DurationField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.utils.translation import gettext_lazy as _

from setfair.access.policy import Permission
from setfair.cases.journey import Stage
from setfair.cases.models import SPEAKERS
from setfair.preparation.models import Break, CallWish, Consent, Meeting, Slip, Still
from setfair.preparation.queries import lasting, unanswered
from setfair.preparation.queries.slips import uncompared
from setfair.scheduling.models import Booking
from setfair.voices.companions import waiting
from setfair.voices.models import Companion

from .asked import OPEN, Asked, Lines, of_case
from .telling import CHASE, STOPPED, Told, ago, on_row, untold


def calls(by: Asked) -> Lines:
    """Somebody asks to be called, and nobody has met with them since."""
    own = Consent.objects.filter(giver=OuterRef("participation"), scope=Consent.Scope.TAKE_PART).order_by("-at", "-id")
    rows = unanswered(by.facts(CallWish, Permission.PREPARE, *OPEN)).annotate(last=Subquery(own.values("answer")[:1]))
    rule = Choose(When(last=Consent.Answer.WITHDRAWN, then=Value("asked_back")), default=Value("asked_call"), output_field=CharField())
    return of_case(rows, rule, since=F("at"), key=F("participation_id"))


def breaks(by: Asked) -> Lines:
    """Somebody asked for a break, and nobody has met with them since. The rest that it began has its own day on which somebody looks again."""
    talked = Meeting.objects.filter(Q(participation=OuterRef("participation")) | Q(participation=OuterRef("giver")), at__gt=OuterRef("at"))
    rows = lasting(by.facts(Break, Permission.PREPARE, *OPEN)).filter(~Exists(talked))
    return of_case(rows, "break", since=F("at"), key=F("participation_id"))


def waits_for_a_call(whose: OuterRef) -> QuerySet[CallWish]:
    return unanswered(CallWish.objects.filter(participation=whose))


def unheard(by: Asked) -> Lines:
    """Today or tomorrow is the day, and somebody has not said in its last days that it is still all right."""
    near = Booking.objects.filter(released_at=None, during__startswith__lt=by.end_of_tomorrow, during__endswith__gt=by.now)
    begins = ExpressionWrapper(F("programme__again_days") * Value(timedelta(days=1)), output_field=DurationField())
    booked = near.filter(case=OuterRef("case")).annotate(asked_from=F("during__startswith") - begins).values("asked_from")[:1]
    rows = by.people(Permission.PREPARE, Stage.SCHEDULED).filter(role__in=SPEAKERS, case__in=near.values("case"))
    rows = rows.annotate(asked_from=Subquery(booked))
    anew = Still.objects.filter(participation=OuterRef("pk"), at__gte=OuterRef("asked_from"))
    yes = Consent.objects.filter(participation=OuterRef("pk"), giver=OuterRef("pk"), scope=Consent.Scope.TAKE_PART, answer=Consent.Answer.YES)
    rows = rows.filter(~Exists(anew), ~Exists(yes.filter(at__gte=OuterRef("asked_from"))), asked_from__isnull=False)
    return of_case(rows, "unheard", since=F("asked_from"), key=F("pk"))


def typed_in(by: Asked) -> Lines:
    """What came back on paper waits for somebody else than whoever typed it in."""
    rows = uncompared(by.facts(Slip, Permission.PREPARE, *OPEN)).exclude(by=by.actor.id)
    return of_case(rows, "typed_in", since=F("at"), key=F("participation_id"))


def companions(by: Asked) -> Lines:
    """Somebody named whom they would like beside them, and nobody has said what becomes of it."""
    rows = by.facts(Companion, Permission.PREPARE, *OPEN).filter(pk__in=waiting().values("pk"))
    return of_case(rows, "companion", since=F("at"), key=F("pk"))


RULES = (calls, breaks, unheard, companions, typed_in)
TOLD = {
    "companion": Told(CHASE, _("Somebody named a person they would like beside them"), _("Look at it"), on_row("companion_answer"), ago),
    "asked_back": Told(STOPPED, _("Somebody who had stopped asks us to call them"), _("Call them"), on_row("person"), ago),
    "asked_call": Told(STOPPED, _("Somebody asks us to call them"), _("Call them"), on_row("person"), ago),
    "unheard": Told(STOPPED, _("The day is near: ask whether it is still all right"), _("Ask them"), on_row("person"), untold),
    "break": Told(STOPPED, _("Somebody asked for a break"), _("Look at it"), on_row("person"), ago),
    "typed_in": Told(CHASE, _("Answers typed in from paper wait for a second pair of eyes"), _("Compare them"), on_row("slip_back"), ago),
}
