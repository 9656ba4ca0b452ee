"""How anyone can stand to a case. Later floors inherit these ties with `inherited("case", ties)`.

Whoever of the staff is kept out of a case stands in no tie to it, whatever their role;
so neither the case nor anything that hangs on it is there for them.
"""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.db.models import Q

from setfair.access.policy import Tie
from setfair.access.ties import OF_THE_PROGRAMME, Reach, Ties
from setfair.core.actor import Actor, Kind


def facilitates(actor: Actor) -> Q | None:
    """Assigned to the case now, as staff, lead or co-facilitator."""
    return Q(pk__in=_assigned(actor).exclude(part="student").values("case_id")) if actor.kind == Kind.STAFF else None


def assigned_as_student(actor: Actor) -> Q | None:
    """Assigned to the case now as a student. No tie by itself: the days around the conference make it one, and that floor knows them."""
    if actor.kind != Kind.STAFF:
        return None
    return Q(pk__in=_assigned(actor).filter(part="student").exclude(case__in=_kept_from(actor)).values("case_id"))


def takes_part(actor: Actor) -> Q | None:
    """Stands in the circle and has not left it."""
    if actor.kind != Kind.PARTICIPANT:
        return None
    return Q(pk__in=_rows("Participation").filter(pk=actor.id, left_at__isnull=True).values("case_id"))


def referred(actor: Actor) -> Q | None:
    return Q(referral=actor.id) if actor.kind == Kind.REFERRER else None


def ties() -> Ties:
    return {
        Tie.COORDINATES: _not_kept_out(OF_THE_PROGRAMME[Tie.COORDINATES]),
        Tie.SUPERVISES: _not_kept_out(OF_THE_PROGRAMME[Tie.SUPERVISES]),
        Tie.FACILITATES: _not_kept_out(facilitates),
        Tie.TAKES_PART: takes_part,
        Tie.REFERRED: referred,
    }


def requests_kept_from(actor: Actor) -> Q:
    """The requests behind the cases that this member of the staff is kept out of."""
    return Q(pk__in=_rows("Case").filter(pk__in=_kept_from(actor), referral__isnull=False).values("referral_id"))


def _not_kept_out(reach: Reach) -> Reach:
    def reached(actor: Actor) -> Q | None:
        q = reach(actor)
        return None if q is None else q & ~Q(pk__in=_kept_from(actor))

    return reached


def _kept_from(actor: Actor) -> Any:
    return _rows("Exclusion").filter(user=actor.id, ended_at__isnull=True).values("case_id")


def _assigned(actor: Actor) -> Any:
    return _rows("Assignment").filter(facilitator__user=actor.id, ended_at__isnull=True)


def _rows(name: str) -> Any:
    return apps.get_model("cases", name)._default_manager.all()
