"""A person harmed chooses how much they want to hear, and changes it any day."""

import re
from datetime import timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from setfair.agreements import actions as agreements
from setfair.cases import actions as cases
from setfair.cases.journey import Stage
from setfair.cases.models import Case, Participation
from setfair.journal.journey import move
from setfair.journal.models import Entry
from setfair.outcomes import actions, queries
from setfair.outcomes.home import owed_card, wish_card
from setfair.outcomes.models import News, NewsWish
from setfair.preparation import actions as preparation
from setfair.programmes.reasons import Reason
from setfair.village.time import at

pytestmark = pytest.mark.django_db
ASKED = "Some things were promised. You choose what we tell you."


def wish(story, choice, **said):
    return actions.wish_news(story.hana, by=said.pop("by", story.me("hana")), choice=choice, **said)


def enough(story):
    return [each.enough for each in queries.told(Case.objects.get(pk=story.case.pk))]


def test_they_choose_on_their_own_page_and_change_it_any_day(holding, village, client):
    page = reverse("my_news")
    assert ASKED in village.enter(client, holding.hana).get(reverse("home")).text
    for choice in ("none", "each", "wrong", "end"):
        assert client.post(page, {"choice": choice}).url == reverse("home")
        assert re.findall(r'value="(\w+)"[^>]* checked', client.get(page).text) == [choice]
    rows = list(NewsWish.objects.order_by("at", "id").values_list("choice", "method", "by_kind", "by"))
    assert rows == [(choice, "own", "participant", holding.hana.pk) for choice in ("none", "each", "wrong", "end")]
    assert (client.post(page, {}).status_code, client.post(page, {"choice": "all"}).status_code, NewsWish.objects.count()) == (422, 422, 4)
    assert "Tell me once, at the end" in client.get(reverse("home")).text


def test_the_same_again_is_no_new_row_and_each_choice_is_a_line_of_the_journal(holding):
    assert wish(holding, "each") == wish(holding, "each")
    wish(holding, "end")
    assert [(NewsWish.objects.count(), Entry.objects.filter(verb="wished_news").count())] == [(2, 2)]


def test_it_is_asked_once_and_not_of_who_stopped_or_wanted_none(holding, told):
    card = wish_card(holding.hana)
    assert (card.words, card.is_your_turn, wish_card(holding.rami)) == (ASKED, True, None)
    told(holding, way=News.Way.NOT_WANTED)
    assert (wish_card(holding.hana).is_your_turn, wish_card(holding.hana).words.startswith("We wrote down")) == (False, True)
    wish(holding, "each")
    assert (wish_card(holding.hana).is_your_turn, wish_card(holding.hana).is_done) == (False, True)


def test_one_who_stopped_is_not_pressed_to_choose(holding):
    preparation.withdraw(holding.hana, by=holding.me("hana"))
    assert wish_card(Participation.objects.get(pk=holding.hana.pk)).is_your_turn is False


def test_nobody_else_chooses_for_them(holding, village):
    with pytest.raises(actions.CannotWish, match="Only they"):
        wish(holding, "none", by=holding.me("rami"))
    for person in (holding.rami, holding.gail):
        with pytest.raises(actions.CannotWish, match="whoever was harmed"):
            actions.wish_news(person, by=village.as_participant(person), choice="none")
    assert village.enter(Client(), holding.rami).get(reverse("my_news")).url == reverse("home")
    assert not NewsWish.objects.exists()


@pytest.mark.parametrize(("who", "status"), [("cora", 302), ("fadi", 302), ("mina", 404), ("sven", 404), ("ines", 404), ("ada", 404), ("nour", 404)])
def test_the_team_writes_down_what_somebody_said(holding, village, client, who, status):
    village.sign_in(client, who)
    answer = client.post(reverse("news_choice", args=[holding.hana.pk]), {"choice": "wrong", "method": "said"})
    assert answer.status_code == status
    assert list(NewsWish.objects.values_list("choice", "method", "by_kind")) == ([("wrong", "said", "staff")] if status == 302 else [])


def test_the_team_says_how_it_knows(holding, village, client):
    village.sign_in(client, "fadi")
    there = reverse("news_choice", args=[holding.hana.pk])
    assert [client.post(there, {"choice": "none"}).status_code, client.post(there, {"choice": "none", "method": "own"}).status_code] == [422, 422]
    with pytest.raises(actions.CannotWish):
        wish(holding, "none", by=holding.lead)
    client.post(there, {"choice": "none", "method": "paper"})
    assert "Wants no news" in client.get(reverse("news", args=[holding.case.ref])).text
    assert "One of the team wrote down what you said" in village.enter(Client(), holding.hana).get(reverse("my_news")).text


def test_before_anything_holds_there_is_nothing_to_choose(met):
    with pytest.raises(actions.CannotWish):
        wish(met, "each")
    assert wish_card(met.hana) is None


def test_while_they_prepare_to_meet_again_it_can_still_be_another_choice(holding):
    wish(holding, "none")
    move(holding.case, Stage.PREPARING, by=holding.coordinator)
    wish(holding, "each")
    assert list(NewsWish.objects.order_by("at", "id").values_list("choice", flat=True)) == ["none", "each"]


def test_once_it_is_closed_nobody_chooses(kept):
    kept.tell_and_close()
    with pytest.raises(actions.CannotWish):
        wish(kept, "each")


def test_who_wants_nothing_is_owed_nothing_and_the_case_closes_without_a_press_of_ours(kept):
    assert enough(kept) == [False]
    wish(kept, "none")
    assert (enough(kept), owed_card(kept.hana)) == ([True], None)
    actions.close(Case.objects.get(pk=kept.case.pk), by=kept.coordinator, reason=Reason.COMPLETED)


def test_who_wants_something_again_is_owed_all_that_happened_since(kept, told):
    wish(kept, "none")
    wish(kept, "end")
    assert enough(kept) == [False]
    told(kept)
    assert enough(kept) == [True]


def test_what_the_team_wrote_down_gives_way_to_what_they_say_themselves(kept, told):
    told(kept, way=News.Way.NOT_WANTED)
    assert enough(kept) == [True]
    wish(kept, "end")
    assert enough(kept) == [False]
    with pytest.raises(actions.CannotTell, match="how much they want to hear"):
        told(kept, way=News.Way.NOT_WANTED)


@pytest.mark.parametrize("way", [News.Way.LETTER, News.Way.PAGE])
def test_nothing_is_sent_to_who_wants_nothing(kept, told, way):
    wish(kept, "none")
    with pytest.raises(actions.CannotTell, match="They want no news"):
        told(kept, way=way, words="How it went.")
    assert told(kept, way=News.Way.VOICE).way == "voice"


@pytest.mark.parametrize(("steps", "is_enough"), [(("verify", "verify"), True), (("verify", "partly"), False), (("miss", "verify"), False)])
def test_who_wants_to_hear_only_of_what_goes_wrong_is_told_of_that_alone(holding, settle, told, steps, is_enough):
    wish(holding, "wrong")
    settle(holding, *steps)
    assert enough(holding) == [is_enough]
    told(holding)
    assert enough(holding) == [True]


def test_after_what_went_wrong_was_told_what_is_kept_then_is_no_news_to_them(holding, told):
    wish(holding, "wrong")
    first = holding.items()[0]
    agreements.miss(first, by=holding.lead)
    told(holding)
    agreements.keep(first, by=holding.lead)
    agreements.verify(first, by=holding.lead)
    assert enough(holding) == [True]


def test_one_who_left_is_owed_nothing_and_chooses_nothing(holding):
    wish(holding, "each")
    cases.let_go(holding.hana, by=holding.coordinator)
    assert queries.told(Case.objects.get(pk=holding.case.pk)) == []
    with pytest.raises(actions.CannotWish):
        actions.wish_news(Participation.objects.get(pk=holding.hana.pk), by=holding.lead, choice="none", method="said")


@pytest.mark.parametrize("verb", ["UPDATE outcomes_newswish SET choice = 'none'", "DELETE FROM outcomes_newswish", "TRUNCATE outcomes_newswish"])
def test_the_database_keeps_each_choice(holding, verb):
    wish(holding, "each")
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(verb)


def test_the_database_takes_a_choice_of_who_was_harmed_alone_and_in_the_right_name(holding):
    ours = {"choice": "none", "method": "said", "by_kind": "staff", "by": holding.lead.id}
    for said in (
        ours | {"participation": holding.rami},
        ours | {"participation": holding.hana, "method": "own"},
        ours | {"participation": holding.hana, "method": "own", "by_kind": "participant", "by": holding.rami.pk},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            NewsWish.objects.create(**said)


def test_a_later_choice_counts_at_whatever_hour_it_is_made(kept):
    with at(timezone.now() + timedelta(days=2)):
        wish(kept, "none")
    with at(timezone.now() + timedelta(days=3)):
        wish(kept, "each")
        assert enough(kept) == [False]
