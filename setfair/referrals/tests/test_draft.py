"""What is kept while somebody writes, and for how long."""

import re
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from setfair.access import sweeping
from setfair.vault.sessions import SessionStore
from setfair.village.time import at

from .walk import SLUG, TODAY, answer, url

CODE = re.compile(r"\b[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}\b")


@pytest.fixture(autouse=True)
def _one_day():
    with at(TODAY):
        yield


def test_the_words_lie_sealed_in_the_stay(client, village):
    answer(client)
    rows = [SessionStore().decode(row.session_data) for row in Session.objects.all()]
    assert [bool(row) for row in rows] == [True]
    assert "shoving" not in str(rows)


def test_leaving_by_the_exit_wipes_everything(client, village):
    answer(client)
    client.get("/exit/")
    assert Session.objects.count() == 0
    assert client.get(url("check"))["Location"] == url()


def test_half_an_hour_without_a_touch_wipes_it(client, village):
    answer(client)
    with at(TODAY + timedelta(minutes=29)):
        assert client.get(url("check")).status_code == 200
    with at(TODAY + timedelta(minutes=31)):
        assert client.get(url("check"))["Location"] == url()


def test_words_typed_while_it_was_wiped_are_kept(client, village):
    answer(client, until="what")
    with at(TODAY + timedelta(minutes=45)):
        assert client.post(url("what"), {"story": "I had to stop for a while."})["Location"] == url("when")
        said = client.get(url("what")).content.decode()
        assert "I had to stop for a while." in said
        assert client.get(url("check"))["Location"] == url("now")


def test_a_draft_belongs_to_one_programme(client, village):
    answer(client)
    assert client.get(url("check", slug="river-county"))["Location"] == url(slug="river-county")


def code_on(answer):
    (code,) = set(CODE.findall(answer.content.decode()))
    return code


def test_left_without_a_code_it_is_gone_and_with_one_it_goes_on_anywhere_once(client, village):
    answer(client, until="safe")
    page = client.post(reverse("ask_later", args=[SLUG]))
    code = code_on(page)
    client.get("/exit/")
    (row,) = Session.objects.all()
    assert ("shoving" in str(SessionStore().decode(row.session_data)), code.replace("-", "") in row.session_key.upper()) == (False, False)
    assert client.get(url("check"))["Location"] == url()

    another = Client()
    another.cookies["stay"] = row.session_key
    assert another.get(url("check"))["Location"] == url()

    with at(TODAY + timedelta(days=6)):
        another = Client()
        elsewhere = reverse("ask_again", args=["river-county"])
        assert (another.post(elsewhere, {"code": code}).status_code, another.post(again(), {"code": "ABCD-EFGH"}).status_code) == (422, 422)
        assert another.post(again(), {"code": code.lower().replace("-", " ")})["Location"] == url("check")
        assert another.get(url("check"))["Location"] == url("reach")
        assert "There was shoving in the lunch line." in another.get(url("what")).content.decode()
        assert Client().post(again(), {"code": code}).status_code == 422
        another.get("/exit/")
        assert Session.objects.count() == 0


def test_a_kept_draft_is_gone_after_a_week(client, village):
    answer(client, until="safe")
    code = code_on(client.post(reverse("ask_later", args=[SLUG])))
    with at(TODAY + timedelta(days=8)):
        assert Client().post(again(), {"code": code}).status_code == 422
        sweeping.ended_stays()
        assert Session.objects.filter(session_key__regex="^[0-9a-f]{40}$").count() == 0


def test_where_nothing_was_written_no_code_is_made(client, village):
    assert client.post(reverse("ask_later", args=[SLUG]))["Location"] == url()
    assert Session.objects.count() == 0


def again():
    return reverse("ask_again", args=[SLUG])
