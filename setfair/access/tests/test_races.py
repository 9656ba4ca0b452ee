"""Many at the same instant: one link lets one in, ten tries are ten tries."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse

from setfair.access import limits
from setfair.access.models import Denial
from setfair.accounts.actions import issue_code, issue_link
from setfair.accounts.models import Pass
from setfair.accounts.queries import pass_behind
from setfair.core.actor import system

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("probes")]


@pytest.fixture
def link(village, circle):
    with village.inside():
        return issue_link(bearer=Pass.Bearer.PARTICIPATION, bearer_id=circle["hana"].pk, by=system(village.school.pk))


def crowd(act, size):
    """Let `size` callers act in 16 threads, each with connections of its own."""

    def one(number):
        try:
            return act(number)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(16) as pool:
        return list(pool.map(one, range(size)))


def test_of_64_who_press_one_link_at_once_exactly_one_comes_in(link):
    def press(number):
        return Client(REMOTE_ADDR=f"10.200.{number}.1").post(reverse("enter", args=[link])).status_code

    assert sorted(crowd(press, 64)) == [302] + [410] * 63


def test_of_200_tries_at_once_exactly_10_pass():
    assert sum(crowd(lambda _number: limits.allow("crowd", limit=10, per=timedelta(minutes=10)), 200)) == 10


def test_of_many_wrong_codes_at_once_ten_of_a_browser_and_sixty_of_a_network_are_looked_at(village):
    def guess(number):
        return Client(REMOTE_ADDR="10.201.1.1").post(reverse("code"), {"code": f"WRNG{2222 + number}"}).status_code

    def guess_in_one_browser(number):
        cookies = {"cookie": f"form={'k' * 32}"}
        return Client(REMOTE_ADDR="10.202.1.1", headers=cookies).post(reverse("code"), {"code": f"WRNG{2222 + number}"}).status_code

    assert set(crowd(guess_in_one_browser, 24)) == {422}
    assert Denial.objects.filter(permission="enter").count() == 10
    assert set(crowd(guess, 72)) == {422}
    assert Denial.objects.filter(permission="enter").count() == 70


def test_of_codes_issued_at_once_for_one_person_one_works(village, circle):
    hana = circle["hana"]

    def issue(_number):
        with village.inside():
            return issue_code(bearer=Pass.Bearer.PARTICIPATION, bearer_id=hana.pk, by=system(village.school.pk))

    codes = crowd(issue, 24)
    assert len(set(codes)) == 24
    assert sum(pass_behind(code) is not None for code in codes) == 1
