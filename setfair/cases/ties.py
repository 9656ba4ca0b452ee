"""How anyone can stand to a case. Later floors inherit these ties with `inherited("case", ties)`.

Whoever of the staff is kept out of a case stands in no tie to it, whatever their role;
so neither the case nor anything that hangs on it is there for them. A sealed case is
there for those whom its seal names, and for nobody else.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.db.models import Exists, OuterRef, Q

from setfair.access.policy import Tie
from setfair.access.ties import OF_THE_PROGRAMME, Reach, Ties, under
from setfair.core import clock
from setfair.core.actor import Actor, Kind
from setfair.programmes.models import Role


def facilitates(actor: Actor) -> Q | None:
    """Assigned to the case now, as staff, lead or co-facilitator."""
    return Q(pk__in=_assigned(actor).exclude(part="student").values("case_id")) if actor.kind == Kind.STAFF else None


def assigned_as_student(actor: Actor) -> Q | None:
    """Assigned to the case now as a student. No tie by itself: the days around the conference make it one, and that floor knows them."""
    if actor.kind != Kind.STAFF:
        return None
    mine = _assigned(actor).filter(part="student").exclude(case__in=_kept_from(actor))
    return Q(pk__in=mine.exclude(case__in=sealed_from(actor)).values("case_id"))


def takes_part(actor: Actor) -> Q | None:
    """Stands in the circle and has not left it."""
    if actor.kind != Kind.PARTICIPANT:
        return None
    return Q(pk__in=_rows("Participation").filter(pk=actor.id, left_at__isnull=True).values("case_id"))


def referred(actor: Actor) -> Q | None:
    return Q(referral=actor.id) if actor.kind == Kind.REFERRER else None


def ties() -> Ties:
    return {
        Tie.COORDINATES: _not_kept_out(OF_THE_PROGRAMME[Tie.COORDINATES], _led_or_supervised),
        Tie.SUPERVISES: _not_kept_out(OF_THE_PROGRAMME[Tie.SUPERVISES], led),
        Tie.FACILITATES: _not_kept_out(facilitates),
        Tie.TAKES_PART: takes_part,
        Tie.REFERRED: referred,
    }


def emergency_ties() -> Ties:
    """An emergency is read by whoever opened it, for as long as it lasts; it is looked at by supervisors, and by those who coordinate the case, but
    never by whoever opened it."""
    others = {Tie.COORDINATES: ties()[Tie.COORDINATES], Tie.SUPERVISES: _not_excluded(OF_THE_PROGRAMME[Tie.SUPERVISES])}
    looked_at = {tie: _by_somebody_else(reach) for tie, reach in others.items()}
    return looked_at | {Tie.IN_EMERGENCY: _still_open}


def _still_open(actor: Actor) -> Q | None:
    if actor.kind != Kind.STAFF or not actor.has(Role.COORDINATOR, Role.SUPERVISOR):
        return None
    return Q(user=actor.id, until__gt=clock.now()) & ~Q(case__in=_kept_from(actor))


def _by_somebody_else(reach: Reach) -> Reach:
    def reached(actor: Actor) -> Q | None:
        q = reach(actor)
        return None if q is None else under("case", q) & ~Q(user=actor.id)

    return reached


def _not_excluded(reach: Reach) -> Reach:
    def reached(actor: Actor) -> Q | None:
        q = reach(actor)
        return None if q is None else q & ~Q(pk__in=_kept_from(actor))

    return reached


def requests_kept_from(actor: Actor) -> Q:
    """The requests behind the cases that this member of the staff is kept out of, or that are sealed from them."""
    shut = _rows("Case").filter(Q(pk__in=_kept_from(actor)) | Q(pk__in=sealed_from(actor)), referral__isnull=False)
    return Q(pk__in=shut.values("referral_id"))


def not_hidden_from(actor: Actor) -> Q:
    """Of a row that has a case: one that this member of the staff is not kept out of, and that no seal keeps from them."""
    return ~Q(case__in=_kept_from(actor)) & ~Q(case__in=sealed_from(actor))


def sealed_from(actor: Actor) -> Any:
    """Cases under a seal that does not name this actor."""
    if actor.has(Role.SUPERVISOR):
        return _sealed_from(actor, led)
    return _sealed_from(actor, _led_or_supervised if actor.has(Role.COORDINATOR) else Q)


def _not_kept_out(reach: Reach, while_: Callable[[], Q] = Q) -> Reach:
    def reached(actor: Actor) -> Q | None:
        q = reach(actor)
        return None if q is None else q & ~Q(pk__in=_kept_from(actor)) & ~Q(pk__in=_sealed_from(actor, while_))

    return reached


def _sealed_from(actor: Actor, while_: Callable[[], Q]) -> Any:
    """The same, for as long as there is somebody for whom it is kept: a case never lies with nobody."""
    named = _rows("Named").filter(user=actor.id, ended_at__isnull=True)
    return _rows("Seal").filter(while_(), ended_at__isnull=True).exclude(case__in=named.values("case_id")).values("case_id")


def led() -> Q:
    """Somebody whom the seal names coordinates or supervises here now; where nobody does, the case falls to the supervisors."""
    return Q(Exists(_rows("Named").filter(case=OuterRef("case"), ended_at__isnull=True, user__in=_leading(Role.COORDINATOR, Role.SUPERVISOR))))


def _led_or_supervised() -> Q:
    """There is a supervisor at least; where there is none either, it falls to those who coordinate."""
    return led() | Q(Exists(_leading(Role.SUPERVISOR)))


def _leading(*roles: str) -> Any:
    live = apps.get_model("programmes", "Membership")._default_manager.filter(role__in=roles, ended_at__isnull=True, user__is_active=True)
    return live.values("user_id")


def _kept_from(actor: Actor) -> Any:
    return _rows("Exclusion").filter(user=actor.id, ended_at__isnull=True).values("case_id")


def _assigned(actor: Actor) -> Any:
    return _rows("Assignment").filter(facilitator__user=actor.id, ended_at__isnull=True)


def _rows(name: str) -> Any:
    return apps.get_model("cases", name)._default_manager.all()
