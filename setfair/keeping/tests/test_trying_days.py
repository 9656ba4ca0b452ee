"""A page that is read again and again before a rule of keeping is changed tells of nobody."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from setfair.village.cast import CIRCLE
from setfair.village.forgetting import near_its_day
from setfair.village.time import at

pytestmark = pytest.mark.django_db


def said(answer):
    """What the page says, without the marks of its forms."""
    return answer.text.split("<main")[1].split("</main")[0].split("<form")[0]


def test_trying_one_number_of_days_after_the_other_tells_of_nobody(village, client):
    """The page before a rule is changed says up to which day something goes, and not whether anything does."""
    ada, page = village.sign_in(client, "ada"), reverse("keeping_rules")
    asked = {"kept": 365, "broken": 365, "ended": 365, "declined": 0, "taken_back": 30, "stray": 30}

    def readings():
        return [said(ada.post(page, asked | {"never": days})) for days in (340, 341, 342, 356)]

    with at(timezone.now()):
        before = readings()
        assert all("is forgotten within two weeks." in one for one in before)
        assert all("All that has ended is forgotten within two weeks." in one for one in before)
        with village.inside():
            near_its_day(village, village.school, circle=CIRCLE, matter=3)
        assert readings() == before
