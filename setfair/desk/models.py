from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from setfair.access.policy import Tie
from setfair.access.ties import Reach, role_tie, ties_of
from setfair.cases.models import Case, Participation
from setfair.core.actor import Actor
from setfair.letters.models import CameBack, Letter
from setfair.programmes.models import Role
from setfair.referrals.models import Referral


def _coordinates(actor: Actor) -> Q | None:
    """Letters of any case they are not kept out of, and to whoever asked; never those of accounts, which carry sign-in codes."""
    cases, requests = (ties_of(model)[Tie.COORDINATES](actor) for model in (Case, Referral))
    if cases is None or requests is None:
        return None
    return Q(case_id__in=Case.objects.filter(cases).values("pk")) | Q(reader_id__in=Referral.objects.filter(requests).values("pk"))


def _facilitates(actor: Actor) -> Q | None:
    reach = ties_of(Case)[Tie.FACILITATES](actor)
    return None if reach is None else Q(case_id__in=Case.objects.filter(reach).values("pk"))


class Posting(Letter):
    """A letter as those who may contact its reader look after it: see that it arrives, or find another way."""

    ties = staticmethod(lambda: {Tie.COORDINATES: _coordinates, Tie.FACILITATES: _facilitates})

    class Meta:
        proxy = True


def _administers(actor: Actor) -> Q | None:
    """What fits nobody who is or was of any case, and no request."""
    if role_tie(Role.ADMINISTRATOR)(actor) is None:
        return None
    known = Q(reader_id__in=Participation.objects.values("person_id")) | Q(reader_id__in=Referral.objects.values("pk"))
    return Q(case_id__isnull=True) & (Q(reader_id__isnull=True) | ~known)


def _latest() -> QuerySet[Participation]:
    """Where somebody is now, and of somebody who has left every circle the last one they were in: what they write is read by somebody."""
    elsewhere = Participation.objects.filter(person=OuterRef("person"))
    later = Q(left_at__isnull=True) | Q(left_at__gt=OuterRef("left_at")) | Q(left_at=OuterRef("left_at"), pk__gt=OuterRef("pk"))
    return Participation.objects.filter(Q(left_at__isnull=True) | ~Exists(elsewhere.filter(later)))


def _of_theirs(tie: Tie) -> Reach:
    """What was written by people of these cases and answers no letter of any."""

    def reach(actor: Actor) -> Q | None:
        letters, cases = {Tie.COORDINATES: _coordinates, Tie.FACILITATES: _facilitates}[tie](actor), ties_of(Case)[tie](actor)
        if letters is None or cases is None:
            return None
        people = _latest().filter(case__in=Case.objects.filter(cases).values("pk"))
        return letters | Q(case_id__isnull=True, reader_id__in=people.values("person_id"))

    return reach


class Answer(CameBack):
    """What somebody wrote back, as those who may contact them read it."""

    ties = staticmethod(lambda: {tie: _of_theirs(tie) for tie in (Tie.COORDINATES, Tie.FACILITATES)})

    class Meta:
        proxy = True


class Stray(CameBack):
    """What came back and fits nobody, as an administrator reads it."""

    ties = staticmethod(lambda: {Tie.ADMINISTERS: _administers})

    class Meta:
        proxy = True
