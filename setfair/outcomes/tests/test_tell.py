"""The commonest complaint after a good conference is silence: that a person harmed was told is a fact of its own."""

from datetime import date, timedelta

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.urls import reverse
from django.utils import timezone

from setfair.agreements import actions as agreements
from setfair.core import clock
from setfair.journal.models import Entry
from setfair.letters.models import Letter
from setfair.outcomes import actions, queries
from setfair.outcomes.models import Closure, News
from setfair.preparation import actions as preparation

pytestmark = pytest.mark.django_db


def test_how_and_when_a_person_harmed_was_told_is_kept(kept, told):
    news = News.objects.get(pk=told(kept, told_on=timezone.localdate()).pk)
    assert (news.participation, news.way, news.told_on, news.by) == (kept.hana, "voice", timezone.localdate(), kept.lead.id)
    assert Entry.objects.get(verb="told").detail == {"way": "voice"}


def test_only_a_person_harmed_of_this_case_is_told(kept, told, village):
    for key in ("rami", "sol", "gail"):
        with pytest.raises(actions.CannotTell):
            told(kept, participation=kept.people[key])
    assert News.objects.count() == 0


@pytest.mark.parametrize("day", [timezone.localdate() + timedelta(days=1), date(1999, 12, 31), date(9999, 1, 1)])
def test_news_were_told_today_or_before_and_in_this_century(kept, told, day):
    with pytest.raises(actions.CannotTell):
        told(kept, told_on=day)


def test_a_way_that_is_not_on_the_list_is_refused(kept, told):
    with pytest.raises(actions.CannotTell):
        told(kept, way="carrier pigeon")


def test_the_same_words_twice_are_one_and_another_day_is_another(kept, told):
    assert told(kept) == told(kept)
    assert News.objects.count() == 1
    told(kept, way=News.Way.IN_PERSON)
    assert News.objects.count() == 2


def test_only_news_by_letter_writes_one_and_it_says_nothing(kept, told):
    told(kept)
    assert Letter.objects.filter(key__startswith="news:").count() == 0
    told(kept, way=News.Way.LETTER)
    letter = Letter.objects.get(key__startswith="news:")
    assert (letter.reader_id, letter.subject) == (kept.hana.person_id, "You have a message")
    assert not any(word in letter.body for word in ("Rami", "letter", "kept", "done", kept.case.ref))


@pytest.mark.parametrize(("way", "enough"), [(News.Way.VOICE, False), (News.Way.NOT_WANTED, True)])
def test_news_from_before_the_last_promise_was_settled_are_old_unless_none_were_wanted(holding, told, way, enough):
    told(holding, way=way)
    holding.keep_all()
    assert [t.enough for t in queries.told(holding.case)] == [enough]
    told(holding)
    assert [t.enough for t in queries.told(holding.case)] == [True]


def test_a_later_promise_makes_earlier_news_old_again(holding, settle, told):
    first, second = holding.items()
    agreements.miss(first, by=holding.lead)
    told(holding)
    assert [t.enough for t in queries.told(holding.case)] == [True]
    agreements.miss(second, by=holding.lead)
    assert [t.enough for t in queries.told(holding.case)] == [False]


def test_a_talk_before_the_day_it_was_settled_is_no_news_of_it(kept, told):
    told(kept, told_on=timezone.localdate() - timedelta(days=1))
    assert [t.enough for t in queries.told(kept.case)] == [False]


def test_after_a_conference_without_agreement_there_is_news_too(met, told):
    told(met, told_on=timezone.localdate() - timedelta(days=200))
    assert [t.enough for t in queries.told(met.case)] == [False]
    told(met)
    assert [t.enough for t in queries.told(met.case)] == [True]


def test_nothing_is_added_to_what_is_closed(kept, told):
    kept.tell_and_close()
    kept.case.refresh_from_db()
    with pytest.raises(actions.CannotTell):
        told(kept, way=News.Way.IN_PERSON)


@pytest.mark.parametrize("model", [News, Closure])
@pytest.mark.parametrize("verb", ["UPDATE {} SET at = now()", "DELETE FROM {}", "TRUNCATE {}"])
def test_the_database_itself_keeps_what_was_told_and_how_it_ended(kept, model, verb):
    kept.tell_and_close()
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(verb.format(model._meta.db_table))


@pytest.mark.parametrize(("who", "status"), [("cora", 200), ("fadi", 200), ("mina", 404), ("ines", 404), ("sven", 404), ("ada", 404), ("nour", 404)])
def test_who_may_tell(kept, village, client, who, status):
    there = reverse("news", args=[kept.case.ref])
    village.sign_in(client, who)
    assert client.get(there).status_code == status
    day = clock.local(clock.now(), village.school.zone).date()
    words = {"participation": str(kept.hana.pk), "way": "voice", "told_on": day.isoformat()}
    assert client.post(there, words).status_code == (302 if status == 200 else 404)
    assert News.objects.count() == (1 if status == 200 else 0)


def test_the_page_names_whom_and_gives_the_words_back(kept, village, client):
    village.sign_in(client, "fadi")
    there = reverse("news", args=[kept.case.ref])
    assert "Not told yet" in client.get(there).content.decode()
    refused = client.post(there, {"participation": str(kept.hana.pk), "way": "voice", "told_on": "1999-01-01"})
    assert refused.status_code == 422
    assert 'value="1999-01-01"' in refused.content.decode()
    assert client.post(there, {"participation": str(kept.rami.pk), "way": "voice", "told_on": "2026-01-01"}).status_code == 422


def test_who_left_the_circle_is_owed_no_news(holding):
    preparation.withdraw(holding.hana, by=holding.me("hana"))
    holding.hana.left_at = timezone.now()
    holding.hana.save()
    assert queries.told(holding.case) == []
