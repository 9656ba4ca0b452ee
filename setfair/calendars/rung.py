"""An hour that somebody names of every week is an hour on the clock; where it is that of a window with a period, it goes with the bells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from typing import Self

from setfair.programmes.bells import Hours, Ringing, ringing
from setfair.programmes.models import Window


@dataclass(frozen=True)
class Rung:
    """The windows and the bells as they are now."""

    windows: list[Window]
    bells: Ringing

    @classmethod
    def now(cls) -> Self:
        return cls(list(Window.objects.select_related("term").order_by("starts", "id")), ringing())

    def on(self, day: date, starts: time, ends: time) -> list[Hours]:
        """When an hour of every week is on that day: that of a window when the window is, which may be never; any other as it was said."""
        meant = [w for w in self.windows if w.holds_on(day) and (w.starts, w.ends) == (starts, ends)]
        return sorted({hours for w in meant for hours in self.bells.of(w, day)}) if meant else [(starts, ends)]

    def named(self, day: date, starts: time, ends: time) -> Hours:
        """The other way round: by which hours of every week that is known which is on that day from `starts` to `ends`."""
        known = ((w.starts, w.ends) for w in self.windows if w.holds_on(day) and (starts, ends) in self.bells.of(w, day))
        return next(known, (starts, ends))
