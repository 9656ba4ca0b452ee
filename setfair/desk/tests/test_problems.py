"""A page that does not work: told by anybody, read by whoever administers, and gone when it is seen to."""

from django.db import connection
from django.test import Client
from django.urls import reverse

from setfair.desk.needs import needs
from setfair.journal.models import Entry
from setfair.programmes.models import Problem, Programme
from setfair.referrals.tests.test_words import HARDEST, grade, read
from setfair.vault.models import DataKey

HERE, SAID = "/p/northgate-high/problem/", {"words": "The button is under the keyboard.", "page": "choice", "website": ""}


def todays(village, key, programme):
    with village.inside(programme):
        return [str(need.sentence) for need in needs(village.actor(key), Programme.objects.get(pk=programme.pk), everyones=True).rows]


def test_it_is_told_read_and_seen_to(client, village, at_preparing):
    hana = village.enter(Client(), at_preparing.hana)
    assert f'{HERE}?from=home"' in hana.get(reverse("home")).text
    assert hana.post(HERE, SAID).status_code == 302
    assert client.post(HERE, SAID | {"page": "Otto is not safe"}).status_code == 302
    assert [client.post(HERE, SAID | wrong).status_code for wrong in ({"words": ""}, {"website": "x"}, {"words": "x" * 1001})] == [422] * 3
    with village.inside():
        first, second = Problem.objects.order_by("at")
        assert (first.page, first.words, second.page) == ("choice", SAID["words"], "")
        assert {(line.actor_kind, line.actor_id) for line in Entry.objects.filter(verb="reported_problem")} == {("anyone", None)}
        with connection.cursor() as cursor:
            cursor.execute("SELECT words FROM programmes_problem WHERE id = %s", [first.pk])
            assert b"keyboard" not in bytes(cursor.fetchone()[0])
    assert "A page does not work for somebody (2)" in todays(village, "ada", village.school)
    assert [todays(village, who, where) for who, where in (("nour", village.county), ("sven", village.school))] == [[], []]
    ada = village.sign_in(Client(), "ada")
    assert SAID["words"] in ada.get("/problems/").text
    for key in ("cora", "sven", "fadi", "ines", "nour"):
        assert village.sign_in(Client(), key).post(reverse("problem_settled", args=[first.pk])).status_code == 404
    assert ada.post(reverse("problem_settled", args=[first.pk])).status_code == 302
    with village.inside():
        assert ([row.pk for row in Problem.objects.all()], DataKey.objects.filter(pk=first.pk).exists()) == ([second.pk], False)


def test_so_many_an_hour(client, village, monkeypatch):
    monkeypatch.setattr("setfair.referrals.views.helping.MOST", 1)
    assert [client.post(HERE, SAID).status_code for _n in range(2)] == [302, 429]


def test_help_and_the_report_are_easy_to_read(client, village):
    assert max(grade(read(client.get(path))) for path in ("/help/", HERE)) <= HARDEST
    assert "Report a problem" in client.get(HERE).text
