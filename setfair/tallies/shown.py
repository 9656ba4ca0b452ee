"""What stands on the page of outcomes: of what was said, sentences and one table each. It reads no case."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from setfair.agreements.models.item import ItemKind
from setfair.cases.models import Role
from setfair.programmes.own_reasons import called
from setfair.programmes.reasons import Decider

from .rules import RULE, Rule
from .tables import FUNNEL, ROLES, STEPS, Median, Release

ENDED = {
    "screened_out": gettext_lazy("not taken on"),
    "withdrawn": gettext_lazy("taken back, not wanted, or nobody was reached, before it was accepted"),
    "not_met": gettext_lazy("accepted, and ended before they met"),
    "met": gettext_lazy("met, without an agreement"),
    "ended_early": gettext_lazy("an agreement, and the case ended early"),
    "not_kept": gettext_lazy("an agreement, not kept"),
    "part": gettext_lazy("an agreement, kept in part"),
    "kept": gettext_lazy("an agreement, kept"),
}
SOURCE = {
    "self": gettext_lazy("somebody it touches"),
    "family": gettext_lazy("a parent or guardian"),
    "school": gettext_lazy("a school"),
    "police": gettext_lazy("police"),
    "court": gettext_lazy("a court, or somebody of a court"),
    "other": gettext_lazy("someone else"),
}
QUARTER = {
    "1": gettext_lazy("January to March"),
    "2": gettext_lazy("April to June"),
    "3": gettext_lazy("July to September"),
    "4": gettext_lazy("October to December"),
}
STEP = {
    "to_accepted": gettext_lazy("from the request to the yes"),
    "to_met": gettext_lazy("from the yes to the first circle"),
    "to_agreed": gettext_lazy("from the circle to the agreement"),
    "to_end": gettext_lazy("from the agreement to the end"),
}
STATE = {"not_done": gettext_lazy("not done, or in part"), "waived": gettext_lazy("no longer asked for"), "done": gettext_lazy("done")}


@dataclass(frozen=True)
class Table:
    """A finding in a sentence, the table under it, and by which rule it is counted."""

    title: str
    sentence: str
    heads: list[str]
    rows: list[tuple[str, str]]
    rules: list[Rule]


def period(release: Release) -> str:
    """Which years these are."""
    if release.first == release.last:
        return str(release.first)
    return _("%(first)s to %(last)s") % {"first": str(release.first), "last": str(release.last)}


def tables(release: Release) -> list[Table]:
    """Every table of these years, in the order in which somebody would ask."""
    return [_funnel(release), *(_along(release, *which) for which in _ALONG), _people(release), _promises(release), _days(release)]


_ALONG: tuple[tuple[str, Any, str], ...] = (
    ("ended", ENDED, gettext_lazy("Each case in one line, whatever came of it.")),
    ("decider", {}, gettext_lazy("Whoever ended it, or that it ran its course.")),
    ("source", SOURCE, gettext_lazy("By whom it was asked for.")),
    ("quarter", QUARTER, gettext_lazy("In which part of the year it came to its end.")),
)


def _number(number: int | None) -> str:
    """One mark for all that is not said, whatever the cause."""
    return _("not said") if number is None else str(number)


def _funnel(release: Release) -> Table:
    numbers = {step: release.cases.number(ended=values) for step, values in FUNNEL.items()}
    told = [f"{number} {str(RULE[step].name).lower()}" for step, number in numbers.items() if number is not None]
    rows = [(str(RULE[step].name), _number(number)) for step, number in numbers.items()]
    return Table(_("How far it came"), " · ".join(told), [_("Step"), _("Cases")], rows, [RULE[step] for step in FUNNEL])


def _along(release: Release, name: str, words: dict[str, Any], sentence: Any) -> Table:
    words = words or {decider.value: called(decider) for decider in Decider}
    found = release.cases.along(name)
    if len(found) < 2:
        return Table(str(RULE[name].name), _("Too few in one of the lines: they are not told apart."), [], [], [RULE[name]])
    rows = [(_together(values, words), str(number)) for values, number in found]
    return Table(str(RULE[name].name), str(sentence), [str(RULE[name].name), _("Cases")], rows, [RULE[name]])


def _together(values: tuple[str, ...], words: dict[str, Any]) -> str:
    """Lines that are said as one."""
    if len(values) == len(words):
        return _("All kinds")
    return capfirst(" / ".join(str(words[value]) for value in values))


def _people(release: Release) -> Table:
    rows = [(capfirst(str(Role(role).label)), _number(release.people[role].number())) for role in ROLES]
    return Table(str(RULE["people"].name), _("Places in the circles of these cases."), [_("Role"), _("People")], rows, [RULE["people"]])


def _promises(release: Release) -> Table:
    every, done = release.promises.number(), release.promises.number(state={"done"})
    if every is None:
        sentence = _("How many promises there were is not said.")
    elif done is None:
        sentence = ngettext(
            "There was %(n)s promise. How many were done is not said.", "There were %(n)s promises. How many were done is not said.", every
        ) % {"n": every}
    else:
        sentence = _("%(done)s of %(every)s promises were done.") % {"done": done, "every": every}
    return Table(str(RULE["promises"].name), sentence, [_("What was promised"), _("Promises")], list(_by_kind(release)), [RULE["promises"]])


def _by_kind(release: Release) -> Iterator[tuple[str, str]]:
    kinds = {str(kind.value): kind.label for kind in ItemKind}
    for states, _every in release.promises.along("state"):
        of = _together(states, STATE) if len(states) < len(STATE) else ""
        for values, number in release.promises.along("kind", state=states):
            what = _together(values, kinds)
            yield (f"{of}: {what}" if of else what), str(number)


def _days(release: Release) -> Table:
    rows = [(capfirst(str(STEP[step])), _long(release.days[step])) for step in STEPS]
    return Table(str(RULE["days"].name), _("Half of them took longer, half shorter."), [_("Step"), _("Time")], rows, [RULE["days"]])


def _long(middle: Median | None) -> str:
    if middle is None:
        return _number(None)
    if middle.weeks:
        return ngettext("about %(n)s week", "about %(n)s weeks", middle.number) % {"n": middle.number}
    return ngettext("%(n)s day", "%(n)s days", middle.number) % {"n": middle.number}
