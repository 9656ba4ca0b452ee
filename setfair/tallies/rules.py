"""How each figure is counted, in plain words: the screen and docs/counting.md say exactly this (practice.md 6.4)."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

EDITION = 1
"""Counted on when a rule changes: what was said by an older one keeps its number."""
CASES, PEOPLE, PROMISES, DAYS = _("cases"), _("people"), _("promises"), _("days")
BY = _("the day on which it ended")


class Rule(NamedTuple):
    """One figure: what is counted, out of which, by which date, and all of it in a sentence or two."""

    key: str
    name: Any
    unit: Any
    numerator: Any
    denominator: Any
    sentence: Any
    date_of: Any = BY


ASKED = _("all that were asked for")
RULES = (
    Rule(
        "asked", _("Asked for"), CASES, _("requests and cases that ended"), ASKED,
        _("Every request that became a case, was answered with a no or taken back. A talk to learn more is not counted, nor one sent twice."),
    ),
    Rule(
        "accepted", _("Accepted"), CASES, _("cases"), ASKED,
        _("A request that was accepted is a case, however far it came."),
    ),
    Rule(
        "met", _("Met"), CASES, _("cases in which a circle was held to its end, or that were done without meeting"), _("cases that were accepted"),
        _("Several circles of one case count once. Words that were passed on count as much as a circle."),
    ),
    Rule(
        "agreed", _("Agreed"), CASES, _("cases in which an agreement came into force"), _("cases that met"),
        _("An agreement counts once everyone has signed it. A case with several counts once."),
    ),
    Rule(
        "kept", _("Kept"), CASES, _("cases that were closed as kept, also after a change"), _("cases with an agreement"),
        _("As whoever closed the case wrote it down. Kept in part is counted apart, and so is what ended early for another reason."),
    ),
    Rule(
        "ended", _("How it ended"), CASES, _("cases, by how far they came"), ASKED,
        _("Each one stands in one line. What was not taken on and what was taken back are always shown, never dropped."),
    ),
    Rule(
        "decider", _("Whose decision it was"), CASES, _("cases, by whose decision ended them"), ASKED,
        _("By the reason that was written down; each reason stands in one group. Taken back is the decision of whoever sent it."),
    ),
    Rule(
        "source", _("Who asked"), CASES, _("cases, by who asked"), ASKED,
        _("As it was said with the request."),
    ),
    Rule(
        "quarter", _("When it ended"), CASES, _("cases, by quarter of the year"), ASKED,
        _("By the programme's own clock."),
    ),
    Rule(
        "people", _("Who took part"), PEOPLE, _("places in a circle, by role"), _("cases that were accepted"),
        _("Somebody in two cases counts twice. Roles are not added up."),
    ),
    Rule(
        "promises", _("Promises"), PROMISES, _("promises that were done"), _("promises of agreements that came into force"),
        _("Of each agreement the last version that everyone signed. Done is what was checked. Done in part is not done; replaced is not counted."),
    ),
    Rule(
        "days", _("How long it took"), DAYS, _("the middle case, if all are put in a row"), _("cases that came so far"),
        _("From one step to the next, where it is known of every case that came so far. Of fewer than twenty it is in weeks: it is the time of one."),
    ),
)  # fmt: skip
RULE = {rule.key: rule for rule in RULES}
SMALL = _(
    "A number is said only if it, and all that could be worked out from it, is of five cases or more. So none and all are not said either, and "
    "neighbouring lines stand together where one is too small."
)
ONCE = _(
    "Each case is counted once, in the year in which it ended, two weeks after that year is over. What was said then stays, also when "
    "something is put right later. A year with fewer than five waits for the next."
)
