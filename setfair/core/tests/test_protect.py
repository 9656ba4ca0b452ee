"""What is said of counts names nobody: not by itself, not taken from one another, not to somebody who knows how it is done."""

from __future__ import annotations

from collections import defaultdict
from itertools import chain, combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from setfair.core.protect import LEAST, Fact, Line, Said, cut, stretches

ENDED = Line("ended", ("declined", "withdrawn", "met", "kept"), first=(2,))
SOURCE = Line("source", ("school", "court", "other"))
LINES = (ENDED, SOURCE)


def cases(**many: int) -> list[Fact]:
    """`kept_court=3`: three cases."""
    return [Fact((cell, n), tuple(cell.split("_"))) for cell, number in many.items() for n in range(number)]


def every(line: Line) -> list[tuple[str, ...]]:
    return list(chain.from_iterable(combinations(line.values, n) for n in range(1, len(line.values) + 1)))


def test_a_number_is_said_if_it_and_what_is_beside_it_are_large_enough():
    said = cut(LINES, cases(declined_school=6, met_school=9, kept_school=7, kept_court=5))
    assert (said.number(), said.number(ended={"met", "kept"}), said.number(ended={"kept"})) == (27, 21, 12)
    assert said.along("ended") == [(("declined", "withdrawn"), 6), (("met",), 9), (("kept",), 12)]
    assert (said.number(ended={"declined"}), said.number(source={"court"})) == (None, None)
    assert said.along("source", ended={"kept"}) == [(("school",), 7), (("court", "other"), 5)]
    assert said.along("source") == [(("school", "court", "other"), 27)]


def test_of_nine_pupils_only_that_there_were_nine_is_said():
    said = cut(LINES, cases(declined_school=4, kept_school=5))
    assert (said.number(), said.along("ended")) == (9, [(ENDED.values, 9)])
    assert cut(LINES, cases(kept_school=4)) == Said(LINES)
    assert cut(LINES, cases(kept_school=4)).along("ended") == []


def test_nobody_is_told_that_all_of_them_were_of_one_kind():
    """Nought of five tells of each of the five."""
    said = cut(LINES, cases(kept_school=12))
    assert [said.number(ended={value}) for value in ENDED.values] == [None] * 4
    assert [said.number(source={value}) for value in SOURCE.values] == [None] * 3
    every_one_of_a_court = cut(LINES, cases(kept_school=12, declined_court=6, declined_school=6))
    assert every_one_of_a_court.number(source={"court"}) is None


def test_what_matters_most_is_cut_first():
    rows = cases(declined_school=6, withdrawn_school=3, met_school=4, kept_school=7)
    assert cut(LINES, rows).along("ended") == [(("declined", "withdrawn"), 9), (("met", "kept"), 11)]
    plain = (Line("ended", ENDED.values), SOURCE)
    assert cut(plain, rows).along("ended") == [(("declined",), 6), (("withdrawn", "met"), 7), (("kept",), 7)]


def test_five_promises_of_one_person_are_of_one_person():
    rows = [Fact("one", ("kept", "school"), 5), *cases(kept_school=5, declined_court=5)]
    assert cut(LINES, rows).number() == 15
    assert cut(LINES, [Fact("one", ("kept", "school"), 50)]).number() is None
    assert cut(LINES, [Fact(n, ("kept", "school"), 0) for n in range(9)]).number() is None


def test_people_are_cut_where_the_cases_were_and_nowhere_else():
    rows = cases(kept_school=9, kept_court=2, met_school=6)
    assert cut(LINES, rows).number(source={"court", "other"}) is None
    people = [Fact(row.whose, row.at, 4) for row in rows]
    alone, tied = cut(LINES, [*people, *cases(kept_court=5)]), cut(LINES, [*people, *cases(kept_court=5)], along=cut(LINES, rows))
    assert alone.number(source={"court", "other"}, ended={"kept"}) == 13
    assert (tied.number(source={"court", "other"}, ended={"kept"}), tied.number(ended={"kept"}), tied.number()) == (None, 49, 73)
    with pytest.raises(ValueError, match="same lines"):
        cut((ENDED,), [Fact(1, ("kept",))], along=cut(LINES, rows))


def test_where_there_can_be_none_nothing_is_asked():
    """A request that was declined has no circle: that is no nought."""
    rows = cases(declined_school=8, met_school=6, kept_school=9)
    said = cut(LINES, [Fact(r.whose, r.at, 2) for r in rows if r.at[0] in ("met", "kept")], along=cut(LINES, rows), within={"ended": ("met", "kept")})
    assert (said.number(), said.along("ended"), said.number(ended={"declined"})) == (30, [(("met",), 12), (("kept",), 18)], None)
    few = cases(declined_school=2, met_school=6, kept_school=9)
    circle = [Fact(r.whose, r.at, 2) for r in few if r.at[0] in ("met", "kept")]
    assert cut(LINES, circle, along=cut(LINES, few), within={"ended": ("met", "kept")}).number() is None
    with pytest.raises(ValueError, match="there can be none"):
        cut(LINES, rows, within={"ended": ("met", "kept")})


def test_nobody_asks_by_what_is_not_counted():
    with pytest.raises(ValueError, match="counted by gender"):
        cut(LINES, cases(kept_school=9)).number(gender={"f"})


def test_a_year_that_is_too_small_waits_for_the_next():
    counts = {2021: 7, 2022: 3, 2023: 0, 2024: 2, 2025: 6, 2026: 4}
    assert stretches(counts, 2021, 2026) == [(2021, 2021), (2022, 2024), (2025, 2025)]
    assert stretches(counts, 2026, 2026) == []
    for until in range(2021, 2027):
        assert stretches(counts, 2021, until) == [one for one in stretches(counts, 2021, 2026) if one[1] <= until]


WORLDS = some.lists(some.tuples(some.sampled_from(ENDED.values), some.sampled_from(SOURCE.values)), max_size=60)


@given(WORLDS)
@settings(max_examples=200, deadline=None)
def test_no_difference_of_what_is_said_is_small(world):
    """Blocks lie beside each other, cover all, and none is small: so no sum of them is."""
    said = cut(LINES, [Fact(n, at) for n, at in enumerate(world)])
    assert sum(block.number for block in said.blocks) == (len(world) if said.blocks else 0)
    assert bool(said.blocks) == (len(world) >= LEAST)
    assert all(block.number >= LEAST for block in said.blocks)
    for ended, source in product(every(ENDED), every(SOURCE)):
        number = said.number(ended=ended, source=source)
        assert number in (None, sum(at[0] in ended and at[1] in source for at in world))
        assert number is None or number >= LEAST


SMALL = (
    (Line("a", ("1", "2", "3"), first=(2,)), Line("b", ("1", "2"))),
    (Line("a", ("1", "2", "3", "4"), first=(2,)),),
    (Line("a", ("1", "2", "3", "4", "5")),),
)


@pytest.mark.parametrize("lines", SMALL)
@pytest.mark.parametrize("many", [4, 6, 8])
def test_who_knows_how_it_is_done_finds_nobody(lines, many, least=3):
    """Of all worlds in which the very same is said, no cell that shares its block is the same in each."""
    cells = list(product(*(line.values for line in lines)))
    alike: dict[Said, list[tuple[int, ...]]] = defaultdict(list)
    for bars in combinations(range(many + len(cells) - 1), len(cells) - 1):
        edges = (-1, *bars, many + len(cells) - 1)
        world = tuple(edges[n + 1] - edges[n] - 1 for n in range(len(cells)))
        facts = [Fact((cell, n), cell) for cell, number in zip(cells, world, strict=True) for n in range(number)]
        alike[cut(lines, facts, least=least)].append(world)
    for said, worlds in alike.items():
        alone = [block.number for block in said.blocks if all(end - first == 1 for first, end in block.spans)]
        forced = [values.pop() for values in map(set, zip(*worlds, strict=True)) if len(values) == 1]
        assert sorted(forced) == sorted(alone)
        assert all(number >= least for number in forced)
