"""Lines of Today for what people said on their own pages: a no, a stop, a wish to be called, a word past those who run the meeting."""

from __future__ import annotations

from django.db.models import Case as Choose
from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Value, When

from setfair.access.policy import Permission
from setfair.access.ties import open_to
from setfair.cases.journey import Stage
from setfair.cases.models import Emergency, EmergencyReview
from setfair.preparation.models import CallWish, Complaint, Consent, Meeting, TakenUp

from .asked import OPEN, Asked, Lines, lines_of, newer_than, of_case

NOT_YES = (Consent.Answer.NO, Consent.Answer.UNSURE, Consent.Answer.WITHDRAWN)


def answers(by: Asked) -> Lines:
    """Somebody said no, has stopped for now, or is not sure and was told that we call; and has not been spoken with since.

    Whoever stops while promises are kept is let be: what is theirs in it is looked at instead. Whoever asks to be called since is called.
    """
    given = by.facts(Consent, Permission.PREPARE, *OPEN).filter(scope=Consent.Scope.TAKE_PART, answer__in=NOT_YES)
    later = newer_than(Consent).filter(giver=OuterRef("giver"), scope=OuterRef("scope"))
    rule = Choose(
        When(Exists(_calls()), then=Value("asked_back")),
        When(answer=Consent.Answer.UNSURE, then=Value("unsure")),
        When(case__stage=Stage.FOLLOWING_UP, then=Value("let_be")),
        default=Value("stopped"),
        output_field=CharField(),
    )
    return of_case(given.filter(~Exists(later)), rule, since=F("at"), key=F("participation_id"))


def _calls() -> QuerySet[CallWish]:
    """Wishes to be called, of whoever gave this answer, since they gave it and as long as nobody has met with them or whom it is about."""
    about = Q(participation=OuterRef(OuterRef("participation"))) | Q(participation=OuterRef("participation"))
    talked = Meeting.objects.filter(about, at__gt=OuterRef("at"))
    return CallWish.objects.filter(~Exists(talked), participation=OuterRef("giver"), at__gt=OuterRef("at"))


def emergencies(by: Asked) -> Lines:
    """A sealed case was opened in an emergency, and nobody else has looked at it yet. Which case it is stands nowhere here."""
    reviewed = EmergencyReview.objects.filter(emergency=OuterRef("pk"))
    rows = open_to(by.actor, Permission.REVIEW_EMERGENCY, Emergency).filter(~Exists(reviewed))
    return lines_of(rows, "emergency", since=F("at"), ref=Value("", output_field=CharField()), alias=Value(""))


def complaints(by: Asked) -> Lines:
    """Somebody wrote past those who run the meeting, and nobody sees to it yet. Which case it is stands on its own page alone."""
    rows = open_to(by.actor, Permission.READ_COMPLAINT, Complaint).filter(~Exists(TakenUp.objects.filter(complaint=OuterRef("pk"))))
    return lines_of(rows, "complaint", since=F("at"), ref=Value("", output_field=CharField()), alias=Value(""))
