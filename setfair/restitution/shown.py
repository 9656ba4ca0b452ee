"""How money stands, beside the promises of a case and on the team's page of one promise."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from setfair.agreements.alongside import Beside, Line
from setfair.agreements.journey import Stage
from setfair.agreements.models import Item
from setfair.cases.models import Case

from . import queries
from .models import Unclear
from .queries import Side


@dataclass(frozen=True)
class Heard:
    """One payment as the team reads it."""

    paid: queries.Paid
    payer: str
    words: list[str]
    tag: str
    kind: str


def money_of(case: Case) -> Beside | None:
    """Each promise of money that holds, and how far it came, and each that a newer version left out once something was said of it; nothing where
    there is none."""
    items, known = queries.promises_of(case), queries.book(case.pk)
    gone = queries.left_out(known, items)
    return Beside(_("Money"), [_line(item, known) for item in (*items, *gone)]) if items or gone else None


def _line(item: Item, known: queries.Book) -> Line:
    stands = known.standing(item)
    words = _("%(came)s of %(all)s came") % {
        "came": queries.in_words(stands.came, item.currency),
        "all": queries.in_words(stands.promised, item.currency),
    }
    if item.agreement.stage != Stage.IN_FORCE:
        words += " · " + _("under an earlier version")
    why = _first(item, known)
    kind = "plain" if why is None else "done" if why == Unclear.Why.WHOLE else "wait"
    return Line(item.whose, words, reverse("payments", args=[item.pk]), str(why.label) if why is not None else "", kind)


def _first(item: Item, known: queries.Book) -> Unclear.Why | None:
    """The first thing that somebody sees to."""
    found = queries.unclear(item, known)
    return next((why for why in Unclear.Why if why in found), None)


def how_it_stands(item: Item, known: queries.Book) -> list[tuple[str, str]]:
    """What was promised, what came, what is open or more than that, and what nobody has confirmed; what is nothing is left out. What came in
    another currency, under a version before, stands by itself: one is not set against the other."""
    stands = known.standing(item)
    said = [
        (_("Promised"), stands.promised), (_("Came"), stands.came), (_("Still open"), stands.open), (_("More than was promised"), stands.over),
        (_("Said to be paid"), stands.waits),
    ]  # fmt: skip
    others = {one.row.currency: 0 for one in known.told_of(item) if one.row.currency != item.currency}
    for one in known.told_of(item):
        if one.row.currency in others:
            others[one.row.currency] += one.said.came
    before = [(_("Came under an earlier version"), queries.in_words(many, currency)) for currency, many in others.items() if many]
    return [(key, queries.in_words(many, item.currency)) for n, (key, many) in enumerate(said) if many or n < 2] + before


def days_open(item: Item, came: int) -> list[tuple[date, str]]:
    return [(day, queries.in_words(many, item.currency)) for day, many in queries.open_parts(item, came)]


def _payer(one: queries.Paid, names: dict[UUID, str]) -> str:
    """Who says so themselves, else who was written down."""
    who = one.teller(Side.PAYER) or one.row.payer_id
    return names.get(who, "") if who is not None else ""


def _told(one: queries.Paid, side: str) -> str:
    """What a side said last, with its own day where that is another one."""
    words, day = one.last(side), one.day(side)
    return words if not words or day == one.row.paid_on else f"{words} · {date_format(day, 'DATE_FORMAT')}"


def heard(item: Item, known: queries.Book) -> list[Heard]:
    """Every payment of a promise with what each side said last, the latest first."""
    names = {owner.pk: owner.person.shown for owner in item.owners}
    receiver = item.owed_to.person.shown if item.owed_to is not None else ""
    found = []
    for one in reversed(known.told_of(item)):
        payer = _payer(one, names)
        tellers = ((Side.PAYER, payer or Side.PAYER.label), (Side.RECEIVER, receiver or Side.RECEIVER.label), (Side.TEAM, Side.TEAM.label))
        words = [_("%(who)s: %(what)s") % {"who": who, "what": _told(one, side)} for side, who in tellers if one.last(side)]
        tag, kind = (Unclear.Why.DIFFERS.label, "wait") if one.said.differs else (_("waits"), "info") if one.said.waits else (_("counted"), "done")
        found.append(Heard(one, payer, words, str(tag), kind))
    return found
