"""How money stands, beside the promises of a case and on the team's page of one promise."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from setfair.agreements.alongside import Beside, Line
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
    """Each promise of money that holds, and how far it came; nothing where there is none."""
    items = queries.promises_of(case)
    if not items:
        return None
    known = queries.book(case.pk)
    return Beside(_("Money"), [_line(item, known) for item in items])


def _line(item: Item, known: queries.Book) -> Line:
    stands = known.standing(item)
    words = _("%(came)s of %(all)s came") % {
        "came": queries.in_words(stands.came, item.currency),
        "all": queries.in_words(stands.promised, item.currency),
    }
    tag = _tag(item, known)
    return Line(item.whose, words, reverse("payments", args=[item.pk]), tag, "wait" if tag else "plain")


def _tag(item: Item, known: queries.Book) -> str:
    """The first thing that is unclear, in a word."""
    found = queries.unclear(item, known)
    return next((str(why.label) for why in Unclear.Why if why in found), "")


def how_it_stands(item: Item, known: queries.Book) -> list[tuple[str, str]]:
    """What was promised, what came, what is open or more than that, and what nobody has confirmed; what is nothing is left out."""
    stands = known.standing(item)
    said = [
        (_("Promised"), stands.promised), (_("Came"), stands.came), (_("Still open"), stands.open), (_("More than was promised"), stands.over),
        (_("Said to be paid"), stands.waits),
    ]  # fmt: skip
    return [(key, queries.in_words(many, item.currency)) for n, (key, many) in enumerate(said) if many or n < 2]


def days_open(item: Item, came: int) -> list[tuple[date, str]]:
    return [(day, queries.in_words(many, item.currency)) for day, many in queries.open_parts(item, came)]


def heard(item: Item, known: queries.Book) -> list[Heard]:
    """Every payment of a promise with what each side said last, the latest first."""
    names = {owner.pk: owner.person.shown for owner in item.owners}
    receiver = item.owed_to.person.shown if item.owed_to is not None else ""
    found = []
    for one in reversed(known.paid(item)):
        payer = names.get(one.row.payer_id, "") if one.row.payer_id else ""
        tellers = ((Side.PAYER, payer or Side.PAYER.label), (Side.RECEIVER, receiver or Side.RECEIVER.label), (Side.TEAM, Side.TEAM.label))
        words = [_("%(who)s: %(what)s") % {"who": who, "what": one.last(side)} for side, who in tellers if one.last(side)]
        tag, kind = (Unclear.Why.DIFFERS.label, "wait") if one.said.differs else (_("waits"), "info") if one.said.waits else (_("counted"), "done")
        found.append(Heard(one, payer, words, str(tag), kind))
    return found
