"""Figures that are carried on: no number from 1 to 4, and none that one of those could be worked out from."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from setfair.keeping import queries
from setfair.keeping.models import Tombstone

pytestmark = pytest.mark.django_db


def stones(year, group, many, promises=0, kept=0):
    """So many; the promises are all in the first."""
    month = date(year, 3, 1)
    for number in range(many):
        said = {"promises": promises, "promises_kept": kept} if number == 0 else {}
        Tombstone.objects.create(
            what="case", kind="school", group=group, outcome="completed", opened_in=month, closed_in=month, forgotten_in=month, **said
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
