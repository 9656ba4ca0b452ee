"""The request, question by question (W2)."""

import pytest
from django.urls import reverse

from setfair.referrals.models import Referral
from setfair.village.time import at

from .walk import ORDER, SLUG, TODAY, answer, send, the_only, url


@pytest.fixture(autouse=True)
def _one_day():
    with at(TODAY):
        yield


@pytest.mark.mission("S0.1")
def test_anyone_can_ask_without_an_account_and_gets_a_code(client, village):
    page = send(client)
    assert page["Location"] == reverse("asked", args=[SLUG])
    with village.inside():
        kept = Referral.objects.get()
        assert (kept.source, kept.story, kept.when, kept.asker) == (
            "self_harmed",
            "There was shoving in the lunch line.",
            "2026-11-16 · at lunch",
            "Núñez",
        )
        assert kept.people == [{"name": "a boy from my class", "role": "responsible"}]
        assert (kept.others_know, kept.safety, kept.safety_worry) == ("no", "They walk home the same way.", True)
        assert kept.reach == {"email": "hana@home.example", "times": "after school"}
        assert (kept.language, kept.needs, kept.wish, kept.entered_by) == ("es", "big print", "conference", None)


@pytest.mark.mission("S0.1")
@pytest.mark.parametrize("source", ["self_harmed", "self_responsible", "affected", "parent", "staff", "administrator", "team", "other"])
def test_every_entrance_is_open(client, village, source):
    send(client, who={"source": source}, name={"asker": "Malik", "for_whom": "Hana"})
    with village.inside():
        kept = Referral.objects.get()
        asks_for_someone = source in ("parent", "staff", "administrator", "team", "other")
        assert (kept.source, kept.for_whom) == (source, "Hana" if asks_for_someone else "")


@pytest.mark.mission("S2.10")
def test_one_can_ask_to_talk_first(client, village):
    send(client, wish={"wish": "talk"}, what={"story": ""})
    with village.inside():
        assert (Referral.objects.get().wish, Referral.objects.get().story) == ("talk", "")


def test_the_first_page_is_about_leaving_fast(client, village):
    page = client.get(url())
    assert page.status_code == 200
    assert "You can leave fast" in page.content.decode()
    assert "stay" not in client.cookies


@pytest.mark.parametrize("step", ORDER)
def test_nothing_is_chosen_beforehand_and_every_page_is_neutral_and_has_a_way_out(client, village, step):
    answer(client, until=step)
    page = client.get(url(step))
    said = page.content.decode()
    assert page.status_code == 200
    assert (" checked" in said, "selected" in said) == (False, False)
    assert "<title>Northgate Room 12</title>" in said
    assert 'href="/exit/"' in said
    assert f"Question {ORDER.index(step) + 1} of {len(ORDER)}" in said


@pytest.mark.parametrize("said", ["yes", "unsure"])
def test_danger_leads_to_help_and_not_to_a_form(client, village, said):
    page = client.post(url("now"), {"answer": said})
    assert page["Location"] == reverse("help_now", args=[SLUG])
    shown = client.get(page["Location"]).content.decode()
    assert "Call 911" in shown
    assert ("Nobody is in danger now. Go on" in shown) == (said == "unsure")


def test_whoever_was_not_sure_about_danger_is_a_worry(client, village):
    send(client, now={"answer": "unsure"}, safe={})
    assert the_only(village).safety_worry is True


def test_a_step_without_an_answer_says_what_to_do(client, village):
    assert client.post(url("now"), {}).status_code == 422
    answer(client, until="who")
    page = client.post(url("who"), {})
    assert (page.status_code, "Please choose the line that fits you best." in page.content.decode()) == (422, True)
    assert "<title>Error:" in page.content.decode().replace("\n", "")


@pytest.mark.parametrize("step", ["wish", "name", "what", "when", "people", "others", "safe", "access"])
def test_most_questions_can_be_left_out(client, village, step):
    send(client, **{step: {}})
    with village.inside():
        assert Referral.objects.count() == 1


def test_back_shows_what_was_answered(client, village):
    answer(client, until="when")
    said = client.get(url("what")).content.decode()
    assert "There was shoving in the lunch line." in said
    assert f'href="{url("name")}"' in said


def test_change_comes_back_to_the_answers(client, village):
    answer(client)
    assert f'href="{url("what")}?back=check"' in client.get(url("check")).content.decode()
    page = client.post(url("what") + "?back=check", {"story": "It was in the hall."})
    assert page["Location"] == url("check")
    assert "It was in the hall." in client.get(url("check")).content.decode()


def test_answers_are_shown_before_they_are_sent(client, village):
    answer(client)
    said = client.get(url("check")).content.decode()
    for words in (
        "I was hurt",
        "Núñez",
        "16 Nov 2026",
        "a boy from my class, did it",
        "Email: hana@home.example",
        "Español",
        "big print",
    ):
        assert words in said
    assert "Send this request" in said


def test_a_question_in_the_middle_does_not_open_before_the_first(client, village):
    for step in ("what", "people", "check"):
        assert client.get(url(step))["Location"] == url()


def test_an_unknown_question_is_not_there(client, village):
    assert client.get(url("weather")).status_code == 404
    assert client.post(url("weather"), {"x": "y"}).status_code == 404
