from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from setfair.agreements.amounts import smallest
from setfair.agreements.journey import OPEN, ItemStage, Stage
from setfair.agreements.models import Item
from setfair.agreements.queries import made_by, with_names
from setfair.cases.models import Case, Participation
from setfair.cases.queries import how, walls_between
from setfair.cases.route import WITHOUT_MEETING
from setfair.core import clock
from setfair.preparation.queries import is_let_be
from setfair.vault import ring

from . import cents, quiet
from .books import SIGNED as SIGNED
from .books import Book as Book
from .books import Paid as Paid
from .books import Side as Side
from .books import book as book
from .books import in_words as in_words
from .books import promised as promised
from .books import said_of as said_of
from .models import Payment, Unclear

Why = Unclear.Why
TELLS = OPEN | {ItemStage.KEPT}
"""Stages in which whoever makes a promise can still tell of it."""
LET_GO = (ItemStage.WAIVED, ItemStage.REPLACED)
PATIENCE = timedelta(days=7)
"""For so long whoever it is for can say by themselves whether something came; then somebody asks."""
A_FEW = 3
"""About so many payments at least somebody can be asked at once; more only where the promise has more parts."""


def open_parts(item: Item, came: int) -> Iterator[tuple[date, int]]:
    """The days on which something of it is due, from the first that is not whole, with what is lacking on each."""
    due = [cents.coins(part.amount, smallest(item.currency)) for part in item.payments]
    first = cents.next_part(due, came)
    if first is not None:
        n, lacking = first
        yield item.payments[n].due_on, lacking
        yield from ((part.due_on, many) for part, many in zip(item.payments[n + 1 :], due[n + 1 :], strict=True))


def holding(case: UUID) -> QuerySet[Item]:
    """Promises of money that hold."""
    rows = Item.objects.filter(case_id=case, agreement__stage=Stage.IN_FORCE, amount__isnull=False).select_related("agreement")
    return rows.order_by("due_on", "agreement__number", "order")


def promises_of(case: Case) -> list[Item]:
    """The same, ready to be named."""
    return with_names(holding(case.pk), "owed_to")


def left_out(known: Book, there: list[Item]) -> list[Item]:
    """Promises of which something was said, and that a newer version left out, ready to be named: what came under them is not forgotten."""
    gone = {known.now(row.item_id) for row in known.rows} - {item.pk for item in there}
    rows = Item.objects.filter(pk__in=gone, agreement__stage=Stage.SUPERSEDED).select_related("agreement")
    return with_names(rows.order_by("due_on", "pk"), "owed_to") if gone else []


def asked_about(item: Item, known: Book) -> list[Paid]:
    """Payments about which whoever it is for may be asked: a few at once, and none beyond what is open. Of the others the team hears."""
    found: list[Paid] = []
    left = known.standing(item).open
    for one in known.paid(item):
        if 0 < one.said.waits <= left and len(found) < max(item.parts, A_FEW):
            left -= one.said.waits
            found.append(one)
    return found


def parts_told(item: Item, known: Book) -> int:
    """Of how many parts, from the first, nobody is reminded: they are said to be paid, by whichever side, or a court collects them. So that a
    reminder that comes, or does not come, tells nobody what the other side said."""
    first = cents.next_part([cents.coins(part.amount, smallest(item.currency)) for part in item.payments], _told(item, known))
    many = item.parts if first is None or known.is_ordered(item) else first[0]
    return min(many, item.parts - 1) if item.hours else many


def _told(item: Item, known: Book) -> int:
    return sum(one.said.told for one in known.paid(item))


def to_tell(me: Participation) -> list[tuple[Item, bool]]:
    """What this person said they would pay, and whether all of it is told of; nothing once they, or what they promised, were let go.

    By the words of those who pay, and what the team found: what whoever it is for says is told to nobody, not by what is missing either.
    """
    items = list(holding(me.case_id).filter(made_by(me), stage__in=TELLS))
    if not items or is_let_be(me):
        return []
    known = book(me.case_id)
    return [(item, sum(one.said.claimed for one in known.paid(item)) >= promised(item)) for item in items if not known.is_ordered(item)]


def to_pay(me: Participation) -> list[Item]:
    """What this person said they would pay, and is asked about."""
    return [item for item, is_told in to_tell(me) if not is_told]


@dataclass(frozen=True)
class Own:
    """A payment as whoever made it reads it: their own word, or what the team wrote down for them. Never what the other side says."""

    row: Payment
    day: date
    words: str
    may_take_back: bool
    by_team: bool


def told_by(item: Item, me: Participation, known: Book) -> list[Own]:
    """Whose word it is counts: they may have told of what the other side had told of before."""
    return sorted((_own(one) for one in known.paid(item) if _is_theirs(one, me)), key=lambda own: own.day)


def _is_theirs(one: Paid, me: Participation) -> bool:
    teller = one.teller(Side.PAYER)
    return one.row.payer_id == me.pk if teller is None else teller == me.pk and one.said.last(Side.PAYER) != 0


def _own(one: Paid) -> Own:
    side, by_team = (Side.TEAM, True) if one.said.last(Side.PAYER) is None else (Side.PAYER, False)
    return Own(one.row, one.day(side), one.last(side), not by_team and one.said.last(Side.TEAM) is None, by_team)


@dataclass(frozen=True)
class Owed:
    """Money that was promised to somebody, as they read it: what they are asked about, and what they said themselves."""

    item: Item
    asked: list[Paid]
    told: list[Paid]


def owed_to(me: Participation) -> list[Owed]:
    """Only what is owed to this person themselves. Who of several paid how much is not among it."""
    items = list(holding(me.case_id).filter(owed_to=me).exclude(stage__in=LET_GO))
    if not items or is_let_be(me):
        return []
    ring.gather([me.case_id])
    known = book(me.case_id)
    return [_owed(item, me, known) for item in items if not known.is_ordered(item)]


def _owed(item: Item, me: Participation, known: Book) -> Owed:
    told = [one for one in known.paid(item) if one.said.last(Side.RECEIVER) is not None]
    return Owed(item, asked_about(item, known) if hears_of(item, me) else [], sorted(told, key=lambda one: one.received_on))


def hears_of(item: Item, me: Participation) -> bool:
    """Whether this person is asked about what somebody says they paid: not where they do not meet, not where one of those who pay is kept
    apart from them, and not if they want no news. They can say by themselves what came, and the team asks them."""
    if how(me.case) in WITHOUT_MEETING or quiet.is_quiet(me):
        return False
    walls = walls_between([me.person_id, *(owner.person_id for owner in item.owners)])
    return not any(me.person_id in (wall.one_id, wall.other_id) for wall in walls)


def can_say(item: Item) -> bool:
    """Whether somebody is there who is asked whether it came."""
    me = item.owed_to
    return me is not None and me.left_at is None and not is_let_be(me) and hears_of(item, me)


def unclear(item: Item, known: Book) -> dict[str, date]:
    """What somebody of the team has to clear up about this promise, and from which day on. Of one that holds no more, what stays unclear."""
    stands, today = known.standing(item), clock.local(clock.now(), item.case.programme.zone).date()
    found = {}
    if any(one.said.differs for one in known.told_of(item)):
        found[Why.DIFFERS.value] = today
    if stands.over:
        found[Why.OVER.value] = today
    if item.agreement.stage != Stage.IN_FORCE:
        return found
    if waiting := [one for one in known.paid(item) if one.said.waits]:
        asked = {one.row.pk for one in asked_about(item, known)} if can_say(item) else set()
        found[Why.WAITS.value] = min(_told_on(one, item) + (PATIENCE if one.row.pk in asked else timedelta()) for one in waiting)
    if not (found or stands.open or item.stage not in OPEN or known.is_ordered(item)):
        found[Why.WHOLE.value] = today
    return found


def _told_on(one: Paid, item: Item) -> date:
    return clock.local(one.row.at, item.case.programme.zone).date()


def unclear_of(case: Case) -> QuerySet[Unclear]:
    """What nobody has cleared up yet of a payment in this case: two say different things, or nobody said whether it came."""
    return Unclear.objects.filter(case=case, ended_at__isnull=True, why__in=(Why.DIFFERS, Why.WAITS))


def waiting_somewhere() -> QuerySet[Case]:
    """Cases in which somebody is given some days to say whether something came: who is asked there can change meanwhile."""
    return Case.objects.filter(pk__in=Unclear.objects.filter(ended_at__isnull=True, why=Why.WAITS).values("case")).order_by("pk")


def programmes() -> list[UUID]:
    """Every programme there is, by its key alone."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT programme_id FROM programmes_here()")
        return [row[0] for row in cursor.fetchall()]
