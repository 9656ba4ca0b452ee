"""Days that count, across weekends, holidays and the night the clocks change."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from setfair.core.clock import add_days, at, local, now, open_days_between

FRIDAY, MONDAY, TUESDAY = date(2026, 12, 4), date(2026, 12, 7), date(2026, 12, 8)
DAYS = st.dates(date(2020, 1, 1), date(2030, 1, 1))


def test_weekends_and_closed_days_do_not_count():
    assert add_days(FRIDAY, 1) == MONDAY
    assert add_days(FRIDAY, 1, closed={MONDAY}) == TUESDAY
    assert add_days(FRIDAY, 0) == FRIDAY
    assert open_days_between(FRIDAY, TUESDAY) == 2
    assert open_days_between(FRIDAY, TUESDAY, closed={MONDAY}) == 1
    assert open_days_between(TUESDAY, FRIDAY) == 0


@given(DAYS, st.integers(0, 60), st.sets(DAYS, max_size=20))
def test_so_many_open_days_later_so_many_open_days_have_passed(start, days, closed):
    end = add_days(start, days, closed=closed)
    assert open_days_between(start, end, closed=closed) == days
    if days:
        assert end.weekday() < 5
        assert end not in closed


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),
    st.sampled_from(["America/New_York", "Europe/Paris", "Asia/Kathmandu"]),
)
def test_a_moment_keeps_being_that_moment_on_any_wall(moment, zone):
    assert local(moment, zone) == moment


@pytest.mark.parametrize(
    ("day", "hour", "offset"),
    [(date(2026, 7, 1), 9, -4), (date(2026, 12, 1), 9, -5), (date(2026, 11, 1), 1, -4)],
)
def test_a_wall_clock_time_of_a_programme(day, hour, offset):
    """The hour that comes twice in November is the first of the two."""
    moment = at(day, hour, 30, "America/New_York")
    assert moment.utcoffset() == timedelta(hours=offset)
    assert (moment.hour, moment.minute) == (hour, 30)


def test_now_knows_its_zone():
    assert now().utcoffset() == timedelta(0)
