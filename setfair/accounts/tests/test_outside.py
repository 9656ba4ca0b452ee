"""Whoever has an account and belongs nowhere is written to by the worker; the page answers the same, whether a post office is there or not."""

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from setfair.accounts import outside, pace
from setfair.accounts.models import User
from setfair.accounts.tests.worker import send_waiting

pytestmark = pytest.mark.django_db


def test_a_message_to_nobodys_account_waits_for_the_worker_sealed(village, monkeypatch, settings):
    cache.clear()
    monkeypatch.setattr(pace, "PACE", 0.0)
    User.objects.create_user("lena@nowhere.example", "Lena Moss", "a calm and open door")
    working = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "no.such.Backend"
    for email in ("lena@nowhere.example", "nobody@nowhere.example"):
        for name in ("account_request_login_code", "account_reset_password"):
            assert Client().post(reverse(name), {"email": email}).status_code == 302
    settings.EMAIL_BACKEND = working
    assert mail.outbox == []
    outside.seal_anew()
    waiting = ProcrastinateJob.objects.filter(task_name=outside.SEND).order_by("id")
    assert [set(job.args) for job in waiting] == [{"sealed"}, {"sealed"}]
    assert "lena" not in str([job.args for job in waiting])
    assert send_waiting() == 2
    assert [message.to for message in mail.outbox] == [["lena@nowhere.example"]] * 2
    assert [message.subject for message in mail.outbox] == ["Your sign-in code", "Your new password"]
