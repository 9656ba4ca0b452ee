"""Words that whoever asked adds later reach whoever answers for it, however far it has come."""

import pytest
from django.urls import reverse

from setfair.cases import actions as cases
from setfair.cases.journey import Stage
from setfair.core.actor import Actor, Kind
from setfair.desk.tests.todays import rules, told
from setfair.letters.models import Letter
from setfair.programmes.models import Membership, Role
from setfair.referrals import actions
from setfair.village.story import asked

pytestmark = pytest.mark.django_db

WORDS = "He said he will hurt me. I am scared."


def add(referral, words=WORDS):
    return actions.add(referral, by=Actor(Kind.REFERRER, referral.programme_id, referral.pk), words=words)


def alerts():
    return sorted(letter.address for letter in Letter.objects.filter(key__startswith="added:"))


@pytest.mark.parametrize("stage", [Stage.PREPARING, Stage.FOLLOWING_UP, Stage.CLOSED])
def test_at_every_stage_of_the_case_it_stands_first_on_today_of_the_coordinator_and_the_lead(village, stage, at_stage, client):
    with village.inside():
        story = at_stage
        cases_page = reverse("case", args=[story.case.ref])
        add(story.referral)
        assert alerts() == sorted([village.cora.email, village.fadi.email])
    need = told(village)[0]
    assert (need.sentence, need.url, need.tag) == (
        "Whoever asked has told us something more",
        reverse("request", args=[story.referral.ref]),
        "safety",
    )
    assert (told(village, "fadi")[0].url, told(village, "fadi")[0].tag) == (cases_page, "safety")
    assert [r for who in ("mina", "ines", "ada", "nour", "lena") for r in rules(village, who) if r.startswith("added")] == []
    village.sign_in(client, "cora").get(reverse("request", args=[story.referral.ref]))
    assert [r for who in ("cora", "sven", "fadi") for r in rules(village, who) if r.startswith("added")] == []


def test_it_stands_on_the_case_page_and_in_the_history(village, client, browser_clients, at_preparing):
    with village.inside():
        story = at_preparing
        add(story.referral)
    for who in ("cora", "fadi"):
        page = village.sign_in(browser_clients(), who).get(reverse("case", args=[story.case.ref])).content.decode()
        assert (WORDS in page, "Not read by the coordinator yet" in page) == (True, True)
        history = village.sign_in(browser_clients(), who).get(reverse("case_history", args=[story.case.ref])).content.decode()
        assert "Something was added to the request." in history
    assert "added" in rules(village)
    assert village.sign_in(browser_clients(), "mina").get(reverse("case", args=[story.case.ref])).status_code == 404


def test_also_while_the_case_rests(village, at_preparing):
    with village.inside():
        story = at_preparing
        cases.hold(story.case, by=story.coordinator, reason="asked")
        add(story.referral)
    assert (rules(village)[0], rules(village, "fadi")[0]) == ("added", "added_here")


def test_before_it_is_answered_every_coordinator_is_told_to_look_once_a_day_and_not_at_what(village):
    with village.inside():
        Membership.objects.create(user=village.mina, role=Role.COORDINATOR)
        referral, _code = asked(village)
        add(referral)
        add(referral, "And tomorrow is the trip.")
        assert alerts() == sorted([village.cora.email, village.mina.email])
        letter = Letter.objects.filter(key__startswith="added:").first()
        assert (letter.subject, "hurt" in letter.body, "R-" in letter.body) == ("Something new for you", False, False)
    assert rules(village) == ["added"]


def test_somebody_who_is_kept_out_of_the_case_hears_nothing(village, at_preparing):
    with village.inside():
        story = at_preparing
        Membership.objects.create(user=village.mina, role=Role.COORDINATOR)
        cases.hand_over(story.case, by=story.coordinator, to=village.mina)
        cases.keep_out(story.case, by=village.actor("mina"), user=village.cora, why="self")
        add(story.referral)
        assert village.cora.email not in alerts()
    assert [r for r in rules(village) if r.startswith("added")] == []
