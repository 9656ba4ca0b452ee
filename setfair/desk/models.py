from __future__ import annotations

from django.db.models import Q

from setfair.access.policy import Tie
from setfair.access.ties import ties_of
from setfair.cases.models import Case
from setfair.core.actor import Actor
from setfair.letters.models import Letter
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
