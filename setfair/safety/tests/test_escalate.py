"""Nobody hears it: the next are told, round by round, and it stays on Today until somebody has written how it ended."""

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from setfair.cases import actions as cases
from setfair.core.actor import Actor, Kind
from setfair.desk.asking import lines
from setfair.letters.models import Letter
from setfair.letters.tasks import send_due_letters
from setfair.programmes.models import Membership
from setfair.referrals.actions import keeping_out as referrals
from setfair.referrals.tests.asks import ask
from setfair.safety import actions, rounds
from setfair.safety.models import Alarm, Heard, Step, Told
from setfair.safety.queries import whence
from setfair.safety.tasks import tell_others

pytestmark = pytest.mark.django_db


def raised(story, key="hana", **said):
    by = story.me(key)
    return actions.raise_alarm(whence(by), by=by, form_key=story.people[key].pk, **said)


def told(alarm, number):
    return sorted(one.user.name for one in Told.objects.filter(alarm=alarm, round=number).select_related("user"))


def after(minutes, since):
    return time_machine.travel(since + timedelta(minutes=minutes), tick=False)


def test_round_by_round_until_somebody_hears_it_and_each_round_once(at_preparing, village):
    story, began = at_preparing, timezone.now()
    with time_machine.travel(began, tick=False), village.inside():
        alarm = raised(story)
        cases.keep_out(story.case, by=story.coordinator, user=village.users["sven"], why="close")
        Membership.objects.create(user=village.users["mina"], role="supervisor")
    found = []
    for minutes in (5, 11, 12, 31, 32, 61):
        with after(minutes, began):
            tell_others()
            tell_others()
        with village.inside():
            found.append((minutes, [told(alarm, number) for number in range(4)]))
    first, second = ["Wren Hollis"], ["Cora Ellery", "Mina Castell"]
    third, everyone = ["Ada Pryce", *second], ["Ada Pryce", *second, "Wren Hollis"]
    assert found == [
        (5, [first, [], [], []]), (11, [first, second, [], []]), (12, [first, second, [], []]), (31, [first, second, third, []]),
        (32, [first, second, third, []]), (61, [first, second, third, everyone]),
    ]  # fmt: skip
    with village.inside():
        assert Letter.objects.filter(key__startswith=f"alarm:{alarm.pk}:").count() == 10
        assert rounds.due_anywhere(10) == []
        actions.hear(alarm, by=village.actor("ada"))
    with after(200, began):
        tell_others()
    with village.inside():
        assert (Told.objects.filter(alarm=alarm).count(), rounds.due_anywhere(10)) == (10, [])


def test_a_clock_that_stood_still_tells_one_round_and_a_post_that_is_stuck_leaves_it_on_today(at_preparing, village, monkeypatch):
    story, began = at_preparing, timezone.now()
    with time_machine.travel(began, tick=False), village.inside():
        alarm = raised(story)

    def breaks(letter):
        raise OSError("no post today")

    monkeypatch.setattr("setfair.letters.tasks.deliver", breaks)
    with after(60 * 5, began):
        tell_others()
        send_due_letters()
    with village.inside():
        assert sorted(set(Told.objects.values_list("round", flat=True))) == [0, 11]
        assert told(alarm, 11) == ["Ada Pryce", "Cora Ellery", "Sven Aldous", "Wren Hollis"]
        assert set(Letter.objects.filter(key__startswith="alarm:").values_list("stage", flat=True)) == {"due"}
        rules = {key: [line[0] for line in lines(village.actor(key), village.school, everyones=False)] for key in ("wren", "ada", "fadi")}
        assert {key: found.count("alarm") for key, found in rules.items()} == {"wren": 1, "ada": 1, "fadi": 0}


def test_what_was_done_is_written_in_order_and_it_waits_until_it_is_over(at_preparing, village, browser_clients):
    story = at_preparing
    with village.inside():
        alarm = raised(story, words="He is outside.")
        with pytest.raises(actions.NotYet):
            actions.take_step(alarm, by=village.actor("wren"), code="spoke")
        with pytest.raises(IntegrityError, match="nobody has heard it yet"), transaction.atomic():
            Step.objects.create(alarm=alarm, code="spoke", by=village.users["wren"].pk)
    at, step = reverse("alarm_read", args=[alarm.pk]), reverse("alarm_step", args=[alarm.pk])
    wren, sven = (village.sign_in(browser_clients(), key) for key in ("wren", "sven"))
    wren.post(reverse("alarm_heard", args=[alarm.pk]))
    with village.inside():
        assert [line[0] for line in lines(village.actor("sven"), village.school, everyones=False) if line[0].startswith("alarm")] == ["alarm_open"]
    assert [wren.post(step, {"code": "spoke", "words": "She is at her aunt's."}).status_code, sven.post(step, {"code": "service"}).status_code] == [
        302,
        302,
    ]
    assert wren.post(step, {"code": "closed"}).status_code == 422
    page = sven.get(at).text
    assert [word for word in ("We spoke with them", "She is at her aunt&#x27;s.", "Wren Hollis", "Sven Aldous") if word not in page] == []
    for key in ("fadi", "ada", "edda", "ines"):
        assert village.sign_in(browser_clients(), key).post(step, {"code": "spoke"}).status_code == 404
    assert wren.post(step, {"code": "closed", "words": "Her aunt fetched her."}).status_code == 302
    assert wren.post(step, {"code": "spoke"}).status_code == 422
    with village.inside():
        with pytest.raises(IntegrityError, match="it is over"), transaction.atomic():
            Step.objects.create(alarm=alarm, code="spoke", by=village.users["wren"].pk)
        assert [line[0] for line in lines(village.actor("sven"), village.school, everyones=False) if line[0].startswith("alarm")] == []
        assert (Heard.objects.count(), [one.code for one in Step.objects.order_by("at")]) == (1, ["spoke", "service", "closed"])
        assert Alarm.objects.get().words == "He is outside."
    assert "aunt" not in village.enter(browser_clients(), story.hana).get(reverse("alarm", args=["northgate-high"])).text


def test_whoever_is_told_is_texted_too_where_they_said_so(at_preparing, village, browser_clients):
    wren = village.sign_in(browser_clients(), "wren")
    assert wren.post(reverse("alarm_phone"), {"number": "555-0145"}).status_code == 302
    assert [village.sign_in(browser_clients(), key).post(reverse("alarm_phone"), {"number": "555-0146"}).status_code for key in ("fadi", "ines")] == [
        404,
        404,
    ]
    assert "555-0145" not in village.sign_in(browser_clients(), "cora").get(reverse("alarms")).text
    with village.inside():
        alarm = raised(at_preparing)
        sent = Letter.objects.filter(key__startswith=f"alarm:{alarm.pk}:0:").order_by("channel")
        assert [(one.channel, one.address) for one in sent] == [("email", "wren@school.example"), ("sms", "555-0145")]
    assert wren.post(reverse("alarm_phone"), {"number": ""}).status_code == 302
    with village.inside():
        assert Letter.objects.filter(key__startswith=f"alarm:{raised(at_preparing, 'rami').pk}:0:").count() == 1


def test_it_is_asked_which_are_due_and_not_which_are_oldest(at_preparing, village):
    """What nobody hears for weeks is told once a day; it does not stand before one that is due now."""
    story, began = at_preparing, timezone.now()
    with time_machine.travel(began - timedelta(days=9), tick=False), village.inside():
        old = raised(story)
    with time_machine.travel(began - timedelta(minutes=15), tick=False):
        tell_others()
    with time_machine.travel(began, tick=False), village.inside():
        new = raised(story, "rami")
    for minutes, found in ((5, []), (11, [new.pk]), (60 * 30, [new.pk, old.pk])):
        with after(minutes, began):
            assert [alarm for _programme, alarm in rounds.due_anywhere(10)] == found
            assert [alarm for _programme, alarm in rounds.due_anywhere(1)] == found[:1]


def test_the_database_knows_the_same_hour_for_each_round(at_preparing, village):
    with village.inside():
        alarm = raised(at_preparing)
        for number in range(60):
            begins = rounds.begins(alarm, number + 1)
            for moment, found in ((begins - timedelta(seconds=1), []), (begins, [(village.school.pk, alarm.pk)])):
                with time_machine.travel(moment, tick=False):
                    assert (number, rounds.due_anywhere(10), rounds.due(alarm) is not None) == (number, found, bool(found))
            Told.objects.create(alarm=alarm, round=number + 1, user=village.users["wren"])


def test_whoever_is_kept_out_since_is_not_written_to_of_what_was_raised_on_the_request(at_preparing, village):
    """The alarm goes on naming the request alone; the case came later, and with it the wall."""
    story, began = at_preparing, timezone.now()
    by = Actor(Kind.REFERRER, village.school.pk, story.referral.pk)
    with time_machine.travel(began, tick=False), village.inside():
        alarm = actions.raise_alarm(replace(whence(by), case=None), by=by, form_key=story.referral.pk)
        cases.keep_out(story.case, by=story.coordinator, user=village.users["sven"], why="close")
    with after(11, began):
        tell_others()
    with village.inside():
        assert (alarm.case, told(alarm, 1)) == (None, ["Cora Ellery"])


def test_whoever_is_kept_out_of_the_request_is_not_told_and_does_not_find_it(village, browser_clients):
    with village.inside():
        referral, _code = ask(village.school)
        referrals.keep_out(referral, by=village.actor("cora"), user=village.users["wren"], why="close")
        by = Actor(Kind.REFERRER, village.school.pk, referral.pk)
        alarm = actions.raise_alarm(whence(by), by=by, form_key=referral.pk)
        assert told(alarm, 0) == ["Sven Aldous"]
    at = reverse("alarm_read", args=[alarm.pk])
    assert [village.sign_in(browser_clients(), key).get(at).status_code for key in ("wren", "sven")] == [404, 200]
