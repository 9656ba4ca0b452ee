"""What people are told before they say yes is what the house does."""

import pytest
from django.urls import reverse

from setfair.access.policy import POLICY, Permission, Tie
from setfair.preparation import words
from setfair.preparation.actions import meet

pytestmark = pytest.mark.django_db
TOLD = {str(heading): str(said) for heading, said in words.TOLD}
RUN_OR_CHECK = "those who run our program or check its work"


def test_who_sees_is_what_the_policy_says():
    """The words name each tie; a new one that may see changes this test, and then the words."""
    assert POLICY[Permission.OPEN_CASE] == {Tie.COORDINATES, Tie.SUPERVISES, Tie.FACILITATES}
    assert POLICY[Permission.PREPARE] == {Tie.COORDINATES, Tie.FACILITATES}
    assert POLICY[Permission.READ_SCRIPT] == {Tie.COORDINATES, Tie.FACILITATES, Tie.PEER_FACILITATES}
    assert POLICY[Permission.SIGN_AGREEMENT] == {Tie.TAKES_PART}
    said = TOLD["Who can see it"]
    for part in (
        "The staff who lead this talk",
        RUN_OR_CHECK,
        "If a student helps, they see first names",
        "The others in the talk see the plan",
        "First names stand in the plan",
    ):
        assert part in said


@pytest.mark.parametrize(("who", "sees"), [("fadi", True), ("cora", True), ("sven", True), ("mina", False), ("ines", False), ("ada", False)])
def test_those_who_are_named_see_it_and_nobody_else(village, client, who, sees, at_preparing):
    with village.inside():
        story = at_preparing
    assert village.sign_in(client, who).get(reverse("case", args=[story.case.ref])).status_code == (200 if sees else 404)


def test_that_notes_are_kept_is_said(village, client, at_preparing):
    with village.inside():
        story = at_preparing
        meeting = meet(story.hana, by=story.lead, held_on=story.case.opened_at.date(), note="A seat by the door.")
        assert meeting.note == "A seat by the door."
    page = village.enter(client, story.hana).get(reverse("choice")).content.decode()
    assert (
        "Short notes on our talks, if you let us." in page,
        "Then all names and words are wiped out for good." in page,
        "Only the team that leads this talk" in page,
    ) == (True, True, False)
