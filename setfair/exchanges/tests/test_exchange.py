"""Written, read by the team, kept in trust, handed over to who wants it; and nobody learns what became of what they wrote."""

import pytest
from django.db import Error, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from setfair.cases import actions as cases
from setfair.cases.journey import Stage as CaseStage
from setfair.desk.history import history
from setfair.exchanges import actions, queries
from setfair.exchanges.actions import CannotExchange
from setfair.exchanges.journey import Stage
from setfair.exchanges.models import Piece, Said
from setfair.journal.journey import WrongStep
from setfair.journal.models import Entry
from setfair.letters.models import Letter
from setfair.preparation import actions as preparation
from setfair.preparation.home import cards

WORDS = "I am sorry about your bike."


def handed_in(story, words=WORDS):
    piece = actions.write(story.rami, by=story.me("rami"), meant="harmed", kind="letter", words=words)
    return actions.hand_in(piece, by=story.me("rami"))


def offered(story):
    piece = actions.keep(handed_in(story), by=story.lead, receiver=story.hana)
    return actions.offer(piece, by=story.lead)


def told(me):
    return [mine.told for mine in queries.written_by(me)]


def titles(me):
    """Of the last card, before the sheet and the team that everybody has."""
    return [card.title for card in cards(me) if card.href not in (reverse("my_sheet"), reverse("helpers"))][-1]


def test_from_the_first_word_to_the_hand_it_is_for(story):
    piece = actions.write(story.rami, by=story.me("rami"), meant="harmed", kind="letter", words="Sorry.")
    assert queries.line_of(piece) is None and queries.pieces_of(story.case) == []
    actions.change(piece, by=story.me("rami"), meant="harmed", kind="letter", words=WORDS)
    actions.hand_in(piece, by=story.me("rami"))
    actions.give_back(piece, by=story.lead, why="details", words="Please leave out the street.")
    assert [mine.returned.words for mine in queries.written_by(story.rami)] == ["Please leave out the street."]
    actions.hand_in(piece, by=story.me("rami"))
    with pytest.raises(CannotExchange):
        actions.change(piece, by=story.me("rami"), meant="harmed", kind="letter", words="Another")
    actions.keep(piece, by=story.lead, receiver=story.hana)
    with pytest.raises(WrongStep):
        actions.read(piece, by=story.me("hana"))
    said = told(story.rami)
    assert titles(story.hana) == "What you want to say" and queries.for_me(story.hana) == []
    actions.offer(piece, by=story.lead)
    assert titles(story.hana) == "Something for you is here"
    actions.not_now(piece, by=story.me("hana"))
    assert titles(story.hana) == "Something for you waits here"
    actions.read(piece, by=story.me("hana"))
    assert (piece.stage, queries.piece_for(story.hana, piece.pk).words) == (Stage.DELIVERED, WORDS)
    assert told(story.rami) == said == ["You gave it to us. We hand it over if they want it. We do not tell you if or when."]
    actions.thank(piece, by=story.me("hana"))
    assert told(story.rami) == ["You gave it to us. They have it, and wanted you to know."]
    with pytest.raises(Error), transaction.atomic():
        Piece.objects.filter(pk=piece.pk).update(writer=story.sol)
    keys = [key.partition(":")[0] for key in Letter.objects.filter(reader_id=story.hana.person_id).values_list("key", flat=True)]
    assert keys.count("note") == 1
    journal = str(list(Entry.objects.filter(case_id=story.case.pk).values_list("verb", "detail")))
    assert "sorry" not in journal.lower() and "street" not in journal
    assert "What Rami wrote was handed over." in [moment.sentence for moment in history(story.case, before="", readings=False).moments]


def test_nothing_passes_to_who_does_not_want_it_or_has_stopped_or_is_kept_apart(story):
    piece = offered(story)
    actions.want(story.hana, by=story.me("hana"), wants="never")
    piece.refresh_from_db()
    assert (piece.stage, queries.for_me(story.hana)) == (Stage.KEPT, [])
    with pytest.raises(CannotExchange) as refused:
        actions.offer(piece, by=story.lead)
    assert str(refused.value) == "They said that they want nothing from the others. It stays in trust until they say otherwise."
    with pytest.raises(Error), transaction.atomic():
        Piece.objects.filter(pk=piece.pk).update(stage="offered")
    actions.want(story.hana, by=story.me("hana"), wants="yes")
    actions.offer(piece, by=story.lead)
    preparation.withdraw(story.rami, by=story.me("rami"))
    assert (queries.for_me(story.hana), queries.may_write(story.rami)) == ([], False)
    with pytest.raises(CannotExchange) as refused:
        actions.read(piece, by=story.me("hana"))
    assert str(refused.value) == "Rami has stopped for now."
    preparation.consent(story.rami, by=story.me("rami"), answer="yes", method="own")
    story.declare_ready()
    assert queries.for_me(story.hana) == [piece]
    cases.choose_route(story.case, by=story.coordinator, how="conference", why="other")
    assert queries.for_me(story.hana) == []
    with pytest.raises(CannotExchange) as refused:
        actions.hand_over(piece, by=story.lead)
    assert str(refused.value) == "They mean to meet or to talk here. What was written stays with us."
    cases.choose_route(story.case, by=story.coordinator, how="letters", why="other")
    story.declare_ready()
    cases.bar_contact(story.case, by=story.coordinator, one=story.hana, other=story.rami, by_order=True)
    assert (story.case.stage, queries.for_me(story.hana), story.hana in queries.readers_of(piece)) == (CaseStage.PREPARING, [], False)
    with pytest.raises(CannotExchange):
        actions.hand_over(piece, by=story.lead)


def test_taking_back_tells_nobody_whether_it_was_read(story):
    first, second = offered(story), handed_in(story, "A second one.")
    actions.read(first, by=story.me("hana"))
    for piece in (first, second):
        actions.take_back(piece, by=story.me("rami"))
        actions.take_back(piece, by=story.me("rami"))
    assert told(story.rami) == ["You took it back."] * 2
    assert [mine.can_take_back for mine in queries.written_by(story.rami)] == [False, False]
    assert (first.stage, second.stage, Said.objects.filter(what="recalled").count()) == (Stage.DELIVERED, Stage.TAKEN_BACK, 1)
    with pytest.raises(CannotExchange):
        actions.take_back(first, by=story.me("sol"))


def test_what_the_team_wrote_down_is_read_by_somebody_else(story, village):
    piece = actions.note_down(story.hana, by=story.lead, meant="responsible", kind="message", words="Why me?")
    with pytest.raises(CannotExchange) as refused:
        actions.keep(piece, by=story.lead, receiver=story.rami)
    assert str(refused.value) == "You wrote this down for them. Somebody else of the team reads it first."
    actions.keep(piece, by=story.coordinator, receiver=story.rami)
    actions.offer(piece, by=story.lead)
    actions.hand_over(piece, by=story.lead)
    assert (piece.stage, [p.words for p in queries.for_me(story.rami)]) == (Stage.DELIVERED, ["Why me?"])
    with pytest.raises(CannotExchange):
        actions.note_down(story.hana, by=story.lead, meant="interpreter", kind="message", words="Hello")


def test_who_may_read_it_and_it_is_all_done_on_their_pages(story, village):
    piece = handed_in(story)
    one, every = reverse("piece", args=[piece.pk]), reverse("exchanges", args=[story.case.ref])
    seen = {who: village.sign_in(Client(), who).get(one).status_code for who in ("cora", "fadi", "sven", "ada", "ines", "nour", "lena", "mina")}
    assert seen == {"cora": 200, "fadi": 200, "sven": 404, "ada": 404, "ines": 404, "nour": 404, "lena": 404, "mina": 404}
    fadi, hana, rami, sol = village.sign_in(Client(), "fadi"), *(village.enter(Client(), story.people[key]) for key in ("hana", "rami", "sol"))
    assert WORDS in fadi.get(one).content.decode() and fadi.get(every).status_code == 200
    here, mine = reverse("piece_here", args=[piece.pk]), reverse("my_piece", args=[piece.pk])
    assert [who.get(here).status_code for who in (hana, rami, sol)] == [404] * 3
    assert [who.get(mine).status_code for who in (hana, rami, sol)] == [404, 200, 404]
    assert fadi.post(reverse("piece_keep", args=[piece.pk]), {"receiver": str(story.hana.pk)}).status_code == 302
    assert fadi.post(reverse("piece_offer", args=[piece.pk])).status_code == 302
    before = rami.get(reverse("my_exchange")).content
    assert WORDS not in hana.get(here).content.decode()
    assert hana.post(reverse("piece_answer", args=[piece.pk]), {"answer": "read"})["Location"] == here
    assert WORDS in hana.get(here).content.decode()
    assert (
        rami.get(reverse("my_exchange")).content.decode().count("We do not tell you if or when")
        == before.decode().count("We do not tell you if or when")
        == 1
    )
    assert [who.get(here).status_code for who in (rami, sol)] == [404, 404]
    written = {"meant": "responsible", "words": "Thank you for it.", "done": "1"}
    assert hana.post(reverse("my_writing"), written)["Location"] == reverse("my_exchange")
    assert Piece.objects.get(writer=story.hana).stage == Stage.GIVEN
    assert hana.post(reverse("my_writing"), {"meant": "responsible", "words": ""}).status_code == 422
    asked = {}
    for number in (1, 2, 4):
        while Piece.objects.filter(writer=story.rami).count() < number:
            handed_in(story, "More.")
        with CaptureQueriesContext(connection) as captured:
            fadi.get(every)
        asked[number] = len(captured)
    assert asked[2] == asked[4]
