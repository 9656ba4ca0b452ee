"""Figures that are carried on: no number from 1 to 4, and none that one of those could be worked out from, beside it or by reading twice."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from setfair.core.actor import system
from setfair.keeping import actions, queries
from setfair.keeping.models import Tombstone
from setfair.village.cast import CIRCLE
from setfair.village.forgetting import near_its_day
from setfair.village.time import at

pytestmark = pytest.mark.django_db


def stones(year, group, many, promises=0, kept=0):
    """So many; the promises are all in the first."""
    month, before = date(year, 3, 1), date(year - 1, 3, 1)
    for number in range(many):
        said = {"promises": promises, "promises_kept": kept} if number == 0 else {}
        Tombstone.objects.create(
            what="case", kind="school", group=group, outcome="completed", opened_in=before, closed_in=before, forgotten_in=month, **said
        )


def test_small_numbers_and_what_would_give_them_away_are_not_said(village, client):
    with village.inside():
        stones(2025, "kept", 9, promises=12, kept=11)
        stones(2025, "broken", 6, promises=20, kept=10)
        stones(2025, "never", 1)
        stones(2024, "kept", 7, promises=8, kept=8)
        stones(2023, "kept", 2)
        stones(2023, "ended", 3)
        stones(2022, "ended", 4)
        found = [(f.year, f.number, f.few, f.promises, f.kept) for f in queries.figures()]
    assert found == [
        (2025, None, False, None, None),
        (2025, 9, False, 12, None),
        (2025, None, True, None, None),
        (2024, 7, False, 8, 8),
        (2023, None, True, None, None),
        (2023, None, True, None, None),
        (2022, None, True, None, None),
    ]
    page = village.sign_in(client, "cora").get(reverse("keeping")).text
    assert (page.count("fewer than 5"), page.count("not said,"), ">6<" in page, ">11<" in page) == (4, 1, False, False)
    assert [queries.at_least(n) for n in (0, 1, 4, 5)] == [0, None, None, 5]


def said(answer):
    """What the page says, without the marks of its forms."""
    return answer.text.split("<main")[1].split("</main")[0].split("<form")[0]


def test_a_reading_before_and_after_one_more_is_the_same_until_the_year_is_over(village, client):
    """By a real act of forgetting, whose stone is of this very month."""
    this = timezone.localdate().year
    with village.inside():
        stones(this - 1, "never", 6)
        stones(this, "never", 5)
        with at(timezone.now() - timedelta(days=29)):
            story = near_its_day(village, village.school, circle=CIRCLE, matter=3)
    cora = village.sign_in(client, "cora")
    before = said(cora.get(reverse("keeping")))
    assert (">6<" in before, ">5<" in before, f"The figures of {this} stand here from 1 January on." in before) == (True, False, True)
    with village.inside():
        stone = actions.forget(story.case, by=system(village.school.pk))
        assert (stone.group, stone.forgotten_in.year) == ("never", this)
    assert said(cora.get(reverse("keeping"))) == before
    with village.inside(), at(datetime(this + 1, 1, 1, 12, tzinfo=ZoneInfo(village.school.zone))):
        assert [(f.year, f.number) for f in queries.figures()] == [(this, 6), (this - 1, 6)]


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
