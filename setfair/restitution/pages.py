"""What the pages of money show, and what can be said on each."""

from __future__ import annotations

from typing import Any

from setfair.agreements.models import Item
from setfair.agreements.queries import in_own_language, items_of
from setfair.cases import queries as cases
from setfair.cases.models import Participation

from . import forms, queries, shown


def paid(item: Item, me: Participation, **bound: Any) -> dict[str, Any]:
    """One promise of theirs: what they told us of it, and a form to tell more."""
    known = queries.book(item.case_id)
    told = queries.told_by(item, me, known)
    open_now = any(one.pk == item.pk for one in queries.to_pay(me))
    alone = len(item.owners) == 1 and not item.body
    return {
        "item": item,
        "put": in_own_language([item]).get(item.pk),
        "told": told,
        "days": [] if not alone else shown.days_open(item, _by(told, known, item)),
        "ordered": known.is_ordered(item),
        "form": forms.PaidForm(item=item) if open_now else None,
    } | bound


def _by(told: list[queries.Own], known: queries.Book, item: Item) -> int:
    """How much of it they told us of, or the team wrote down for them: their own words, never the other side's."""
    theirs = {one.row.pk for one in told}
    said = [one.said for one in known.paid(item) if one.row.pk in theirs]
    found = [(each.last(queries.Side.PAYER), each.last(queries.Side.TEAM)) for each in said]
    return sum(paid if paid is not None else noted or 0 for paid, noted in found)


def owed(me: Participation, **bound: Any) -> dict[str, Any]:
    """What was promised to this person, with what they are asked and a form to tell by themselves what came."""
    lines = queries.owed_to(me)
    put = in_own_language([one.item for one in lines])
    which = bound.get("which")
    cards = [
        {
            "owed": one,
            "put": put.get(one.item.pk),
            "asked": [(paid, _word(paid)) for paid in one.asked],
            "told": [(paid, _word(paid)) for paid in one.told],
            "came": bound["came"] if which == one.item.pk else forms.CameForm(item=one.item, auto_id=f"came-{n}-%s", initial={"which": one.item.pk}),
            "is_open": which == one.item.pk,
        }
        for n, one in enumerate(lines)
    ]
    return {"me": me, "cards": cards, "form": bound.get("form") or bound.get("came")}


def _word(paid: queries.Paid) -> forms.WordForm:
    return forms.WordForm(auto_id=f"word-{paid.row.pk}-%s")


def payments(row: Item, **bound: Any) -> dict[str, Any]:
    """The team's page of one promise of money, in the version that holds."""
    known = queries.book(row.case_id)
    now = Item.objects.select_related("agreement").get(pk=known.now(row.pk))
    item = next(one for one in items_of(now.agreement) if one.pk == now.pk)
    lines = shown.heard(item, known)
    which = bound.pop("which", None)
    context = cases.frame(row.case, "agreement") | {
        "item": item,
        "stands": shown.how_it_stands(item, known),
        "days": shown.days_open(item, known.standing(item).came),
        "lines": [(one, bound["settle"] if one.paid.row.pk == which else _settle(one)) for one in lines],
        "ordered": known.is_ordered(item),
        "is_whole": queries.Why.WHOLE in queries.unclear(item, known),
        "note": forms.NoteForm(item=item),
    }
    context["form"] = bound.get("settle") or bound.get("note")
    return context | bound


def _settle(one: shown.Heard) -> forms.SettleForm:
    return forms.SettleForm(currency=one.paid.row.currency, auto_id=f"settle-{one.paid.row.pk}-%s", initial={"amount": one.paid.row.amount})
