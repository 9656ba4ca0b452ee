from datetime import timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from setfair.cases.actions import let_go
from setfair.cases.journey import Stage
from setfair.conferences import actions, again, queries, talking
from setfair.conferences.actions import CannotGoOn
from setfair.conferences.models import Conference, Ending, TalkOrder
from setfair.journal.models import Entry
from setfair.preparation import actions as preparation
from setfair.programmes.actions import add_reason, close_reason
from setfair.programmes.reasons import AT, Reason, Step
from setfair.scheduling.actions import release
from setfair.village.time import at

pytestmark = pytest.mark.django_db


def url(name, conference):
    return reverse(name, args=[conference.pk])


@pytest.fixture
def stopped(on_the_day):
    """Rami first, the script open at its sixth page, and then there was no time left."""
    conference = on_the_day.begin()
    actions.put_in_order(conference, on_the_day.rami, by=on_the_day.lead, where="first")
    actions.turn_page(conference, by=on_the_day.lead, page=6)
    actions.adjourn(conference, by=on_the_day.lead, reason=Reason.OUT_OF_TIME)
    on_the_day.case.refresh_from_db()
    yield on_the_day


@pytest.mark.parametrize("reason", sorted(AT[Step.STOP] - {Reason.OWN}))
@pytest.mark.parametrize("how", Ending.How.values)
def test_it_stops_for_a_reason_of_the_list(on_the_day, reason, how):
    conference = on_the_day.begin()
    for _twice in range(2):
        actions.adjourn(conference, by=on_the_day.lead, reason=reason, how=how)
    ending = Ending.objects.get()
    assert (ending.reason, ending.how, ending.own, ending.conference) == (reason, how, None, conference)
    assert Conference.objects.get().beat >= ending.number > 0
    on_the_day.case.refresh_from_db()
    assert on_the_day.case.stage == Stage.READY


@pytest.mark.bad_case
@pytest.mark.parametrize("found", ["a high worry", "no part of it"])
def test_what_was_found_while_they_sat_together_is_answered_before_another_day(on_the_day, found):
    conference = on_the_day.begin()
    if found == "a high worry":
        preparation.check_safety(on_the_day.hana, by=on_the_day.lead, level="high")
    else:
        preparation.acknowledge(on_the_day.rami, by=on_the_day.lead, given=False)
    actions.adjourn(conference, by=on_the_day.lead, reason=Reason.OUT_OF_TIME)
    on_the_day.case.refresh_from_db()
    assert on_the_day.case.stage == Stage.PREPARING


@pytest.mark.parametrize("reason", ["", "own", "completed", "fits", "away from here"])
def test_without_a_reason_that_fits_it_goes_on(on_the_day, reason):
    conference = on_the_day.begin()
    with pytest.raises(CannotGoOn, match="choose why"):
        actions.adjourn(conference, by=on_the_day.lead, reason=reason)
    assert (on_the_day.conference.stage, Ending.objects.count()) == ("live", 0)


def test_a_reason_of_the_programmes_own(client, village, on_the_day):
    own = add_reason(by=village.actor("ada"), name="The heating failed", step="stop", decider="nobody")
    conference = on_the_day.begin()
    actions.adjourn(conference, by=on_the_day.lead, reason=str(own.pk))
    assert (Ending.objects.get().own, again.why(conference)) == (own, "The heating failed")
    assert "The heating failed" in village.sign_in(client, "fadi").get(url("conference", conference)).content.decode()


def test_the_database_refuses_a_second_end_and_a_reason_for_something_else(village, stopped):
    own = add_reason(by=village.actor("ada"), name="No staff", step="end", decider="programme")
    here = {"programme": village.school, "how": "adjourned"}
    with pytest.raises(IntegrityError, match="ending_once"), transaction.atomic():
        Ending.objects.create(conference=stopped.conference, reason="asked", **here)
    stopped.book()
    with pytest.raises(IntegrityError, match="own_reason_fits|something else"), transaction.atomic():
        Ending.objects.create(conference=stopped.conference, reason="own", own=own, **here)
    for change in ("UPDATE conferences_ending SET reason = 'asked'", "DELETE FROM conferences_ending"):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)


def test_a_reason_that_is_used_no_more_cannot_be_chosen(village, on_the_day):
    own = add_reason(by=village.actor("ada"), name="The heating failed", step="stop", decider="nobody")
    close_reason(own, by=village.actor("ada"))
    with pytest.raises(CannotGoOn, match="choose why"):
        actions.adjourn(on_the_day.begin(), by=on_the_day.lead, reason=str(own.pk))


@pytest.mark.mission("S0.9")
def test_whoever_takes_their_yes_back_is_asked_for_no_reason_and_none_is_kept(on_the_day):
    on_the_day.begin()
    preparation.withdraw(on_the_day.rami, by=on_the_day.me("rami"))
    assert (on_the_day.conference.stage, Ending.objects.count(), again.why(on_the_day.conference)) == ("adjourned", 0, "")


@pytest.mark.mission("S2.7")
def test_the_order_of_talk_and_the_chairs_are_there_again(stopped):
    people = [stopped.hana, stopped.rami, stopped.sol, stopped.gail]
    first = stopped.conference
    chairs = [chair.name for chair in queries.seating(first, people)]
    stopped.book()
    second = stopped.conference
    assert second != first
    assert talking.order(second) == talking.order(first)
    assert talking.order(second)[0] == stopped.rami.pk
    assert [chair.name for chair in queries.seating(second, people)] == chairs


def test_a_day_that_is_called_off_in_between_takes_nothing_away(stopped):
    stopped.book()
    with at(stopped.booking.starts_at - timedelta(minutes=5)):
        actions.put_in_order(stopped.conference, stopped.sol, by=stopped.lead, where="first")
    chosen = talking.order(stopped.conference)
    release(stopped.booking, by=stopped.coordinator)
    stopped.case.refresh_from_db()
    stopped.book()
    assert talking.order(stopped.conference) == chosen
    assert again.before(stopped.case).why == "there was not enough time"


def test_a_first_circle_takes_over_nothing(on_the_day):
    assert (again.before(on_the_day.case), again.order(on_the_day.case), TalkOrder.objects.count()) == (None, [], 0)


def test_after_a_circle_that_was_held_to_its_end_the_next_begins_anew(on_the_day):
    conference = on_the_day.begin()
    actions.put_in_order(conference, on_the_day.rami, by=on_the_day.lead, where="first")
    actions.mark_attendance(conference, on_the_day.rami, by=on_the_day.lead, came=True)
    actions.conclude(conference, by=on_the_day.lead)
    assert (again.before(on_the_day.case), again.order(on_the_day.case)) == (None, [])


@pytest.mark.mission("S1.2")
def test_the_page_of_the_next_day_says_where_they_left_off(client, village, stopped):
    stopped.book()
    page = village.sign_in(client, "fadi").get(url("conference", stopped.conference)).content.decode()
    title = stopped.conference.script.pages.get(order=6).title
    assert [words for words in ("You meet again", title, "there was not enough time", "The order of talk is as it was") if words not in page] == []


@pytest.mark.parametrize("name", ["adjourn", "stop_safely"])
def test_both_pages_ask_why_and_end_it(client, village, on_the_day, name):
    conference = on_the_day.begin()
    page = village.sign_in(client, "fadi").get(url(name, conference)).content.decode()
    assert ("Why do you stop?" in page, "Nobody in the circle has to say why" in page) == (True, True)
    answer = client.post(url(name, conference), {})
    assert (answer.status_code, "Please choose one" in answer.content.decode()) == (422, True)
    assert [client.post(url(name, conference), {"reason": "asked"}).status_code for _time in (1, 2)] == [302, 302]
    assert Ending.objects.get().how == ("adjourned" if name == "adjourn" else "stopped")
    assert client.get(url(name, conference))["Location"] == url("conference", conference)


@pytest.mark.parametrize("who", ["ines", "malik", "mina", "nour", "sven", "ada"])
def test_nobody_else_stops_it(client, village, on_the_day, who):
    conference = on_the_day.begin()
    village.sign_in(client, who)
    for name in ("adjourn", "stop_safely"):
        assert (client.get(url(name, conference)).status_code, client.post(url(name, conference), {"reason": "asked"}).status_code) == (404, 404)
    village.enter(client, on_the_day.hana)
    assert client.post(url("adjourn", conference), {"reason": "asked"}).status_code == 401
    assert (on_the_day.conference.stage, Ending.objects.count()) == ("live", 0)


@pytest.mark.mission("S1.2")
def test_the_team_reads_why_in_the_history_and_nobody_else_anywhere(client, village, stopped):
    line = Entry.objects.get(verb="moved", subject_kind="conferences.conference", detail__to="adjourned")
    assert line.detail["reason"] == "out_of_time"
    history = village.sign_in(client, "fadi").get(reverse("case_history", args=[stopped.case.ref])).content.decode()
    assert "Reason: there was not enough time." in history
    for page in ("home", "choice", "looked"):
        words = village.enter(client, stopped.hana).get(reverse(page)).content.decode()
        assert ("enough time" in words, "out_of_time" in words) == (False, False)
    status = client.post(reverse("code"), {"code": stopped.referral_code}, follow=True).content.decode()
    assert "enough time" not in status


def test_a_page_that_shows_who_does_what_next_offers_a_day(client, village, stopped):
    page = village.sign_in(client, "fadi").get(url("conference", stopped.conference)).content.decode()
    assert ("Stopped for that day" in page, "Plan another day" in page, "there was not enough time" in page) == (True, True, True)


def test_somebody_who_left_in_between_is_in_no_order(stopped):
    let_go(stopped.sol, by=stopped.coordinator)
    with at(timezone.now() + timedelta(minutes=1)):
        stopped.case.refresh_from_db()
        if stopped.case.stage == Stage.PREPARING:
            stopped.declare_ready()
            stopped.case.refresh_from_db()
        stopped.book()
    here = [stopped.hana, stopped.rami, stopped.gail]
    assert [p.person.first for p in talking.speakers(stopped.conference, here)][0] == "Rami"
