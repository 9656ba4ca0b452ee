"""What each person has to have been asked before the day, out of the programme's list: what is for them, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from setfair.accounts.models import User
from setfair.cases.models import Participation
from setfair.core import clock
from setfair.people.models import OF_AGE
from setfair.programmes.models import ChecklistItem

from ..ticked import Tick
from .blockers import Blocker
from .board import booked_day
from .known import Circle, Known, circle
from .progress import DOING, DONE, TODO, Of, Task

ITEM = "item"
LIST = "list"


@dataclass(frozen=True)
class Ask:
    """One line of somebody's list: in the words in which it was ticked, else in those of now."""

    item: ChecklistItem
    tick: Tick | None = None
    who: str = ""

    @property
    def code(self) -> str:
        """What stands on the board for it, and what is set aside."""
        return f"{ITEM}-{self.item.number}"

    @property
    def is_done(self) -> bool:
        return self.tick is not None and self.tick.answer == Tick.Answer.DONE

    @property
    def is_not_for_them(self) -> bool:
        return self.tick is not None and self.tick.answer == Tick.Answer.NOT_FOR_THEM

    @property
    def is_open(self) -> bool:
        return self.tick is None


def asks(known: Circle, k: Known, on: date) -> list[Ask]:
    """Their list for that day, in its order: what is for their role, their age then, and the way it is done."""
    return [_answered(item, k) for item in known.items if _is_for(item, k.participation, known, on)]


def list_of(participation: Participation) -> list[Ask]:
    """Somebody's list for the day that is booked, else for today."""
    known = circle(participation.case)
    mine = next((k for k in known.people if k.participation.pk == participation.pk), None)
    return named(asks(known, mine, day_of(known))) if mine is not None else []


def day_of(known: Circle) -> date:
    """For which day a list is shown."""
    return booked_day(known.case) or known.today()


def asked_before(known: Circle, k: Known, on: date) -> list[Ask]:
    """What was said about them, and is not on their list any more: they have another role, it is done in another way, or the line was ended."""
    now = {item.number for item in known.items if _is_for(item, k.participation, known, on)}
    return [Ask(tick.item, tick) for number, tick in sorted(k.ticks.items()) if number not in now and tick.answer != Tick.Answer.TAKEN_BACK]


def missing(known: Circle, on: date) -> Iterator[Blocker]:
    """A source of the board: each line of somebody's list that is needed and open still. Practical: a coordinator can set it aside."""
    for k in known.people:
        for ask in asks(known, k, on):
            if ask.item.needed and ask.is_open:
                said = {"name": k.participation.person.shown, "what": str(ask.item)}
                yield Blocker(ask.code, k.participation, _("Not done yet with %(name)s: %(what)s.") % said, True, ask.item.since)


def tasks(known: Circle) -> Of:
    """A maker of tasks: what is needed by its words, and how far the whole list has come."""

    def of(k: Known, on: date) -> Iterable[Task]:
        mine = asks(known, k, on)
        for ask in mine:
            if ask.item.needed:
                yield Task(ask.code, str(ask.item), TODO if ask.is_open else DONE)
        if mine:
            through = sum(1 for ask in mine if not ask.is_open)
            status = DONE if through == len(mine) else DOING if through else TODO
            note = _("%(done)d of %(total)d") % {"done": through, "total": len(mine)}
            yield Task(LIST, _("Go through their list"), status, note, must=False)

    return of


def open_asks(known: Circle, k: Known, on: date) -> list[str]:
    """What is left of their list, in words."""
    return [str(ask.item) for ask in asks(known, k, on) if ask.is_open]


def named(said: list[Ask]) -> list[Ask]:
    """The same, each with the name of whoever ticked it."""
    ids = {ask.tick.by for ask in said if ask.tick is not None and ask.tick.by is not None}
    names: dict[UUID | None, str] = dict(User.objects.filter(pk__in=ids).values_list("pk", "name")) if ids else {}
    return [replace(ask, who=names.get(ask.tick.by, "")) if ask.tick is not None else ask for ask in said]


def _answered(item: ChecklistItem, k: Known) -> Ask:
    tick = k.ticks.get(item.number)
    return Ask(item) if tick is None or tick.answer == Tick.Answer.TAKEN_BACK else Ask(tick.item, tick)


def _is_for(item: ChecklistItem, person: Participation, known: Circle, on: date) -> bool:
    if person.roles.isdisjoint(item.roles) or (item.ways and known.way not in item.ways):
        return False
    youngest, oldest = _ages(person, known, on)
    return (item.from_age is None or oldest >= item.from_age) and (item.below_age is None or youngest < item.below_age)


def _ages(person: Participation, known: Circle, on: date) -> tuple[int, int]:
    """Between which ages they are on that day: as much as is known of it. Without a year, whoever is taken to be under 18 is under 18 here too."""
    turns_18: Any = person.person.of_age_at
    if turns_18 is not None:
        born = clock.local(turns_18, known.programme.zone).date()
        age = OF_AGE + on.year - born.year - ((on.month, on.day) < (born.month, born.day))
        return age, age
    year = person.person.birth_year
    if year is not None:
        return on.year - year - 1, on.year - year
    return (0, OF_AGE - 1) if person.needs_guardian(on) else (OF_AGE, 200)
