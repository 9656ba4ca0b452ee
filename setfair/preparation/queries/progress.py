"""How far one person has come, as a list of what there is to do (screens.md, W7)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from setfair.cases.models import HEART, Case, Participation, Role

from ..models import Consent
from .blockers import lacks_guardian, signed_off
from .known import Circle, Known, circle

DONE, DOING, TODO, BLOCKED = "done", "doing", "todo", "blocked"


FORMS = {
    "invitation": "way",
    "meeting": "meeting",
    "choice": "choice",
    "supports": "choice",
    "guardian": "choice",
    "acknowledgement": "acknowledgement",
    "support": "meeting",
    "safety": "safety",
    "observer": "watching",
    "item": "checklist",
    "list": "checklist",
}
"""On which form of W7 each task is done; the others are not done there."""


def kind_of(code: str) -> str:
    """Of which kind something is to be done, or is missing: of the lines of a checklist each has its own code, `item-7`."""
    return code.partition("-")[0]


@dataclass(frozen=True)
class Task:
    """One thing to do. `must` says that the case waits for it."""

    code: str
    title: str
    status: str
    note: str = ""
    must: bool = True

    @property
    def is_of_the_list(self) -> bool:
        """Ticked by hand, where all else is known."""
        return kind_of(self.code) in ("item", "list")

    @property
    def form(self) -> str:
        """The anchor of the form that does it; empty when none does."""
        return "" if self.status == BLOCKED else FORMS.get(kind_of(self.code), "")


Of = Callable[[Known, date], Iterable[Task]]
"""What one of the circle has to do, read from facts that were fetched for all of them."""

_makers: list[Callable[[Circle], Of]] = []


def register(maker: Callable[[Circle], Of]) -> None:
    """Let a later floor add tasks (in its `apps.ready`). It is asked once for each circle, in a fixed number of queries."""
    if maker not in _makers:
        _makers.append(maker)


@dataclass(frozen=True)
class Progress:
    """`tasks` in the order in which they are usually done; `done` of `total` counts what the case waits for."""

    participation: Participation
    tasks: list[Task]

    @property
    def done(self) -> int:
        return sum(1 for t in self.tasks if t.must and t.status == DONE)

    @property
    def total(self) -> int:
        return sum(1 for t in self.tasks if t.must)

    @property
    def is_ready(self) -> bool:
        return self.done == self.total


def progress(participation: Participation) -> Progress:
    """Of one person."""
    known = circle(participation.case)
    mine = next((k for k in known.people if k.participation.pk == participation.pk), None)
    return of(known, mine) if mine is not None else Progress(participation, [])


def everyone(case: Case) -> list[Progress]:
    """Of everybody in the circle, in the same fixed number of queries as for one."""
    return of_all(circle(case))


def of_all(known: Circle, on: date | None = None) -> list[Progress]:
    """Of everybody in a circle that was read already, as it will be on that day (today, if none is named)."""
    more = _asked_once(known)
    return [of(known, k, more, on) for k in known.people]


def of(known: Circle, k: Known, more: Sequence[Of] | None = None, day: date | None = None) -> Progress:
    """Of one of a circle that was read already. `more` are the later floors' answers, where they were asked already."""
    on = day or known.today()
    tasks = [_invited(known, k)]
    if k.asked:
        tasks += [_met(known, k), _choice(known, k, on)]
        if k.participation.needs_guardian(on):
            tasks.append(_guardian(known, k, on))
        if Role.RESPONSIBLE in k.participation.roles:
            tasks.append(_acknowledged(known, k))
        if k.participation.roles & HEART:
            tasks.append(_support(k))
        tasks += [_watched(known, k, observer) for observer in known.observers]
        tasks.append(_safe(known, k, on))
    tasks += [task for others in (_asked_once(known) if more is None else more) for task in others(k, on)]
    return Progress(k.participation, [*tasks, _ready(tasks)])


def _asked_once(known: Circle) -> list[Of]:
    return [maker(known) for maker in _makers]


def _day(known: Circle, fact: object) -> str:
    return date_format(known.local(fact), "MONTH_DAY_FORMAT")


def _invited(known: Circle, k: Known) -> Task:
    note = _day(known, k.invitation) if k.invitation is not None else ""
    return Task("invitation", _("Invite them"), DONE if k.invitation is not None else TODO, note, must=False)


def _met(known: Circle, k: Known) -> Task:
    title = _("Talk 1: explain the process and the questions")
    if k.meeting is None:
        return Task("meeting", title, TODO)
    parts = [date_format(k.meeting.held_on, "MONTH_DAY_FORMAT")]
    if k.meeting.minutes:
        parts.append(_("%(n)d min") % {"n": k.meeting.minutes})
    return Task("meeting", title, DONE if k.explained is not None else DOING, ", ".join(parts))


def _choice(known: Circle, k: Known, on: date) -> Task:
    status = TODO if k.choice is None else DONE if known.still_yes(k.choice, on) else DOING
    return Task("choice", _("They choose: take part?"), status, _said(known, k.choice))


def _guardian(known: Circle, k: Known, on: date) -> Task:
    title = _("Parent or guardian says yes")
    if not k.guardians:
        missing = _("No year of birth is written down.") if k.participation.presumed_young else _("Add a parent or guardian who may decide first.")
        note = k.without.get_reason_display() if k.without is not None else missing
        return Task("guardian", title, DONE if k.without is not None else BLOCKED, note)
    given = [answer for _who, answer in k.said_for_them() if answer is not None]
    status = TODO if not given else DOING if lacks_guardian(known, k, on) else DONE
    note = ", ".join(f"{g.person.shown}: {_said(known, answer)}" for g, answer in k.said_for_them() if answer is not None)
    return Task("guardian", title, status, note)


def _acknowledged(known: Circle, k: Known) -> Task:
    fact, title = k.acknowledgement, _("They take some responsibility")
    if fact is None:
        return Task("acknowledgement", title, TODO)
    return Task("acknowledgement", title, DONE if fact.given else DOING, _day(known, fact))


def _watched(known: Circle, k: Known, observer: Participation) -> Task:
    said, title = k.watching.get(observer.pk), _("They agree that %(name)s may watch") % {"name": observer.person.shown}
    if said is None:
        return Task("observer", title, TODO)
    return Task("observer", title, DONE if said.answer == "yes" else DOING, f"{said.get_answer_display()}, {_day(known, said)}")


def _support(k: Known) -> Task:
    names = ", ".join(p.person.shown for p in (*k.supporters, *k.guardians))
    wants_none = k.meeting is not None and k.meeting.support == "none"
    status = DONE if names or wants_none else DOING if k.meeting is not None else TODO
    return Task("support", _("Choose a support person"), status, names or (_("wants none") if wants_none else ""), must=False)


def _safe(known: Circle, k: Known, on: date) -> Task:
    title = _("Safety check and plan")
    if k.safety is None:
        return Task("safety", title, TODO)
    good = (k.safety.level != "high" or signed_off(known, k)) and on <= known.last_looked(k.safety)
    return Task("safety", title, DONE if good else DOING, f"{k.safety.get_level_display()}, {_day(known, k.safety)}")


def _ready(tasks: list[Task]) -> Task:
    met = all(t.status == DONE for t in tasks if t.must)
    return Task("ready", _("Ready"), DONE if met else BLOCKED, must=False)


def _said(known: Circle, answer: Consent | None) -> str:
    return f"{answer.get_answer_display()}, {_day(known, answer)}" if answer is not None else ""
