"""What somebody wrote is theirs: it is not lost in a second tab, not doubled by a second press, and brought to whoever has no screen."""

import uuid

import pytest
from django.db import Error, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from setfair.cases import actions as cases
from setfair.desk.asking import lines
from setfair.exchanges import actions, queries
from setfair.exchanges.actions import CannotExchange
from setfair.exchanges.journey import Stage
from setfair.exchanges.models import Piece, Said
from setfair.exchanges.tests.test_exchange import WORDS, handed_in, offered
from setfair.people.models import Contact

LONG = "I want to say how it was for me. " * 200


def send(client, at, words, *, done="0", **more):
    """As the page has it, with other words in it."""
    page = client.get(at)
    form = page.context["form"]
    hidden = {"seen": page.context["seen"]} if "seen" in page.context else {"form_key": form["form_key"].value()}
    return client.post(at, {"meant": "harmed", "words": words, "done": done} | hidden | more)


def on_today(village, key):
    return [line[0] for line in lines(village.actor(key), village.school, everyones=False) if line[0].startswith("piece")]


def test_written_in_two_tabs_neither_takes_the_words_of_the_other(story, village):
    rami, at = village.enter(Client(), story.rami), reverse("my_writing")
    send(rami, at, WORDS)
    piece = Piece.objects.get()
    mine = reverse("my_piece", args=[piece.pk])
    first, second = (rami.get(mine).context["seen"] for _tab in range(2))
    assert rami.post(mine, {"meant": "harmed", "words": LONG, "seen": first, "done": "0"}).status_code == 302
    refused = rami.post(mine, {"meant": "harmed", "words": "Sorry for it.", "seen": second, "done": "1"})
    assert (refused.status_code, "You wrote in two places" in refused.text, LONG.strip() in refused.text, "Sorry for it." in refused.text) == (
        422, True, True, True,
    )  # fmt: skip
    assert rami.post(mine, {"meant": "harmed", "words": "Sorry for it.", "seen": refused.context["seen"], "done": "1"}).status_code == 302
    again = rami.post(mine, {"meant": "harmed", "words": "Sorry for it.", "seen": second, "done": "1"})
    piece.refresh_from_db()
    assert (again.status_code, piece.stage, piece.words) == (302, Stage.GIVEN, "Sorry for it.")
    late = rami.post(mine, {"meant": "harmed", "words": LONG, "seen": first, "done": "0"})
    assert (late.status_code, "You gave it to us already" in late.text, LONG.strip() in late.text) == (422, True, True)
    piece.refresh_from_db()
    assert piece.words == "Sorry for it."


def test_where_the_way_was_shut_meanwhile_the_words_are_given_back(story, village):
    rami, at = village.enter(Client(), story.rami), reverse("my_writing")
    key = str(rami.get(at).context["form"]["form_key"].value())
    cases.choose_route(story.case, by=story.coordinator, how="conference", why="other")
    answer = rami.post(at, {"meant": "harmed", "words": LONG, "form_key": key, "done": "1"})
    assert (answer.status_code, "You cannot write just now" in answer.text, LONG.strip() in answer.text) == (422, True, True)
    assert Piece.objects.count() == 0


def test_pressed_twice_it_is_one_piece(story, village):
    rami, fadi, at = village.enter(Client(), story.rami), village.sign_in(Client(), "fadi"), reverse("my_writing")
    key = str(rami.get(at).context["form"]["form_key"].value())
    for done in ("0", "1", "1"):
        assert rami.post(at, {"meant": "harmed", "words": WORDS, "form_key": key, "done": done}).status_code == 302
    assert [(piece.stage, piece.words) for piece in Piece.objects.all()] == [(Stage.GIVEN, WORDS)]
    assert rami.post(at, {"meant": "harmed", "words": LONG, "form_key": key, "done": "1"}).status_code == 302
    assert Piece.objects.count() == 2
    noted = {"writer": str(story.hana.pk), "meant": "responsible", "kind": "message", "words": "Why me?", "form_key": str(uuid.uuid4())}
    for _press in range(2):
        assert fadi.post(reverse("piece_note", args=[story.case.ref]), noted).status_code == 302
    assert Piece.objects.filter(writer=story.hana).count() == 1


def test_not_this_one_leaves_the_others(story, village):
    first, second = offered(story), handed_in(story, "A second one.")
    hana, here = village.enter(Client(), story.hana), reverse("piece_here", args=[first.pk])
    assert [word for word in ("Read it", "Not now", "Not this one", "Nothing from the others, ever") if word not in hana.get(here).text] == []
    assert hana.post(reverse("piece_answer", args=[first.pk]), {"answer": "not_this"})["Location"] == reverse("my_exchange")
    first.refresh_from_db()
    assert (first.stage, queries.wants_nothing(story.hana), queries.for_me(story.hana)) == (Stage.KEPT, False, [])
    assert on_today(village, "fadi") == ["piece_given"]
    with pytest.raises(CannotExchange, match="do not want this one"):
        actions.offer(first, by=story.lead)
    with pytest.raises(Error), transaction.atomic():
        Piece.objects.filter(pk=first.pk).update(stage="offered")
    actions.offer(actions.keep(second, by=story.lead, receiver=story.hana), by=story.lead)
    assert queries.for_me(story.hana) == [second]
    page = hana.get(reverse("my_exchange")).text
    assert ("You said no to one" in page, "They are not told" in page) == (True, True)
    assert hana.post(reverse("my_wanting"), {"wants": "yes"}).status_code == 302
    assert ("You said no to one" in hana.get(reverse("my_exchange")).text, on_today(village, "fadi")) == (False, ["piece_kept"])
    assert actions.offer(first, by=story.lead).stage == Stage.OFFERED
    for other in (story.rami, story.sol):
        client = village.enter(Client(), other)
        assert client.post(reverse("piece_answer", args=[first.pk]), {"answer": "not_this"}).status_code == 404
    with pytest.raises(CannotExchange):
        actions.refuse(first, by=story.me("rami"))
    fadi = village.sign_in(Client(), "fadi")
    assert fadi.post(reverse("piece_hand_over", args=[first.pk]), {"said": "refused"}).status_code == 302
    first.refresh_from_db()
    assert first.stage == Stage.KEPT


def test_whoever_has_no_screen_is_told_by_one_of_us_why_it_came_back(story, village):
    piece = handed_in(story)
    actions.give_back(piece, by=story.lead, why="details")
    assert on_today(village, "fadi") == []
    Contact.objects.filter(person=story.rami.person).update(way="call")
    asked = {}
    for number in (1, 3):
        while Piece.objects.filter(stage=Stage.WRITING).count() < number:
            actions.give_back(handed_in(story, "More."), by=story.lead, why="long")
        with CaptureQueriesContext(connection) as captured:
            found = on_today(village, "fadi")
        asked[number] = (len(captured), found)
    assert asked[1][0] == asked[3][0]
    assert [found for _number, found in asked.values()] == [["piece_back"], ["piece_back"] * 3]
    fadi, at = village.sign_in(Client(), "fadi"), reverse("piece_brought", args=[piece.pk])
    assert "Tell Rami why it came back" in fadi.get(reverse("piece", args=[piece.pk])).text
    assert [village.sign_in(Client(), key).post(at).status_code for key in ("nour", "mina", "ada")] == [404] * 3
    assert village.enter(Client(), story.rami).post(at).status_code == 401
    assert not Said.objects.filter(what="brought").exists()
    assert [fadi.post(at).status_code, fadi.post(at).status_code] == [302, 422]
    assert on_today(village, "fadi") == ["piece_back"] * 2
