"""The connection of the counters ends when it is told to, as Django's own does."""

from datetime import timedelta

import pytest

from setfair.access import limits

pytestmark = pytest.mark.django_db


def test_the_counters_hang_up_and_the_next_count_goes_on():
    def knock():
        return limits.allow("a knock before and after", limit=2, per=timedelta(hours=1))

    assert knock()
    kept = limits._other()
    assert not kept.closed
    limits.hang_up()
    assert kept.closed
    limits.hang_up()
    assert knock()
    assert not knock()
