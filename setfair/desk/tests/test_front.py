import uuid

import pytest

from setfair.core import tenant
from setfair.core.actor import system
from setfair.programmes.actions import open_programme

pytestmark = pytest.mark.django_db


def test_the_front_names_the_programmes_and_two_ways_in(village, client):
    page = client.get("/").content.decode()
    assert "<title>Meeting</title>" in page
    for words in ("I have a code", "Staff sign-in", village.school.name, village.county.name, "/p/northgate-high/"):
        assert words in page


def test_a_single_programme_is_shown_as_itself(client):
    key = uuid.uuid4()
    with tenant.inside(key):
        open_programme(slug="north", kind="school", name="North peer team", short_name="Room 12", by=system(key))
    page = client.get("/").content.decode()
    assert "North peer team" in page
    assert "What we do, and how to ask us." in page


@pytest.mark.parametrize("who", ["cora", "ines", "ada", "nour"])
def test_staff_go_straight_to_today(village, client, who):
    assert village.sign_in(client, who).get("/").url == "/today/"


def test_people_with_a_code_go_straight_to_their_own_page(village, client, at_preparing):
    with village.inside():
        story = at_preparing
    assert village.enter(client, story.hana).get("/").url == "/g/"
