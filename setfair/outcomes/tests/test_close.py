"""The one door out: what has to be done before, one by one, and that afterwards nothing opens."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Event

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from setfair.accounts.models import Pass
from setfair.agreements import actions as agreements
from setfair.agreements.journey import Stage as AgreementStage
from setfair.agreements.models import Item
from setfair.cases.journey import Stage
from setfair.cases.models import Case, Participation, Role
from setfair.journal.journey import move
from setfair.journal.models import Entry
from setfair.outcomes import actions, queries
from setfair.outcomes.models import Closure, News
from setfair.people.models import Person
from setfair.programmes.reasons import Reason
from setfair.village.story import case_at
from setfair.village.time import at

pytestmark = pytest.mark.django_db


def refused(story, reason=Reason.COMPLETED):
    """What `close` says is missing; nothing has changed by asking."""
    before = Case.objects.values_list("stage", flat=True).get(pk=story.case.pk)
    with pytest.raises(actions.CannotClose) as refusal:
        actions.close(story.case, by=story.coordinator, reason=reason)
    assert Case.objects.values_list("stage", flat=True).get(pk=story.case.pk) == before
    assert Closure.objects.filter(case=story.case).count() == (1 if before == Stage.CLOSED else 0)
    return refusal.value.missing


def closed(story, reason):
    actions.close(story.case, by=story.coordinator, reason=reason)
    return Case.objects.values_list("stage", flat=True).get(pk=story.case.pk)


@pytest.mark.mission("S2.8")
def test_a_case_closes_when_all_is_kept_and_the_person_harmed_has_been_told(kept, told):
    assert refused(kept) == ["Hana has not been told how it went."]
    told(kept)
    assert closed(kept, Reason.COMPLETED) == Stage.CLOSED
    assert (Closure.objects.get().reason, kept.agreement.stage) == ("completed", AgreementStage.ENDED)
    line = Entry.objects.filter(subject_kind="cases.case", detail__to="closed").get()
    assert (line.detail["reason"], line.actor_id) == ("completed", kept.coordinator.id)


def test_each_open_promise_is_named_with_whose_it_is_and_its_date(holding):
    days = [f"{i.due_on.day} {i.due_on:%b %Y}" for i in holding.items()]
    assert refused(holding, Reason.NOT_COMPLETED) == [
        f"Rami: a promise due on {days[0]} is still open.",
        f"Rami: a promise due on {days[1]} is still open.",
        "Hana has not been told how it went.",
    ]


def test_done_but_not_checked_is_still_open(holding, settle, told):
    settle(holding, "verify", "keep")
    told(holding)
    assert len(refused(holding)) == 1


def test_every_person_harmed_is_told_not_one(kept, told, try_in_vain):
    second = Participation.objects.create(case=kept.case, person=Person.objects.create(name="Second Person"), role=Role.HARMED)
    told(kept)
    assert refused(kept) == ["Second Person has not been told how it went."]
    with try_in_vain(second, by=kept.lead):
        told(kept, participation=second, way=News.Way.NOT_REACHED)
    assert closed(kept, Reason.COMPLETED) == Stage.CLOSED


@pytest.mark.parametrize("reason", [Reason.COMPLETED, Reason.COMPLETED_VARIED])
def test_it_is_not_called_kept_when_something_was_not(holding, settle, told, reason):
    settle(holding, "verify", "miss")
    told(holding)
    assert len(refused(holding, reason)) == 1
    assert closed(holding, Reason.PART_COMPLETED) == Stage.CLOSED


@pytest.mark.parametrize("reason", [r for r in Reason if r not in (Reason.PART_COMPLETED, Reason.NOT_COMPLETED)])
def test_with_a_missed_promise_it_closes_only_with_a_reason_that_says_so(holding, settle, told, reason):
    settle(holding, "verify", "miss")
    told(holding)
    assert len(refused(holding, reason)) == 1
    assert closed(holding, Reason.NOT_COMPLETED) == Stage.CLOSED


def test_a_missed_promise_that_is_given_more_time_is_open_again(holding, settle, told):
    settle(holding, "verify", "miss")
    second = holding.items()[1]
    day = second.due_on + timedelta(days=14)
    agreements.give_more_time(second, by=holding.lead, due_on=day, words="The shop was shut.")
    told(holding)
    shown = date_format(day, "j M Y")
    assert refused(holding, Reason.NOT_COMPLETED) == [f"Rami: a promise due on {shown} is still open."]


def test_what_was_waived_was_kept(holding, settle, told):
    settle(holding, "verify", "waive")
    told(holding)
    assert closed(holding, Reason.COMPLETED) == Stage.CLOSED


@pytest.mark.parametrize("reason", [Reason.COMPLETED, Reason.COMPLETED_VARIED, Reason.PART_COMPLETED, Reason.NOT_COMPLETED])
def test_reasons_that_speak_of_an_agreement_need_one_that_everyone_signed(met, told, reason):
    met.write_agreement()
    told(met)
    assert len(refused(met, reason)) == 1


@pytest.mark.mission("S0.6")
def test_no_agreement_needed_is_a_good_result(met, told):
    assert refused(met, Reason.NO_AGREEMENT_NEEDED) == ["Hana has not been told how it went."]
    told(met)
    assert closed(met, Reason.NO_AGREEMENT_NEEDED) == Stage.CLOSED


def test_to_agree_to_differ_ends_what_nobody_wanted_to_sign(met, told):
    met.write_agreement()
    told(met)
    assert closed(met, Reason.NO_AGREEMENT_NEEDED) == Stage.CLOSED
    assert met.agreement.stage == AgreementStage.ENDED


def test_no_agreement_needed_speaks_of_a_conference_that_was_held(village, told, at_scheduled):
    with village.inside():
        story = at_scheduled
        told(story)
        assert len(refused(story, Reason.NO_AGREEMENT_NEEDED)) == 1
        with at(story.booking.starts_at):
            story.begin()
            assert len(refused(story, Reason.NO_AGREEMENT_NEEDED)) == 1


def test_no_agreement_needed_is_not_said_of_one_that_was_in_force(kept, told):
    told(kept)
    assert len(refused(kept, Reason.NO_AGREEMENT_NEEDED)) == 1


def test_done_without_meeting_is_not_said_of_those_who_met(met, told):
    told(met)
    assert len(refused(met, Reason.INDIRECT)) == 1


def test_an_agreement_that_broke_off_closes_as_not_kept_from_preparing(holding, told):
    move(holding.case, Stage.PREPARING, by=holding.lead)
    assert len(refused(holding, Reason.COMPLETED)) == 2
    told(holding)
    assert len(refused(holding, Reason.COMPLETED)) == 1
    assert closed(holding, Reason.NOT_COMPLETED) == Stage.CLOSED


@pytest.mark.parametrize("stage", [Stage.PREPARING, Stage.READY, Stage.SCHEDULED])
def test_before_anybody_met_it_closes_with_a_reason_of_its_own_and_gives_the_room_back_once(village, told, stage, at_stage):
    with village.inside():
        story = at_stage
        assert refused(story, Reason.NO_CONTACT_POSSIBLE) == ["Hana has not been told how it went."]
        told(story, way=News.Way.NOT_WANTED)
        assert closed(story, Reason.DECLINED_AT_CONTACT) == Stage.CLOSED
        released = story.case.bookings.values_list("released_at", flat=True)
        assert [moment is not None for moment in released] == ([True] if stage == Stage.SCHEDULED else [])


def test_a_reason_comes_from_the_short_list(kept, told):
    told(kept)
    assert len(refused(kept, "tired")) == 1
    assert len(refused(kept, "")) == 1


def test_it_closes_once(kept, told):
    told(kept)
    closed(kept, Reason.COMPLETED)
    assert refused(kept) == ["This is closed already."]
    assert Closure.objects.count() == 1


def test_afterwards_no_code_opens_anything_and_whoever_was_in_is_out_at_the_next_click(kept, told, village, browser_clients):
    inside, outside = browser_clients(), browser_clients()
    code = village.code_for(kept.hana)
    village.enter(inside, kept.rami)
    assert inside.get(reverse("home")).status_code == 200
    told(kept)
    closed(kept, Reason.COMPLETED)
    assert inside.get(reverse("home"))["Location"] == reverse("code")
    outside.post(reverse("code"), {"code": code})
    assert outside.get(reverse("home"))["Location"] == reverse("code")
    ids = [p.pk for p in kept.people.values()]
    assert Pass.objects.filter(bearer_id__in=ids, revoked_at__isnull=True).count() == 0
    assert Pass.objects.filter(bearer_id=kept.referral.pk, revoked_at__isnull=True).count() == 1


def test_nobody_in_the_circle_learns_why_it_ended(kept, told):
    told(kept)
    closed(kept, Reason.ENDED_HARMED)
    assert Closure.objects.get().reason == "ended_harmed"


@pytest.mark.parametrize(("who", "status"), [("cora", 200), ("fadi", 404), ("mina", 404), ("sven", 404), ("ada", 404), ("ines", 404), ("nour", 404)])
def test_only_the_coordinator_closes(kept, told, village, client, who, status):
    told(kept)
    there = reverse("close", args=[kept.case.ref])
    village.sign_in(client, who)
    assert client.get(there).status_code == status
    assert client.post(there, {"reason": "completed", "sure": "on"}).status_code == (302 if status == 200 else 404)
    assert Closure.objects.count() == (1 if status == 200 else 0)


def test_the_page_lists_what_is_missing_and_refuses_until_it_is_done(kept, told, village, client):
    village.sign_in(client, "cora")
    there = reverse("close", args=[kept.case.ref])
    sentence = "Hana has not been told how it went."
    assert sentence in client.get(there).content.decode()
    assert client.post(there).status_code == 422
    answer = client.post(there, {"reason": "completed"})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    told(kept)
    assert sentence not in client.get(there).content.decode()
    asked = client.post(there, {"reason": "completed"}).content.decode()
    assert ("Close it now?" in asked, "Nothing is open any more." in asked, Closure.objects.count()) == (True, True, 0)
    assert client.post(there, {"reason": "completed", "sure": "on"})["Location"] == reverse("case", args=[kept.case.ref])
    assert client.get(there).status_code == 200
    assert client.post(there, {"reason": "completed"}).status_code == 422


def test_many_open_promises_are_asked_for_as_quickly_as_one(holding):
    def asked():
        with holding.village.inside(), CaptureQueriesContext(connection) as made:
            queries.missing(holding.case)
        return len(made)

    item = holding.items()[0]
    with_two = asked()
    agreements.waive(item, by=holding.lead)
    with_one = asked()
    for n, key in enumerate(("sol", "gail", "hana")):
        Item.objects.create(agreement=item.agreement, case=holding.case, order=10 + n, owner=holding.people[key], what="x", due_on=item.due_on)
    assert with_one == with_two
    assert asked() <= with_two


@pytest.mark.django_db(transaction=True)
def test_of_two_who_close_at_once_one_does(village):
    with village.inside():
        story = case_at(village, Stage.FOLLOWING_UP)
        story.keep_all()
        actions.tell(story.case, by=story.lead, participation=story.hana, way="voice", told_on=timezone.localdate())
    acted = Event()

    def run(ahead):
        try:
            with village.inside():
                case = Case.objects.get(pk=story.case.pk)
                if not ahead:
                    acted.wait(timeout=20)
                answer = actions.close(case, by=story.coordinator, reason=Reason.COMPLETED)
                if ahead:
                    acted.set()
                    time.sleep(0.6)
                return answer
        except actions.CannotClose as refusal:
            return refusal.missing
        finally:
            acted.set()
            connection.close()

    with ThreadPoolExecutor(2) as threads:
        first, second = threads.map(run, (True, False))
    assert isinstance(first, Closure)
    assert second == ["This is closed already."]
    with village.inside():
        assert Closure.objects.count() == 1
