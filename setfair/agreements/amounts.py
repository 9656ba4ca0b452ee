"""How much a promise asks for: money, in parts or at once, or hours. What can be worked out is worked out, so parts always add up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_DOWN, Decimal

from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

CENT = Decimal("0.01")
WITHOUT_CENTS = frozenset({"JPY", "CLP"})
"""Currencies whose smallest coin is one of them (ISO 4217)."""
MOST_PARTS = 24
CURRENCIES = (
    "USD", "EUR", "GBP", "MXN", "CAD", "AUD", "NZD", "CHF", "SEK", "NOK", "DKK", "PLN", "CZK", "TRY", "ILS", "EGP", "JOD", "MAD", "JPY", "INR",
    "PHP", "ZAR", "KES", "NGN", "BRL", "COP", "CLP", "ARS", "PEN", "GTQ",
)  # fmt: skip


@dataclass(frozen=True)
class Part:
    """One of several payments."""

    due_on: date
    amount: Decimal


def in_parts(amount: Decimal, currency: str, parts: int, weeks: int, last: date) -> list[Part]:
    """Equal parts that can be paid in this currency, `weeks` apart, the last one due on the day of the promise.

    What does not divide comes with the last. Of very little the parts may be nothing: whoever asks refuses that.
    """
    each = (amount / parts).quantize(smallest(currency), rounding=ROUND_DOWN)
    days = [last - timedelta(weeks=weeks * (parts - n)) for n in range(1, parts + 1)]
    return [Part(day, each) for day in days[:-1]] + [Part(last, amount - each * (parts - 1))]


def smallest(currency: str) -> Decimal:
    """The least that can be paid in it."""
    return Decimal(1) if currency in WITHOUT_CENTS else CENT


def money(amount: Decimal, currency: str) -> str:
    """An amount as it is read, with the letters of its currency: a sign alone could be of several."""
    whole = amount == amount.to_integral_value()
    return f"{number_format(amount, 0 if whole else 2, force_grouping=True)} {currency}"


def how_much(amount: Decimal | None, currency: str, hours: int | None, parts: list[Part]) -> str:
    """In words: so much money, in so many parts; so many hours. Empty when nothing was said."""
    said = []
    if amount is not None:
        said.append(money(amount, currency))
    if len(parts) > 1:
        said.append(ngettext("in %(n)d part", "in %(n)d parts", len(parts)) % {"n": len(parts)})
        said += [_("%(amount)s by %(day)s") % {"amount": money(p.amount, currency), "day": date_format(p.due_on, "DATE_FORMAT")} for p in parts]
    if hours:
        said.append(ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours})
    return " · ".join(said)
