"""When a message may leave: the hours of the programme, and those that a person named, on the programme's own clock."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from setfair.core.hours import Hours, first_moment

ZONE = "America/New_York"
BY_DAY = Hours(time(8), time(20))
HOURS = st.builds(
    Hours,
    starts=st.none() | st.times(min_value=time(0), max_value=time(12)).map(lambda t: t.replace(second=0, microsecond=0)),
    ends=st.none() | st.times(min_value=time(12, 1), max_value=time(23, 59)).map(lambda t: t.replace(second=0, microsecond=0)),
    days=st.frozensets(st.integers(0, 6)),
)


def at(*when):
    return datetime(*when, tzinfo=ZoneInfo(ZONE))


@pytest.mark.parametrize(
    ("now", "theirs", "goes"),
    [
        (at(2026, 3, 2, 10, 0), Hours(), at(2026, 3, 2, 10, 0)),
        (at(2026, 3, 2, 23, 30), Hours(), at(2026, 3, 3, 8, 0)),
        (at(2026, 3, 2, 7, 59), Hours(), at(2026, 3, 2, 8, 0)),
        (at(2026, 3, 2, 20, 0), Hours(), at(2026, 3, 3, 8, 0)),
        (at(2026, 3, 2, 10, 0), Hours(time(15, 15), time(18)), at(2026, 3, 2, 15, 15)),
        (at(2026, 3, 2, 18, 0), Hours(time(15, 15), time(18), (0, 3)), at(2026, 3, 5, 15, 15)),
        (at(2026, 3, 7, 21, 0), Hours(), at(2026, 3, 8, 8, 0)),
        (at(2026, 3, 2, 10, 0), Hours(time(21), time(23)), None),
    ],
    ids=["by day", "at night", "early", "at eight in the evening", "after school", "on Thursday", "the night the clocks go on", "only at night"],
)
def test_a_message_waits_for_the_next_moment_that_is_safe(now, theirs, goes):
    assert first_moment(now, ZONE, BY_DAY, theirs) == goes


@given(st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31)).map(lambda d: d.replace(tzinfo=ZoneInfo("UTC"))), HOURS)
def test_whatever_the_hours_it_goes_in_them_and_never_before_it_was_written(now, theirs):
    goes = first_moment(now, ZONE, BY_DAY, theirs)
    assert goes is None or now <= goes <= now + timedelta(days=9)
    if goes is not None:
        there = goes.astimezone(ZoneInfo(ZONE))
        assert time(8) <= there.time() < time(20)
        assert not theirs.days or there.weekday() in theirs.days
        assert (theirs.starts or time(0)) <= there.time().replace(second=0, microsecond=0) <= (theirs.ends or time.max)
