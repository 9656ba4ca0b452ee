"""What must not be there: each hidden thing, everybody who may not see it, and every page they can ask for, with and without it.

Nothing is looked up in the policy. A persona asks for every page it can reach, then
the hidden thing is made with unmistakable words in all of it, and the same pages are
asked for again: but for tokens, each has to be the same to the byte, and none may hold
one of the words. What leads to the hidden thing itself has to answer as what leads nowhere.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any
from urllib.parse import quote

from django.db import models, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from setfair.cases import actions as cases
from setfair.cases.journey import Stage
from setfair.cases.models import Case
from setfair.cases.models import Role as Seat
from setfair.core import tenant
from setfair.core.clock import standing_still
from setfair.letters.actions import Address, Words, mark_printed, write
from setfair.letters.models import Letter
from setfair.notes import actions as notes
from setfair.people.actions import correct
from setfair.preparation import actions as preparation
from setfair.programmes.models import Membership, Role
from setfair.scheduling.actions import answer_time
from setfair.village.build import Village
from setfair.village.cast import Someone
from setfair.village.story import Story, case_at

from .matrix import Route, World, routes

WORD = "Zyxomma"
"""Stands in all that is hidden, in names and addresses too. It is in no language of ours, and in none of our words."""
HIDDEN_CIRCLE = (
    Someone("otto", f"Otto {WORD}son", Seat.HARMED, birth_year=2003),
    Someone("perle", f"Perle {WORD}dottir", Seat.RESPONSIBLE, birth_year=2004),
)
GUS = Someone("gus", "Gus Delacourt", Seat.GUARDIAN, stands_by="rami")
HIDDEN_TEAM = (("mina", "lead"), ("tova", "student"), ("malik", "student"))
TOKENS = re.compile(
    rb'(?<=name="csrfmiddlewaretoken" value=")[^"]*|(?<=name="again" value=")[^"]*|(?<=name="form_key" value=")[^"]*'
    rb'|(?<=-left=")\d+|(?<="token": ")[^"]*|DTSTAMP:\S+|/ID \[[^\]]*\]'
)
FILES = ("application/pdf", "application/octet-stream")
"""Each is made anew when it is asked for; of these it is looked whether they are there."""
STAFF, OWN = ("sven", "fadi", "ada", "ines", "nour", "lena"), ("hana", "rami", "sol", "gail", "gus", "asker")


@dataclass(frozen=True)
class Hidden:
    """One hidden thing: who may not see it, how it is made in the world, and which rows it then is."""

    name: str
    personas: tuple[str, ...]
    make: Callable[[World], dict[str, models.Model]]


def settle(village: Village) -> World:
    """The school's first case, with a second guardian who has no authority; Sven coordinates beside Cora, and supervises."""
    with village.inside():
        Membership.objects.create(user=village.sven, role=Role.COORDINATOR)
        story = case_at(village, Stage.FOLLOWING_UP, began=timedelta(days=6), before_meeting=_with_gus)
    with village.inside(village.county):
        neighbour = case_at(village, Stage.FOLLOWING_UP, village.county, began=timedelta(days=6))
    world = World(village, {"own": story, "neighbour": neighbour})
    for key in (*STAFF, "cora", "mina"):
        world.clients[key] = village.sign_in(Client(), key)
    for key in ("hana", "rami", "sol", "gail"):
        world.clients[key] = village.enter(Client(), story.people[key])
    world.clients["gus"] = Client()
    with village.inside():
        gus = story.case.participations.get(role=Seat.GUARDIAN, has_authority=False)
    world.clients["gus"].post(reverse("code"), {"code": village.code_for(gus)})
    world.clients["asker"] = Client()
    world.clients["asker"].post(reverse("code"), {"code": story.referral_code})
    world.clients["nobody"] = Client()
    return world


def _with_gus(story: Story) -> None:
    """A parent without a say is written down, and stands outside."""
    cases.add_person(
        story.case,
        by=story.coordinator,
        name=GUS.name,
        role=GUS.seat,
        stands_by=story.rami,
        has_authority=False,
        contacts={"email": "gus@home.example"},
    )


# What is hidden


def _case(world: World, key: str = "school", first: Callable[[Story], Any] = lambda story: None) -> Story:
    """A case with the word in all of it, a deadline that Today would name, a letter on paper and notes for every reader."""
    village = world.village
    programme = village.school if key == "school" else village.county
    with village.inside(programme):
        team = {"team": HIDDEN_TEAM} if key == "school" else {}
        story = case_at(village, Stage.FOLLOWING_UP, programme, circle=HIDDEN_CIRCLE, began=timedelta(days=6), **team)
        Case.objects.filter(pk=story.case.pk).update(deadline=timezone.localdate() + timedelta(days=3))
        first(story)
        _fill(story, "otto")
        _fill(story, "perle")
        said = {"to": Address("paper", ""), "reader": story.otto.person_id, "case": story.case.pk, "key": f"absence:{story.case.pk}"}
        mark_printed(write(Words("A message for you", "Hello"), by=story.coordinator, **said), by=story.coordinator)
        return story


def _fill(story: Story, key: str) -> dict[str, models.Model]:
    """Everything that can be written about one person, with the word in it."""
    person, by = story.people[key], story.lead
    who = person.person
    said = {"name": who.name, "called": who.called, "language": who.language, "birth_year": who.birth_year, "interpreter": who.interpreter}
    correct(who, by=story.coordinator, needs=WORD, **said)
    preparation.meet(person, by=by, held_on=timezone.localdate(), explained=True, support="wanted", note=f"{WORD} said so", minutes=30)
    preparation.check_safety(person, by=by, level="high", plan=f"{WORD} waits outside")
    answer_time(person, by=story.me(key), starts_at=timezone.now() + timedelta(days=9), answer="no")
    each = ("working", "safety", "team", "shared")
    written = [notes.write(story.case, by=by, words=f"{WORD} {reader}", audience=reader, about=person) for reader in each]
    return {"note": written[0], "shared": written[3], "person": person}


def _past_them(story: Story, key: str) -> None:
    """Words past those who run the meeting, which an administrator or a supervisor reads."""
    preparation.complain(story.people[key], by=story.me(key), words=f"{WORD} does not listen")


def _sealed(world: World) -> dict[str, models.Model]:
    named = [world.village.users[key] for key in ("cora", "mina", "tova", "malik")]
    story = _case(world, first=lambda story: cases.seal(story.case, by=story.coordinator, why="staff", team=named))
    world.stories["hidden"] = story
    return {}


def _of_another(world: World) -> dict[str, models.Model]:
    world.stories["hidden"] = _case(world)
    return {}


def _next_door(world: World) -> dict[str, models.Model]:
    story = _case(world, "county")
    with world.village.inside(world.village.county):
        _past_them(story, "perle")
    world.stories["hidden"] = story
    return {}


def _other_side(world: World) -> dict[str, models.Model]:
    with world.village.inside():
        return _fill(world.stories["own"], "rami")


def _said_past_them(world: World) -> dict[str, models.Model]:
    with world.village.inside():
        _past_them(world.stories["own"], "rami")
    return {}


def _working(world: World) -> dict[str, models.Model]:
    story = world.stories["own"]
    with world.village.inside():
        return {"note": notes.write(story.case, by=story.lead, words=f"{WORD}, I think", audience="working", about=story.hana)}


HIDDEN = (
    Hidden("a sealed case", (*STAFF, *OWN, "nobody"), _sealed),
    Hidden("the other side", ("hana", "sol", "asker", "nobody", "ada", "ines", "nour"), _other_side),
    Hidden("another programme", ("cora", *(k for k in STAFF if k not in ("nour", "lena")), *OWN, "nobody"), _next_door),
    Hidden("a working note of another", ("cora", *(k for k in STAFF if k != "fadi"), *OWN, "nobody"), _working),
    Hidden("a participant of another case", ("fadi", "ada", "ines", *OWN, "nobody"), _of_another),
    Hidden(
        "what was said past those who run the meeting", ("cora", "fadi", "ines", "nour", "hana", "sol", "gail", "asker", "nobody"), _said_past_them
    ),
    Hidden("a guardian without authority", ("gus",), _other_side),
)


# What can be asked for


def questions(world: World) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Method, address and words of everything a persona asks before and after: pages, lists, searches, files and forms that look people up."""
    own = world.stories["own"]
    for route in routes():
        for kwargs in _where(world, route, "own"):
            yield "get", reverse(route.name, kwargs=kwargs), {}
    for words in (WORD, f"{WORD}son", WORD[:4], "Otto", "C-0002", "C-2", "R-0002", own.case.ref, "Hana"):
        for tab in ("mine", "open", "hold", "closed"):
            yield "get", reverse("cases"), {"q": words, "tab": tab}
    yield "get", reverse("today"), {"whose": "all"}
    yield "get", reverse("case_history", args=[own.case.ref]), {"readings": "1"}
    for page, programme in (("start", world.village.school), ("help_now", world.village.school)):
        yield "get", reverse(page, kwargs={"programme": programme.slug}), {}
    yield "get", reverse("code"), {}
    yield "post", reverse("code"), {"code": "ZYXO-MMAA"}
    alike = {"name": f"Otto {WORD}son", "role": "community", "birth_year": "2003", "email": "otto@home.example", "language": "en"}
    yield "post", reverse("people_add", args=[own.case.ref]), alike


def _where(world: World, route: Route, relation: str) -> Iterator[dict[str, Any]]:
    if not route.keys:
        yield {}
        return
    row = world.row(relation, route.model)
    if row is not None and all(hasattr(row, key) for key in route.keys):
        yield {key: getattr(row, key) for key in route.keys}


def ways_to(world: World, rows: dict[str, models.Model]) -> Iterator[tuple[str, str, str, list[str]]]:
    """Method, the address of something hidden, the same address of what was never there, and what stands in one of them alone."""
    if "hidden" in world.stories:
        for route in routes():
            if route.keys and route.model._meta.app_label not in ("programmes", "facilitators"):
                for kwargs in _where(world, route, "hidden"):
                    nowhere = {key: "C-7007" if key == "ref" else uuid.UUID(int=7) for key in kwargs}
                    for method in ("get", "post"):
                        yield (
                            method,
                            reverse(route.name, kwargs=kwargs),
                            reverse(route.name, kwargs=nowhere),
                            [*map(str, (*kwargs.values(), *nowhere.values()))],
                        )
    for name, row in rows.items():
        page = "person" if name == "person" else "note"
        yield "get", reverse(page, args=[row.pk]), reverse(page, args=[uuid.UUID(int=7)]), [str(row.pk), str(uuid.UUID(int=7))]


# With and without


def leaks(world: World, hidden: Hidden, persona: str) -> tuple[int, list[str]]:
    """How many answers were compared, and what of the hidden thing came through to this persona."""
    world, now = replace(world, stories=dict(world.stories)), timezone.now()
    with _taken_back():
        asked = list(questions(world))
        with standing_still(now):
            before = [_ask(world, persona, *each) for each in asked]
        written = _letters(world, persona)
        rows = hidden.make(world)
        ways = list(ways_to(world, rows))
        with standing_still(now):
            found = [f"{each[0]} {each[1]} {each[2]}" for each, was in zip(asked, before, strict=True) if _ask(world, persona, *each) != was]
            found += [
                f"{m} {one}" for m, one, none, said in ways if _ask(world, persona, m, one, {}, said) != _ask(world, persona, m, none, {}, said)
            ]
        if _letters(world, persona) != written:
            found.append("letters: they were written to")
    return len(asked) + len(ways), [f"{hidden.name}, {persona}: {leak}" for leak in found]


def _ask(world: World, persona: str, method: str, address: str, words: dict[str, str], said: Sequence[str] = ()) -> tuple[int, str, bytes]:
    """Status, where it leads and the page, without what is new at each asking and without what was asked. Whatever it wrote is taken back."""
    with _taken_back():
        client = world.clients[persona]
        cookies = client.cookies.copy()
        answer = getattr(client, method)(address, words)
        client.cookies = cookies
    body = TOKENS.sub(b"", b"".join(answer) if answer.streaming else answer.content)
    where = answer.get("Location", "")
    for asked in (address, quote(address, safe=""), quote(address), *said, *words.values()):
        body, where = body.replace(asked.encode(), b"..."), where.replace(asked, "...")
    if answer.get("Content-Type") in FILES:
        body = b""
    return answer.status_code, where, body + (b"!word" if WORD.encode() in body else b"")


def _letters(world: World, persona: str) -> int:
    with tenant.inside(world.village.school.pk):
        return Letter.objects.filter(reader_id=getattr(world.village.users.get(persona), "pk", None)).count()


@contextmanager
def _taken_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
