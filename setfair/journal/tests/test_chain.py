"""Whoever owns the tables can change them; the journal says where."""

import json
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from setfair.core import tenant
from setfair.core.actor import Actor, Kind, system
from setfair.journal import anchors, said
from setfair.journal.actions import note_reading, record
from setfair.journal.chain import Linker
from setfair.journal.models import Anchoring, Break, Check, Entry, Link
from setfair.journal.tasks import check
from setfair.journal.verifying import Found, verify
from setfair.programmes.models import Programme

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def anchored_here(settings, tmp_path):
    settings.ANCHORS = tmp_path / "anchors" / "journal.log"


def found(programme_id):
    return verify(programme_id, anchors.read()).found


def written(programme_id, many):
    with tenant.inside(programme_id):
        subject = Programme.objects.get(pk=programme_id)
        return [record("looked", subject, by=system(programme_id), number=number, word="é").pk for number in range(many)]


def test_a_whole_case_is_linked_in_order_and_holds_and_a_second_pass_finds_nothing_to_do(at_closed, village):
    linker, school = Linker(), village.school.pk
    count = linker.link(school)
    with village.inside():
        assert count == Entry.objects.count() > 60
        assert list(Link.objects.order_by("id").values_list("id", flat=True)) == list(range(1, count + 1))
    outcome = verify(school, anchors.read())
    assert (outcome.lines, outcome.waiting, outcome.found) == (count, 0, None)
    assert linker.link(school) == 0
    assert linker.link(village.county.pk) == 0 or found(village.county.pk) is None


def test_a_reading_is_sealed_and_linked_like_everything_else(at_preparing, village):
    with village.inside():
        note_reading(at_preparing.case, by=Actor(Kind.STAFF, village.school.pk, uuid4()))
    Linker().link(village.school.pk)
    assert found(village.school.pk) is None


def test_the_seal_speaks_of_every_column(village):
    with connection.cursor() as cursor:
        cursor.execute("SELECT attname FROM pg_attribute WHERE attrelid = 'journal_entry'::regclass AND attnum > 0 AND NOT attisdropped")
        assert sorted(name for (name,) in cursor.fetchall()) == sorted((*said.COLUMNS, "id", "seal"))
    with village.inside():
        (entry,) = written(village.school.pk, 1)
        line = Entry.objects.get(pk=entry)
        values, base = {name: getattr(line, name) for name in said.COLUMNS}, set()
        for name in said.COLUMNS[:-1]:
            other = {"at": line.at + timedelta(microseconds=1), "programme_id": village.county.pk, "actor_id": UUID(int=1), "case_id": UUID(int=1)}
            base.add(said.said({**values, name: other.get(name, "x")}, json.dumps(line.detail)))
        base.add(said.said(values, "{}"))
        assert len(base | {said.said(values, json.dumps(line.detail))}) == len(said.COLUMNS) + 1


# What somebody does who owns the tables. These commit.

COMMITS = pytest.mark.django_db(transaction=True)


@pytest.fixture
def linked(village):
    """The school with twenty lines, linked and anchored at the tenth and at the end."""
    school, linker = village.school.pk, Linker()
    linker.link(school)
    first = written(school, 10)
    linker.link(school)
    anchors.anchor(school)
    entries = first + written(school, 10)
    linker.link(school)
    anchors.anchor(school)
    assert found(school) is None
    with village.inside():
        numbers = dict(Link.objects.values_list("entry_id", "id"))
    return school, entries, [numbers[entry] for entry in entries]


TOUCHED = [
    ("UPDATE journal_entry SET verb = 'read' WHERE id = {e[4]}", Break.CHANGED),
    ("UPDATE journal_entry SET at = at + interval '1 microsecond' WHERE id = {e[4]}", Break.CHANGED),
    ("UPDATE journal_entry SET actor_id = gen_random_uuid() WHERE id = {e[4]}", Break.CHANGED),
    ("UPDATE journal_entry SET detail = '{{}}' WHERE id = {e[4]}", Break.CHANGED),
    ("UPDATE journal_entry SET seal = '\\x00' WHERE id = {e[4]}", Break.CHANGED),
    ("DELETE FROM journal_entry WHERE id = {e[4]}", Break.MISSING),
    ("DELETE FROM journal_entry WHERE id = {e[4]}; DELETE FROM journal_link WHERE entry_id = {e[4]}", Break.LINK_GONE),
    ("UPDATE journal_link SET mac = '\\x00' WHERE entry_id = {e[4]}", Break.LINK_CHANGED),
    ("DELETE FROM journal_link WHERE entry_id = {e[4]}", Break.LINK_GONE),
    (
        """UPDATE journal_entry SET id = -1 WHERE id = {e[4]}; UPDATE journal_entry SET id = {e[4]} WHERE id = {e[6]};
           UPDATE journal_entry SET id = {e[6]} WHERE id = -1""",
        Break.MOVED,
    ),
    ("UPDATE journal_entry SET programme_id = '{other}' WHERE id = {e[4]}", Break.MISSING),
]
MENDED = """DELETE FROM journal_entry; INSERT INTO journal_entry SELECT * FROM entries;
            DELETE FROM journal_link; INSERT INTO journal_link SELECT * FROM links"""


@COMMITS
def test_a_line_or_a_link_that_was_touched_is_named(village, linked, superuser_connection):
    school, entries, numbers = linked
    superuser_connection.execute("CREATE TEMP TABLE entries AS SELECT * FROM journal_entry; CREATE TEMP TABLE links AS SELECT * FROM journal_link")
    for touch, kind in TOUCHED:
        superuser_connection.execute(touch.format(e=entries, other=village.county.pk))
        named = found(school)
        assert (named.kind, named.number, named.entry_id) == (kind, numbers[4], 0 if kind == Break.LINK_GONE else entries[4]), touch
        superuser_connection.execute(MENDED)
        assert found(school) is None


@COMMITS
def test_a_line_that_was_slipped_in_is_named_and_never_linked(village, linked, superuser_connection):
    school, entries, _numbers = linked
    copied = ", ".join(said.COLUMNS)
    forge = f"INSERT INTO journal_entry ({copied}, seal) SELECT {copied}, %s FROM journal_entry WHERE id = %s RETURNING id"
    (forged,) = superuser_connection.execute(forge, [b"\x01" * 32, entries[2]]).fetchone()
    assert Linker().link(school) == 0
    assert found(school) == Found(Break.INSERTED, entry_id=forged)
    superuser_connection.execute("DELETE FROM journal_entry WHERE id = %s", [forged])
    assert found(school) is None
    again = f"INSERT INTO journal_entry ({copied}, seal) SELECT {copied}, seal FROM journal_entry WHERE id = %s RETURNING id"
    (copy,) = superuser_connection.execute(again, [entries[2]]).fetchone()
    assert found(school) == Found(Break.INSERTED, entry_id=copy)


CUT = "DELETE FROM journal_link WHERE entry_id > {0}; DELETE FROM journal_entry WHERE id > {0}; DELETE FROM journal_anchoring WHERE number > {1}"


@COMMITS
def test_an_end_that_was_cut_off_is_found_by_what_was_anchored_even_when_the_journal_has_gone_on(village, linked, superuser_connection):
    school, entries, numbers = linked
    superuser_connection.execute(CUT.format(entries[14], numbers[14]))
    cut = found(school)
    assert (cut.kind, cut.number) == (Break.CUT, numbers[14])
    assert cut.at == anchors.read().lines[-1].at
    written(school, 30)
    Linker().link(school)
    assert found(school).kind == Break.CUT


@COMMITS
def test_an_older_or_changed_file_of_anchors_is_found(village, linked):
    school = linked[0]
    whole = anchors.place().read_bytes()
    older, newer = whole.splitlines(keepends=True)
    anchors.place().write_bytes(older)
    assert found(school).kind == Break.ANCHORS
    anchors.place().write_bytes(newer)
    assert found(school).kind == Break.ANCHORS
    anchors.place().write_bytes(whole.replace(b'"number": ', b'"number": 1'))
    assert found(school).kind == Break.ANCHORS
    anchors.place().write_bytes(whole)
    assert found(school) is None


@COMMITS
def test_a_loss_that_is_written_down_is_excused_and_told_and_a_later_one_is_not(village, linked, superuser_connection, capsys):
    school, entries, numbers = linked
    superuser_connection.execute(CUT.format(entries[14], numbers[14]))
    with pytest.raises(CommandError):
        call_command("journal", "verify")
    call_command("journal", "accept", str(school), "The disk broke on Sunday.")
    call_command("journal", "verify")
    assert f"the journal had reached link {numbers[19]}" in capsys.readouterr().out
    written(school, 10)
    Linker().link(school)
    anchors.anchor(school)
    assert found(school) is None
    superuser_connection.execute("DELETE FROM journal_link WHERE entry_id > %s", [entries[14]])
    superuser_connection.execute("DELETE FROM journal_entry WHERE id > %s", [entries[14]])
    assert found(school).kind == Break.CUT


@COMMITS
def test_a_line_whose_act_ends_late_is_linked_all_the_same(village, connected_as):
    """It has the smaller number and comes to light after the bigger one: the pass that is sure of more has not passed it over."""
    school, linker = village.school.pk, Linker()
    (model,) = written(school, 1)
    slow = connected_as("setfair_app")
    with tenant.inside(school):
        line = Entry.objects.get(pk=model)
    values = {name: getattr(line, name) for name in said.COLUMNS} | {"detail": "{}"}
    with slow.transaction():
        slow.execute(f"SET LOCAL app.programme = '{school}'")
        columns = ", ".join(said.COLUMNS)
        places = ", ".join(f"%({name})s" for name in said.COLUMNS)
        seal = said.Hand.of(school).sealed(said.said(values, "{}"))
        insert = f"INSERT INTO journal_entry ({columns}, seal) VALUES ({places}, %(seal)s) RETURNING id"
        (late,) = slow.execute(insert, {**values, "seal": seal}).fetchone()
        (early,) = written(school, 1)
        assert late < early
        for _pass in range(3):
            linker.link(school)
        assert linker.seen[school].upto < late
    assert linker.link(school) == 1
    written(school, 1)
    linker.link(school)
    linker.link(school)
    assert linker.seen[school].upto > late
    with tenant.inside(school):
        assert list(Link.objects.order_by("-id").values_list("entry_id", flat=True)[1:3]) == [late, early]
    assert found(school) is None


@COMMITS
def test_the_nightly_going_through_is_written_down_for_each_programme(village, linked, superuser_connection):
    school, entries, _numbers = linked
    check()
    with tenant.inside(school):
        assert Check.objects.get().found == ""
        assert Check.objects.get().lines >= 20
    superuser_connection.execute("UPDATE journal_entry SET route = 'x' WHERE id = %s", [entries[3]])
    check()
    with tenant.inside(school):
        latest = Check.objects.order_by("-at").first()
        assert (latest.found, latest.entry_id) == ("changed", entries[3])
    with tenant.inside(village.county.pk):
        assert Check.objects.order_by("-at").first().found == ""


def test_lines_that_wait_for_longer_than_a_minute_are_told(village, settings):
    school = village.school.pk
    Linker().link(school)
    with village.inside():
        assert Anchoring.objects.count() == 0
        (entry,) = written(school, 1)
        assert verify(school, anchors.read()).waiting == 1
        assert found(school) is None
