import threading
import uuid

import pytest
from django.db import connection

from setfair.accounts.queries import pass_behind
from setfair.core import tenant
from setfair.core.actor import anyone
from setfair.journal.models import Entry
from setfair.letters.models import Letter
from setfair.programmes.models import Programme
from setfair.referrals import actions
from setfair.referrals.models import Referral

from .asks import ask

STORY = ("He said 🤐 and then مرحبا كيف حالك, and I left. " * 1000)[:40_000]


def test_a_request_keeps_every_word_and_the_journal_keeps_none(village):
    with village.inside():
        referral, _code = ask(village.school, story=STORY, asker="O'Hara-Núñez", people=[{"name": "Sol", "role": ""}])
        kept = Referral.objects.get(pk=referral.pk)
        assert (kept.story, kept.asker, kept.people) == (STORY, "O'Hara-Núñez", [{"name": "Sol", "role": ""}])
        lines = Entry.objects.filter(subject_id=str(referral.pk), verb="asked")
        assert [line.detail for line in lines] == [{"source": "self_harmed"}]


def test_the_words_reach_the_database_only_sealed(village):
    with village.inside():
        referral, _code = ask(village.school, story="a very telling word")
        with connection.cursor() as cursor:
            cursor.execute("SELECT referrals_referral::text FROM referrals_referral WHERE id = %s", [referral.pk])
            assert b"telling".hex() not in cursor.fetchone()[0]


def test_requests_are_numbered_one_by_one_in_each_programme(village):
    with village.inside():
        assert [ask(village.school)[0].ref for _n in range(3)] == ["R-1001", "R-1002", "R-1003"]
    with village.inside(village.county):
        assert ask(village.county)[0].ref == "R-1001"


def test_numbers_go_on_past_9999(village):
    with village.inside():
        first, _code = ask(village.school)
        Referral.objects.filter(pk=first.pk).update(ref="R-9999")
        assert [ask(village.school)[0].ref for _n in range(2)] == ["R-10000", "R-10001"]


def test_the_code_leads_to_the_request(village):
    with village.inside():
        referral, code = ask(village.school)
        assert pass_behind(code).programme_id == village.school.pk
        assert Entry.objects.filter(verb="issued_code", detail__bearer_id=str(referral.pk)).count() == 1


def test_the_same_form_sent_twice_is_one_request_with_one_living_code(village):
    key = uuid.uuid4()
    with village.inside():
        first, old = ask(village.school, form_key=key, reach={"email": "hana@home.example"})
        second, new = ask(village.school, form_key=key, reach={"email": "hana@home.example"})
        assert (first.pk, Referral.objects.count()) == (second.pk, 1)
        assert (pass_behind(old), pass_behind(new) is not None) == (None, True)
        letters = Letter.objects.filter(reader_id=first.pk).order_by("made_at")
        assert [letter.stage for letter in letters] == ["withdrawn", "due"]


def test_the_same_form_in_another_programme_is_another_request(village):
    key = uuid.uuid4()
    for programme in (village.school, village.county):
        with village.inside(programme):
            ask(programme, form_key=key)
            assert Referral.objects.count() == 1


def test_a_source_we_do_not_know_is_refused(village):
    with village.inside(), pytest.raises(actions.CannotAsk):
        ask(village.school, source="a wizard")


def test_a_language_we_do_not_speak_becomes_the_programmes_own(village):
    with village.inside():
        assert [ask(village.school, language=code)[0].language for code in ("es", "xx", "")] == ["es", "en", "en"]


@pytest.mark.django_db(transaction=True)
def test_two_at_once_get_different_numbers(village):
    got, fault = [], []

    def one():
        try:
            with tenant.inside(village.school.pk):
                got.append(ask(village.school)[0].ref)
        except Exception as trouble:
            fault.append(trouble)
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert fault == []
    assert sorted(got) == [f"R-{1001 + n}" for n in range(6)]


@pytest.mark.django_db(transaction=True)
def test_the_same_form_twice_at_the_same_moment_is_one_request(village):
    key, got, fault = uuid.uuid4(), [], []

    def one():
        try:
            with tenant.inside(village.school.pk):
                got.append(ask(village.school, form_key=key)[0].pk)
        except Exception as trouble:
            fault.append(trouble)
        finally:
            connection.close()

    threads = [threading.Thread(target=one) for _n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert fault == []
    assert len(set(got)) == 1


# Letters


def letters_to(referral):
    return [(letter.channel, letter.address, letter.subject) for letter in Letter.objects.filter(reader_id=referral.pk)]


@pytest.mark.parametrize(
    ("reach", "sent"),
    [
        ({"email": "hana@home.example", "sms": "555-0160"}, [("email", "hana@home.example", "A message for you")]),
        ({"post": "3 Mill Lane"}, [("paper", "3 Mill Lane", "A message for you")]),
        ({"sms": "555-0160"}, [("sms", "555-0160", "A message for you")]),
        ({"call": "555-0160"}, []),
        ({"through": "the school office"}, []),
        ({"none": True, "email": "hana@home.example"}, []),
        (None, []),
    ],
)
def test_the_answer_goes_only_over_a_way_that_was_said_to_be_safe(village, reach, sent):
    with village.inside():
        referral, _code = ask(village.school, reach=reach)
        assert letters_to(referral) == sent


def test_the_code_stands_in_an_email_and_never_in_a_text_message(village):
    with village.inside():
        referral, code = ask(village.school, reach={"email": "hana@home.example"})
        assert f"{code[:4]}-{code[4:]}" in Letter.objects.get(reader_id=referral.pk).body
        other, code = ask(village.school, reach={"sms": "555-0160"})
        body = Letter.objects.get(reader_id=other.pk).body
        assert (code in body, f"{code[:4]}-{code[4:]}" in body) == (False, False)


def test_a_letter_speaks_the_askers_language(village):
    with village.inside():
        referral, _code = ask(village.school, reach={"email": "hana@home.example"}, language="es")
        assert Letter.objects.get(reader_id=referral.pk).language == "es"


def test_a_letter_that_would_say_too_much_stays_behind_and_the_request_does_not(village):
    with village.inside():
        Programme.objects.filter(pk=village.school.pk).update(short_name="The Conference Team")
        referral, _code = ask(village.school, reach={"sms": "555-0160"})
        assert letters_to(referral) == []
        assert Entry.objects.filter(verb="left_unsaid", subject_id=str(referral.pk)).count() == 1


def test_staff_may_ask_on_somebodys_behalf(village):
    with village.inside():
        cora = village.actor("cora")
        referral, _code = actions.ask(by=cora, form_key=uuid.uuid4(), source="team", story="", for_whom="Hana", entered_by=cora.id)
        kept = Referral.objects.get(pk=referral.pk)
        assert (kept.for_whom, kept.entered_by, kept.source) == ("Hana", village.cora.pk, "team")


def test_anyone_has_no_name_in_the_journal(village):
    with village.inside():
        ask(village.school)
        assert Entry.objects.get(verb="asked").actor_kind == anyone().kind
