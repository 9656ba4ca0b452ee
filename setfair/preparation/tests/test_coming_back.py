"""Whoever stopped, by mistake or not, finds a calm way to be called; nothing starts again until they say yes anew."""

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone

from setfair.cases.journey import Stage
from setfair.desk.tests.todays import rules
from setfair.journal.models import Entry
from setfair.letters.models import Letter
from setfair.preparation import actions
from setfair.preparation.models import CallWish, Consent
from setfair.preparation.queries import answer_of

pytestmark = pytest.mark.django_db
ASK, CALLED = "Ask us to call me", "you asked us to call you"


@pytest.fixture
def story(village, at_scheduled):
    with village.inside():
        actions.withdraw(at_scheduled.hana, by=at_scheduled.me("hana"))
        yield at_scheduled


def home(client):
    return client.get(reverse("home")).content.decode()


def test_their_own_page_says_that_they_stopped_and_offers_a_call(client, village, story):
    village.enter(client, story.hana)
    page = home(client)
    assert ("You have stopped for now" in page, "Nobody was told why." in page, ASK in page) == (True, True, True)
    assert client.post(reverse("call_me"))["Location"] == reverse("home")
    page = home(client)
    assert (CALLED in page, ASK in page) == (True, False)


def test_the_wish_is_no_yes_and_moves_nothing(client, village, story):
    rows = list(Consent.objects.order_by("at").values_list("pk", "answer"))
    village.enter(client, story.hana).post(reverse("call_me"))
    assert list(Consent.objects.order_by("at").values_list("pk", "answer")) == rows
    assert (answer_of(story.hana).answer, story.case.stage) == ("withdrawn", Stage.PREPARING)


def test_today_names_it_in_place_of_the_stop_until_they_have_been_talked_with(village, story):
    ours = {"asked_back", "stopped"}
    assert [rule for rule in rules(village) if rule in ours] == ["stopped"]
    actions.ask_call(story.hana, by=story.me("hana"))
    assert {who: [rule for rule in rules(village, who) if rule in ours] for who in ("cora", "fadi", "mina", "ada", "nour")} == {
        "cora": ["asked_back"], "fadi": ["asked_back"], "mina": [], "ada": [], "nour": [],
    }  # fmt: skip
    actions.meet(story.hana, by=story.lead, held_on=timezone.localdate())
    assert [rule for rule in rules(village) if rule in ours] == ["stopped"]


def test_a_yes_given_anew_on_their_own_page_leaves_the_wish_until_we_have_talked(client, village, story):
    village.enter(client, story.hana).post(reverse("call_me"))
    client.post(reverse("choice_said"), {"take_part": "on", "notes": "on", "outcome": "on"})
    assert answer_of(story.hana).answer == "yes"
    assert "You have stopped for now" not in home(client)
    ours = ("asked_call", "asked_back", "stopped")
    assert ([rule for rule in rules(village) if rule in ours], CALLED in home(client)) == (["asked_call"], True)
    actions.consent(story.hana, by=story.lead, answer="yes")
    assert ([rule for rule in rules(village) if rule in ours], CALLED in home(client)) == ([], False)
    actions.withdraw(story.hana, by=story.me("hana"))
    assert ASK in home(client)


def test_asked_twice_it_is_one_and_the_coordinator_is_told_once(story):
    assert actions.ask_call(story.hana, by=story.me("hana")) == actions.ask_call(story.hana, by=story.me("hana"))
    wish = CallWish.objects.get()
    told = Letter.objects.filter(key__startswith=f"look:{wish.pk}").values_list("reader_id", flat=True)
    assert set(told) == {story.village.users[who].pk for who in ("cora", "fadi")}
    line = Entry.objects.get(verb="asked_back")
    assert (line.actor_id, line.subject_id) == (story.hana.pk, str(story.hana.pk))


def test_the_team_reads_it_on_the_persons_page_and_nobody_else_of_the_circle_does(client, village, story):
    actions.ask_call(story.hana, by=story.me("hana"))
    assert "They asked on" in village.sign_in(client, "fadi").get(reverse("person", args=[story.hana.pk])).content.decode()
    for who in ("rami", "sol", "gail"):
        page = home(village.enter(client, story.people[who]))
        assert (ASK in page, CALLED in page, "You have stopped for now" in page) == (False, False, False)


def test_whoever_has_not_stopped_asks_for_a_call_too_and_keeps_their_answer(client, village, story):
    village.enter(client, story.rami)
    assert client.post(reverse("call_me"))["Location"] == reverse("home")
    page = home(client)
    assert (CALLED in page, "Until then, nothing starts again." in page, answer_of(story.rami).answer) == (True, False, "yes")
    assert (CallWish.objects.get().participation, "asked_call" in rules(village)) == (story.rami, True)


def test_a_guardian_who_stopped_for_another_is_called_themselves(client, village, story):
    actions.withdraw(story.rami, by=story.me("gail"))
    assert ASK in home(village.enter(client, story.gail))
    client.post(reverse("call_me"))
    assert (CallWish.objects.get().participation, CALLED in home(client)) == (story.gail, True)
    assert sorted(rule for rule in rules(village) if rule in ("asked_back", "stopped")) == ["asked_back", "stopped"]
    assert ASK not in home(village.enter(client, story.rami))


def test_it_is_a_fact(story):
    wish = actions.ask_call(story.hana, by=story.me("hana"))
    for act in (lambda rows: rows.update(by_kind="staff"), lambda rows: rows.delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            act(CallWish.objects.filter(pk=wish.pk))
