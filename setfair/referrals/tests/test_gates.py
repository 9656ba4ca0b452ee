"""A no to what must be fine: it stops a request until a supervisor has written why it can go on, and the circle until it is settled."""

import pytest
from django.urls import reverse

from setfair.cases.journey import Stage as CaseStage
from setfair.cases.models import Case
from setfair.desk.tests.todays import rules
from setfair.journal.models import Entry
from setfair.preparation import actions as preparation
from setfair.preparation import queries as readiness
from setfair.preparation.models import Override
from setfair.referrals import actions
from setfair.referrals.journey import Stage
from setfair.referrals.models import CHECKS as LINES
from setfair.referrals.models import HARD, Clearance, Referral
from setfair.village.story import CHECKS, Story, case_at

from .asks import ask

pytestmark = pytest.mark.django_db

ALL_NO = {code: "no" for code, _words in LINES}
WHY = "The order was varied on Monday; the copy is on file."


def stands_at(referral):
    return Referral.objects.get(pk=referral.pk).stage


@pytest.mark.parametrize("line", HARD)
def test_one_no_to_what_must_be_fine_stops_it_whatever_the_note_says(village, line):
    with village.inside():
        referral, _code = ask(village.school)
        with pytest.raises(actions.CannotScreen, match="A supervisor looks at it first"):
            actions.accept(referral, by=village.actor("cora"), checks=CHECKS | {line: "no"}, note="It is fine, I think.")
        assert (stands_at(referral), Case.objects.count()) == (Stage.RECEIVED, 0)


def test_the_word_of_a_supervisor_opens_it_and_of_nobody_else(village, client, browser_clients):
    with village.inside():
        referral, _code = ask(village.school)
    clear, accept = (reverse(name, args=[referral.ref]) for name in ("request_clear", "request_accept"))
    for who in ("cora", "ada", "fadi", "nour"):
        assert village.sign_in(browser_clients(), who).post(clear, {"reason": WHY}).status_code == 404
    cora = village.sign_in(browser_clients(), "cora")
    refused = cora.post(accept, ALL_NO)
    assert (refused.status_code, "A supervisor looks at it first" in refused.content.decode()) == (422, True)
    sven = village.sign_in(client, "sven")
    assert sven.post(clear, {"reason": "  "}).status_code == 422
    assert sven.post(clear, {"reason": WHY}).status_code == 302
    assert WHY in cora.get(reverse("request", args=[referral.ref])).content.decode()
    assert cora.post(accept, ALL_NO).status_code == 302
    with village.inside():
        assert (stands_at(referral), Clearance.objects.get().by) == (Stage.ACCEPTED, village.sven.pk)
        assert Entry.objects.filter(verb="cleared").count() == 1
        with pytest.raises(actions.CannotScreen):
            actions.clear(referral, by=village.actor("sven"), reason=WHY)


def test_a_supervisor_finds_on_today_that_their_word_is_wanted_and_nobody_else_does(village, browser_clients):
    with village.inside():
        referral, _code = ask(village.school)
    accept, clear = (reverse(name, args=[referral.ref]) for name in ("request_accept", "request_clear"))
    assert rules(village, "sven") == ["request"]
    for _twice in range(2):
        village.sign_in(browser_clients(), "cora").post(accept, ALL_NO)
    assert {who: rules(village, who) for who in ("sven", "cora", "ada", "fadi", "nour")} == {
        "sven": ["halted", "request"], "cora": ["request"], "ada": [], "fadi": [], "nour": [],
    }  # fmt: skip
    sven = village.sign_in(browser_clients(), "sven")
    assert sven.get(reverse("today")).content.decode().count(reverse("request", args=[referral.ref])) == 2
    with village.inside():
        assert Entry.objects.filter(verb="halted", actor_id=village.cora.pk).count() == 1
    assert sven.post(clear, {"reason": WHY}).status_code == 302
    assert rules(village, "sven") == ["request"]


def test_what_is_declined_after_all_wants_no_supervisor_any_more(village):
    with village.inside():
        referral, _code = ask(village.school)
        actions.halt(referral, by=village.actor("cora"))
        actions.decline(referral, by=village.actor("cora"), reason="not_safe")
    assert rules(village, "sven") == []


@pytest.fixture
def gated(village):
    """Everyone is prepared, and two things were found when the request was looked at."""
    with village.inside():
        referral, code = ask(village.school)
        actions.clear(referral, by=village.actor("sven"), reason=WHY)
        actions.accept(referral, by=village.actor("cora"), checks=CHECKS | {"no_order": "no", "no_coercion": "no", "weapons": "no"})
        story = Story(village, village.school, referral, code, Case.objects.get(referral=referral))
        story.add_everyone()
        story.assign_team()
        story.meet_everyone()
        story.hear_every_yes()
    return story


def codes(story):
    return [b.code for b in readiness.blockers(story.case)]


def test_the_circle_is_not_ready_before_each_of_them_is_signed_off(village, gated, browser_clients):
    page = reverse("sign_off_gate", args=[gated.case.ref])
    with village.inside():
        assert codes(gated) == ["order", "coercion"]
        with pytest.raises(preparation.NotReady):
            preparation.declare_ready(gated.case, by=gated.lead)
        with pytest.raises(preparation.CannotPrepare):
            preparation.set_aside(gated.case, by=gated.lead, blocker="order", reason="It will be fine.")
    assert [rules(village, who)[:1] for who in ("cora", "sven", "fadi")] == [["gated"], ["gated"], []]
    fadi, sven = (village.sign_in(browser_clients(), who) for who in ("fadi", "sven"))
    assert (fadi.get(page).status_code, fadi.post(page, {"blocker": "order", "reason": WHY}).status_code) == (404, 404)
    assert sven.post(page, {"blocker": "order", "reason": ""}).status_code == 422
    assert sven.post(page, {"blocker": "worry", "reason": WHY}).status_code == 422
    assert sven.post(page, {"blocker": "order", "reason": WHY}).status_code == 302
    with village.inside():
        assert codes(gated) == ["coercion"]
    assert rules(village)[:1] == ["gated"]
    assert village.sign_in(browser_clients(), "cora").post(page, {"blocker": "coercion", "reason": WHY}).status_code == 302
    with village.inside():
        assert codes(gated) == []
        assert {(o.blocker, o.by) for o in Override.objects.all()} == {("order", village.sven.pk), ("coercion", village.cora.pk)}
        assert Entry.objects.filter(verb="signed_off", case_id=gated.case.pk).count() == 2
        preparation.declare_ready(gated.case, by=gated.lead)
    assert rules(village)[:1] == ["timeless"]


def test_the_page_says_what_else_was_no_or_not_known_and_leads_to_the_signing_off(village, gated, client, browser_clients):
    page = village.sign_in(client, "cora").get(reverse("ready", args=[gated.case.ref])).content.decode()
    for line in ("An order may bar contact", "Weapons: No", "Press and posts: Not known", reverse("sign_off_gate", args=[gated.case.ref])):
        assert line in page
    assert "No order bars contact" not in page
    assert village.sign_in(browser_clients(), "fadi").get(reverse("sign_off_gate", args=[gated.case.ref])).status_code == 404


def test_where_all_was_fine_nothing_is_held(village, client):
    with village.inside():
        story = case_at(village, CaseStage.READY)
        assert readiness.blockers(story.case) == []
        assert [str(words) for words, _found in readiness.still_to_look_at(story.case)] == [
            "press and posts",
            "how they know each other, and what came before",
        ]
