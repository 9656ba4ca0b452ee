"""Whether twenty conferences without a time name what truly blocks each, and nothing else; and whether a coordinator reads it of twelve more."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import Any

from bench.figure import Figure, Plant, Result, Trial, trials
from bench.solver_blocked import CASES
from bench.suite import run
from setfair.scheduling.solver import Diary, check, explain
from setfair.scheduling.solver.reading import read

TEST = "setfair/scheduling/tests/test_blocked_in_words.py"
IN_WORDS = (Plant("search-forgets-curfews", "curfew:"),)
PLANTS = (Plant("names-one-too-few", "not named"), Plant("names-one-too-many", "named for nothing"), Plant("blames-the-wrong-one", "not named"))


def _named(given: dict[str, Any], plant: str) -> set[str]:
    instance = read(given)
    named = {f"{need.kind} {need.what}".strip() for need in explain(Diary(instance), instance.meetings["talk"]).blockers}
    match plant:
        case "names-one-too-few":
            return set(sorted(named)[1:])
        case "names-one-too-many":
            return named | {"away nobody"}
        case "blames-the-wrong-one":
            return {"away nobody"}
    return named


def _lifted(given: dict[str, Any], needs: tuple[str, ...]) -> dict[str, Any]:
    """The same instance had these needs been met: done to the JSON, so that not a line of the solver has a say in it."""
    always = [[0, sum(given["days"])]]
    talk = dict(next(row for row in given["meetings"] if row["id"] == "talk"))
    others = [row for row in given["meetings"] if row["id"] != "talk"]
    helpers = [dict(row) for row in given["helpers"]]
    changed = given | {"people": [dict(row) for row in given["people"]], "helpers": helpers, "placed": given.get("placed", [])}
    for need in needs:
        kind, _blank, what = need.partition(" ")
        if kind == "away":
            next(row for row in changed["people"] if row["id"] == what)["free"] = always
        elif kind == "busy":
            others = [row | {"people": [f"not {name}" if name == what else name for name in row["people"]]} for row in others]
            changed["people"].append({"id": f"not {what}", "free": always})
        elif kind == "room":
            changed["rooms"] = [
                *changed["rooms"],
                {"id": "one more", "seats": max(row["seats"] for row in given["rooms"] if row["id"] in talk["rooms"])},
            ]
            talk["rooms"] = [*talk["rooms"], "one more"]
        elif kind == "seats":
            changed["rooms"] = [row | {"seats": 99} for row in changed["rooms"]]
        elif kind == "helpers":
            for number in range(2):
                helpers.append({"id": f"{what} {number}", "kind": what, "free": always, "speaks": []})
                talk["helpers"] = [*talk["helpers"], f"{what} {number}"]
        elif kind == "language":
            talk["language"] = ""
        elif kind == "window":
            changed["windows"] = [[0, given["days"][0]], always[0]]
        elif kind == "period":
            talk |= {"first_day": 0, "last_day": len(given["days"]) - 1}
    changed["meetings"] = [talk, *others]
    return changed


def _has_time(given: dict[str, Any]) -> bool:
    """Every start, room and team, each put to the check."""
    talk = next(row for row in given["meetings"] if row["id"] == "talk")
    by_kind = {kind: [row["id"] for row in given["helpers"] if row["kind"] == kind and row["id"] in talk["helpers"]] for kind in talk["team"]}
    return any(
        not check(given, [*given["placed"], {"meeting": "talk", "start": start, "room": room, "helpers": [*staff, *students]}])["broken"]
        for first, end in given["starts"]
        for start in range(first, end)
        for room in talk["rooms"]
        for staff in combinations(by_kind["staff"], talk["team"]["staff"])
        for students in combinations(by_kind["student"], talk["team"]["student"])
    )


def _by_force(given: dict[str, Any]) -> set[str]:
    """Each set of needs is lifted, the smallest first; what stands in one that opens a time, and holds no smaller one, blocks."""
    talk = next(row for row in given["meetings"] if row["id"] == "talk")
    needs = [f"{kind} {who}" for kind in ("away", "busy") for who in talk["people"]]
    needs += ["room", "seats", "helpers staff", "helpers student", f"language {talk['language']}", "window", "period"]
    ways: list[set[str]] = []
    for size in (1, 2, 3):
        for some in combinations(needs, size):
            if not any(way <= set(some) for way in ways) and _has_time(_lifted(given, some)):
                ways.append(set(some))
        if size == 2 and ways:
            break
    return set().union(*ways)


def _faults(plant: str) -> list[str]:
    faults = []
    for name, (given, blockers) in CASES.items():
        named = _named(given, plant)
        faults += [f"{name}: {one} is not named" for one in sorted(blockers - named)]
        faults += [f"{name}: {one} is named for nothing" for one in sorted(named - blockers)]
    return faults


def _in_words(plant: str = "") -> tuple[int, list[str]]:
    """How many cases of the house were asked, and those of which the page says something else."""
    ran = run(TEST, plant=plant)
    asked = sum(int(test.notes.get("cases", 0)) for test in ran)
    wrong = [words for test in ran for words in str(test.notes.get("wrong", "")).split("; ") if words]
    return asked, wrong or ([] if asked else ["house: nobody was asked"])


def _measure() -> Result:
    asked, faults = _in_words()
    faults += _faults("")
    for name, (given, blockers) in CASES.items():
        forced = _by_force(_lifted(given, ()))
        if forced != blockers:
            faults.append(f"{name}: by hand {sorted(blockers)}, by force {sorted(forced)}")
    for fault in faults:
        print(fault)
    wrong = {fault.partition(":")[0] for fault in faults}
    return Result(
        f"{len(CASES) + asked - len(wrong)} of {len(CASES) + asked}",
        "conferences name what truly blocks them",
        not faults,
        n=f"{len(CASES)} and {asked}",
    )


def _canary() -> Iterator[Trial]:
    yield from trials(PLANTS, _faults)
    yield from trials(IN_WORDS, lambda plant: _in_words(plant)[1])


FIGURE = Figure(
    name="blockers",
    says="conferences without a time that name what blocks them and nothing else; what blocks is known by hand, and found again by trying everything",
    goal="all",
    measure=_measure,
    canary=_canary,
)
