"""School days and court days, through holidays, terms and the nights in which the clocks change."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from setfair.core.clock import add_days, first_open_day, open_days_between
from setfair.programmes.days import Off, off_for_courts, off_for_school
from setfair.programmes.models import Closure, Term

DAYS = st.dates(date(2024, 1, 1), date(2029, 12, 31))
SPANS = st.tuples(DAYS, st.integers(0, 60)).map(lambda s: (s[0], s[0] + timedelta(days=s[1])))
OFF = st.builds(Off, st.lists(SPANS, max_size=6).map(tuple), st.lists(SPANS, max_size=4).map(tuple))


@given(DAYS, st.integers(0, 40), OFF)
def test_so_many_days_that_count_later_so_many_have_passed(start, days, off):
    end = add_days(start, days, closed=off)
    assert open_days_between(start, end, closed=off) == days
    assert not days or (end.weekday() < 5 and end not in off)


@given(DAYS, OFF)
def test_the_first_day_that_counts_has_none_before_it(day, off):
    first = first_open_day(day, closed=off)
    assert first >= day and first.weekday() < 5 and first not in off
    assert all(d.weekday() > 4 or d in off for d in (day + timedelta(days=n) for n in range((first - day).days)))


@given(DAYS, DAYS, DAYS, OFF)
def test_what_lies_between_adds_up(one, two, three, off):
    first, middle, last = sorted((one, two, three))
    between = [open_days_between(a, b, closed=off) for a, b in ((first, middle), (middle, last), (first, last))]
    assert between[0] + between[1] == between[2]


def test_between_two_terms_nothing_counts_and_beyond_them_nobody_knows():
    off = Off(terms=((date(2027, 1, 4), date(2027, 3, 26)), (date(2027, 4, 12), date(2027, 6, 18))))
    assert add_days(date(2027, 3, 26), 1, closed=off) == date(2027, 4, 12)
    assert add_days(date(2027, 6, 18), 1, closed=off) == date(2027, 6, 21)
    assert first_open_day(date(2026, 12, 30), closed=off) == date(2026, 12, 30)


@pytest.mark.parametrize("start", [date(2027, 3, 12), date(2026, 10, 30), date(2027, 3, 26), date(2026, 10, 23)])
def test_a_weekend_in_which_the_clocks_change_is_as_any_other(start):
    """New York in March and November, Berlin in March and October: each a Friday."""
    assert add_days(start, 1) - start == timedelta(days=3)


@pytest.mark.django_db
def test_each_kind_of_closed_day_stops_its_own_clock(village):
    monday = date(2027, 2, 15)
    with village.inside():
        for n, kind in enumerate(("closed", "holiday", "court", "exam")):
            Closure.objects.create(name=kind, kind=kind, starts_on=monday + timedelta(days=n), ends_on=monday + timedelta(days=n))
        Closure.objects.create(name="Some", kind="exam", whom="students", starts_on=monday + timedelta(days=4), ends_on=monday + timedelta(days=4))
        week = [monday + timedelta(days=n) for n in range(5)]
        school, courts = off_for_school(), off_for_courts()
        assert [day in school for day in week] == [True, True, True, False, False]
        assert [day in courts for day in week] == [False, False, True, False, False]
        Term.objects.create(name="Spring", starts_on=date(2027, 1, 4), ends_on=date(2027, 3, 26))
        Term.objects.create(name="Summer", starts_on=date(2027, 4, 12), ends_on=date(2027, 6, 18))
        assert date(2027, 4, 1) in off_for_school() and date(2027, 4, 1) not in off_for_courts()
