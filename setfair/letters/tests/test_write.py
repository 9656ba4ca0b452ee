"""A letter is a row of the caller's transaction: neutral outside, sealed inside, written once."""

import uuid

import pytest
from django.db import connection, transaction
from django.utils import translation

from setfair.core.actor import system
from setfair.core.text import TellingWords
from setfair.journal.journey import move
from setfair.journal.models import Entry
from setfair.letters.actions import Address, Words, try_again, withdraw_unsent, write
from setfair.letters.journey import Stage
from setfair.letters.models import Letter
from setfair.letters.queries import due, letters_of_case, letters_to
from setfair.letters.waking import WAKE

from .conftest import ADDRESSES, WORDS

pytestmark = pytest.mark.django_db


def jobs():
    with connection.cursor() as cursor:
        cursor.execute("SELECT task_name, args::text FROM procrastinate_jobs ORDER BY id")
        return cursor.fetchall()


def test_the_words_come_back_as_they_were(written, now_of):
    found = now_of(written())
    assert (found.address, found.body, found.subject) == (ADDRESSES["email"], WORDS.body, WORDS.subject)


def test_neither_address_nor_words_can_be_read_in_the_database(village, written):
    letter = written()
    with village.inside(), connection.cursor() as cursor:
        cursor.execute("SELECT address, body FROM letters_letter WHERE id = %s", [letter.pk])
        address, body = map(bytes, cursor.fetchone())
        cursor.execute("SELECT detail::text FROM journal_entry")
        lines = " ".join(line for (line,) in cursor.fetchall())
    assert b"hana" not in address.lower()
    assert b"Hana" not in body
    assert "hana" not in lines.lower()


@pytest.mark.parametrize("subject", ["Your conference", "About the harm", "Your case is open", "Acuerdo"])
def test_a_subject_that_says_what_it_is_about_is_not_written(village, written, subject):
    with pytest.raises(TellingWords):
        written(words=Words(subject, "Hello"))
    with village.inside():
        assert Letter.objects.count() == 0


def test_a_text_message_is_neutral_in_all_of_it(written):
    with pytest.raises(TellingWords):
        written("sms", words=Words("Hello", "Your conference is on Tuesday."))
    assert written("email", words=Words("Hello", "Your conference is on Tuesday.")).stage == Stage.DUE


def test_the_same_act_writes_one_letter(village, written):
    first, second = written(key="invite 1"), written(key="invite 1")
    assert first.pk == second.pk
    with village.inside():
        assert Letter.objects.count() == 1
        assert Entry.objects.filter(verb="wrote").count() == 1


def test_next_door_may_use_the_same_key(village, written):
    assert written(key="invite 1").pk != written(key="invite 1", programme=village.county).pk


def test_a_letter_is_in_the_language_that_was_active(written):
    with translation.override("ar"):
        assert written().language == "ar"


def test_the_worker_is_woken_once_a_stay_and_told_no_names(village):
    with village.inside():
        for number in range(3):
            write(WORDS, to=Address("email", "a@b.example"), reader=uuid.uuid4(), key=str(number), by=system(village.school.pk))
    assert jobs() == [(WAKE, "{}")]


def test_what_is_rolled_back_wakes_nobody(village):
    with pytest.raises(RuntimeError), transaction.atomic():
        with village.inside():
            write(WORDS, to=Address("email", "a@b.example"), reader=uuid.uuid4(), key="x", by=system(village.school.pk))
            raise RuntimeError
    assert jobs() == []
    assert due(10) == []


def test_only_what_is_due_is_found_and_only_ids(village, written):
    letter, other = written(), written(programme=village.county)
    written(due_at=letter.due_at.replace(year=2030))
    assert sorted(due(10)) == sorted([(village.school.pk, letter.pk), (village.county.pk, other.pk)])
    assert len(due(1)) == 1


def test_a_withdrawal_stops_what_has_not_gone(village, written, now_of):
    case, reader = uuid.uuid4(), uuid.uuid4()
    theirs, later = written(case=case, reader=reader), written(case=case, reader=reader, due_at=None)
    anothers, elsewhere = written(case=case), written(reader=reader, case=uuid.uuid4())
    with village.inside():
        assert withdraw_unsent(reader=reader, case=case, by=system(village.school.pk)) == 2
    assert [now_of(letter).stage for letter in (theirs, later, anothers, elsewhere)] == ["withdrawn", "withdrawn", "due", "due"]


def test_staff_read_the_letters_of_their_own_case_only(village, written, django_assert_num_queries):
    case, reader = uuid.uuid4(), uuid.uuid4()
    first, second = written(case=case, reader=reader), written(case=case)
    written(case=uuid.uuid4())
    neighbours = written(case=case, programme=village.county)
    with village.inside():
        with django_assert_num_queries(2):
            assert [letter.body for letter in letters_of_case(case)] == [WORDS.body, WORDS.body]
        assert letters_of_case(case) == [second, first]
        assert letters_to(reader, case_id=case) == [first]
    with village.inside(village.county):
        assert letters_of_case(case) == [neighbours]


def test_a_letter_that_failed_can_be_tried_again(village, written, now_of):
    case = uuid.uuid4()
    letter = written(case=case)
    with village.inside():
        Letter.objects.filter(pk=letter.pk).update(tries=6)
        move(letter, Stage.FAILED, by=system(village.school.pk))
        try_again(Letter.objects.get(pk=letter.pk), by=system(village.school.pk))
    assert (now_of(letter).stage, now_of(letter).tries) == (Stage.DUE, 0)
    assert due(10) == [(village.school.pk, letter.pk)]


def test_a_word_that_chance_put_into_a_link_tells_of_nothing():
    link = "https://setfair.example/c/ILBPw_lHARmkjb1I8MNIJkMBsdY-t_PXWB5mecmb6Og/"
    Words("A message", f"Open {link} once.").check("sms")
    for body in (f"About the harm: {link}", "Open https://setfair.example/c/harm/"):
        with pytest.raises(TellingWords):
            Words("A message", body).check("sms")
