"""The public start page (W1) and the help page."""

import pytest
from django.urls import reverse

from setfair.core import tenant
from setfair.programmes.models import Membership, Role


def start(client, programme):
    return client.get(reverse("start", args=[programme.slug]))


@pytest.mark.mission("S0.12")
def test_the_start_page_says_what_it_is_its_goals_who_may_ask_who_we_are_and_who_sits_in_the_circle(client, village):
    page = start(client, village.school)
    said = page.content.decode()
    assert page.status_code == 200
    for words in (village.school.about, village.school.who_may_ask, *village.school.goals.splitlines(), "Who sits in the circle"):
        assert words in said.replace("&#x27;", "'")
    assert "<li>Cora, coordinator</li>" in said
    assert "<title>Northgate Room 12</title>" in said


@pytest.mark.mission("S0.7")
def test_the_start_page_names_the_windows_with_their_days(client, village):
    said = start(client, village.school).content.decode()
    assert "Lunch: Monday to Friday, noon – 1 p.m." in said
    assert "Tuesday morning: Tuesday, 8 a.m. – 9:30 a.m." in said


def test_only_those_who_chose_to_be_shown_are_shown(client, village):
    with tenant.inside(village.school.pk):
        Membership.objects.filter(role=Role.STUDENT).update(shown_publicly=False)
    said = start(client, village.school).content.decode()
    assert "Ines" not in said
    assert "Sven" not in said
    assert "Ellery" not in said


def test_a_programme_shows_nothing_of_its_neighbour(client, village):
    said = start(client, village.county).content.decode()
    assert "Cora" not in said
    assert "<li>Nour, coordinator</li>" in said


def test_whoever_holds_two_roles_is_named_once(client, village):
    with tenant.inside(village.county.pk):
        assert Membership.objects.filter(user=village.nour, shown_publicly=True).count() == 2
    assert start(client, village.county).content.decode().count("Nour") == 1


def test_professionals_find_their_way_only_where_they_may_refer(client, village):
    assert reverse("refer", args=["river-county"]) in start(client, village.county).content.decode()
    assert reverse("refer", args=["northgate-high"]) not in start(client, village.school).content.decode()


def test_an_unknown_programme_is_not_there(client, village):
    assert client.get("/p/nowhere-high/").status_code == 404
    assert client.get("/p/nowhere-high/ask/").status_code == 404
    assert client.get("/p/nowhere-high/asked/").status_code == 404


def test_looking_at_the_start_page_leaves_no_stay_behind(client, village):
    start(client, village.school)
    assert "stay" not in client.cookies


def test_the_help_page_has_numbers_and_no_form_of_its_own(client, village):
    page = client.get(reverse("help_now", args=["northgate-high"]))
    assert page.status_code == 200
    assert "Call 911" in page.content.decode()
    assert "<textarea" not in page.content.decode()
