"""Words that are sealed under a person and a case open with both keys and with neither alone."""

import uuid
from pathlib import Path

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.test.utils import CaptureQueriesContext

from config import places
from setfair.core import tenant
from setfair.letters.journey import Stage
from setfair.letters.models import CameBack, Letter
from setfair.letters.queries import letters_of_case
from setfair.people.models import Person
from setfair.vault.carrying import under_one, under_two
from setfair.vault.fields import FORM, FORM_OF_TWO, SealedText, seal_bytes
from setfair.vault.ring import WordsAreGone

pytestmark = pytest.mark.django_db
BELONGS = {
    "calendars.Calendar": "of whoever's it is, under a key of its own, which goes with its row",
    "cases.Case": "it is the case",
    "enclosures.Content": "of the request, which goes with its case",
    "enclosures.Enclosure": "of the request, which goes with its case",
    "imports.Leaf": "of nobody yet, under a key of its own, which goes with its row",
    "journal.Excuse": "of the journal, and of nobody",
    "seals.SealSecret": "of the programme, and of nobody; it goes when the key is replaced",
    "keeping.LegalHold": "of the case, or of a request that has become none",
    "keeping.Longer": "of the case, or of a request that has become none",
    "people.Condition": "of the person in every case of theirs",
    "people.Contact": "of the person in every case of theirs",
    "people.Custody": "of the person in every case of theirs",
    "people.Order": "of the two in every case of theirs: under a key of its own, which goes with its row",
    "people.Person": "it is the person",
    "people.WayWish": "of the person in every case of theirs",
    "preparation.Complaint": "under a key of its own, which goes with its row",
    "programmes.Problem": "of nobody, under a key of its own, which goes with its row",
    "referrals.Addition": "of the request, which goes with its case",
    "referrals.Clearance": "of the request, which goes with its case",
    "referrals.Referral": "it is the request, which goes with its case",
    "safety.Alarm": "under a key of its own, which goes with its row",
    "safety.Phone": "of a member of the team",
    "safety.Step": "of the alarm, which goes with its case",
    "referrals.Screening": "of the request, which goes with its case",
    "referrals.Talk": "of the request, which goes with its case",
    "referrals.TalkEnd": "of the request, which goes with its case",
}
"""Sealed, and under no key of a case: why what a case forgets does not live on in it."""


def letter_of(reader, case, number=1):
    return Letter.objects.create(
        channel="email", reader_id=reader, case_id=case, key=f"trial:{number}", message_id=f"<{number}>", language="en", subject="Meeting",
        address="hana@home.example", body="See you on Tuesday.", due_at="2026-11-20T09:00Z", stage=Stage.DUE,
    )  # fmt: skip


def lying(letter):
    with connection.cursor() as cursor:
        cursor.execute("SELECT body FROM letters_letter WHERE id = %s", [letter.pk])
        return bytes(cursor.fetchone()[0])


def anew():
    """As another request finds it: without any key in hand."""
    tenant.scope().kept.clear()


def test_whatever_is_sealed_ends_with_its_case_or_says_here_why_not():
    sealed = {
        model._meta.label: {name for field in model._meta.local_fields if isinstance(field, SealedText) for name in (field.of, field.within)}
        for model in apps.get_models()
        if any(isinstance(field, SealedText) for field in model._meta.local_fields)
    }
    assert {label for label, of in sealed.items() if not of & {"case_id", "of_case"}} == set(BELONGS)
    guard = (Path(places.ROOT) / "setfair/keeping/migrations/0006_shred_what_is_gone.py").read_text()
    columns = {name for of in sealed.values() for name in of} - {"", "thing_id"}  # that one is worked out from two of the others
    assert [name for name in sorted(columns) if f"'{name}'" not in guard] == []


@pytest.mark.parametrize("lost", ["person", "case"])
@pytest.mark.django_db(transaction=True)
def test_a_letter_is_gone_with_either_key_and_the_other_words_of_both_stay(village, lose_key, lost):
    with village.inside():
        person, other, case = Person.objects.create(name="Hana"), Person.objects.create(name="Omar"), uuid.uuid4()
        about, apart, theirs = letter_of(person.pk, case), letter_of(person.pk, None, 2), letter_of(other.pk, case, 3)
        assert [lying(letter)[:1] for letter in (about, apart, theirs)] == [FORM_OF_TWO, FORM, FORM_OF_TWO]
        anew()
        with CaptureQueriesContext(connection) as asked:
            assert [letter.body for letter in letters_of_case(case)] == ["See you on Tuesday."] * 2
        assert len(asked) == 2, "the letters, and then all keys at once"
        anew()
        there = Letter.objects.get(pk=about.pk)
        with CaptureQueriesContext(connection) as asked:
            assert (there.body, there.address) == ("See you on Tuesday.", "hana@home.example")
        assert len(asked) == 1, "both keys at once"
    lose_key(person.pk if lost == "person" else case)
    with village.inside():
        with pytest.raises(WordsAreGone):
            Letter.objects.get(pk=about.pk).body  # noqa: B018
        opens = apart if lost == "case" else theirs
        assert Letter.objects.get(pk=opens.pk).body == "See you on Tuesday."


def test_a_letter_put_under_another_case_or_none_or_another_reader_does_not_open(village):
    with village.inside():
        hana, omar, case, second = Person.objects.create(name="Hana"), Person.objects.create(name="Omar"), uuid.uuid4(), uuid.uuid4()
        letter, other = letter_of(hana.pk, case), letter_of(omar.pk, second, 2)
        for moved in ({"case_id": second}, {"case_id": None}, {"reader_id": omar.pk}, {"reader_id": case, "case_id": hana.pk}):
            with transaction.atomic():
                Letter.objects.filter(pk=letter.pk).update(**moved)
                anew()
                with pytest.raises(WordsAreGone):
                    Letter.objects.get(pk=letter.pk).body  # noqa: B018
                transaction.set_rollback(True)
        with connection.cursor() as cursor:
            moved = [lying(letter), hana.pk, case, other.pk]
            cursor.execute("UPDATE letters_letter SET body = %s, reader_id = %s, case_id = %s WHERE id = %s", moved)
            anew()
            with pytest.raises(WordsAreGone):
                Letter.objects.get(pk=other.pk).body  # noqa: B018
            cursor.execute("UPDATE letters_letter SET body = %s WHERE id = %s", [FORM + lying(letter)[1:], letter.pk])
            anew()
            with pytest.raises(WordsAreGone):
                Letter.objects.get(pk=letter.pk).body  # noqa: B018


def came_back(reader, case, number, **more):
    """What somebody answered, or that an address they share is used no more."""
    given = {
        "owner_id": reader,
        "reader_id": reader,
        "case_id": case,
        "channel": "email",
        "kind": "answer",
        "words": "Yes.",
        "sender": "hana@home.example",
    }
    return CameBack.objects.create(**given | more, mark=bytes([number]) * 32)


@pytest.fixture
def migrate(superuser_connection):
    """Runs a step of the migration on the models of that day. It may write what came back anew, which the web may not."""
    then = MigrationExecutor(connection).loader.project_state(("letters", "0012_under_two_keys")).apps

    def run(step):
        with connection.schema_editor(atomic=False) as editor:
            for model in ("Letter", "CameBack"):
                step("letters", model)(then, editor)

    superuser_connection.execute("GRANT UPDATE ON letters_cameback TO setfair_app")
    yield run
    superuser_connection.execute("REVOKE UPDATE ON letters_cameback FROM setfair_app")


def put_under_one(keys, rows, field):
    """As it lay before the upgrade."""
    for row in rows:
        table = row._meta.db_table
        words = seal_bytes(keys(row), f"{table}.{field}|{row.pk}", b"From before.")
        with connection.cursor() as cursor:
            cursor.execute(f"UPDATE {table} SET {field} = %s WHERE id = %s", [words, row.pk])


def in_the_row(row, field):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {field} FROM {row._meta.db_table} WHERE id = %s", [row.pk])
        return bytes(cursor.fetchone()[0])


@pytest.mark.django_db(transaction=True)
def test_what_lay_under_one_key_is_sealed_anew_under_two_and_back(village, migrate):
    with village.inside():
        hana, case = Person.objects.create(name="Hana"), uuid.uuid4()
        letters = [letter_of(hana.pk, case, number) for number in range(2)] + [letter_of(hana.pk, None, 3)]
        answered = came_back(hana.pk, case, 1, letter=letters[0])
        shared = came_back(hana.pk, case, 2, kind="stop", words="", is_shared=True)
        put_under_one(lambda row: row.reader_id, letters, "body")
        put_under_one(lambda row: row.owner_id, [answered], "words")
        put_under_one(lambda row: row.owner_id, [answered, shared], "sender")
        anew()
        assert [Letter.objects.get(pk=letter.pk).body for letter in letters] == ["From before."] * 3
    for step, form in ((under_two, FORM_OF_TWO), (under_one, FORM), (under_two, FORM_OF_TWO)):
        with village.inside():
            migrate(step)
            anew()
            assert [lying(letter)[:1] for letter in letters] == [form, form, FORM]
            lies = [in_the_row(answered, "words"), in_the_row(answered, "sender"), in_the_row(shared, "sender")]
            assert [sealed[:1] for sealed in lies] == [form] * 3
            assert [Letter.objects.get(pk=letter.pk).body for letter in letters] == ["From before."] * 3
            there = [CameBack.objects.get(pk=row.pk) for row in (answered, shared)]
            assert [(row.words, row.sender) for row in there] == [("From before.", "From before."), ("", "From before.")]


@pytest.mark.parametrize("lost", ["person", "case"])
@pytest.mark.django_db(transaction=True)
def test_where_either_key_is_gone_the_row_stays_as_it_lies_and_no_key_is_made(village, lose_key, migrate, lost):
    with village.inside():
        hana, omar = Person.objects.create(name="Hana"), Person.objects.create(name="Omar")
        case, other = uuid.uuid4(), uuid.uuid4()
        gone, stays = letter_of(hana.pk, case), letter_of(omar.pk, other, 2)
        answered = came_back(hana.pk, case, 1, letter=gone)
        put_under_one(lambda row: row.reader_id, [gone, stays], "body")
        put_under_one(lambda row: row.owner_id, [answered], "words")
        before = [lying(gone), in_the_row(answered, "words")]
    owner = hana.pk if lost == "person" else case
    lose_key(owner)
    with village.inside():
        migrate(under_two)
        anew()
        assert [lying(gone), in_the_row(answered, "words")] == before
        assert (lying(stays)[:1], Letter.objects.get(pk=stays.pk).body) == (FORM_OF_TWO, "From before.")
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM vault_datakey WHERE id = %s", [owner])
            assert cursor.fetchone() == (0,)
