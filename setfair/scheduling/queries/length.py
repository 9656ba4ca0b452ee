"""How long the meeting of one circle lasts."""

from __future__ import annotations

from setfair.cases.models import Case, Participation, Role
from setfair.cases.queries import circle
from setfair.programmes.length import Length, length


def length_of(case: Case, people: list[Participation] | None = None) -> Length:
    """The programme's length, and more of it where somebody of the circle interprets or needs it; `words` says how it comes about."""
    present = circle(case) if people is None else people
    return length(case.programme, interpreted=any(Role.INTERPRETER in p.roles or p.person.interpreter for p in present))
