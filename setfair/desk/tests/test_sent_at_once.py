"""A button pressed eight times in the same instant does once what it does, and nobody gets an error for it."""

import threading

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse

from setfair.accounts.models import User
from setfair.facilitators.journey import Stage
from setfair.facilitators.models import Facilitator
from setfair.journal.models import Entry
from setfair.letters.models import Letter
from setfair.programmes.actions import end_membership
from setfair.programmes.models import Membership, Offer, Role, Script
from setfair.programmes.scripts import running_script

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 8


@pytest.fixture
def send(village):
    """Post the same form over eight connections, all with Ada's session; the answers' statuses, each once."""
    ada = village.sign_in(Client(), "ada")

    def at_once(url, form, user=None):
        sender = ada if user is None else Client()
        if user is not None:
            sender.force_login(user)
        answers, gate = [], threading.Barrier(AT_ONCE)

        def one():
            browser = Client(raise_request_exception=False)
            browser.cookies = sender.cookies
            try:
                gate.wait(60)
                answers.append(browser.post(url, form).status_code)
            finally:
                connections.close_all()

        threads = [threading.Thread(target=one) for _n in range(AT_ONCE)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(answers) == AT_ONCE
        return set(answers)

    return at_once


def written(verb):
    return Entry.objects.filter(verb=verb).count()


@pytest.mark.parametrize(("trained", "stage"), [("new", Stage.NOMINATED), ("certified", Stage.CERTIFIED)])
def test_somebody_joins_the_team_once(village, send, trained, stage):
    statuses = send(reverse("team_add"), {"user": village.cora.pk, "kind": "staff", "trained": trained})
    assert 302 in statuses
    assert statuses <= {302, 422}  # 422: whoever looked after it was done finds them on the team
    with village.inside():
        assert [f.stage for f in Facilitator.objects.filter(user=village.cora)] == [stage]
        assert written("nominated") == 1


def test_an_invitation_is_one_question_and_one_letter_and_a_yes_is_one_role(village, send):
    form = {"name": "Nika Reyes", "email": "nika@new.example", "role": Role.COORDINATOR}
    assert send(reverse("settings_people"), form) == {302}
    nika = User.objects.get(email="nika@new.example")
    with village.inside():
        offer = Offer.objects.get(user=nika)
        assert Letter.objects.filter(reader_id=nika.pk).count() == 1
    assert send(reverse("joining_yes", args=[offer.pk]), {}, user=nika) == {302}
    with village.inside():
        assert Membership.objects.filter(user=nika).count() == 1


def test_a_role_comes_back_once(village, send):
    with village.inside():
        Membership.objects.create(user=village.sven, role=Role.COORDINATOR)
        was = end_membership(Membership.objects.get(user=village.cora), by=village.actor("ada"))
        before = written("gave_role")
    assert send(reverse("settings_people_again", args=[was.pk]), {}) == {302}
    with village.inside():
        assert Membership.objects.filter(user=village.cora, ended_at__isnull=True).count() == 1
        assert written("gave_role") == before + 1


def test_a_script_is_copied_once(village, send):
    with village.inside():
        script = running_script(village.school, "en")
    assert send(reverse("settings_script_copy", args=[script.pk]), {"name": "Short", "language": "en"}) == {302}
    with village.inside():
        copy = Script.objects.get(name="Short")
        assert copy.pages.count() == script.pages.count()
        assert written("added_script") == 1
