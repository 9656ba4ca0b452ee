import uuid
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from setfair.agreements import actions as agreements
from setfair.cases import actions as cases
from setfair.cases.journey import Stage
from setfair.cases.models import Case
from setfair.core import clock
from setfair.desk.told import TOLD
from setfair.outcomes import actions as outcomes
from setfair.outcomes.models import News
from setfair.preparation import actions as preparation
from setfair.programmes.models import Membership, Role
from setfair.referrals import actions as referrals
from setfair.village.story import CHECKS, asked, case_at, signing

from .counting import count
from .todays import rules, told, worry

pytestmark = pytest.mark.django_db


def test_nothing_needs_anybody_in_an_empty_programme(village, client):
    for who in ("cora", "fadi", "sven", "ines", "nour"):
        page = village.sign_in(client, who).get("/today/").content.decode()
        assert "Nothing needs you." in page
        assert "No meetings are planned." in page


@pytest.mark.mission("S2.10")
def test_a_worry_about_safety_stands_before_every_other_request(village):
    with village.inside():
        worry(village)
    assert rules(village) == ["worry", "request"]
    assert [n.button for n in told(village)] == ["Read it", "Read it"]
    assert rules(village, "fadi") == rules(village, "nour") == []


def test_requests_that_nobody_can_read_are_counted_for_whoever_gives_the_role(village):
    with village.inside():
        for number in range(3):
            asked(village, matter=number)
        assert rules(village, "ada") == []
        Membership.objects.filter(role=Role.COORDINATOR).delete()
    (need,) = told(village, "ada")
    assert (need.sentence, need.url, need.tag) == (
        "Requests wait that nobody here can answer: give somebody the role of coordinator", "/settings/people/", "safety",
    )  # fmt: skip
    assert [rules(village, who) for who in ("fadi", "ines", "nour")] == [[], [], []]


def test_an_accepted_request_is_a_case_that_wants_people(village):
    with village.inside():
        referral, _code = asked(village)
        referrals.accept(referral, by=village.actor("cora"), checks=CHECKS)
    assert rules(village) == ["empty"]
    assert [(n.button, n.when) for n in told(village)] == [("Add people", "just now")]


STORIES = {
    Stage.PREPARING: [],
    Stage.READY: ["timeless"],
    Stage.SCHEDULED: [],
    Stage.CONVENED: ["unwritten", "quiet"],
    Stage.FOLLOWING_UP: ["due", "due"],
    Stage.CLOSED: [],
}


@pytest.mark.parametrize("stage", STORIES)
def test_each_stage_asks_for_its_own_next_act(village, stage, at_stage):
    """On a Sunday the next time that fits is tomorrow's, and the day is named to those who hold it. Calls that are owed hang on open days
    (`aftercare/tests/test_calls.py`)."""
    with village.inside():
        near = ["day"] if stage == Stage.SCHEDULED and _is_tomorrow(village, at_stage.booking) else []
    said = {who: without_calls(rules(village, who)) for who in ("cora", "fadi", "mina", "ines", "ada", "nour")}
    assert said == {"cora": STORIES[stage] + near, "fadi": STORIES[stage] + near, "ines": near, "mina": [], "ada": [], "nour": []}


def without_calls(found):
    return [rule for rule in found if not rule.startswith("call")]


def _is_tomorrow(village, booking):
    there = village.school.zone
    return (clock.local(booking.starts_at, there).date() - clock.local(clock.now(), there).date()).days <= 1


@pytest.mark.mission("S2.5")
def test_when_everyone_is_prepared_it_can_be_marked(village, at_preparing):
    with village.inside():
        story = at_preparing
        story.meet_everyone()
        story.hear_every_yes()
    assert rules(village) == ["prepared"]
    assert [(n.button, n.url) for n in told(village)] == [("Mark it ready", reverse("ready", args=[story.case.ref]))]


@pytest.mark.mission("S0.9")
def test_somebody_who_stops_stands_near_the_top_until_they_say_yes_also_while_the_case_rests(village):
    with village.inside():
        asked(village)
        story = case_at(village, Stage.READY)
        preparation.withdraw(story.hana, by=story.me("hana"))
    assert rules(village)[0] == "stopped"
    assert told(village)[0].url == reverse("person", args=[story.hana.pk])
    with village.inside():
        cases.hold(story.case, by=story.coordinator, reason="asked")
    assert rules(village)[0] == "stopped"
    with village.inside():
        cases.lift(story.case, by=story.coordinator)
    assert "stopped" in rules(village)
    with village.inside():
        preparation.consent(story.hana, by=story.lead, answer="yes", method="paper")
    assert "stopped" not in rules(village)


def test_a_high_worry_about_safety_stands_until_it_is_looked_at_again(village, at_preparing):
    with village.inside():
        story = at_preparing
        preparation.check_safety(story.rami, by=story.lead, level="high", plan="Two rooms.")
    assert rules(village) == rules(village, "sven") == ["unsigned"]
    assert rules(village, "fadi") == ["unsafe"]
    with village.inside():
        preparation.check_safety(story.rami, by=story.lead, level="medium")
    assert rules(village) == rules(village, "sven") == []


@pytest.mark.parametrize(("days", "there"), [(-3, True), (14, True), (15, False)])
def test_a_deadline_within_fourteen_days_is_named_even_while_the_case_rests(village, days, there, at_preparing):
    with village.inside(), timezone.override(village.school.zone):
        story = at_preparing
        today = clock.local(timezone.now(), village.school.zone).date()
        Case.objects.filter(pk=story.case.pk).update(deadline=today + timedelta(days=days))
        cases.hold(story.case, by=story.coordinator, reason="away")
    assert rules(village) == (["deadline"] if there else [])


@pytest.mark.parametrize(("later", "there"), [(-timedelta(days=3), False), (-timedelta(hours=20), True), (timedelta(hours=30), True)])
def test_the_day_before_the_day_itself_and_a_day_that_went_by(village, later, there, at_scheduled):
    with village.inside():
        story = at_scheduled
        starts = story.booking.starts_at
    with time_machine.travel(starts + later, tick=False):
        assert ("day" in rules(village)) == ("day" in rules(village, "ines")) == there


def test_signatures_that_are_missing_and_somebody_who_does_not_want_to(village, at_convened):
    with village.inside():
        story = at_convened
        agreement = signing(story)
    assert rules(village) == ["signing"]
    with village.inside():
        agreements.hold_back(agreement, by=story.me("rami"), participation=story.rami, words="It is too much.")
    assert rules(village) == ["unwilling", "signing"]


@pytest.mark.mission("S2.8")
def test_a_promise_said_to_be_kept_waits_for_a_check_and_then_the_harmed_person_for_news(village, at_following_up):
    with village.inside():
        story = at_following_up
        first, second = story.items()
        agreements.send_proof(first, by=story.me("rami"), words="Done.")
    assert sorted(without_calls(rules(village))) == ["check", "due"]
    with village.inside():
        agreements.verify(first, by=story.lead, words="Seen.")
        agreements.send_proof(second, by=story.me("rami"), words="Done.")
        agreements.verify(second, by=story.lead, words="Seen.")
    assert without_calls(rules(village)) == ["tell"]
    with village.inside():
        outcomes.tell(story.case, by=story.lead, participation=story.hana, way=News.Way.VOICE, told_on=timezone.localdate())
    assert without_calls(rules(village)) == ["close"]


def test_a_promise_that_was_not_kept_is_not_forgotten(village, at_following_up):
    with village.inside():
        story = at_following_up
        first, _second = story.items()
        agreements.miss(first, by=story.lead, words="It did not work out.")
    assert "missed" in rules(village)


def test_a_case_in_which_nothing_is_done_for_seven_days_is_named_and_looking_at_it_is_no_act(village, client, at_preparing):
    with village.inside():
        story = at_preparing
    with time_machine.travel(timezone.now() + timedelta(days=8), tick=False):
        village.sign_in(client, "cora").get(reverse("case", args=[story.case.ref]))
        assert rules(village) == ["silent", "quiet"]
        with village.inside():
            for person in story.people.values():
                preparation.invite(person, by=story.lead)
        assert rules(village) == []


def test_a_case_named_for_another_reason_is_not_named_as_quiet_too(village, at_preparing):
    with village.inside(), timezone.override(village.school.zone):
        story = at_preparing
        Case.objects.filter(pk=story.case.pk).update(deadline=timezone.localdate() + timedelta(days=9))
    with time_machine.travel(timezone.now() + timedelta(days=8), tick=False):
        assert rules(village) == ["deadline", "silent", "quiet"]
        assert [n.sentence for n in told(village)] == ["Deadline", "Somebody has not heard from us for a while"]


def test_every_rule_is_told_and_leads_somewhere():
    for rule, how in TOLD.items():
        assert how.url("C-0001", uuid.uuid4()).startswith("/"), rule
        assert str(how.sentence) and str(how.button)


def test_a_student_sees_their_next_circle_and_nothing_else(village, client, at_scheduled):
    with village.inside():
        story = at_scheduled
        starts = story.booking.starts_at
        case_at(village, Stage.READY, matter=1)
    with time_machine.travel(starts - timedelta(days=3)):
        page = village.sign_in(client, "ines").get("/today/")
        assert [m["of"].case.ref for m in page.context["meetings"]] == [story.case.ref]
        assert page.context["needs"] == []
        assert "Nothing needs you." in page.content.decode()
        assert village.sign_in(client, "tova").get("/today/").context["meetings"] == []


def test_a_student_is_told_of_the_day_in_the_days_around_it_whenever_today_was_asked_first(village, at_scheduled):
    with village.inside():
        starts = at_scheduled.booking.starts_at
    for moment, found in ((starts - timedelta(days=20), []), (starts - timedelta(hours=1), ["day"]), (starts + timedelta(days=9), [])):
        with time_machine.travel(moment):
            assert rules(village, "ines") == found


def test_rows_name_a_case_by_reference_and_alias_and_nobody_by_name(village, client, at_following_up):
    with village.inside():
        story = at_following_up
    page = village.sign_in(client, "cora").get("/today/").content.decode()
    assert story.case.alias in page
    for name in ("Hana", "Rami", "Sol", "Delacourt"):
        assert name not in page


def test_however_many_rows_it_is_the_same_small_number_of_queries(village, browser_clients):
    clients = [village.sign_in(browser_clients(), who) for who in ("cora", "fadi", "ines", "sven", "ada")]
    now = timezone.now()
    with time_machine.travel(now, tick=False):
        for client in clients:
            client.get("/today/")

    def counts():
        with time_machine.travel(now, tick=False):
            return [count(client, "/today/") for client in clients]

    empty = counts()
    with village.inside():
        case_at(village, Stage.READY)
    one = counts()
    with village.inside():
        case_at(village, Stage.CONVENED, matter=1)
        case_at(village, Stage.FOLLOWING_UP, matter=2)
        worry(village)
    assert empty == one == counts()
    assert max(one) <= 12


def test_somebody_not_sure_waits_for_a_call(village, at_preparing):
    with village.inside():
        story = at_preparing
        preparation.consent(story.sol, by=story.lead, answer="unsure")
    assert rules(village) == ["unsure"]
