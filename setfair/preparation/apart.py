"""Who reads what was written past those who run a meeting, and the ties that follow from it.

It stands on a ladder of those who may (`Rung`). It is read on the first rung, counted from whom it was
written to, on which anybody stands today: so what nobody has read yet is never left with people who
are gone. What somebody took up stays with those it was written to, and with whoever took it up; when they
are gone too it is as if nobody had. Whoever leads or helps the case reads it on no rung, unless it was written
to them from the start because everything lies in the same hands: it rather waits, and Today says so.
"""

from __future__ import annotations

from enum import Enum
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import BooleanField, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models import Case as Choose

from setfair.access.policy import Tie
from setfair.access.ties import Reach, Ties
from setfair.cases.ties import led
from setfair.core.actor import Actor, Kind
from setfair.programmes.models import Role

Rows = QuerySet[Any]
BOTH = (Role.SUPERVISOR, Role.ADMINISTRATOR)
ANYONE = "anyone"


class Rung(Enum):
    """Whose turn it is: in which roles, whether they have no part in the case and coordinate none, and whether a seal on it lets them in."""

    SUPERVISORS = ((Role.SUPERVISOR,), True, True)
    ADMINISTRATORS = ((Role.ADMINISTRATOR,), True, True)
    ADMINISTRATORS_OUTSIDE = ((Role.ADMINISTRATOR,), True, False)
    SUPERVISORS_OUTSIDE = ((Role.SUPERVISOR,), True, False)
    SAME_HANDS = (BOTH, False, True)
    WHOEVER = (BOTH, False, False)

    @property
    def reads(self) -> str:
        """What is written down of it: to whom it went."""
        roles, apart, _inside = self.value
        return roles[0].value if apart else ANYONE

    @property
    def is_outside(self) -> bool:
        return not self.value[2]


LADDER = tuple(Rung)
ALREADY_APART = (Rung.SUPERVISORS, Rung.ADMINISTRATORS, Rung.SAME_HANDS)
"""Rungs whose people read what was written to them for good. On the others it is read until it was taken up, and then by whoever took it up."""


def on(rung: Rung, case: UUID | OuterRef | None, request: UUID | OuterRef | None = None, *, past_them: bool = False) -> Rows:
    """Who stands on this rung for a case, or what became of a request, as their live roles. Whoever is kept out of the case stands on none.

    `past_them` leaves out whoever leads or helps the case, also where the rung does not.
    """
    roles, apart, inside = rung.value
    live = _memberships(*roles).filter(~Exists(_rows("Exclusion").filter(case=case, user=OuterRef("user"), ended_at__isnull=True)))
    if apart or past_them:
        led, helped = Q(pk=case), Q(case=case)
        if request is not None:
            led, helped = led | Q(referral=request), helped | Q(case__referral=request)
        leads = Exists(_rows("Case").filter(led, coordinator=OuterRef("user")))
        live = live.filter(~leads, ~Exists(_rows("Assignment").filter(helped, facilitator__user=OuterRef("user"))))
    if apart:
        live = live.filter(~Exists(_memberships(Role.COORDINATOR).filter(user=OuterRef("user"))))
    return live.filter(_let_in(case)) if inside else live


def seen_to(complaint: UUID | OuterRef | None = None) -> Rows:
    """Who saw to the complaint that is asked about and still could: what lies with somebody who is gone, nobody sees to."""
    taken = apps.get_model("preparation", "TakenUp")._default_manager.filter(complaint=complaint or OuterRef("pk"))
    return taken.filter(Exists(_memberships(*BOTH).filter(user=OuterRef("by"))))


def nobody_may_read() -> Q:
    """Complaints that nobody sees to, and nobody could."""
    could = (ANYONES & _somebody(Rung.WHOEVER)) | (~ANYONES & _somebody(Rung.WHOEVER, past_them=True))
    return ~Q(Exists(seen_to())) & ~could


def _let_in(case: UUID | OuterRef | None) -> Q:
    """No seal, or one that names them; and for supervisors one that names nobody any more who leads, as everywhere."""
    seals = _rows("Seal").filter(case=case, ended_at__isnull=True)
    named = Exists(_rows("Named").filter(case=case, user=OuterRef("user"), ended_at__isnull=True))
    return Q(named) | ~Q(Exists(seals)) | Q(~Exists(seals.filter(led())), role=Role.SUPERVISOR)


def ties() -> Ties:
    return {Tie.SUPERVISES: _stands_as(Role.SUPERVISOR), Tie.ADMINISTERS: _stands_as(Role.ADMINISTRATOR)}


def _stands_as(role: str) -> Reach:
    """What lies on a rung on which this actor stands in this role."""

    def reach(actor: Actor) -> Q | None:
        if actor.kind != Kind.STAFF or not actor.has(role):
            return None
        there = {rung: _reads(rung, role, actor.id) for rung in LADDER}
        steps = [
            (ANYONES & _somebody(Rung.SAME_HANDS), there[Rung.SAME_HANDS]),
            (ANYONES, there[Rung.WHOEVER]),
            (Q(reads=Role.SUPERVISOR) & _somebody(Rung.SUPERVISORS), there[Rung.SUPERVISORS]),
            *((_somebody(rung), there[rung]) for rung in (Rung.ADMINISTRATORS, Rung.ADMINISTRATORS_OUTSIDE)),
            *((_somebody(rung), there[rung]) for rung in (Rung.SUPERVISORS, Rung.SUPERVISORS_OUTSIDE)),
            (_somebody(Rung.SAME_HANDS, past_them=True), _reads(Rung.SAME_HANDS, role, actor.id, past_them=True)),
        ]
        last = _reads(Rung.WHOEVER, role, actor.id, past_them=True)
        here = Q(Choose(*(When(condition, then=then) for condition, then in steps), default=last, output_field=BooleanField()))
        could = Exists(on(Rung.WHOEVER, *OF_ROW, past_them=True).filter(user=actor.id, role=role))
        return here | Q(Q(Exists(seen_to().filter(by=actor.id))), Q(could))

    return reach


def _somebody(rung: Rung, *, past_them: bool = False) -> Q:
    return Q(Exists(on(rung, *OF_ROW, past_them=past_them)))


def _reads(rung: Rung, role: str, me: UUID | None, *, past_them: bool = False) -> Any:
    if role not in rung.value[0]:
        return Value(False)
    mine = Q(Exists(on(rung, *OF_ROW, past_them=past_them).filter(user=me, role=role)))
    unread = ~Q(Exists(seen_to())) | Q(Exists(seen_to().filter(by=me)))
    theirs = Q(reads=rung.reads) if rung in ALREADY_APART else Q(pk__isnull=True)
    return Choose(When(mine & (unread | theirs), then=Value(True)), default=Value(False), output_field=BooleanField())


ANYONES = Q(reads=ANYONE)
OF_ROW = OuterRef(OuterRef("case")), OuterRef(OuterRef("referral"))
"""The case and the request of the row that is asked about, seen from inside of what is asked about members."""


def _memberships(*roles: str) -> Rows:
    rows = apps.get_model("programmes", "Membership")._default_manager
    return rows.filter(role__in=roles, ended_at__isnull=True, user__is_active=True).order_by(F("since"), F("pk"))


def _rows(name: str) -> Rows:
    return apps.get_model("cases", name)._default_manager.all()
