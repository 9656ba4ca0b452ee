"""What was called done is looked at, and whoever makes it is asked kindly for a little more, on their own page."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from setfair.agreements import actions, queries
from setfair.agreements.actions import CannotFollow
from setfair.agreements.models import Evidence, Item
from setfair.agreements.tests.renewing import renewed
from setfair.agreements.tests.test_remind import noon, reminders, run
from setfair.cases import actions as cases
from setfair.core.actor import Kind
from setfair.desk.needs import needs
from setfair.letters.models import Letter
from setfair.preparation import actions as preparation
from setfair.programmes.models import Membership
from setfair.village.time import at

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


def asked():
    return Evidence.objects.filter(asks=True).count(), Letter.objects.filter(key__startswith="promise_one_more:").count()


def test_whoever_is_let_be_is_asked_nothing(holding, sent):
    preparation.withdraw(holding.rami, by=holding.me("rami"))
    with pytest.raises(CannotFollow, match="stopped or left"):
        actions.ask_again(sent, by=holding.lead, words=WORDS)
    assert (holding.items()[0].stage, asked()) == ("kept", (0, 0))


def test_nobody_is_asked_while_the_case_rests(holding, sent):
    cases.hold(holding.case, by=holding.coordinator, reason="away")
    with pytest.raises(CannotFollow, match="While this rests"):
        actions.ask_again(sent, by=holding.lead, words=WORDS)
    cases.lift(holding.case, by=holding.coordinator)
    actions.ask_again(sent, by=holding.lead, words=WORDS)
    assert asked() == (1, 1)


def test_after_two_askings_somebody_talks_with_them(holding, sent):
    for number in (1, 2):
        actions.ask_again(holding.items()[0], by=holding.lead, words=WORDS)
        assert asked() == (number, number)
        actions.send_proof(holding.items()[0], by=holding.me("rami"), words="Here it is.")
    with pytest.raises(CannotFollow, match="twice already"):
        actions.ask_again(holding.items()[0], by=holding.lead, words=WORDS)
    with pytest.raises(IntegrityError, match="twice at most"), transaction.atomic():
        Evidence.objects.create(item=sent, case=holding.case, words="x", by_kind=Kind.STAFF, by=holding.lead.id, asks=True)
    assert (holding.items()[0].stage, asked()) == ("kept", (2, 2))


@pytest.mark.parametrize(
    ("days", "went"),
    [(-9, ["promise_one_more", "promise_soon", "promise_past"]), (-2, ["promise_one_more", "promise_past"]), (2, ["promise_one_more"])],
)
def test_no_letter_goes_by_itself_beside_it_about_a_day_since_which_somebody_asked(holding, sent, days, went):
    Item.objects.filter(pk=sent.pk).update(due_on=timezone.localdate() + timedelta(days=20))
    Item.objects.filter(pk=holding.items()[1].pk).update(due_on=timezone.localdate() + timedelta(days=200))
    item = holding.items()[0]
    with at(noon(item.due_on + timedelta(days=days))):
        actions.ask_again(item, by=holding.lead, words=WORDS)
    for day in range(days, 12):
        moment = noon(item.due_on + timedelta(days=day))
        run(moment.replace(hour=12, minute=30))
        with at(moment.replace(hour=12, minute=40)):
            assert (queries.wanting_a_word(10), [queries.passed(holding.items()[0])]) == ([], [str(item.pk) if days < 0 < day else ""])
    assert reminders() == went


def test_whoever_answers_for_a_body_is_told_and_where_nobody_does_nobody_is_asked(village, holding, sent, client):
    Item.objects.filter(pk=sent.pk).update(owner=None, answers=holding.lead.id)
    page = village.sign_in(client, "fadi")
    said = page.post(reverse("item_ask_again", args=[sent.pk]), {"words": WORDS}, follow=True).content.decode()
    assert ("Whoever answers for it is told." in said, asked()) == (True, (1, 1))
    letter = Letter.objects.get(key__startswith="promise_one_more:")
    assert (letter.reader_id, letter.address, "a little more" in letter.body) == (village.fadi.pk, village.fadi.email, True)
    actions.keep(holding.items()[0], by=holding.coordinator)
    Membership.objects.filter(user=village.fadi).update(ended_at=timezone.now())
    with pytest.raises(CannotFollow, match="stopped or left"):
        actions.ask_again(holding.items()[0], by=holding.coordinator, words=WORDS)


def test_what_was_asked_of_a_promise_that_is_left_out_goes_to_nobody(holding, sent):
    actions.ask_again(sent, by=holding.lead, words=WORDS)
    agreement = renewed(holding)
    actions.strike(agreement.items.order_by("order").first(), by=holding.lead)
    actions.present(agreement, by=holding.lead)
    holding.sign_all()
    assert [letter.stage for letter in Letter.objects.filter(key__startswith="promise_one_more:")] == ["withdrawn"]


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
