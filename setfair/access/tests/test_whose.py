"""A form is sent in the stay it came from, or after coming in again as the same person; never in somebody else's."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from setfair.agreements.models import Concern
from setfair.cases.journey import Stage
from setfair.journal.models import Entry
from setfair.preparation.models import Consent
from setfair.preparation.queries import answer_of
from setfair.programmes.models import Membership, Role
from setfair.village.story import signing

pytestmark = pytest.mark.django_db

OURS = {"Origin": "http://testserver"}
FEAR = "I am afraid of her brother"


@pytest.fixture
def later():
    with time_machine.travel(timezone.now(), tick=False) as clock:
        yield lambda **much: clock.shift(timedelta(**much))


@pytest.fixture
def booked(village, later, at_scheduled):
    with village.inside():
        return at_scheduled


class Browser:
    """What a person can do: open a page, and send a form that stands on a page."""

    def __init__(self):
        self.client = Client(enforce_csrf_checks=True)

    def open(self, path):
        return self.client.get(path, follow=True).content.decode()

    def send(self, page, action=None, **words):
        """Send the form of this page that leads to `action`; the first in its main part when none is named."""
        forms = re.findall(r"<form([^>]*)>(.*?)</form>", page[page.index("<main") :], re.DOTALL)
        head, form = next((h, f) for h, f in forms if action is None or f'action="{action}"' in h)
        fields = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', form)
        where = re.search(r'action="([^"]*)"', head)
        return self.client.post((where and where[1]) or self.at, dict(fields) | words, headers=OURS)

    def visit(self, path):
        self.at = path
        return self.open(path)

    def come_in(self, village, participation):
        answer = self.send(self.visit(reverse("code")), code=village.code_for(participation))
        assert answer.status_code == 302
        return self

    def sign_in(self, village, key):
        village.sign_in(self.client, key)
        return self


@pytest.fixture
def hana(village, booked):
    return Browser().come_in(village, booked.hana)


def stopped(booked, key="hana"):
    with booked.village.inside():
        return answer_of(booked.people[key]).answer == Consent.Answer.WITHDRAWN


def test_stop_pressed_after_ten_idle_minutes_is_done_by_the_first_send_again(village, booked, hana, later):
    page = hana.visit(reverse("stop"))
    later(minutes=11)
    kept = hana.send(page)
    assert (kept.status_code, stopped(booked)) == (401, False)
    said = kept.content.decode()
    assert ("This is not sent yet" in said, "Your words" in said) == (True, False)
    hana.come_in(village, booked.hana)
    assert hana.send(said).url == reverse("home")
    assert stopped(booked)


def test_stop_pressed_when_the_browser_had_forgotten_everything_is_kept_too(village, booked, hana, later):
    later(minutes=1)
    page = hana.visit(reverse("stop"))
    hana.client.cookies.clear()
    kept = hana.send(page)
    assert kept.status_code == 401
    assert reverse("code") in kept.content.decode()
    hana.come_in(village, booked.hana)
    assert hana.send(kept.content.decode()).url == reverse("home")
    assert stopped(booked)


def test_sent_again_before_coming_in_it_is_still_kept(village, booked, hana, later):
    page = hana.visit(reverse("stop"))
    later(minutes=11)
    once = hana.send(page).content.decode()
    twice = hana.send(once)
    assert twice.status_code == 401
    hana.come_in(village, booked.hana)
    assert hana.send(twice.content.decode()).url == reverse("home")
    assert stopped(booked)


def test_a_page_that_was_kept_for_too_long_asks_once_more(village, booked, hana, later):
    page = hana.visit(reverse("stop"))
    later(minutes=11)
    kept = hana.send(page).content.decode()
    later(minutes=31)
    hana.come_in(village, booked.hana)
    bounced = hana.send(kept)
    assert (bounced.status_code, stopped(booked)) == (403, False)
    assert hana.send(bounced.content.decode()).url == reverse("home")
    assert stopped(booked)


def test_what_lets_a_kept_page_be_sent_opens_no_other_page(village, booked, hana, later):
    page = hana.visit(reverse("stop"))
    later(minutes=11)
    fields = dict(re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)"', hana.send(page).content.decode()))
    hana.come_in(village, booked.hana)
    assert hana.client.post(reverse("choice"), fields | {"answer": "no"}, headers=OURS).status_code == 403
    assert hana.client.post(reverse("stop"), fields, headers={"Origin": "https://evil.example"}).status_code == 403
    assert hana.client.post(reverse("stop"), fields | {"again": fields["again"][:-1] + "x"}, headers=OURS).status_code == 403
    assert not stopped(booked)


def test_a_button_of_the_staff_is_kept_as_well_and_pressed_once_more(village, later, at_preparing):
    with village.inside():
        case = at_preparing
        case.meet_everyone()
        case.hear_every_yes()
    browser, press = Browser().sign_in(village, "cora"), reverse("declare_ready", args=[case.case.ref])
    page = browser.visit(reverse("ready", args=[case.case.ref]))
    later(minutes=31)
    kept = browser.send(page, press)
    assert (kept.status_code, reverse("account_login") in kept.content.decode()) == (401, True)
    browser.sign_in(village, "cora")
    assert browser.send(kept.content.decode()).status_code == 302
    with village.inside():
        case.case.refresh_from_db()
        assert case.case.stage == Stage.READY


def test_a_stop_of_one_person_is_not_sent_as_another(village, booked, hana, later):
    page = hana.visit(reverse("stop"))
    later(minutes=11)
    kept = hana.send(page).content.decode()
    hana.come_in(village, booked.sol)
    for form in (page, kept):
        refused = hana.send(form)
        assert (refused.status_code, "We did not send that" in refused.content.decode()) == (409, True)
    assert not (stopped(booked) or stopped(booked, "sol"))


def test_an_answer_from_an_old_tab_takes_no_booked_case_back(village, booked, later):
    tab = Browser().come_in(village, booked.rami)
    tab.visit(reverse("choice"))
    page = tab.open(reverse("choice"))
    tab.come_in(village, booked.sol)
    with village.inside():
        before = Consent.objects.count()
    for answer in ("no", "unsure"):
        assert tab.client.post(reverse("choice"), {"answer": answer, **_hidden(page)}, headers=OURS).status_code == 409
    with village.inside():
        booked.case.refresh_from_db()
        assert (Consent.objects.count(), booked.case.stage) == (before, Stage.SCHEDULED)


def test_a_concern_of_one_is_not_read_under_the_name_of_another(village, later, at_convened):
    with village.inside():
        case = at_convened
        agreement = signing(case)
    tab, where = Browser().come_in(village, case.hana), reverse("my_concern", args=[agreement.pk])
    page = tab.visit(reverse("my_agreement", args=[agreement.pk]))
    later(minutes=11)
    kept = tab.client.post(where, {"words": FEAR, **_hidden(page)}, headers=OURS)
    assert (kept.status_code, FEAR in kept.content.decode()) == (401, True)
    tab.come_in(village, case.rami)
    refused = tab.send(kept.content.decode())
    assert (refused.status_code, FEAR in refused.content.decode()) == (409, False)
    with village.inside():
        assert (Concern.objects.count(), Entry.objects.filter(verb="said_wrong").count()) == (0, 0)


def test_a_button_of_one_of_the_team_is_not_pressed_as_another(village, booked):
    browser = Browser().sign_in(village, "cora")
    page = browser.visit(reverse("ready", args=[booked.case.ref]))
    browser.sign_in(village, "sven")
    assert browser.client.post(reverse("declare_ready", args=[booked.case.ref]), _hidden(page), headers=OURS).status_code == 409


def test_staff_who_changed_the_programme_in_another_tab_write_nothing_into_the_wrong_one(village):
    with village.inside(village.county):
        Membership.objects.create(user=village.cora, role=Role.ADMINISTRATOR)
    browser = Browser().sign_in(village, "cora")
    page = browser.visit(reverse("account_logout"))
    assert browser.client.post(reverse("switch"), {"programme": village.county.pk, **_hidden(page)}, headers=OURS).status_code == 302
    assert browser.client.post(reverse("settings"), _hidden(page), headers=OURS).status_code == 409


def test_leaving_and_the_language_are_open_from_any_page(village, booked, hana):
    page = hana.visit(reverse("stop"))
    hana.come_in(village, booked.sol)
    fields = _hidden(page) | {"csrfmiddlewaretoken": _hidden(hana.open(reverse("stop")))["csrfmiddlewaretoken"]}
    assert hana.client.post(reverse("set_language"), fields | {"language": "es", "next": "/g/"}, headers=OURS).status_code == 302


def test_a_mark_tells_nobody_whose_it_is_and_is_the_same_each_time(village, booked, hana):
    mark = _hidden(hana.visit(reverse("stop")))["stay"]
    assert (len(mark), str(booked.hana.pk) in mark) == (24, False)
    assert _hidden(Browser().come_in(village, booked.hana).visit(reverse("stop")))["stay"] == mark
    assert _hidden(Browser().come_in(village, booked.rami).visit(reverse("stop")))["stay"] != mark


def _hidden(page):
    return dict(re.findall(r'<input type="hidden" name="(csrfmiddlewaretoken|stay)" value="([^"]*)"', page))
