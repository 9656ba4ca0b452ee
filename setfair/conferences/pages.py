"""What the pages of the day show; they ask, and change nothing."""

from __future__ import annotations

from math import ceil, cos, pi, sin
from typing import Any

from django.utils.translation import gettext as _

from setfair.access.policy import Permission
from setfair.access.ties import may
from setfair.cases.models import SPEAKERS, Participation
from setfair.cases.queries import circle
from setfair.core import clock
from setfair.core.actor import Actor
from setfair.scheduling.queries import when_words

from . import again, debriefs, headings, queries, talking, twice
from .forms import HeadingForm
from .live.gathering import gathered, opened
from .live.state import Kind, in_other_languages, missing, prompts, words
from .models import Conference
from .queries import Chair

RADIUS, CHAIR, BETWEEN = 96, 17, 4
"""Of the drawing: the circle at least, one chair, and the room between two."""


def around(conference: Conference, actor: Actor) -> dict[str, Any]:
    """For everyone who helps to hold it: the room, first names and the order of chairs. `runs` is for those who lead it."""
    people, runs = circle(conference.case), may(actor, Permission.CONVENE, conference)
    marks = queries.came(conference)
    chairs = queries.seating(conference, people if runs else [p for p in people if marks.get(p.pk) is not False])
    nearly_over = talking.nearly_over_at(conference)
    return {
        "conference": conference,
        "runs": runs,
        "people": people,
        "speakers": talking.speakers(conference, people),
        "may_debrief": conference.stage in debriefs.SAT,
        "nearly_over_at": nearly_over,
        "is_nearly_over": nearly_over is not None and nearly_over <= clock.now(),
        "marks": marks,
        "twice": twice.waiting(conference, people, marks, leads=runs),
        "arrivals": [_arrival(p, marks) for p in people],
        "may_mark": queries.may_mark(conference),
        "when": when_words(conference.booking, conference.programme),
        "room": conference.booking.room,
        "chairs": chairs,
        "dots": dots(len(chairs)),
        "wide": width(len(chairs)),
    }


def before(conference: Conference, actor: Actor) -> dict[str, Any]:
    """For those who run it: the room to set up, who has come, and what has grown old."""
    context = around(conference, actor)
    people, marks = context["people"], context["marks"]
    return context | {
        "again": again.before(conference.case),
        "missing": missing(people, marks),
        "set_up": _set_up(context["chairs"], people),
        "worries": queries.worries(conference),
    }


def after(conference: Conference, actor: Actor) -> dict[str, Any]:
    """Once it is over: who came and, if it was stopped, why."""
    return around(conference, actor) | {"why": again.why(conference), "heard": headings.by_kind(headings.standing(conference))}


def script(conference: Conference, actor: Actor, order: int) -> dict[str, Any]:
    """One page of the script, as every page of the circle that lies open is told of it."""
    context = around(conference, actor)
    people, marks = context["people"], context["marks"]
    state = opened(conference, people, marks, order)
    mine = state.hand is None or state.hand.user_id == actor.id
    said = words(state, Kind.LEAD if context["runs"] else Kind.STUDENT)
    beside = {"script_pages": state.pages, "mine": mine}
    return context | said | beside | {"heading_form": heading_form(conference, people=people, marks=marks)}


def heading_form(
    conference: Conference, data: Any = None, people: list[Participation] | None = None, marks: dict[Any, bool] | None = None
) -> HeadingForm:
    """For those who are here: nobody who stayed away is named in it."""
    people = circle(conference.case) if people is None else people
    marks = queries.came(conference) if marks is None else marks
    return HeadingForm(data, people=[p for p in people if p.role in SPEAKERS and marks.get(p.pk) is not False])


def table(conference: Conference) -> dict[str, Any]:
    """What lies before somebody in the circle, on their own phone."""
    state = gathered(conference.pk)
    return {"conference": state.conference, "line": "my_circle_live", "wish_at": "my_break", **words(state, Kind.TABLE)}


def tablet(conference: Conference) -> dict[str, Any]:
    """The same on a tablet that is nobody's."""
    return table(conference) | {"line": "room_live", "wish_at": "room_break"}


def sheet(conference: Conference, actor: Actor) -> dict[str, Any]:
    """The whole hour on paper."""
    context = around(conference, actor)
    people, marks = context["people"], context["marks"]
    found, _at, chosen = queries.laid_open(conference, people, marks, 1)
    others = queries.beside(conference, found, people, marks)
    shown = [
        {
            "page": page,
            "lines": page.words.splitlines(),
            "beside": in_other_languages([other for other in others if other.key == page.key]),
            "prompts": prompts(page),
            "asked": queries.asked(page, people, marks, chosen),
        }
        for page in found
    ]
    return context | {"script_pages": shown, "set_up": _set_up(context["chairs"], people)}


def on_paper(conference: Conference) -> dict[str, Any]:
    """Whom and which pages a run sheet has."""
    people = circle(conference.case)
    return {"people": people, "pages": queries.pages(conference, people, {})}


def dots(count: int) -> list[dict[str, Any]]:
    """Where each chair stands in the drawing, the first one at the top, on to the left."""
    middle, radius = width(count) / 2, _radius(count)
    points = [(n, middle - radius * sin(2 * pi * n / count), middle - radius * cos(2 * pi * n / count)) for n in range(count)]
    return [{"number": n + 1, "x": round(x, 1), "y": round(y, 1), "below": round(y + 6, 1)} for n, x, y in points]


def width(count: int) -> int:
    """How wide the drawing is: the circle grows with the chairs, so that none covers another."""
    return ceil(2 * (_radius(count) + CHAIR + BETWEEN + 3))


def _radius(count: int) -> float:
    return max(RADIUS, (CHAIR + BETWEEN / 2) / sin(pi / count)) if count > 1 else RADIUS


def _arrival(participation: Participation, marks: dict[Any, bool]) -> dict[str, Any]:
    came = marks.get(participation.pk)
    speaks = participation.role in SPEAKERS
    return {"who": participation, "role": participation.get_role_display(), "here": came is True, "away": came is False, "speaks": speaks}


def to_lay_out(count: int) -> list[str]:
    """The room for so many, before anybody comes."""
    return [
        _("%(count)s chairs in a circle, without a table.") % {"count": count},
        _("A second, quiet room, open and free."),
        _("Water, tissues, paper and pens."),
        _("Something to eat and drink for afterwards."),
    ]


def _set_up(chairs: list[Chair], people: list[Participation]) -> list[str]:
    return to_lay_out(len(chairs)) + [f"{p.person.first}: {p.person.needs}" for p in people if p.person.needs]
