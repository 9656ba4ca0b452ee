"""A busy case, and one person in it whom nobody was in touch with."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from setfair.desk.needs import needs
from setfair.preparation import actions
from setfair.preparation.queries import is_silent
from setfair.village.time import at, today

from .todays import told

pytestmark = pytest.mark.django_db


def lines(village, who):
    return [need.url for need in told(village, who) if need.button == "Get in touch"]


def test_whoever_has_waited_longest_is_named_until_somebody_was_in_touch(village, at_preparing):
    story = at_preparing
    order = [story.people[key] for key in ("hana", "rami", "sol", "gail")]
    assert lines(village, "fadi") == []
    with at(timezone.now() + timedelta(days=8)):
        for who in order:
            page = reverse("person", args=[who.pk])
            assert [lines(village, name) for name in ("fadi", "cora", "ines", "nour")] == [[page], [page], [], []]
            with village.inside():
                assert is_silent(who)
                actions.note_try(who, by=story.lead, on=today(village.school), way="person", result="no_answer")
        with village.inside():
            assert [is_silent(who) for who in order] == [False] * 4
        assert lines(village, "fadi") == []


def test_over_everyones_cases_it_is_not_asked(village, at_preparing):
    with at(timezone.now() + timedelta(days=8)), village.inside():
        asked = {whole: [need.sentence for need in needs(village.actor("cora"), village.school, everyones=whole).rows] for whole in (False, True)}
        assert asked == {False: ["Somebody has not heard from us for a while"], True: ["Nothing has happened for a while"]}
