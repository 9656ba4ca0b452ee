"""Once the hour has come, nobody's own page still looks for a day."""

import pytest

from setfair.conferences.models import Attendance
from setfair.preparation.actions import withdraw
from setfair.preparation.home import cards

pytestmark = pytest.mark.django_db


def day_card(me):
    me.refresh_from_db()
    me.case.refresh_from_db()
    return next((card.words, card.href, card.is_done) for card in cards(me) if card.title == "When and where")


def test_from_the_hour_on_it_says_that_they_have_met(village, at_convened):
    with village.inside():
        assert [day_card(me) for me in at_convened.people.values()] == [("You have met.", "", True)] * 4


def test_it_still_says_so_while_the_promises_are_kept(village, at_following_up):
    with village.inside():
        assert [day_card(me) for me in at_following_up.people.values()] == [("You have met.", "", True)] * 4


def test_whoever_was_not_there_is_not_told_that_they_met(village, at_convened):
    with village.inside():
        story = at_convened
        conference = story.case.conferences.get()
        Attendance.objects.create(conference=conference, participation=story.sol, came=False)
        assert [day_card(story.people[key]) for key in ("hana", "sol")] == [("You have met.", "", True), ("That day has been.", "", False)]


def test_before_the_hour_it_says_nothing_of_it(planned):
    assert [day_card(me)[0] for me in planned.people.values() if day_card(me)[0] == "You have met."] == []


def test_after_a_step_back_a_day_is_looked_for_again(village, at_convened):
    with village.inside():
        story = at_convened
        withdraw(story.rami, by=story.me("rami"))
        assert [day_card(story.people[key])[0] for key in ("hana", "rami")] == [
            "Tell us when you could come.",
            "We will tell you when there is a day.",
        ]
