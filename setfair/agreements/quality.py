"""What makes a promise likely to be kept (practice.md 2.8 and annex C3), as advice to whoever writes it down.

Advice warns and never blocks: the people in the room know better than a rule.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from setfair.core.ease import is_hard
from setfair.core.text import folded

MOST = 7
LONGEST = {"school": timedelta(weeks=6), "community": timedelta(days=90)}
WORDY = 25
MOST_HOURS, MOST_HOURS_OF_THE_YOUNG = 40, 20
"""More than that is hard to keep beside work, and beside school."""

VAGUE = re.compile(
    r"\b(be (good|nice|kind|better|polite|respectful)|respect(ful)?|behave|never|try (harder|to)|attitude|"
    r"portarse|respetar?|respeto|nunca|ser (buen[oa]|amable|mejor)|tratar de)\b|احترام|أبد[اً]|أن يكون (جيد|لطيف)",
    re.IGNORECASE,
)
MONEY = re.compile(r"\b(pay|pays|money|refund|cost|pagar|paga|dinero|costo)\b|دفع|مال|[$€£]", re.IGNORECASE)
AMOUNT = re.compile(r"\d")
CURRENCY = re.compile(r"[$€£¥]|\b(dollars?|euros?|pounds?|cents?|pesos?|usd|eur|gbp|d[oó]lares)\b|دولار|يورو|جنيه", re.IGNORECASE)
SHAMING = re.compile(
    r"\b(in front of (everyone|everybody|the (class|school|others))|publicly|public apology|wear a sign|"
    r"delante de (todos|la clase)|en p[uú]blico)\b|أمام الجميع|علن",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Promise:
    """What is known of one item when it is weighed. Names are as the page shows them."""

    what: str
    due_on: date
    proof_wanted: str
    owner: str
    owner_is_harmed: bool
    owner_signs: bool
    owner_left: bool
    owed_to_harmed: bool
    kind: str = "other"
    amount: Decimal | None = None
    hours: int | None = None
    by_the_young: bool = False
    carried: bool = False
    ordered: bool = False


@dataclass(frozen=True)
class Advice:
    code: str
    sentence: str


def of_one(
    promise: Promise, *, kind: str, begins: date, closed: Sequence[tuple[date, date, str]] = (), off: Container[date] = (), language: str = "en"
) -> list[Advice]:
    """What to look at again in one promise, the weightiest first. `closed` are days off with a name, `off` all that do not count."""
    longest = LONGEST[kind]
    most = MOST_HOURS_OF_THE_YOUNG if promise.by_the_young else MOST_HOURS
    shut = next((name for first, last, name in closed if first <= promise.due_on <= last), None)
    pays = promise.kind == "payment" or promise.amount is not None
    found = [
        (promise.owner_left, "no_owner", _("%(name)s has left. Who does this now?") % {"name": promise.owner}),
        (
            not promise.owner_signs and not promise.owner_left,
            "owner_absent",
            _("%(name)s was not there, so cannot sign this.") % {"name": promise.owner},
        ),
        (promise.owner_is_harmed, "owner_harmed", _("This is asked of the person harmed. Is that what they want?")),
        (bool(SHAMING.search(promise.what)), "shaming", _("Could this shame somebody in front of others?")),
        (bool(VAGUE.search(promise.what)), "vague", _("Say what will be done, so that everyone can see when it is done.")),
        (not promise.proof_wanted.strip(), "no_proof", _("How will we know it is done?")),
        (promise.ordered, "ordered", _("An order or a wish keeps two here apart. What it asks for already need not be promised.")),
        (_money_unclear(promise), "money", _("Say how much money, and in which currency.")),
        (
            pays and promise.owed_to_harmed and not promise.carried,
            "pays_directly",
            _("Is it good to pay them directly? An office can take it and pass it on."),
        ),
        ((promise.hours or 0) > most, "many_hours", _("More than %(n)d hours are hard to keep. Is it fair?") % {"n": most}),
        (promise.due_on > begins + longest, "too_long", _too_long(longest)),
        (shut is not None, "closed_day", _("That day is in: %(name)s.") % {"name": shut}),
        (shut is None and promise.due_on in off, "day_off", _("That day lies between two terms.")),
        (_wordy(promise.what), "wordy", _("This is a long sentence. Can it be said in fewer words?")),
        (not _wordy(promise.what) and is_hard(promise.what, language), "hard_words", _("Can it be said in easier words?")),
    ]
    return [Advice(code, sentence) for says, code, sentence in found if says]


def of_all(promises: Sequence[Promise], *, harmed: bool) -> list[Advice]:
    """What to look at again in the agreement as a whole; `harmed` says whether a person harmed is in the circle."""
    found = [
        (len({folded(p.what) for p in promises}) < len(promises), "twice", _("The same words stand here twice.")),
        (len(promises) > MOST, "too_many", _("More than seven promises are hard to keep. Which matter most?")),
        (
            bool(promises) and harmed and not any(p.owed_to_harmed for p in promises),
            "nothing_for_harmed",
            _("Nothing here is for the person harmed. Did they ask for something?"),
        ),
    ]
    return [Advice(code, sentence) for says, code, sentence in found if says]


def _money_unclear(promise: Promise) -> bool:
    if promise.amount is not None:
        return False
    what = promise.what
    return promise.kind == "payment" or (bool(MONEY.search(what)) and not (AMOUNT.search(what) and CURRENCY.search(what)))


def _wordy(what: str) -> bool:
    return any(len(sentence.split()) > WORDY for sentence in re.split(r"[.!?؟\n]", what))


def _too_long(longest: timedelta) -> str:
    weeks = longest.days // 7
    return ngettext("That is more than %(n)d week away.", "That is more than %(n)d weeks away.", weeks) % {"n": weeks}
