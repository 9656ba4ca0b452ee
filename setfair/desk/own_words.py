"""Lines of Today for what people said on their own pages: a no, a stop, a word past those who run the meeting."""

from __future__ import annotations

from django.db.models import Case as Choose
from django.db.models import CharField, Exists, F, OuterRef, Subquery, Value, When

from setfair.access.policy import Permission
from setfair.access.ties import open_to
from setfair.cases.journey import Stage
from setfair.cases.models import Emergency, EmergencyReview
from setfair.preparation import apart
from setfair.preparation.models import Complaint, Consent
from setfair.programmes.models import Programme

from .asked import OPEN, Asked, Lines, lines_of, newer_than, of_case
from .asked_for import waits_for_a_call

NOT_YES = (Consent.Answer.NO, Consent.Answer.UNSURE, Consent.Answer.WITHDRAWN)


def answers(by: Asked) -> Lines:
    """Somebody said no, has stopped for now, or is not sure and was told that we call; and has not been spoken with since.

    Whoever stops while promises are kept is let be: what is theirs in it is looked at instead. Whoever asks to be called has a line of their own.
    """
    given = by.facts(Consent, Permission.PREPARE, *OPEN).filter(scope=Consent.Scope.TAKE_PART, answer__in=NOT_YES)
    later = newer_than(Consent).filter(giver=OuterRef("giver"), scope=OuterRef("scope"))
    rule = Choose(
        When(answer=Consent.Answer.UNSURE, then=Value("unsure")),
        When(case__stage=Stage.FOLLOWING_UP, then=Value("let_be")),
        default=Value("stopped"),
        output_field=CharField(),
    )
    given = given.filter(~Exists(later), ~Exists(waits_for_a_call(OuterRef("giver"))))
    return of_case(given, rule, since=F("at"), key=F("participation_id"))


def emergencies(by: Asked) -> Lines:
    """A sealed case was opened in an emergency, and nobody else has looked at it yet. Which case it is stands nowhere here."""
    reviewed = EmergencyReview.objects.filter(emergency=OuterRef("pk"))
    rows = open_to(by.actor, Permission.REVIEW_EMERGENCY, Emergency).filter(~Exists(reviewed))
    return lines_of(rows, "emergency", since=F("at"), ref=Value("", output_field=CharField()), alias=Value(""))


def complaints(by: Asked) -> Lines:
    """Somebody wrote past those who run the meeting, and nobody sees to it yet. Which case it is stands on its own page alone."""
    rows = open_to(by.actor, Permission.READ_COMPLAINT, Complaint).filter(~Exists(apart.seen_to()))
    return lines_of(rows, "complaint", since=F("at"), ref=Value("", output_field=CharField()), alias=Value(""))


def unreadable(by: Asked) -> Lines:
    """Somebody wrote past those who run the meeting, and nobody is left who may read it; one line for whoever can give somebody the role.

    It says neither whose word it is nor when it came.
    """
    waits = Complaint.objects.filter(apart.nobody_may_read(), programme=OuterRef("pk")).order_by("at").values("at")
    rows = open_to(by.actor, Permission.MANAGE_TEAM, Programme).annotate(first=Subquery(waits[:1])).filter(first__isnull=False)
    return lines_of(rows, "unreadable", since=F("first"), ref=Value("", output_field=CharField()), alias=Value(""))
