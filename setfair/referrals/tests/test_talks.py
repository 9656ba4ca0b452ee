"""An appointment just to learn more: offered, booked, held and followed up, and no case is opened (S2.10)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from setfair.cases.models import Case
from setfair.core import clock
from setfair.core.actor import Actor, Kind
from setfair.desk.needs import needs
from setfair.journal.journey import WrongStep
from setfair.keeping import queries as keeping
from setfair.keeping.endings import Group
from setfair.letters.models import Letter
from setfair.programmes.models import Programme
from setfair.referrals import actions, queries
from setfair.referrals.journey import Stage
from setfair.referrals.models import Referral, Screening, Talk, TalkEnd
from setfair.village.time import at

from .asks import ask


@pytest.fixture
def wanting(village):
    """Somebody who only wants to talk, and their own client."""
    with village.inside():
        referral, code = ask(village.school, wish="talk", story="", asker="Núñez", reach={"email": "nunez@home.example"})
    client = Client()
    client.post(reverse("code"), {"code": code})
    return referral, client


def hour(village, days):
    return (clock.local(clock.now(), village.school.zone) + timedelta(days=days)).replace(minute=0, second=0, microsecond=0, tzinfo=None)


def offered(village, referral, holder="fadi", days=(2, 3)):
    cora = village.sign_in(Client(), "cora")
    said = dict(zip(("first", "second"), (f"{hour(village, n):%Y-%m-%dT%H:%M}" for n in days), strict=True))
    said |= {"minutes": "30", "holder": str(village.users[holder].pk), "place": "Room 12, or we call", "brief": "A shy voice."}
    page = cora.post(reverse("talk_offer", args=[referral.ref]), said)
    assert page.status_code == 302, page.content.decode()
    with village.inside():
        return Talk.objects.latest("at"), cora


def todays(village, key):
    with village.inside():
        return [str(need.sentence) for need in needs(village.actor(key), Programme.objects.get(pk=village.school.pk), everyones=True).rows]


@pytest.mark.mission("S2.10")
def test_a_talk_is_offered_booked_held_and_followed_up_and_no_case_is_opened(village, wanting):
    referral, asker = wanting
    assert "Somebody would like to talk first, or to learn more" in todays(village, "cora")
    talk, _cora = offered(village, referral)
    assert todays(village, "cora") == todays(village, "fadi") == []
    page = asker.get(reverse("status")).content.decode()
    assert ("Talk with us first" in page, "Room 12, or we call" in page, "A shy voice." in page) == (True, True, False)
    assert asker.post(reverse("status_talk"), {"time": "2020-01-01T10:00:00+00:00"}).status_code == 422
    assert asker.post(reverse("status_talk"), {"time": talk.open_times()[1].isoformat()}).status_code == 302
    assert "Your time with us" in asker.get(reverse("status")).content.decode()
    fadi = village.sign_in(Client(), "fadi")
    shown = fadi.get(reverse("talk", args=[talk.pk])).content.decode()
    assert ("A shy voice." in shown, "nunez@home.example" in shown) == (True, True)
    assert fadi.get(reverse("request", args=[referral.ref])).status_code == 404
    assert fadi.post(reverse("talk_held", args=[talk.pk])).status_code == 422
    with at(clock.now() + timedelta(days=4)):
        village.sign_in(fadi, "fadi")
        assert "A talk to learn more" in todays(village, "fadi")
        assert fadi.post(reverse("talk_held", args=[talk.pk])).status_code == 302
        assert "A talk is over: what comes of it?" in todays(village, "fadi")
        assert fadi.post(reverse("talk_after", args=[talk.pk]), {}).status_code == 422
        assert fadi.post(reverse("talk_after", args=[talk.pk]), {"after": "enough", "words": "Glad to know."}).status_code == 302
        assert todays(village, "fadi") == todays(village, "cora") == []
    with village.inside():
        referral.refresh_from_db()
        assert (referral.stage, Case.objects.count(), Screening.objects.count()) == (Stage.TALKED, 0, 0)
        assert (TalkEnd.objects.get().words, keeping.group_of(referral)) == ("Glad to know.", Group.DECLINED)
        words = [(letter.key.split(":")[0], letter.body) for letter in Letter.objects.filter(reader_id=referral.pk, stage="due").order_by("made_at")]
        assert {"talk-booked", "talk-thanks"} <= {key for key, _body in words}
        assert [body for _key, body in words if "Room 12, or" in body or "conference" in body.lower()] == []


def test_they_ask_after_all_with_the_same_code_and_a_talk_can_lead_to_a_request(village, wanting):
    referral, asker = wanting
    talk, _cora = offered(village, referral)
    cora = village.actor("cora")
    with village.inside():
        actions.note_time(talk, by=cora, starts_at=clock.now() - timedelta(hours=1))
        actions.hold_talk(talk, by=cora)
        actions.follow_up(talk, by=cora, after="asks")
        assert Referral.objects.get().stage == Stage.RECEIVED
    second, _cora = offered(village, referral)
    with village.inside():
        actions.note_time(second, by=cora, starts_at=clock.now() - timedelta(minutes=5))
        actions.miss_talk(second, by=cora)
        actions.follow_up(second, by=cora, after="not_reached")
        assert Referral.objects.get().stage == Stage.TALKED
    page = asker.get(reverse("status")).content.decode()
    assert ("We talked. Nothing more happens unless you want it." in page, "It is not going ahead" in page) == (True, False)
    asker.post(reverse("status_ask"))
    with village.inside():
        assert Referral.objects.get().stage == Stage.RECEIVED
        assert keeping.group_of(Referral.objects.get()) is None


def test_the_day_by_which_we_answer_is_counted_from_when_they_ask_after_a_talk(village):
    with village.inside():
        referral, code = ask(village.school, wish="talk")
    cora, promise, began = village.actor("cora"), "We read it and answer by", clock.now()

    def come():
        asker = Client()
        asker.post(reverse("code"), {"code": code})
        page = asker.get(reverse("status"))
        return asker, promise in page.content.decode(), page.context["reply_by"]

    assert come()[1] is True
    talk, _cora = offered(village, referral)
    with at(began + timedelta(days=20)):
        assert come()[1] is False
        with village.inside():
            actions.note_time(talk, by=cora, starts_at=clock.now() - timedelta(hours=1))
            actions.hold_talk(talk, by=cora)
        assert come()[1] is False
        with village.inside():
            actions.follow_up(talk, by=cora, after="not_now")
        come()[0].post(reverse("status_ask"))
        with village.inside():
            school = Programme.objects.get(pk=village.school.pk)
            counted = queries.reply_by(school, clock.now())
            line = queries.page(queries.waiting(cora), school).lines[0]
        assert (line.reply_by, line.late, *come()[1:]) == (counted, False, True, counted)


def test_who_may(village, wanting):
    """The coordinator and whoever was named; a neighbour of the same role, another of the team and somebody else who asked find nothing."""
    referral, _asker = wanting
    talk, _cora = offered(village, referral)
    for key, status in {"cora": 200, "fadi": 200, "mina": 404, "sven": 404, "ada": 404, "ines": 404, "nour": 404, "lena": 404}.items():
        assert village.sign_in(Client(), key).get(reverse("talk", args=[talk.pk])).status_code == status, key
    for key, status in {"cora": 200, "fadi": 404, "sven": 404, "nour": 404}.items():
        assert village.sign_in(Client(), key).get(reverse("talk_offer", args=[referral.ref])).status_code == status, key
    with village.inside():
        _other, code = ask(village.school)
    stranger = Client()
    stranger.post(reverse("code"), {"code": code})
    stranger.post(reverse("status_talk"), {"time": talk.times[0].isoformat()})
    stranger.post(reverse("status_talk_off"))
    with village.inside():
        assert Talk.objects.get().stage == "offered"


def test_one_at_a_time_and_one_hour_for_one_person(village, wanting):
    referral, asker = wanting
    talk, cora = offered(village, referral)
    with village.inside():
        by, soon = village.actor("cora"), clock.now() + timedelta(days=1)
        with pytest.raises(actions.CannotTalk, match="planned already"):
            actions.offer_talk(referral, by=by, times=[soon], holder=village.fadi.pk)
        with pytest.raises(actions.CannotScreen, match="planned"):
            actions.accept(referral, by=by, checks={}, note="Looked at.")
        other, _code = ask(village.school, wish="talk")
        for wrong in ([], [clock.now() - timedelta(days=1)], [clock.now() + timedelta(days=90)]):
            with pytest.raises(actions.CannotTalk):
                actions.offer_talk(other, by=by, times=wrong, holder=village.fadi.pk)
        for holder in (village.ines.pk, village.lena.pk):
            with pytest.raises(actions.CannotTalk):
                actions.offer_talk(other, by=by, times=[soon], holder=holder)
        second = actions.offer_talk(other, by=by, times=talk.times, holder=village.fadi.pk)
        actions.book_talk(talk, by=Actor(Kind.REFERRER, village.school.pk, referral.pk), starts_at=talk.times[0])
        with pytest.raises(actions.CannotTalk, match="no longer free"):
            actions.book_talk(second, by=Actor(Kind.REFERRER, village.school.pk, other.pk), starts_at=talk.times[0])
        assert Talk.objects.get(pk=second.pk).starts_at is None
        with pytest.raises(IntegrityError), transaction.atomic():
            Talk.objects.filter(pk=second.pk).update(starts_at=talk.times[0], stage="booked")
    asker.post(reverse("status_talk_off"))
    with village.inside():
        assert Talk.objects.get(pk=talk.pk).stage == "called_off"
        with pytest.raises(WrongStep):
            actions.call_off_talk(Talk.objects.get(pk=talk.pk), by=by)
    assert cora.get(reverse("talk_offer", args=[referral.ref])).status_code == 200


@pytest.mark.parametrize(("later", "is_free"), [(-30, True), (-29, False), (-15, False), (0, False), (15, False), (29, False), (30, True)])
def test_nobody_holds_two_talks_that_overlap_by_a_minute(village, wanting, later, is_free):
    """At ten and at a quarter past ten; the database keeps it."""
    referral, _asker = wanting
    talk, _cora = offered(village, referral)
    with village.inside():
        by, other = village.actor("cora"), ask(village.school, wish="talk")[0]
        actions.note_time(talk, by=by, starts_at=talk.times[0])
        begins = talk.times[0] + timedelta(minutes=later)
        second = actions.offer_talk(other, by=by, times=[clock.now() + timedelta(days=9)], holder=village.fadi.pk)
        if not is_free:
            with pytest.raises(actions.CannotTalk, match="no longer free"):
                actions.note_time(second, by=by, starts_at=begins)
            with pytest.raises(IntegrityError, match="talk_holder_once"), transaction.atomic():
                Talk.objects.filter(pk=second.pk).update(starts_at=begins, stage="booked")
            Talk.objects.filter(pk=second.pk).update(holder=village.cora.pk)
        actions.note_time(second, by=by, starts_at=begins)
        assert [t.stage for t in Talk.objects.order_by("at")] == ["booked", "booked"]


def test_a_request_that_is_taken_back_takes_the_time_with_it(village, wanting):
    referral, asker = wanting
    talk, _cora = offered(village, referral)
    asker.post(reverse("status_withdrawal"))
    with village.inside():
        assert (Referral.objects.get().stage, Talk.objects.get(pk=talk.pk).stage) == (Stage.WITHDRAWN, "called_off")
        assert Letter.objects.filter(key__startswith="talk-offered", stage="due").count() == 0
