"""The thanks, with the code (W3)."""

from datetime import timedelta

import pytest
from django.urls import reverse

from setfair.village.time import at

from .walk import SLUG, TODAY, send, the_only


@pytest.fixture(autouse=True)
def _one_day():
    with at(TODAY):
        yield


def test_the_thanks_show_code_and_day_and_what_comes(client, village):
    send(client)
    said = client.get(reverse("asked", args=[SLUG])).content.decode()
    assert "Cora reads it and answers by 24 Nov 2026." in said
    assert "Nobody else is told yet." in said
    assert "shoving" not in said


def test_the_thanks_open_for_nobody_else(client, village, browser_clients):
    send(client)
    other = browser_clients().get(reverse("asked", args=[SLUG]))
    assert (other.status_code, "There is nothing to show here" in other.content.decode()) == (200, True)
    neighbour = client.get(reverse("asked", args=["river-county"]))
    assert "There is nothing to show here" in neighbour.content.decode()


def test_a_request_can_be_taken_back_at_once(client, village):
    send(client)
    page = client.post(reverse("asked_withdrawal", args=[SLUG]))
    assert page["Location"] == reverse("start", args=[SLUG])
    assert the_only(village).stage == "withdrawn"
    assert "There is nothing to show here" in client.get(reverse("asked", args=[SLUG])).content.decode()


def test_nobody_else_can_take_it_back(client, village, browser_clients):
    send(client)
    browser_clients().post(reverse("asked_withdrawal", args=[SLUG]))
    assert the_only(village).stage == "received"


def code_on(client):
    page = client.get(reverse("asked", args=[SLUG])).content.decode()
    return page.split('data-copy="')[1].split('"')[0] if "data-copy" in page else None


@pytest.mark.parametrize(("minutes", "stays"), [(9, True), (11, False)])
def test_ten_idle_minutes_and_the_code_is_gone(client, village, minutes, stays):
    send(client)
    code = code_on(client)
    with at(TODAY + timedelta(minutes=minutes)):
        assert code_on(client) == (code if stays else None)
    with at(TODAY + timedelta(minutes=minutes + 1)):
        assert (code_on(client) is not None) == stays


def test_whoever_comes_to_the_device_later_cannot_take_the_request_back(client, village):
    send(client)
    with at(TODAY + timedelta(minutes=11)):
        client.post(reverse("asked_withdrawal", args=[SLUG]))
    assert the_only(village).stage == "received"


def test_who_looks_again_and_again_sees_it_four_hours_and_no_longer(client, village):
    send(client)
    for minutes in range(8, 4 * 60, 8):
        with at(TODAY + timedelta(minutes=minutes)):
            assert code_on(client)
    with at(TODAY + timedelta(minutes=4 * 60 + 1)):
        assert code_on(client) is None


def test_the_page_also_clears_itself(client, village):
    send(client)
    page = client.get(reverse("asked", args=[SLUG])).content.decode()
    assert 'data-idle="10"' in page
    assert "/ui/idle" in page
