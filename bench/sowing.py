"""How a database with very many cases is made: sealed rows in Python, the rest by SQL, a few by the real actions.

Sealed columns are really sealed, under keys that lie in var/bench; what needs no
sealing is written as the actions would have written it (bench/seed.sql). Two things
are left out because no measured page reads them: seats and attendance of old circles.
"""

from __future__ import annotations

import os
import subprocess
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psycopg
from django.apps import apps
from django.db.models import NOT_PROVIDED, Field, JSONField
from django.utils import timezone
from psycopg import sql

from config import places
from setfair.accounts.models import User
from setfair.cases.actions import add_person
from setfair.cases.journey import Stage
from setfair.cases.models import Case, Participation, Role
from setfair.core import tenant
from setfair.facilitators.journey import Stage as Trained
from setfair.facilitators.models import Facilitator
from setfair.people.models import Person, name_tokens
from setfair.preparation import actions as preparation
from setfair.programmes.models import Membership, Programme, Room
from setfair.programmes.models import Role as Part
from setfair.programmes.scripts import give_default_scripts, running_script
from setfair.village.build import Village, build
from setfair.village.story import asked, case_at, opened
from tests import pgcluster

from .database import leave, work_on
from .rows import COLUMNS, LAST, Maker

HERE = Path(__file__).parent
WAITING = 25
TWELVE, NOBODY = "Twelve People", "Nobody Yet"
"""What two cases are about whose pages are measured: one full of people, and one that was just opened."""


def sow(name: str, many: int) -> None:
    """Make the database `name` with this many cases; it has its name only once it is whole."""
    growing = f"seed_{many}_growing"
    pgcluster.drop(growing)
    pgcluster.box().lay_out(growing)
    surroundings = {**os.environ, "SETFAIR_DB_NAME": growing, "SETFAIR_DB_ROLE": "setfair_owner"}
    subprocess.run([sys.executable, "-m", "config.migrate"], env=surroundings, check=True, cwd=places.ROOT)
    work_on(growing)
    village = build(with_passwords=False)
    with tenant.inside(village.county.pk):
        maker = Maker(village.county.pk, _coordinators(village.users["nour"].pk), many, datetime.now(UTC))
        facts = _around(village.county)
    with pgcluster.superuser(growing) as server:
        server.execute("set session_replication_role = replica")
        with _without_indexes(server), _said_by_itself(server):
            _sealed(server, maker)
            _written(server, maker, facts)
        server.execute((HERE / "floor" / "tables.sql").read_text().replace(":many", str(many)))
    with tenant.inside(village.county.pk):
        _by_hand(village)
        _look(many)
    with pgcluster.superuser(growing) as server:
        server.execute("vacuum analyze")
    leave()
    with pgcluster.superuser() as server:
        server.execute(sql.SQL("alter database {} rename to {}").format(sql.Identifier(growing), sql.Identifier(name)))


def _coordinators(first: uuid.UUID) -> list[uuid.UUID]:
    """Eight who share the cases; the first is the one whose pages are measured."""
    others = [User.objects.create_user(f"coordinator{n}@county.example", f"Coordinator {n}") for n in range(7)]
    for user in others:
        Membership.objects.create(user=user, role=Part.COORDINATOR)
    return [first, *(user.pk for user in others)]


def _around(programme: Programme) -> dict[str, list[uuid.UUID]]:
    """Rooms, a team and a script, so that every case has a place, somebody to hold it and something to hold it by."""
    for n in range(20):
        Room.objects.create(name=f"Room {n + 1}")
        user = User.objects.create_user(f"facilitator{n}@county.example", f"Facilitator {n}")
        Membership.objects.create(user=user, role=Part.FACILITATOR)
        Facilitator.objects.create(user=user, kind=Facilitator.Kind.STAFF, stage=Trained.CERTIFIED, certified_until="2030-01-01", languages="en")
    script = (running_script(programme) or give_default_scripts(programme)[0]).pk
    rooms, team = (list(model.objects.order_by("pk").values_list("pk", flat=True)[:20]) for model in (Room, Facilitator))
    return {"seed_room": rooms, "seed_facilitator": team, "$script$": [script]}


@contextmanager
def _without_indexes(server: psycopg.Connection) -> Iterator[None]:
    """Indexes that keep no rule are made anew afterwards: to sort millions of random keys once is much quicker than to put them in one by one."""
    found = server.execute(
        "select indexrelid::regclass::text, pg_get_indexdef(indexrelid) from pg_index join pg_class c on c.oid = indexrelid "
        "where c.relnamespace = 'public'::regnamespace and not indisunique and not indisexclusion"
    ).fetchall()
    for name, _definition in found:
        server.execute(sql.SQL("drop index {}").format(sql.SQL(name)))
    yield
    for _name, definition in found:
        server.execute(definition)


def _sealed(server: psycopg.Connection, maker: Maker) -> None:
    server.execute(
        "create temp table seed_case (n int, id uuid, referral uuid, harmed uuid, responsible uuid, supporter uuid, guardian uuid, "
        "p_harmed uuid, p_responsible uuid, p_supporter uuid, p_guardian uuid, agreement uuid, stage text, opened timestamptz)"
    )
    for chunk in maker.chunks():
        for table, rows in chunk.items():
            columns = sql.SQL(", ").join(map(sql.Identifier, COLUMNS[table].split()))
            with server.cursor().copy(sql.SQL("copy {} ({}) from stdin").format(sql.Identifier(table), columns)) as copy:
                for row in rows:
                    copy.write_row(row)


def _written(server: psycopg.Connection, maker: Maker, facts: dict[str, list[uuid.UUID]]) -> None:
    for table in ("seed_room", "seed_facilitator"):
        server.execute(sql.SQL("create temp table {} (n int, id uuid)").format(sql.Identifier(table)))
        with server.cursor() as cursor:
            cursor.executemany(sql.SQL("insert into {} values (%s, %s)").format(sql.Identifier(table)), list(enumerate(facts[table])))
    server.execute("create index on seed_case (id)")
    server.execute("analyze seed_case")
    known = {"$programme$": maker.programme, "$coordinator$": maker.coordinators[0], "$script$": facts["$script$"][0]}
    words = (HERE / "seed.sql").read_text()
    for name, value in known.items():
        words = words.replace(name, f"'{value}'::uuid")
    for statement in words.split(";\n"):
        server.execute(statement)


@contextmanager
def _said_by_itself(server: psycopg.Connection) -> Iterator[None]:
    """A column that Django fills by itself is filled by the database too: `seed.sql` names what a page shows, and a new column stops nothing."""
    filled = [
        (model._meta.db_table, f.column, _plain(f)) for model in apps.get_models() for f in model._meta.concrete_fields if _plain(f) is not None
    ]
    change = sql.SQL("alter table {} alter column {} ")
    for table, column, value in filled:
        server.execute(change.format(sql.Identifier(table), sql.Identifier(column)) + sql.SQL("set default {}").format(sql.Literal(value)))
    yield
    for table, column, _value in filled:
        server.execute(change.format(sql.Identifier(table), sql.Identifier(column)) + sql.SQL("drop default"))


def _plain(field: Field[Any, Any]) -> str | bool | int | None:
    """What Django puts there by itself, where that is one value for every row; None where it is not."""
    if field.null or field.db_default is not NOT_PROVIDED:
        return None
    if field.default in (dict, list):
        return "[]" if isinstance(field, JSONField) and field.default is list else "{}"
    return field.default if isinstance(field.default, (str, bool, int)) else None


def _by_hand(village: Village) -> None:
    """What is measured closely is played by the real actions: requests that wait, and one case with twelve people."""
    for n in range(WAITING):
        asked(village, village.county, n)
    story = case_at(village, Stage.PREPARING, village.county)
    for n in range(8):
        add_person(story.case, by=story.coordinator, name=f"Neighbour {LAST[n * 50]}", role=Role.COMMUNITY)
    for person in Participation.objects.filter(case=story.case).order_by("added_at"):
        preparation.meet(person, by=story.lead, held_on=timezone.localdate(), explained=True, support="found", minutes=30)
        preparation.consent(person, by=story.lead, answer="yes", scope="take_part", method="said")
        preparation.check_safety(person, by=story.lead, level="medium", plan="Two ways out of the room.")
    preparation.acknowledge(story.rami, by=story.lead, given=True)
    Case.objects.filter(pk=story.case.pk).update(alias=TWELVE)
    Case.objects.filter(pk=opened(village, village.county).case.pk).update(alias=NOBODY)


def _look(many: int) -> None:
    """What was written by thousands must be what the house itself would read and write."""
    person = Person.objects.order_by("added_at").first()
    assert person is not None and person.tokens and list(map(bytes, person.tokens)) == name_tokens(person.programme_id, person.name)
    closed = Case.objects.filter(stage=Stage.CLOSED).order_by("opened_at").first() or Case.objects.order_by("opened_at").first()
    assert closed is not None and closed.referral is not None and len(closed.referral.story) > 20
    assert Case.objects.count() == many + 2
    assert [i.what[:5] for a in closed.agreements.all() for i in a.items.all()] in ([], ["Write", "Pay 4"])
