"""How long a meeting lasts, and how that comes about. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from .models import Programme

ROUND = 5
"""Nobody plans 113 minutes."""


@dataclass(frozen=True)
class Length:
    """`wanted` is all of it; `minutes` what a meeting may have of that here."""

    talk: int
    settle: int = 0
    interpreter: int = 0
    breaks: int = 0
    longest: int = 480

    @property
    def wanted(self) -> int:
        return self.talk + self.settle + self.interpreter + self.breaks

    @property
    def minutes(self) -> int:
        return min(self.wanted, self.longest)

    @property
    def words(self) -> str:
        """ "60 minutes: 45 to talk, 10 to arrive, 5 for a break." and what had to give way where it would be too long."""
        said = _("%(minutes)s minutes: %(parts)s.") % {"minutes": self.wanted, "parts": ", ".join(self._parts())}
        if self.wanted <= self.longest:
            return said
        return f"{said} " + _("Here %(longest)s is the most, so there is less time to talk.") % {"longest": self.longest}

    def _parts(self) -> Iterator[str]:
        for minutes, words in (
            (self.talk, _("%(n)s to talk")),
            (self.interpreter, _("%(n)s for interpreting")),
            (self.settle, _("%(n)s to arrive")),
            (self.breaks, _("%(n)s for a break")),
        ):
            if minutes:
                yield words % {"n": minutes}


def length(programme: Programme, *, interpreted: bool = False) -> Length:
    """The programme's usual length, with what it adds to arrive, to take a break and, where somebody interprets, to say things twice."""
    p = programme
    more = -(-p.talk_minutes * p.interpreter_percent // (100 * ROUND)) * ROUND if interpreted else 0
    return Length(p.talk_minutes, p.settle_minutes, more, p.break_minutes, p.max_minutes)
