"""A case that rests is left alone, and nobody in it is: what people say stands on Today, and so does the day to look again."""

from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from setfair.cases import actions as cases
from setfair.cases.actions import CannotChange
from setfair.cases.models import Hold
from setfair.preparation import actions as preparation

from .todays import rules, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def resting(village, at_preparing):
    with village.inside():
        story = at_preparing
        cases.hold(story.case, by=story.coordinator, reason="asked")
    return story


@pytest.mark.parametrize(("answer", "rule"), [("unsure", "unsure"), ("no", "stopped"), ("withdrawn", "stopped")])
def test_whoever_waits_for_a_call_or_stops_is_named_while_it_rests(village, resting, answer, rule):
    assert rules(village) == []
    with village.inside():
        preparation.consent(resting.hana, by=resting.me("hana"), answer=answer, method="own")
    assert rules(village) == rules(village, "fadi") == [rule]
    assert rules(village, "nour") == rules(village, "mina") == []


def test_a_high_worry_is_named_while_it_rests(village, resting):
    with village.inside():
        preparation.check_safety(resting.rami, by=resting.lead, level="high")
    assert (rules(village), rules(village, "fadi")) == (["unsigned"], ["unsafe"])


def test_in_two_weeks_somebody_looks_again_unless_another_day_was_said(village, resting):
    with village.inside():
        assert Hold.objects.get().look_on == timezone.localdate() + timedelta(days=14)
    now = timezone.now()
    with time_machine.travel(now + timedelta(days=13), tick=False):
        assert rules(village) == []
    with time_machine.travel(now + timedelta(days=15), tick=False):
        assert rules(village) == ["rested"]
        assert (told(village)[0].sentence, told(village)[0].url) == (
            "This rests, and it is time to look again", reverse("hold", args=[resting.case.ref]),
        )  # fmt: skip
        assert rules(village, "nour") == []
        with village.inside():
            cases.hold(resting.case, by=resting.coordinator, reason="away", look_on=timezone.localdate() + timedelta(days=3))
        assert rules(village) == []
        with village.inside():
            assert Hold.objects.filter(lifted_at__isnull=True).get().reason == "away"


def test_one_that_was_put_to_rest_before_days_were_asked_for_is_looked_at(village, resting):
    with village.inside():
        Hold.objects.update(look_on=None)
    assert rules(village) == ["rested"]


@pytest.mark.parametrize("days", [-1, 0, 400])
def test_the_day_is_to_come_and_not_too_far(village, resting, days):
    with village.inside(), pytest.raises(CannotChange):
        cases.hold(resting.case, by=resting.coordinator, reason="away", look_on=timezone.localdate() + timedelta(days=days))


def test_the_form_proposes_two_weeks_and_asks_for_a_day(village, client, at_preparing):
    with village.inside(), timezone.override(village.school.zone):
        story, soon = at_preparing, timezone.localdate() + timedelta(days=14)
    cora, page = village.sign_in(client, "cora"), reverse("hold", args=[story.case.ref])
    assert f'value="{soon:%Y-%m-%d}"' in cora.get(page).content.decode()
    assert cora.post(page, {"reason": "asked", "look_on": ""}).status_code == 422
    assert cora.post(page, {"reason": "asked", "look_on": f"{soon + timedelta(days=1):%Y-%m-%d}"}).status_code == 302
    with village.inside():
        assert Hold.objects.get().look_on == soon + timedelta(days=1)
