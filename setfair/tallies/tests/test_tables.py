"""The tables of outcomes: each case once, each year once, and what was said stays said."""

from __future__ import annotations

import json
from dataclasses import replace

from setfair.tallies.tables import ACCEPTED, AGREED, KEPT, LINES, MET, ROLES, Counted, Median, read, release, releases

CIRCLE = {"harmed": 1, "responsible": 1, "supporter": 2}


def cases(year, ended, many, promises=(), **other):
    people = CIRCLE if ended in ACCEPTED else {}
    said = {"quarter": "2", "source": "school", "decider": "together", "people": people, "promises": promises, **other}
    return [Counted((year, ended, n, *sorted(other)), year, ended, **said) for n in range(many)]


def a_year(year=2025):
    return [
        *cases(year, "screened_out", 6),
        *cases(year, "not_met", 7),
        *cases(year, "not_kept", 5, promises=[("not_done", "payment"), ("done", "words")], days={"to_met": 40}),
        *cases(year, "kept", 9, promises=[("done", "words"), ("done", "payment")], days={"to_met": 21}),
    ]


def test_a_year_as_it_is_said():
    one = release(2025, 2025, a_year())
    assert one.cases.along("ended") == [
        (("screened_out", "withdrawn"), 6),
        (("not_met", "met"), 7),
        (("ended_early", "not_kept", "part"), 5),
        (("kept",), 9),
    ]
    assert [one.cases.number(ended=step) for step in (ACCEPTED, AGREED, KEPT)] == [21, 14, 9]
    assert [one.people[role].number() for role in ROLES] == [21, 21, None, 42]
    assert one.promises.along("state") == [(("not_done", "waived"), 5), (("done",), 23)]
    assert one.days["to_met"] is None
    assert one.cases.number(source={"school"}) is None


def test_whether_promises_were_kept_is_said_only_where_it_is_of_the_cases():
    """Fourteen kept and three not: of five promises that were not done one could tell how many cases there were."""
    promises = [("not_done", "payment"), ("not_done", "words")]
    rows = [*cases(2025, "not_kept", 4, promises=promises), *cases(2025, "kept", 9, promises=[("done", "words")]), *cases(2025, "met", 6)]
    one = release(2025, 2025, rows)
    assert (one.promises.number(), one.promises.number(state={"done"}), one.promises.along("state")) == (
        17,
        None,
        [(("not_done", "waived", "done"), 17)],
    )
    assert release(2025, 2025, [*rows, *cases(2025, "part", 1, promises=promises)]).promises.number(state={"done"}) == 9
    assert release(2025, 2025, cases(2025, "kept", 3, promises=promises) + cases(2025, "met", 9)).promises.number() is None


def test_a_median_is_of_five_and_of_what_may_be_told_apart():
    days = [replace(one, days={"to_agreed": 10 * n}) for n, one in enumerate(cases(2025, "kept", 7))]
    few = cases(2025, "not_met", 6)
    assert release(2025, 2025, days + few).days["to_agreed"] == Median(4, weeks=True)
    assert release(2025, 2025, days + few[:4]).days["to_agreed"] is None
    assert release(2025, 2025, [*(replace(one, days={}) for one in days[:3]), *days[3:], *few]).days["to_agreed"] is None
    many = [replace(one, days={"to_agreed": n}) for n, one in enumerate(cases(2025, "kept", 21))]
    assert release(2025, 2025, many + few).days["to_agreed"] == Median(10, weeks=False)


def test_no_time_tells_how_many_came_one_step_further():
    """Said or not, in weeks or in days: it would follow from a number that is kept back, here four who never met and five who did not agree."""
    four = [*cases(2025, "screened_out", 6), *cases(2025, "not_met", 4), *cases(2025, "kept", 19, days={"to_met": 21})]
    five = [*cases(2025, "screened_out", 6), *cases(2025, "met", 5, days={"to_met": 21}), *cases(2025, "kept", 15, days={"to_met": 21})]
    for rows in (four, five):
        one = release(2025, 2025, rows)
        assert (one.cases.number(ended=MET), one.days["to_met"]) == (None, None)


def test_what_ended_early_is_counted_neither_as_kept_nor_as_not():
    rows = [*cases(2025, "ended_early", 6), *cases(2025, "kept", 9), *cases(2025, "screened_out", 6)]
    assert release(2025, 2025, rows).cases.along("ended")[-2:] == [
        (("not_met", "met", "ended_early", "not_kept", "part"), 6), (("kept",), 9)
    ]  # fmt: skip


def test_what_was_said_stays_as_it_was_said():
    first = releases(a_year(), 2025, 2025)
    later = [*a_year()[1:], *cases(2025, "kept", 1, source="court"), *cases(2026, "kept", 4), *cases(2027, "kept", 3)]
    assert releases(later, 2025, 2026, first) == first
    again = releases(later, 2025, 2027, first)
    assert again[:1] == first
    assert [(one.first, one.last, one.cases.number()) for one in again] == [(2025, 2025, 27), (2026, 2027, 7)]


def test_it_is_kept_and_read_back_and_holds_nothing_else():
    one = release(2025, 2025, a_year())
    kept = json.loads(json.dumps(one.stored()))
    assert read(2025, 2025, kept) == one
    assert sum(row[-1] for row in kept["tables"]["cases"]) == 27
    assert read(2025, 2025, release(2025, 2025, cases(2025, "kept", 4)).stored()).cases.number() is None
    assert {len(row) for row in kept["tables"]["cases"]} == {len(LINES) + 1}
