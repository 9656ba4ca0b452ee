"""What was called done is looked at, and whoever makes it is asked kindly for a little more, on their own page."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from setfair.agreements import actions, queries
from setfair.agreements.actions import CannotFollow
from setfair.agreements.models import Evidence
from setfair.core.actor import Kind
from setfair.desk.needs import needs
from setfair.letters.models import Letter
from setfair.preparation import actions as preparation

pytestmark = pytest.mark.django_db
WORDS = "Thank you for the picture. Could you send the other side of it too? Fadi can help."


@pytest.fixture
def sent(holding):
    """Rami has said that his letter is written."""
    letter = holding.items()[0]
    actions.send_proof(letter, by=holding.me("rami"), words="It is done.")
    return letter


def test_it_is_open_again_and_its_owner_reads_what_is_missing(village, holding, sent, client):
    actions.ask_again(sent, by=holding.lead, words=WORDS)
    assert (holding.items()[0].stage, Letter.objects.filter(key__startswith="promise_one_more:").count()) == ("promised", 1)
    page = village.enter(client, holding.rami)
    shown = page.get(reverse("proof", args=[sent.pk])).content.decode()
    assert ("We looked at it, and ask you" in shown, WORDS in shown) == (True, True)
    body = Letter.objects.get(key__startswith="promise_one_more:").body
    assert not any(word in body for word in ("Rami", "letter", "picture", "Hana"))
    actions.send_proof(sent, by=holding.me("rami"), words="Here it is.")
    assert "We looked at it, and ask you" not in page.get(reverse("proof", args=[sent.pk])).content.decode()


def test_nobody_else_of_the_circle_reads_it_and_a_note_of_the_team_stays_its_own(village, holding, sent, client):
    actions.talk(holding.items()[1], by=holding.lead, words="A note of ours.")
    actions.ask_again(sent, by=holding.lead, words=WORDS)
    assert [said.words for said in queries.own_words(sent, holding.rami.pk)] == [WORDS, "It is done."]
    assert [said.words for said in queries.own_words(holding.items()[1], holding.rami.pk)] == []
    page = village.enter(client, holding.hana)
    assert page.get(reverse("proof", args=[sent.pk])).status_code == 404


def test_today_asks_nobody_to_check_or_to_talk_while_its_owner_is_asked(village, holding, sent):
    def told():
        return [need.sentence for need in needs(village.actor("fadi"), village.school).rows if "call" not in need.sentence]

    before = told()
    actions.ask_again(sent, by=holding.lead, words=WORDS)
    assert set(before) - set(told()) != set()


def test_without_words_or_where_nobody_called_it_done_nothing_is_asked(holding, sent):
    with pytest.raises(CannotFollow, match="what is still missing"):
        actions.ask_again(sent, by=holding.lead, words="  ")
    with pytest.raises(CannotFollow, match="Nobody has called this done"):
        actions.ask_again(holding.items()[1], by=holding.lead, words=WORDS)


def test_whoever_is_let_be_gets_no_letter_and_finds_the_words_on_their_page(holding, sent):
    preparation.withdraw(holding.rami, by=holding.me("rami"))
    actions.ask_again(sent, by=holding.lead, words=WORDS)
    assert Letter.objects.filter(key__startswith="promise_one_more:").count() == 0
    assert queries.own_words(sent, holding.rami.pk)[0].words == WORDS


def test_only_the_team_asks_in_the_database_too(holding, sent):
    with pytest.raises(IntegrityError, match="evidence_team_asks"), transaction.atomic():
        Evidence.objects.create(item=sent, case=holding.case, words="x", by_kind=Kind.PARTICIPANT, by=holding.rami.pk, asks=True)


@pytest.mark.parametrize(("who", "status"), [("fadi", 302), ("mina", 404), ("sven", 404)])
def test_who_may_ask(village, holding, sent, client, who, status):
    answer = village.sign_in(client, who).post(reverse("item_ask_again", args=[sent.pk]), {"words": WORDS})
    assert (answer.status_code, holding.items()[0].stage) == (status, "promised" if status == 302 else "kept")


def test_a_form_without_words_says_so(village, holding, sent, client):
    answer = village.sign_in(client, "fadi").post(reverse("item_ask_again", args=[sent.pk]), {"words": ""})
    assert (answer.status_code, holding.items()[0].stage) == (422, "kept")
