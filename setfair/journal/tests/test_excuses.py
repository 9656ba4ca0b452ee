"""What is known to be lost, for one programme and with a reason; and the marks that somebody has on paper."""

from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, transaction

from setfair.core import tenant
from setfair.core.actor import system
from setfair.core.text import ALPHABET
from setfair.journal import anchors, marks
from setfair.journal.actions import record
from setfair.journal.chain import Linker
from setfair.journal.marks import Mark
from setfair.journal.models import Break, Entry, Excuse
from setfair.journal.tasks import check
from setfair.journal.verifying import verify
from setfair.letters.models import Letter
from setfair.programmes.models import Programme
from setfair.programmes.tasks import send_marks

pytestmark = pytest.mark.django_db(transaction=True)
WHY = "The disk broke on Sunday, and the copy of Saturday was brought back."
ENDS = (
    "DELETE FROM journal_link WHERE programme_id = %(p)s AND id > %(n)s; DELETE FROM journal_anchoring WHERE programme_id = %(p)s AND number > %(n)s"
)
LINES = "DELETE FROM journal_entry e WHERE programme_id = %(p)s AND NOT EXISTS (SELECT FROM journal_link l WHERE l.entry_id = e.id)"


@pytest.fixture(autouse=True)
def anchored_here(settings, tmp_path):
    settings.ANCHORS = tmp_path / "anchors" / "journal.log"


def found(programme_id):
    return verify(programme_id, anchors.read()).found


def gone_on(programme_id, many=5):
    """So many lines more, linked and anchored; says the mark of where it stands then."""
    with tenant.inside(programme_id):
        for number in range(many):
            record("looked", Programme.objects.get(pk=programme_id), by=system(programme_id), number=number)
    Linker().link(programme_id)
    anchors.anchor(programme_id)
    with tenant.inside(programme_id):
        return marks.newest()


def cut_back(owner, programme_id, mark):
    """What somebody does who owns the tables: the end is gone, and so are its anchors there."""
    values = {"p": programme_id, "n": Mark.copied(mark).number}
    for statement in (*ENDS.split("; "), LINES):
        owner.execute(statement, values)


def said(capsys, *words):
    try:
        call_command("journal", *words)
        return capsys.readouterr().out
    except CommandError as refusal:
        return f"REFUSED {refusal}"


def test_a_loss_is_excused_for_one_programme_and_one_place_with_a_reason_and_told_ever_after(village, superuser_connection, capsys):
    school, county = village.school.pk, village.county.pk
    first = {one: gone_on(one) for one in (school, county)}
    for one in (school, county):
        gone_on(one)
        cut_back(superuser_connection, one, first[one])
        assert found(one).kind == Break.CUT
    for words in (["1"], [str(school)], [str(school), "short"], [str(uuid4()), WHY]):
        assert said(capsys, "accept", *words).startswith("REFUSED")
    assert "Written down" in said(capsys, "accept", village.school.slug, WHY)
    assert (found(school), found(county).kind) == (None, Break.CUT)
    gone_on(school)
    with tenant.inside(school):
        row = Excuse.objects.get()
        assert (row.reason, Entry.objects.filter(verb="excused", subject_id=str(row.pk)).count()) == (WHY, 1)
        for touch in (Excuse.objects.all().delete, lambda: Excuse.objects.update(number=0)):
            with pytest.raises(DatabaseError), transaction.atomic():
                touch()
    call_command("journal", "accept", str(county), WHY)
    told = said(capsys, "verify")
    assert (told.count(WHY), told.count("known to be lost"), "The journal holds." in told) == (2, 2, True)
    second = gone_on(school)
    gone_on(school)
    cut_back(superuser_connection, school, second)
    assert found(school).kind == Break.CUT
    superuser_connection.execute("DELETE FROM journal_excuse WHERE programme_id = %s", [county])
    assert found(county).kind == Break.CUT


def test_a_programme_that_is_gone_is_excused_by_its_id_and_an_older_copy_for_each_that_went_on(village, superuser_connection, capsys):
    school, lost = village.school.pk, uuid4()
    first = gone_on(school)
    made_at = anchors.read().lines[-1].at
    gone_on(school)
    anchors.append(anchors.Anchor(anchors.clock.now(), lost, 7, b"\x01" * 32))
    cut_back(superuser_connection, school, first)
    assert "does not hold in 2 of" in said(capsys, "verify")
    for words in ([], ["short"], ["x" * 501]):
        assert said(capsys, "accept", str(lost), *words).startswith("REFUSED Say why")
    assert "Written down" in said(capsys, "accept", str(lost), WHY)
    assert "does not hold in 1 of" in said(capsys, "verify")
    call_command("journal", "brought-back", made_at.isoformat())
    capsys.readouterr()
    told = said(capsys, "verify")
    assert ("An older copy was brought back" in told, "The journal holds." in told) == (True, True)
    assert (str(lost) in told, told.count(WHY), said(capsys, "verify").count(WHY)) == (True, 1, 1)
    with tenant.inside(school):
        assert Excuse.objects.count() == 1


def test_what_an_older_copy_lacks_is_told_each_time_and_what_was_gone_before_it_is_not_excused(village, capsys, caplog):
    early, late = uuid4(), uuid4()
    anchors.append(anchors.Anchor(anchors.clock.now(), early, 3, b"\x01" * 32))
    made_at = anchors.clock.now()
    for one in (early, late):
        anchors.append(anchors.Anchor(anchors.clock.now(), one, 7, b"\x01" * 32))
    check()
    assert [str(one) in caplog.text for one in (early, late)] == [True, True]
    caplog.clear()
    restored = said(capsys, "brought-back", made_at.isoformat())
    assert [str(one) in restored for one in (early, late)] == [True, True]
    with pytest.raises(CommandError, match="does not hold in 1 of"):
        call_command("journal", "verify")
    assert capsys.readouterr().out.count("Restored from the copy of") == 2
    check()
    assert [str(one) in caplog.text for one in (early, late)] == [True, False]
    said(capsys, "accept", str(early), WHY)
    told = said(capsys, "verify")
    assert (told.count(WHY), told.count("Restored from the copy of"), "The journal holds." in told) == (1, 2, True)


def test_a_mark_on_paper_finds_an_owner_who_cut_the_journal_and_the_anchors_with_it(village, superuser_connection, capsys):
    school = village.school.pk
    with tenant.inside(school):
        assert marks.newest() == ""
    early = gone_on(school)
    kept = anchors.place().read_bytes()
    late = gone_on(school)
    assert Mark.copied(f" {late.lower().replace('-', ' ')} ") == Mark.copied(late) != Mark.copied(early)
    assert [Mark.copied(words) for words in ("", "7F3K-22QM", "x1-7F3K-22QM", "1" * 40)] == [None] * 4
    assert set(Mark.copied(late).signs) <= set(ALPHABET)
    assert all("it holds" in said(capsys, "mark", mark) for mark in (early, late))
    cut_back(superuser_connection, school, early)
    anchors.place().write_bytes(kept)
    assert found(school) is None, "without the paper nothing tells of it"
    assert "it holds" in said(capsys, "mark", early)
    assert "is lost or was changed" in said(capsys, "mark", late)
    gone_on(school, 9)
    assert "is lost or was changed" in said(capsys, "mark", late)


def test_a_mark_of_what_an_older_copy_does_not_have_says_why(village, superuser_connection, capsys):
    school, lost = village.school.pk, uuid4()
    early = gone_on(school)
    made_at = anchors.read().lines[-1].at
    late = gone_on(school)
    anchors.append(anchors.Anchor(anchors.clock.now(), lost, 7, b"\x01" * 32))
    cut_back(superuser_connection, school, early)
    assert "known to be" not in said(capsys, "mark", late)
    said(capsys, "brought-back", made_at.isoformat())
    assert "An older copy was brought back" in said(capsys, "mark", late)
    assert "Restored from the copy of" in said(capsys, "mark", str(Mark.of(7, b"\x01" * 32)))
    never = said(capsys, "mark", f"{Mark.copied(late).number}-AAAA-AAAA")
    assert (early in said(capsys, "mark", early), "known to be" in never) == (False, False)
    gone_on(school, 9)
    told = said(capsys, "mark", late)
    assert ("An older copy was brought back" in told, told.startswith("REFUSED")) == (True, True)


def test_administrators_get_the_mark_each_week_once_for_each_mark_and_nobody_else_does(village):
    gone_on(village.school.pk)
    send_marks()
    with village.inside():
        found = Letter.objects.filter(key__startswith="mark:")
        assert set(found.values_list("reader_id", flat=True)) == {village.users["ada"].pk}
        assert (found.get().subject, found.get().body.count(found.get().key.split(":")[1])) == ("A line to keep", 1)
    send_marks()
    with village.inside():
        assert Letter.objects.filter(key__startswith="mark:").count() == 1
