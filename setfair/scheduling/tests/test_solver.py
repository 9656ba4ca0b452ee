"""The solver alone, on days of ten grains and invented people."""

import hashlib
import json
import random
from datetime import UTC, date, datetime, time, timedelta
from itertools import combinations

import pytest

from bench.solver_small import small
from bench.solver_terms import term
from setfair.scheduling import solver
from setfair.scheduling.solver import Almanac, Diary, Need, Stretch, batch, check, explain, stretches_of, suggest
from setfair.scheduling.solver.grains import at_least, bits, of_spans, spans_of, starts
from setfair.scheduling.solver.reading import read, written
from setfair.scheduling.solver.side_by_side import shares, side_by_side

from .givens import HELPERS, asked, given, people, with_team

NEW_YORK = "America/New_York"


@pytest.mark.parametrize(
    ("day", "starts", "ends", "hours"),
    [
        (date(2026, 11, 24), time(8), time(9), 1),  # an ordinary day
        (date(2026, 3, 8), time(1), time(4), 2),  # the hour from two to three is not there
        (date(2026, 11, 1), time(0), time(3), 4),  # the hour from one to two comes twice
    ],
)
def test_a_window_is_as_long_as_the_day_lets_it_be(day, starts, ends, hours):
    (found,) = stretches_of(day, [("Night", starts, ends)], NEW_YORK)
    assert found.ends - found.starts == timedelta(hours=hours)


def test_the_same_wall_clock_time_is_another_moment_after_the_clocks_change():
    before, after = (stretches_of(date(2026, 10, day), [("Tuesday", time(8), time(9))], NEW_YORK)[0] for day in (20, 27))
    later = stretches_of(date(2026, 11, 3), [("Tuesday", time(8), time(9))], NEW_YORK)[0]
    assert after.starts - before.starts == timedelta(days=7)
    assert later.starts - after.starts == timedelta(days=7, hours=1)


def test_a_window_inside_the_skipped_hour_is_no_window():
    assert [s.ends - s.starts for s in stretches_of(date(2026, 3, 8), [("Gone", time(2, 30), time(3))], NEW_YORK)] == []


def utc(day, hour, minute=0):
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


def test_the_almanac_is_a_line_of_open_days_and_knows_the_way_back():
    almanac = Almanac(
        [Stretch("Late", utc(24, 20, 15), utc(24, 21)), Stretch("Early", utc(24, 13), utc(24, 14)), Stretch("Early", utc(26, 13), utc(26, 14))],
        NEW_YORK,
    )
    assert (almanac.line.firsts, almanac.windows) == ((0, 96, 108), [(0, 12), (87, 96), (96, 108)])
    assert [almanac.moment(grain) for grain in (0, 87, 96)] == [utc(24, 13), utc(24, 20, 15), utc(26, 13)]
    assert spans_of(almanac.mask([(utc(24, 13, 20), utc(24, 13, 33)), (utc(24, 23), utc(26, 13, 1))])) == [(4, 7), (96, 97)]
    assert list(bits(almanac.begins(9, utc(24, 13, 3)))) == [3, 87, 96, 99]
    assert almanac.begins(12, utc(24, 13, 3)) == 1 << 87 | 1 << 96


def test_an_almanac_of_the_night_on_which_the_clocks_change():
    (night,) = stretches_of(date(2026, 11, 1), [("Night", time(0), time(3))], NEW_YORK)
    almanac = Almanac([night], NEW_YORK)
    assert (almanac.line.end, almanac.moment(47) + timedelta(minutes=5)) == (48, night.ends)


def test_masks_against_the_slow_way():
    dice = random.Random(5)
    for _turn in range(200):
        mask, length = dice.getrandbits(40), dice.randint(1, 8)
        slow = [t for t in range(40) if all(mask >> t + grain & 1 for grain in range(length))]
        assert list(bits(starts(mask, length))) == slow
        assert of_spans(spans_of(mask)) == mask
        many = [dice.getrandbits(12) for _one in range(5)]
        for number in range(4):
            assert list(bits(at_least(number, many, 0xFFF))) == [t for t in range(12) if sum(one >> t & 1 for one in many) >= number]


def test_the_best_time_is_the_one_that_costs_least():
    diary, meeting = asked(people=[*people(ana=[[3, 20]])[:2], {"id": "cleo", "free": [[0, 20]], "reluctant": [[0, 10]]}])
    found = suggest(diary, meeting)
    assert [(one.placed.start, one.cost, one.reluctant) for one in found[:2]] == [(12, 1, ()), (13, 1, ())]
    apart = suggest(diary, meeting, apart=[of_spans([[2, 8]]), of_spans([[12, 18]])])
    assert [(one.placed.start, one.reluctant) for one in apart] == [(12, ()), (3, ("cleo",))]


def test_lessons_are_counted_and_named():
    diary, meeting = asked(lessons={"A": [[2, 4], [4, 8]]}, people=[{"id": "ana", "free": [[0, 20]], "lessons": "A"}, *people()[1:]])
    found = {one.placed.start: one for one in suggest(diary, meeting, limit=99)}
    assert (found[2].misses, found[3].misses, found[12].misses) == ({"ana": 1}, {"ana": 2}, {})
    assert [one.placed.start for one in suggest(diary, meeting, limit=1)] == [12]


def test_turns_are_fair_and_the_team_speaks_the_language():
    diary, meeting = asked(**with_team())
    best = suggest(diary, meeting, limit=1)[0]
    assert (best.placed.start, best.placed.helpers, best.fair) == (12, ("gil", "ines", "joy"), ("gil", "ines", "joy"))
    diary, meeting = asked(**with_team(language="ar", last_day=0))
    best = suggest(diary, meeting, limit=1)[0]
    assert (best.placed.start, best.placed.helpers, best.turns["kai"], best.fair) == (2, ("fadi", "ines", "kai"), 9, ("fadi", "ines"))


def test_what_is_taken_is_kept_and_a_room_has_its_turnaround():
    there = [{"id": "other", "people": ["dov"], "grains": 3, "first_day": 0, "last_day": 0, "rooms": ["library"]}, given()["meetings"][0]]
    diary, meeting = asked(
        meetings=there, rooms=[{"id": "library", "seats": 5, "turnaround": 1}], people=[*people(), {"id": "dov", "free": [[0, 20]]}],
        placed=[{"meeting": "other", "start": 4, "room": "library", "helpers": []}],
    )  # fmt: skip
    assert [one.placed.start for one in suggest(diary, meeting, limit=99)] == [12, 13, 14, 15, 16]
    diary.take(diary.instance.placed[0])
    assert [one.placed.start for one in suggest(diary, meeting, limit=99)] == [2, 3, 4, 5, 6, 12, 13, 14, 15, 16]


def test_a_week_that_is_full_asks_nobody_again():
    told = with_team()
    told["helpers"] = [one | {"cap": 1} for one in HELPERS[:4]]
    told["meetings"] = [told["meetings"][0] | {"id": name, "helpers": [one["id"] for one in HELPERS[:4]]} for name in ("first", "talk")]
    diary, meeting = asked(**told, placed=[{"meeting": "first", "start": 12, "room": "library", "helpers": ["gil", "ines", "joy"]}])
    assert suggest(diary, meeting) == []
    found = explain(diary, meeting)
    assert Need("helpers", "student") in found.alone


def test_who_and_what_blocks_is_named_and_what_makes_no_difference_is_not():
    diary, meeting = asked(people=people(ana=[[2, 8]], ben=[[12, 18]]))
    found = explain(diary, meeting)
    assert (found.fits, found.alone) == (0, ())
    assert {one.lift for one in found.openings} == {(Need("away", "ana"),), (Need("away", "ben"),)}
    assert set(found.blockers) == {Need("away", "ana"), Need("away", "ben")}


def test_the_change_that_opens_most_comes_first():
    diary, meeting = asked(people=people(ana=[[2, 5]], ben=[[5, 8], [12, 18]]))
    found = explain(diary, meeting)
    assert [(one.lift, one.opens) for one in found.openings if len(one.lift) == 1][0] == ((Need("away", "ana"),), 7)


def test_nothing_opens_where_the_day_is_too_short():
    diary, meeting = asked(meetings=[given()["meetings"][0] | {"grains": 11}])
    assert explain(diary, meeting).alone == (Need("window"),)


@pytest.mark.parametrize("seed", range(40))
def test_what_blocks_is_what_lifting_it_shows(seed):
    """Every set of needs is lifted in turn; the smallest sets that open a time are the ways out, no more and no fewer."""
    instance = read(small(seed, tight=True))
    diary = Diary(instance)
    for meeting in list(instance.meetings.values())[:2]:
        found = explain(diary, meeting)
        against = solver.hindered(diary, meeting)
        every = sorted({need for some in against.values() for need in some})
        if found.fits or len(every) > 9:
            continue
        ways = []
        for size in range(1, len(every) + 1):
            for some in combinations(every, size):
                if not any(set(way) <= set(some) for way in ways) and any(set(one) <= set(some) for one in against.values()):
                    ways.append(some)
        assert sorted(one.lift for one in found.openings) == sorted(ways)


@pytest.mark.parametrize("seed", range(60))
def test_every_answer_is_right_by_the_check(seed):
    told = small(seed)
    instance = read(told)
    plan = batch(instance, rounds=60, seed=seed)
    found = check(told, [written(one) for one in plan.placed])
    assert (found["broken"], found["cost"]) == ([], plan.cost)
    diary = Diary(instance)
    for one in plan.placed:
        diary.put(one)
    for name in plan.left_out(instance):
        for choice in suggest(diary, instance.meetings[name], limit=2):
            assert check(told, [written(one) for one in (*plan.placed, choice.placed)])["broken"] == []


@pytest.mark.parametrize("seed", range(12))
def test_the_best_five_are_the_best_of_all(seed):
    """Against every start, every room and every team, each put to the check."""
    told = small(seed, meetings=1)
    instance = read(told)
    meeting = next(iter(instance.meetings.values()))
    wanted = dict(meeting.team)
    staff, students = ([name for name in meeting.helpers if instance.helpers[name].kind == kind] for kind in ("staff", "student"))
    costs: dict[int, int] = {}
    for start in range(instance.line.end):
        for room in meeting.rooms:
            for lead in combinations(staff, wanted["staff"]):
                for pair in combinations(students, wanted["student"]):
                    found = check(told, [{"meeting": meeting.id, "start": start, "room": room, "helpers": [*lead, *pair]}])
                    if not found["broken"]:
                        costs[start] = min(costs.get(start, 10**9), found["cost"])
    found = suggest(Diary(instance), meeting)
    assert [one.cost for one in found] == sorted(costs.values())[:5]
    assert all(costs[one.placed.start] == one.cost for one in found)


def test_pinned_stay_and_one_more_disturbs_nothing():
    told = term("S", 3)
    plan = batch(read(told), rounds=200)
    told["placed"] = [written(one) for one in plan.placed[:-1]]
    again = batch(read(told), rounds=200)
    assert [one for one in plan.placed[:-1] if one not in again.placed] == []
    assert check(told, [written(one) for one in again.placed])["broken"] == []


def test_the_same_seed_makes_the_same_plan_and_whoever_ends_it_gets_the_best_so_far():
    instance = read(term("S", 2))
    one, two = batch(instance, rounds=100, seed=4), batch(instance, rounds=100, seed=4)
    assert (one.placed, one.cost) == (two.placed, two.cost)
    heard = []
    early = batch(instance, rounds=10**6, told=lambda far, placed: bool(heard.append((far, placed))))
    assert (early.rounds, heard, len(early.placed)) == (0, [(0.0, len(early.placed))], heard[0][1])
    assert early.cost >= one.cost


def test_the_sown_term_is_the_one_whose_best_plan_is_known():
    """To the grain: the least cost that is possible for it is known, and means nothing for any other."""
    assert hashlib.sha256(json.dumps(term("M", 1), sort_keys=True).encode()).hexdigest()[:16] == "3b74b87831ab0c08"


def test_parts_of_a_term_share_nobody_and_nothing_and_are_planned_at_the_same_time():
    given = term("M", 1)
    instance = read(given)
    one, other = shares(instance, 2)
    assert one.meetings.keys() | other.meetings.keys() == instance.meetings.keys()
    assert not _all_of(one) & _all_of(other)
    plan = side_by_side(instance, processes=2, seconds=0.5)
    assert check(given, [written(placed) for placed in plan.placed])["broken"] == []
    assert check(given, [written(placed) for placed in plan.placed])["cost"] == plan.cost


def _all_of(instance):
    return {what for one in instance.meetings.values() for what in (*one.people, *one.helpers, *one.rooms)}


@pytest.mark.parametrize(("had", "times"), [([[0, 1]], 0), ([[1, 1]], 4), ([], 4)])
def test_turns_that_somebody_has_in_a_week_already_count_towards_what_they_take(had, times):
    crew = [row | {"cap": 1, "had": had if row["kind"] == "student" else []} for row in HELPERS]
    data = given(weeks=[0, 1]) | with_team() | {"helpers": crew}
    data["meetings"][0] |= {"last_day": 0}
    diary, talk = asked(**data)
    assert len(suggest(diary, talk, limit=9)) == times + bool(times)
    plan = batch(diary.instance, rounds=5)
    assert len(plan.placed) == bool(times)
    assert check(data, [written(one) for one in plan.placed])["broken"] == []
