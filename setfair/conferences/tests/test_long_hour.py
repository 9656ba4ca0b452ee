"""A circle lasts longer than somebody of the team may be idle: they look at each other, and the page waits for them."""

import pytest
from django.conf import settings
from django.urls import reverse

from setfair.conferences import actions
from setfair.conferences.models import PageTurn

pytestmark = pytest.mark.django_db


@pytest.fixture
def live(on_the_day, village):
    for person in on_the_day.people.values():
        actions.welcome(on_the_day.conference, person, by=on_the_day.lead)
    actions.convene(on_the_day.conference, by=on_the_day.lead)
    on_the_day.conference.refresh_from_db()
    return on_the_day


def idle(client, minutes):
    """So long ago was the last page."""
    session = client.session
    session["seen"] -= minutes * 60
    session["started"] -= minutes * 60
    session.save()


def page(name, story, *more):
    return reverse(name, args=[story.conference.pk, *more])


@pytest.mark.parametrize("who", ["fadi", "ines", "cora"])
def test_forty_five_silent_minutes_and_the_next_page_is_turned(live, village, client, who):
    village.sign_in(client, who).get(page("conference", live))
    idle(client, 45)
    assert client.post(page("script_hand", live)).url == page("conference", live)
    assert client.post(page("turns", live), {"page": 4}).url == page("conference", live)
    assert (client.get(page("conference", live)).status_code, PageTurn.objects.latest("at").page) == (200, 4)


def test_what_is_not_of_the_circle_asks_them_to_come_in_again_and_ends_nothing(live, village, client):
    village.sign_in(client, "fadi").get(page("conference", live))
    idle(client, 45)
    for shut in (reverse("today"), reverse("case", args=[live.case.ref]), reverse("account_change_password"), reverse("usersessions_list")):
        assert client.get(shut).url.startswith(reverse("account_login")), shut
    assert client.get(reverse("still_in")).status_code == 401
    assert client.get(page("conference", live)).status_code == 200
    village.sign_in(client, "fadi")
    assert client.get(reverse("today")).status_code == 200


@pytest.mark.parametrize("way_out", ["exit", "account_logout"])
def test_who_leaves_has_left(live, village, client, way_out):
    village.sign_in(client, "fadi").get(page("conference", live))
    idle(client, 45)
    client.post(reverse(way_out))
    assert client.get(page("conference", live)).url.startswith(reverse("account_login"))


def test_without_a_circle_the_usual_time_holds(on_the_day, village, client):
    village.sign_in(client, "fadi").get(page("conference", on_the_day))
    idle(client, 31)
    assert client.get(page("conference", on_the_day)).url.startswith(reverse("account_login"))


def test_an_hour_past_its_end_the_usual_time_holds(live, village, client):
    village.sign_in(client, "fadi").get(page("conference", live))
    session = client.session
    session["circle"] = session["seen"] - 1
    session.save()
    idle(client, 31)
    assert client.get(page("conference", live)).url.startswith(reverse("account_login"))


def test_once_it_is_over_nothing_is_held(live, village, client):
    village.sign_in(client, "fadi").get(page("conference", live))
    assert client.session["circle"] > live.booking.ends_at.timestamp()
    actions.conclude(live.conference, by=live.lead)
    client.get(page("conference", live))
    assert "circle" not in client.session


def test_the_whole_stay_has_its_end_all_the_same(live, village, client):
    village.sign_in(client, "fadi").get(page("conference", live))
    idle(client, settings.STAYS["staff"][1] // 60 + 1)
    assert client.get(page("conference", live)).url.startswith(reverse("account_login"))


def test_somebody_of_another_case_holds_nothing_by_asking(live, village, client):
    """Mina is of this programme and not of this circle; Nour is of another programme."""
    for who in ("mina", "nour"):
        village.sign_in(client, who)
        assert client.get(page("conference", live)).status_code == 404
        assert "circle" not in client.session
