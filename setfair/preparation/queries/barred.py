"""Rules of the law that somebody of the circle lives under: they bar a day, and nobody sets them aside."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.translation import gettext as _

from setfair.cases.route import asks
from setfair.people.limits import MEET, conditions_that_bar

from .blockers import Blocker
from .known import Circle


def conditions(known: Circle, on: date) -> Iterator[Blocker]:
    """By name, and without a word of what the rule is: that is for whoever runs the case. Where they do not meet, no meeting is barred."""
    if MEET not in asks(known.how):
        return
    people = {k.participation.person_id: k.participation for k in known.people}
    for condition in conditions_that_bar(list(people), on):
        mine = people[condition.person_id]
        name = {"name": mine.person.shown}
        ended = condition.until is not None and condition.until < on
        words = _("A rule that %(name)s lives under bars a meeting. Its last day has gone by: look whether it is over.") if ended else _(
            "A rule that %(name)s lives under bars a meeting on that day."
        )  # fmt: skip
        yield Blocker("condition", mine, words % name, False)
