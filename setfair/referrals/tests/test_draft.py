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

from .walk import ANSWERS, SLUG, TODAY, answer, the_only, url

CODE = re.compile(r"\b[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}\b")


@pytest.fixture(autouse=True)
def _one_day():
    with at(TODAY):
        yield


def test_the_words_lie_sealed_in_the_stay(client, village):
    answer(client)
    rows = [SessionStore(row.session_key).decode(row.session_data) for row in Session.objects.all()]
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


def test_left_without_a_code_it_is_gone_and_with_one_it_goes_on_anywhere(client, village):
    answer(client, until="safe")
    page = client.post(reverse("ask_later", args=[SLUG]))
    code = code_on(page)
    client.get("/exit/")
    (row,) = Session.objects.all()
    kept = str(SessionStore(row.session_key).decode(row.session_data))
    assert ("shoving" in kept, code.replace("-", "") in row.session_key.upper()) == (False, False)
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
        another.get("/exit/")
        assert Session.objects.count() == 1
        another.post(again(), {"code": code})
        assert "There was shoving in the lunch line." in another.get(url("what")).content.decode()


def test_what_is_being_typed_goes_along_with_the_code(client, village):
    answer(client, until="safe")
    assert re.search(r'<button[^>]*form="question"[^>]*name="stop"', client.get(url("safe")).content.decode())
    code = code_on(client.post(url("safe"), {"safety": "They wait at the gate.", "safety_worry": "on", "stop": "1"}))
    another = Client()
    another.post(again(), {"code": code})
    assert "They wait at the gate." in another.get(url("safe")).content.decode()
    assert "shoving" in another.get(url("what")).content.decode()


@pytest.mark.parametrize("step", ["wish", "people", "reach"])
def test_an_empty_page_does_not_hold_back_whoever_stops_and_a_wrong_one_is_shown(step, village):
    client = Client()
    answer(client, until=step)
    assert code_on(client.post(url(step), {"stop": "1"}))
    if step == "reach":
        answer(client, until=step)
        assert client.post(url(step), {"email": "no address", "stop": "1"}).status_code == 422


def test_stopping_after_it_was_wiped_keeps_the_words_of_this_page_and_says_so(client, village):
    answer(client, until="what")
    with at(TODAY + timedelta(minutes=45)):
        page = client.post(url("what"), {"story": "I had to stop for a while.", "stop": "1"})
        assert "we wiped what you had written before" in page.content.decode()
        another = Client()
        another.post(again(), {"code": code_on(page)})
        assert "I had to stop for a while." in another.get(url("what")).content.decode()


def test_a_kept_draft_is_gone_after_a_week(client, village):
    answer(client, until="safe")
    code = code_on(client.post(reverse("ask_later", args=[SLUG])))
    with at(TODAY + timedelta(days=8)):
        assert Client().post(again(), {"code": code}).status_code == 422
        sweeping.ended_stays()
        assert Session.objects.filter(session_key__regex="^[0-9a-f]{40}$").count() == 0


def test_each_answer_is_kept_under_the_code_at_once_until_the_request_is_sent(client, village):
    answer(client, until="reach")
    code = code_on(client.post(reverse("ask_later", args=[SLUG])))
    here, there = Client(), Client()
    for device in (here, there):
        device.post(again(), {"code": code})
    here.post(url("reach"), ANSWERS["reach"])
    there.post(url("access"), {"language": "es", "needs": "a ramp"})
    third = Client()
    third.post(again(), {"code": code})
    assert ("hana@home.example" in third.get(url("reach")).content.decode(), "a ramp" in third.get(url("access")).content.decode()) == (True, True)
    assert third.post(url("check"), {"website": ""}).status_code == 302
    assert Client().post(again(), {"code": code}).status_code == 422
    assert here.post(url("check"), {"website": ""}).status_code == 302
    the_only(village)


def test_half_an_hour_away_costs_nothing_that_lies_under_a_code(client, village):
    answer(client, until="reach")
    code = code_on(client.post(reverse("ask_later", args=[SLUG])))
    client.post(again(), {"code": code})
    with at(TODAY + timedelta(minutes=45)):
        assert "still there under your code" in client.get(url("now")).content.decode()
        client.post(again(), {"code": code})
        assert "shoving" in client.get(url("what")).content.decode()


def test_whoever_stops_again_has_one_code(client, village):
    answer(client, until="reach")
    first = code_on(client.post(reverse("ask_later", args=[SLUG])))
    client.post(again(), {"code": first})
    second = code_on(client.post(reverse("ask_later", args=[SLUG])))
    assert (Client().post(again(), {"code": first}).status_code, Client().post(again(), {"code": second}).status_code) == (422, 302)


def test_where_nothing_was_written_no_code_is_made(client, village):
    assert client.post(reverse("ask_later", args=[SLUG]))["Location"] == url()
    assert Session.objects.count() == 0


def again():
    return reverse("ask_again", args=[SLUG])
