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
        ("cora", ["Today", "Requests", "Cases", "Week", "Team"], "/cases/"),
        ("sven", ["Today", "Requests", "Cases"], "/cases/"),
        ("fadi", ["Today", "Cases"], "/cases/"),
        ("ines", ["Today"], ""),
        ("ada", ["Today", "Team", "Settings"], ""),
        ("nour", ["Today", "Requests", "Cases", "Week", "Team", "Settings"], "/cases/"),
    ],
)
def test_each_is_shown_the_rooms_they_can_use(village, client, who, shown, search, at_preparing):
    assert rooms(village, client, who) == (shown, search)


@pytest.mark.parametrize(("language", "number"), [("en", "555-0112"), ("ar", "\u2066555-0112\u2069")])
def test_the_number_to_call_keeps_its_order_at_the_foot_of_every_page(village, client, language, number):
    page = village.sign_in(client, "cora").get(reverse("today"), headers={"accept-language": language})
    assert number in page.context["help_line"]


def test_whoever_is_inside_a_case_is_among_the_cases(village, client, at_preparing):
    story = at_preparing
    village.sign_in(client, "cora")
    for page in (reverse("case", args=[story.case.ref]), reverse("person", args=[story.hana.pk]), reverse("person_details", args=[story.hana.pk])):
        assert [str(room["label"]) for room in client.get(page).context["nav"] if room["current"]] == ["Cases"]
