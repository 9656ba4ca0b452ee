"""What whoever asked may see: as far as everyone concerned lets it be told, and never a step back (W18)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from setfair.cases import actions as cases
from setfair.cases.journey import Stage
from setfair.core.actor import Actor, Kind
from setfair.outcomes import actions as outcomes
from setfair.preparation import actions
from setfair.programmes.reasons import Reason
from setfair.referrals import queries
from setfair.referrals.actions import accept
from setfair.village.story import CHECKS, asked, case_at

pytestmark = pytest.mark.django_db
PREPARING = ["Asked done", "Accepted done", "Preparing now", "Meeting next", "Follow-up next", "Closed next"]
MEETING = ["Asked done", "Accepted done", "Preparing done", "Meeting now", "Follow-up next", "Closed next"]
FOLLOW_UP = ["Asked done", "Accepted done", "Preparing done", "Meeting done", "Follow-up now", "Closed next"]
CLOSED = ["Asked done", "Accepted done", "Closed now"]
WENT_AHEAD = ["Asked done", "Accepted done", "The talk went ahead done", "Closed now"]


def way(story):
    """What stands on the page of whoever asked when they open it."""
    story.referral.refresh_from_db()
    actions.show_status(story.referral, by=Actor(Kind.REFERRER, story.programme.pk, story.referral.pk))
    return [f"{step['label']} {step['state']}" for step in queries.public_steps(story.referral)]


def let_it_be_told(story, answer="yes", but=""):
    for key, person in story.people.items():
        if key != but:
            actions.consent(person, by=story.lead, answer=answer, scope="outcome")


@pytest.fixture
def inside(village):
    with village.inside():
        yield village


def test_until_somebody_answers_nothing_lies_behind(inside):
    referral, _code = asked(inside)
    assert [s["state"] for s in queries.public_steps(referral)] == ["now", "next", "next", "next", "next", "next"]
    accept(referral, by=inside.actor("cora"), checks=CHECKS)
    assert [s["state"] for s in queries.public_steps(referral)] == ["done", "done", "now", "next", "next", "next"]


@pytest.mark.parametrize("stage", [Stage.PREPARING, Stage.READY, Stage.SCHEDULED, Stage.CONVENED, Stage.FOLLOWING_UP])
def test_without_a_yes_to_it_whoever_asked_reads_that_it_is_prepared(inside, stage, at_stage):
    assert way(at_stage) == PREPARING


@pytest.mark.parametrize(("stage", "shown"), [(Stage.SCHEDULED, PREPARING), (Stage.CONVENED, MEETING), (Stage.FOLLOWING_UP, FOLLOW_UP)])
def test_when_everyone_lets_it_be_told_the_way_is_shown(inside, stage, at_stage, shown):
    story = at_stage
    let_it_be_told(story)
    assert way(story) == shown


@pytest.mark.parametrize("but", ["hana", "rami", "sol", "gail"])
def test_one_who_has_not_said_yes_is_enough_to_keep_it(inside, but, at_following_up):
    story = at_following_up
    let_it_be_told(story, but=but)
    assert way(story) == PREPARING


def test_a_case_that_goes_back_shows_no_step_back(inside, at_convened):
    story = at_convened
    let_it_be_told(story)
    assert way(story) == MEETING
    actions.withdraw(story.hana, by=story.me("hana"))
    story.case.refresh_from_db()
    assert story.case.stage == Stage.PREPARING
    assert way(story) == MEETING


def test_who_takes_that_yes_back_stops_what_comes_and_hides_nothing_that_was_shown(inside, at_convened):
    story = at_convened
    let_it_be_told(story)
    assert way(story) == MEETING
    actions.consent(story.sol, by=story.lead, answer="no", scope="outcome")
    assert way(story) == MEETING
    story.write_agreement()
    story.sign_all()
    assert way(story) == MEETING
    story.keep_all()
    story.tell_and_close()
    assert way(story) == CLOSED


def test_closed_tells_the_outcome_only_with_every_yes(inside, at_following_up):
    told, kept = at_following_up, case_at(inside, Stage.FOLLOWING_UP, began=timedelta(weeks=6), matter=1)
    let_it_be_told(told)
    let_it_be_told(kept, but="rami")
    for story in (told, kept):
        story.keep_all()
        story.tell_and_close()
    assert (way(told), way(kept)) == (WENT_AHEAD, CLOSED)


def test_it_did_not_go_ahead_is_told_the_same_way(inside, at_ready):
    story = at_ready
    let_it_be_told(story)
    outcomes.tell(story.case, by=story.lead, participation=story.hana, way="voice", told_on=story.case.opened_at.date())
    outcomes.close(story.case, by=story.coordinator, reason=Reason.ENDED_RESPONSIBLE)
    assert way(story) == ["Asked done", "Accepted done", "The talk did not go ahead done", "Closed now"]


def test_whoever_left_without_ever_saying_yes_keeps_nothing_back(inside, at_preparing):
    story = at_preparing
    cases.let_go(story.sol, by=story.coordinator)
    let_it_be_told(story, but="sol")
    story.people.pop("sol")
    story.meet_everyone()
    story.hear_every_yes()
    story.declare_ready()
    story.case.refresh_from_db()
    assert way(story) == PREPARING
    outcomes.tell(story.case, by=story.lead, participation=story.hana, way="voice", told_on=story.case.opened_at.date())
    outcomes.close(story.case, by=story.coordinator, reason=Reason.NOT_SUITABLE)
    assert way(story)[2] == "The talk did not go ahead done"


def test_the_page_of_a_closed_one_says_that_it_is_over(client, village, at_closed):
    with village.inside():
        story = at_closed
    client.post(reverse("code"), {"code": story.referral_code})
    page = client.get(reverse("status")).content.decode()
    assert ("This has come to its end." in page, "We talk with each person" in page, "went ahead done" in page) == (True, False, False)
