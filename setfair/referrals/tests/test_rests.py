"""A request that is not answered before a day: go, no, or not yet, each with a reason of the one list (decisions 92, 126)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from setfair.core import clock
from setfair.desk.asking import lines
from setfair.journal.models import Entry
from setfair.letters.models import Letter
from setfair.programmes.models import Programme
from setfair.referrals import actions, queries
from setfair.referrals.models import Addition, Referral, Rest
from setfair.village.time import at, today

from .asks import ask


@pytest.fixture
def asked(village):
    """A request by somebody with an email address, and their own client."""
    with village.inside():
        referral, code = ask(village.school, asker="Núñez", reach={"email": "nunez@home.example"})
    client = Client()
    client.post(reverse("code"), {"code": code})
    return referral, client


def todays(village, referral):
    """By the rules of Today, of one request."""
    with village.inside():
        found = lines(village.actor("cora"), Programme.objects.get(pk=village.school.pk), everyones=True)
        return [rule for rule, ref, *_rest in found if ref == referral.ref]


def let_rest(village, referral, days=10, reason="away", who="cora"):
    day = today(village.school) + timedelta(days=days)
    page = village.sign_in(Client(), who).post(reverse("request_rest", args=[referral.ref]), {"reason": reason, "look_on": day.isoformat()})
    return page, day


def test_it_leaves_today_until_its_day_and_comes_back_by_itself(village, asked):
    referral, asker = asked
    assert todays(village, referral) == ["request"]
    page, day = let_rest(village, referral)
    assert (page.status_code, todays(village, referral)) == (302, [])
    assert "rests until" in village.sign_in(Client(), "sven").get(reverse("request", args=[referral.ref])).content.decode()
    with at(clock.at(day, 9, 0, village.school.zone)):
        assert todays(village, referral) == ["request"]
        with village.inside():
            assert queries.rest_of(referral) is None


def test_whoever_asked_reads_the_day_and_never_the_reason(village, asked):
    referral, asker = asked
    _page, day = let_rest(village, referral, reason="safety")
    shown = asker.get(reverse("status")).content.decode()
    with village.inside():
        letters = list(Letter.objects.filter(reader_id=referral.pk, key__startswith="request-rests").values_list("channel", flat=True))
    assert "We need more time. We look at it again on" in shown
    assert ("safety again" in shown, letters) == (False, ["email"])


def test_said_twice_it_is_told_once_and_with_another_day_anew(village, asked):
    referral, _asker = asked
    let_rest(village, referral)
    let_rest(village, referral)
    let_rest(village, referral, reason="exams")
    let_rest(village, referral, days=20, reason="exams")
    with village.inside():
        rows = [(rest.reason, rest.ended_at is None) for rest in referral.rests.order_by("since")]
        told = Letter.objects.filter(reader_id=referral.pk, key__startswith="request-rests").count()
    assert (rows, told) == ([("away", False), ("exams", False), ("exams", True)], 2)


def test_taken_up_again_it_stands_on_today_and_can_be_answered(village, asked):
    referral, _asker = asked
    let_rest(village, referral)
    cora = village.sign_in(Client(), "cora")
    assert cora.post(reverse("request_take_up", args=[referral.ref])).status_code == 302
    assert cora.post(reverse("request_take_up", args=[referral.ref])).status_code == 302
    assert todays(village, referral) == ["request"]
    with village.inside():
        assert Entry.objects.filter(verb="request_went_on", subject_id=referral.pk).count() == 1
    assert cora.post(reverse("request_decline", args=[referral.ref]), {"reason": "not_suitable"}).status_code == 302
    assert let_rest(village, referral)[0].status_code == 422


def test_an_answer_needs_no_end_of_the_rest(village, asked):
    referral, asker = asked
    let_rest(village, referral)
    village.sign_in(Client(), "cora").post(reverse("request_decline", args=[referral.ref]), {"reason": "not_suitable"})
    assert ("We need more time" in asker.get(reverse("status")).content.decode(), todays(village, referral)) == (False, [])


def test_what_is_added_meanwhile_stands_on_today_at_once(village, asked):
    referral, asker = asked
    let_rest(village, referral)
    asker.post(reverse("status_words"), {"words": "There is a new number."})
    with village.inside():
        assert Addition.objects.count() == 1
    assert todays(village, referral) == ["added"]


def test_a_worry_about_safety_does_not_wait(village):
    with village.inside():
        referral, _code = ask(village.school, safety_worry=True)
    page, _day = let_rest(village, referral)
    assert (page.status_code, "That does not wait." in page.content.decode(), todays(village, referral)) == (422, True, ["worry"])


@pytest.mark.parametrize(("days", "reason"), [(0, "away"), (-1, "away"), (93, "away"), (5, ""), (5, "not_safe"), (5, "nonsense")])
def test_a_day_or_a_reason_that_cannot_be_is_refused(village, asked, days, reason):
    referral, _asker = asked
    page, _day = let_rest(village, referral, days, reason)
    with village.inside():
        assert (page.status_code, Rest.objects.count()) == (422, 0)


def test_it_does_not_rest_past_the_day_somebody_needs_an_answer_by(village):
    with village.inside():
        referral, _code = ask(village.school, deadline=today(village.school) + timedelta(days=7))
    assert (let_rest(village, referral, 8)[0].status_code, let_rest(village, referral, 7)[0].status_code) == (422, 302)


@pytest.mark.parametrize(("who", "status"), [("cora", 302), ("sven", 404), ("ada", 404), ("fadi", 404), ("nour", 404)])
def test_whoever_answers_requests_here_lets_one_rest(village, asked, who, status):
    referral, _asker = asked
    assert let_rest(village, referral, who=who)[0].status_code == status


def test_the_list_says_until_when_and_asks_no_more_for_it(village, asked, django_assert_num_queries):
    referral, _asker = asked
    let_rest(village, referral)
    cora = village.sign_in(Client(), "cora")
    assert "Rests until" in cora.get(reverse("requests")).content.decode()
    with village.inside():
        rows = queries.waiting(village.actor("cora"))
        with django_assert_num_queries(2):
            queries.page(rows, village.school)
        for _more in range(2):
            ask(village.school)
        with django_assert_num_queries(2):
            queries.page(rows.all(), village.school)


def test_the_database_holds_one_rest_and_one_reason(village, asked):
    referral, _asker = asked
    let_rest(village, referral)
    with village.inside():
        there = Rest.objects.get()
        for wrong in ({"reason": "away"}, {"reason": "own", "ended_at": clock.now()}, {"reason": "not_safe", "ended_at": clock.now()}):
            with pytest.raises(IntegrityError), transaction.atomic():
                Rest.objects.create(referral=Referral.objects.get(), look_on=timezone.localdate(), by=there.by, **wrong)
        actions.take_up(referral, by=village.actor("cora"))
        assert queries.rest_of(referral) is None
