"""An office changes what it sent, with its reason; another code in the place of one that was lost."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from setfair.cases.models import Case
from setfair.core.actor import Actor, Kind
from setfair.letters.models import Letter
from setfair.referrals import actions
from setfair.referrals.models import Addition, Referral
from setfair.village.time import today

from .asks import ask
from .test_draft import CODE
from .test_whose import confirm

REASON = "The hearing was moved."


@pytest.fixture
def sent(village):
    """A court's request, the code to it, and the day it gave."""
    with village.inside(village.county):
        day = today(village.county) + timedelta(days=30)
        said = {"source": "judge", "office": "River County Court", "court_number": "RC-1", "reach": {"email": "clerk@court.example"}}
        referral, code = ask(village.county, deadline=day, **said)
        confirm(referral)
        return referral, code, day


def came_in(client, code):
    client.post(reverse("code"), {"code": code})
    return client


def by(referral):
    return Actor(Kind.REFERRER, referral.programme_id, referral.pk)


def test_a_deadline_that_moved_counts_at_once_and_the_coordinator_sees_both_days_and_why(client, village, browser_clients, sent):
    referral, code, day = sent
    later = day + timedelta(days=14)
    page = came_in(client, code).post(reverse("status_change"), {"what": "deadline", "deadline": later.isoformat(), "reason": REASON})
    assert page["Location"] == reverse("status")
    own = client.get(reverse("status")).content.decode()
    with village.inside(village.county):
        (change,) = Addition.objects.all()
        assert (change.what, change.before, change.words, change.reason) == ("deadline", day.isoformat(), later.isoformat(), REASON)
        assert Referral.objects.get().deadline == later
        assert Letter.objects.filter(key__startswith=f"added:{referral.pk}").count() == 1
    assert (REASON in own, "not read yet" in own) == (False, True)
    seen = village.sign_in(browser_clients(), "nour").get(reverse("request", args=[referral.ref])).content.decode()
    assert (REASON in seen, "Before" in seen) == (True, True)
    assert "not read yet" not in client.get(reverse("status")).content.decode()


def test_each_change_is_kept_and_the_next_one_says_what_stood_there(village, sent):
    referral, _code, _day = sent
    with village.inside(village.county):
        for number in ("RC-2", "RC-3"):
            actions.amend(referral, by=by(referral), what="court", words=number, reason=REASON)
        told = [(change.before, change.words) for change in Addition.objects.all()]
        assert told == [("RC-1", "RC-2"), ("RC-2", "RC-3")]
        assert Referral.objects.get().court_number == "RC-1"
        with pytest.raises(actions.CannotAsk):
            actions.amend(referral, by=by(referral), what="court", words="RC-3", reason=REASON)


def test_once_it_is_a_case_its_deadline_moves_too(village, sent):
    referral, _code, day = sent
    with village.inside(village.county):
        actions.accept(referral, by=village.actor("nour"), checks={}, note="Looked through.")
        assert Case.objects.get().deadline == day
        actions.amend(referral, by=by(referral), what="deadline", day=day + timedelta(days=7), reason=REASON)
        assert Case.objects.get().deadline == day + timedelta(days=7)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"words": "x", "reason": REASON}, "Please choose what has changed."),
        ({"what": "court", "reason": REASON}, "Please write how it is now."),
        ({"what": "court", "words": "RC-2"}, "Please write why it changes."),
        ({"what": "deadline", "reason": REASON}, "Please give the new date."),
        ({"what": "deadline", "deadline": "2020-01-01", "reason": REASON}, "That day has passed."),
        ({"what": "court", "words": "RC-1", "reason": REASON}, "This is what stands there already."),
    ],
)
def test_what_cannot_be_is_refused_with_the_words_still_there(client, village, sent, said, sentence):
    page = came_in(client, sent[1]).post(reverse("status_change"), said)
    shown = page.content.decode()
    assert (page.status_code, sentence in shown, said.get("words", "") in shown) == (422, True, True)
    with village.inside(village.county):
        assert Addition.objects.count() == 0


def test_nothing_changes_what_was_taken_back_and_only_offices_change(client, village, sent):
    referral, code, _day = sent
    came_in(client, code)
    with village.inside(village.county):
        actions.withdraw(referral, by=by(referral))
    assert client.post(reverse("status_change"), {"what": "court", "words": "RC-2", "reason": REASON})["Location"] == reverse("status")
    with village.inside():
        _own, code = ask(village.school)
    assert came_in(client, code).get(reverse("status_change"))["Location"] == reverse("status")
    assert reverse("status_change") not in client.get(reverse("status")).content.decode()


def test_a_change_without_a_reason_is_refused_by_the_database(village, sent):
    with village.inside(village.county):
        for facts in ({"what": "court"}, {"reason": "x"}):
            with pytest.raises(IntegrityError), transaction.atomic():
                Addition.objects.create(referral=sent[0], words="x", **facts)


def test_they_get_a_new_code_and_the_old_one_ends(client, village, sent):
    referral, code, _day = sent
    page = came_in(client, code).post(reverse("status_code"))
    (new,) = set(CODE.findall(page.content.decode()))
    assert client.get(reverse("status")).status_code == 302
    assert came_in(client, code).get(reverse("status")).status_code == 302
    assert referral.ref in came_in(client, new).get(reverse("status")).content.decode()


def test_a_coordinator_gives_another_code_to_somebody_who_lost_theirs(client, village, browser_clients, sent):
    referral, code, _day = sent
    desk = village.sign_in(browser_clients(), "nour")
    page = desk.post(reverse("request_code", args=[referral.ref]), follow=True).content.decode()
    (new,) = set(CODE.findall(page))
    assert CODE.findall(desk.get(reverse("request", args=[referral.ref])).content.decode()) == []
    assert came_in(client, code).get(reverse("status")).status_code == 302
    assert referral.ref in came_in(client, new).get(reverse("status")).content.decode()
    assert village.sign_in(browser_clients(), "cora").post(reverse("request_code", args=[referral.ref])).status_code == 404
