from datetime import timedelta

import pytest

from setfair.core import clock
from setfair.scheduling import actions, queries
from setfair.scheduling.models import Offer, OfferedTime

from .todays import rules

pytestmark = pytest.mark.django_db
OURS = ("timeless", "offer_fits", "offer_stuck")


def said(village, who="cora"):
    return [rule for rule in rules(village, who) if rule in OURS]


@pytest.fixture
def asked(village, at_ready):
    """Two times that fit, offered until the first of them begins."""
    with village.inside():
        found = queries.suggestions(at_ready.case)[:2]
        choices = [actions.Choice(s.room, s.starts_at, 60) for s in found]
        return actions.offer(at_ready.case, by=at_ready.coordinator, choices=choices, answer_by=found[0].starts_at)


def say(village, story, key, *words):
    with village.inside():
        times = OfferedTime.objects.order_by("during")
        actions.answer_offer(story.people[key], by=story.me(key), words=dict(zip(times, words, strict=True)))


def test_while_people_have_days_to_answer_nobody_is_reminded(village, at_ready, asked):
    assert said(village) == []
    for key in ("hana", "rami", "sol"):
        say(village, at_ready, key, "yes", "yes")
    assert said(village) == []


def test_once_one_time_works_for_everyone_it_can_be_booked(village, at_ready, asked):
    for key in ("hana", "rami", "sol", "gail"):
        say(village, at_ready, key, "no" if key == "rami" else "yes", "if_needed")
    assert said(village) == ["offer_fits"]
    assert [said(village, who) for who in ("fadi", "mina", "nour", "ada")] == [["offer_fits"], [], [], []]


def test_when_none_works_or_the_days_are_over_somebody_looks(village, at_ready, asked):
    say(village, at_ready, "rami", "no", "yes")
    assert said(village) == []
    say(village, at_ready, "hana", "yes", "no")
    assert said(village) == ["offer_stuck"]


def test_when_the_last_day_has_gone_by_it_says_so(village, at_ready, asked):
    with village.inside():
        Offer.objects.update(at=clock.now() - timedelta(days=2), answer_by=clock.now() - timedelta(days=1))
    assert said(village) == ["timeless", "offer_stuck"]
