"""What people are called on an agreement, where both sides read it; and the names they type, which only the team reads."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from setfair.cases.models import Participation
from setfair.core.text import folded
from setfair.people.models import Person

from .models import Item

LONGEST = 80
"""Letters of a typed name."""

MOST_WORDS = 6
NEVER_IN_A_NAME = re.compile(r"[\d?!:;@/<>\\]")


def between(circle: Iterable[Participation]) -> dict[str, str]:
    """Each by the key of their place, as they are called in the room; where two are called the same, with an initial, and if need be a number."""
    people = {str(p.pk): p.person for p in circle}
    often = Counter(person.spoken for person in people.values())
    told = {key: _with_initial(person) if often[person.spoken] > 1 else person.spoken for key, person in people.items()}
    often, turn, found = Counter(told.values()), Counter[str](), {}
    for key, name in told.items():
        turn[name] += 1
        found[key] = f"{name} {turn[name]}" if often[name] > 1 else name
    return found


def makers(item: Item, called: Mapping[str, str]) -> str:
    """Everyone who makes a promise, by these names, and the body beside them."""
    people = [called.get(str(p.pk)) or p.person.spoken for p in item.owners]
    return ", ".join([*people, *([item.body] if item.body else [])])


def could_be_one(typed: str) -> bool:
    """Lenient, in any script: only what nobody is called is asked for again. A nickname is a name; one Latin letter, a number, a sentence is not."""
    letters = [char for char in typed if char.isalpha()]
    short = not letters or (len(letters) == 1 and letters[0].isascii())
    return not short and len(typed) <= LONGEST and len(typed.split()) <= MOST_WORDS and not NEVER_IN_A_NAME.search(typed)


def is_theirs(typed: str, person: Person) -> bool:
    """Whether it is a name we know them by, or part of it: case, spaces and accents aside."""
    known = {*folded(person.name).split(), *folded(person.called).split()}
    written = folded(typed).split()
    return bool(written) and known.issuperset(written)


def _with_initial(person: Person) -> str:
    family = person.name.split()[1:]
    return f"{person.spoken} {family[-1][0]}." if family else person.spoken
