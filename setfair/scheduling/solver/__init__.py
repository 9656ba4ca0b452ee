"""Where a circle fits into the weeks ahead. Pure: it knows time, people, helpers and rooms by their ids, and nothing of cases or of a framework.

**Given.** A line of grains (the open days, end to end), windows on it, for every
person, helper and room the grains at which they are free, and meetings: who must be
there, how long, from which day to which, which helpers and rooms may be taken, how
many helpers of each kind, which language one of them speaks.

**Wanted.** For a meeting m a start t, a room r and a team T, so that

- [t, t + length(m)) lies inside one window, on a day from first(m) to last(m);
- everyone of m, everyone of T and r is free there, and nobody and nothing is in two meetings at once;
- r has the seats; its turnaround passes before and after, within the day;
- T has as many of each kind as m asks for, one of them speaks its language, and nobody is over their cap of the week.

**Least cost.** Over all meetings: `left_out` x priority for each without a time,
`lesson` for each lesson that somebody misses, `day` for each open day waited since
first(m), `if_needed` for each who would rather not, the way to the room, and for each
helper `turn` x ((turns before + turns now)^2 - (turns before)^2), which is least when
turns are fair.

`suggest` answers for one meeting, exactly; `explain` says why there is no time;
`batch` plans a term, as well as the seconds allow, and `side_by_side` in several processes; `check` works every rule out anew
and shares no line with them. docs/solver.md shows the JSON and the command line.
"""

from .almanac import Almanac, Span, grains
from .batch import Plan, batch
from .check import check
from .diary import Diary
from .explain import Blocked, Opening, explain, hindered
from .grains import Line
from .needs import Need
from .problem import Helper, Instance, Meeting, Person, Placed, Room, Weights
from .side_by_side import side_by_side
from .stretches import Stretch, stretches_of
from .suggest import Choice, suggest

__all__ = [
    "Almanac",
    "Blocked",
    "Choice",
    "Diary",
    "Helper",
    "Instance",
    "Line",
    "Meeting",
    "Need",
    "Opening",
    "Person",
    "Placed",
    "Plan",
    "Room",
    "Span",
    "Stretch",
    "Weights",
    "batch",
    "check",
    "explain",
    "grains",
    "hindered",
    "side_by_side",
    "stretches_of",
    "suggest",
]
