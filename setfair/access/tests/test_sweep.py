"""Once a day: what is over is cleared, and what still counts is left."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from setfair.access import limits
from setfair.access.models import Bucket, Denial
from setfair.access.tasks import sweep
from setfair.accounts.actions import issue_code, issue_link, revoke_passes, spend_link
from setfair.accounts.models import Pass
from setfair.core.actor import system

pytestmark = pytest.mark.django_db

PARTICIPATION = Pass.Bearer.PARTICIPATION
LONG_AGO, LATELY = timedelta(days=8), timedelta(days=6)


def ago(**much):
    return timezone.now() - timedelta(**much)


def test_stays_that_are_over_are_cleared_and_the_others_go_on(village, circle):
    over, now = Client(), village.sign_in(Client(), "cora")
    village.enter(over, circle["hana"])
    Session.objects.filter(pk=over.session.session_key).update(expire_date=ago(minutes=1))
    kept = now.session.session_key
    for key in ("a-stay-that-is-gone", kept):
        UserSession.objects.create(user=village.cora, session_key=key, ip="127.0.0.1", user_agent="")
    sweep()
    assert list(Session.objects.values_list("pk", flat=True)) == [kept]
    assert list(UserSession.objects.values_list("session_key", flat=True)) == [kept]
    assert now.get(reverse("today")).status_code == 200


def test_shut_doors_are_forgotten_after_ninety_days(village):
    Denial.objects.all().delete()
    for days in (91, 89):
        Denial.objects.create(at=ago(days=days), route="x", permission="x", actor_kind="anyone", network="10.0.0.0/24")
    sweep()
    assert [line.at > ago(days=90) for line in Denial.objects.all()] == [True]


def test_old_counters_go_and_those_that_count_stay(village):
    Bucket.objects.all().delete()
    for number, hours in enumerate((49, 1)):
        Bucket.objects.create(key=bytes([number]) * 32, since=ago(hours=hours), count=3)
    sweep()
    assert [bytes(bucket.key) for bucket in Bucket.objects.all()] == [bytes([1]) * 32]


def test_passes_that_open_nothing_are_dropped_after_a_week_in_every_programme(village, circle):
    left = {}
    for name, programme in (("hana", village.school), ("nela", village.county)):
        with village.inside(programme):
            by, who = system(programme.pk), {"bearer": PARTICIPATION, "bearer_id": circle[name].pk}
            issue_code(**who, by=by)
            revoke_passes(**who, by=by)
            issue_link(**who, by=by)
            spend_link(Pass.objects.get(bearer_id=circle[name].pk, kind="link"), by=by)
            issue_link(**who, by=by, hours=1)
            Pass.objects.filter(bearer_id=circle[name].pk).update(made_at=ago(days=9))
            Pass.objects.filter(bearer_id=circle[name].pk, spent_at__isnull=False).update(spent_at=timezone.now() - LONG_AGO)
            Pass.objects.filter(bearer_id=circle[name].pk, revoked_at__isnull=False).update(revoked_at=timezone.now() - LONG_AGO)
            Pass.objects.filter(bearer_id=circle[name].pk, kind="link", spent_at__isnull=True).update(expires_at=timezone.now() - LONG_AGO)
            live = Pass.objects.create(kind="code", **who, digest=name.encode() * 8, made_at=ago(days=300))
            lately = Pass.objects.create(kind="code", **who, digest=name.encode() * 7, revoked_at=timezone.now() - LATELY)
            waiting = Pass.objects.create(kind="link", **who, digest=name.encode() * 6, expires_at=timezone.now() + LATELY)
            left[programme] = {live.pk, lately.pk, waiting.pk}
            assert Pass.objects.filter(bearer_id=circle[name].pk).count() == 6
    sweep()
    sweep()
    for name, programme in (("hana", village.school), ("nela", village.county)):
        with village.inside(programme):
            assert set(Pass.objects.filter(bearer_id=circle[name].pk).values_list("pk", flat=True)) == left[programme]


def test_one_somebody_cannot_fill_the_book_of_shut_doors(village, caller, circle, monkeypatch):
    monkeypatch.setattr(limits, "MOST_DENIALS", 5)
    rami, otto = village.enter(caller(), circle["rami"]), village.enter(caller(), circle["otto"])
    for _ in range(8):
        rami.get(reverse("my_agreement", args=[circle["hana"].pk]))
    otto.get(reverse("my_agreement", args=[circle["hana"].pk]))
    assert [Denial.objects.filter(actor_id=circle[name].pk).count() for name in ("rami", "otto")] == [5, 1]
