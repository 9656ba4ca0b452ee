"""The navigation shows only rooms with something in them for this person."""

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db


def rooms(village, client, who):
    page = village.sign_in(client, who).get(reverse("today"))
    return [str(room["label"]) for room in page.context["nav"]], page.context.get("search_url", "")


@pytest.mark.parametrize(
    ("who", "shown", "search"),
    [
        ("cora", ["Today", "Requests", "Cases", "Team"], "/cases/"),
        ("sven", ["Today", "Requests", "Cases"], "/cases/"),
        ("fadi", ["Today", "Cases"], "/cases/"),
        ("ines", ["Today"], ""),
        ("ada", ["Today", "Team", "Settings"], ""),
        ("nour", ["Today", "Requests", "Cases", "Team", "Settings"], "/cases/"),
    ],
)
def test_each_is_shown_the_rooms_they_can_use(village, client, who, shown, search, at_preparing):
    assert rooms(village, client, who) == (shown, search)
