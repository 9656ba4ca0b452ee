"""Which rows of what is owed are shown on the real screens, and whether their stories pass (`bench.shown` says when).

A full run also keeps a picture of where each story ended, and writes docs/mission-shown.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from bench import shown
from bench.figure import FULL, ROOT, Figure, Plant, Result, Trial, trials
from bench.suite import Ran, run

ASKED = ROOT / "docs" / "mission.md"
PAGE = ROOT / "docs" / "mission-shown.md"
PICTURES = ROOT / "docs" / "pictures" / "mission"
STORIES = "mission and browser"
TRIED = {
    ("S0.12", STORIES): (
        Plant("story-skipped", "S0.12 does not pass", 2),
        Plant("bad-case-unmarked", "S0.12 no bad case in a browser"),
        Plant("story-undriven", "S0.12 no story shows it in a browser"),
    ),
    ("S0.1", f"{STORIES} and bad_case"): (Plant("danger-unheard", "S0.1 does not pass: tests/stories/test_public.py::test_somebody_in_danger"),),
    ("S0.10", f"{STORIES} and bad_case"): (Plant("ready-whatever-is-missing", "S0.10 does not pass"),),
}
"""Rows whose stories are short. Three of the faults are those of what should show a row, two are the house's."""


def _measure() -> Result:
    asked, page = shown.rows(ASKED), shown.told(PAGE)
    tests = shown.by_row(run("-m", "mission", "-n", "2", "tests", "setfair", **({"SETFAIR_PICTURES": str(PICTURES)} if FULL else {})))
    unknown, claimed = set(tests) - set(asked), shown.claimed(tests, page)
    faults = {row: _faults(tests.get(row, []), page.get(row, set())) for row in claimed}
    state = {row: "owed" if row not in claimed else "broken" if faults[row] else "kept" for row in asked}
    _tell(asked, tests, state, faults)
    if FULL:
        PAGE.write_text(_page(asked, tests, state))
        _sweep(tests)
    for row in sorted(unknown):
        print(f"{row} is not a row of {ASKED.name}")
    kept = [row for row in asked if state[row] == "kept"]
    owed = len(asked) - len(claimed & set(asked))
    met = bool(claimed) and claimed == set(kept) and not unknown
    proofs = f"{sum(map(len, tests.values()))} proofs"
    return Result(f"{len(kept)} of {len(claimed)}", f"claimed rows kept, {owed} owed of {len(asked)}", met, n=proofs)


def _faults(tests: list[Ran], told: set[str]) -> list[str]:
    """A full run takes its own pictures; else those that are kept must be there."""
    taken = {test.notes.get("picture", f"of {test.test}") for test in tests if test.browser} if FULL else told
    return shown.lacking(tests) + shown.unpictured(taken, PICTURES)


def _tell(asked: dict[str, str], tests: dict[str, list[Ran]], state: dict[str, str], faults: dict[str, list[str]]) -> None:
    for row, words in asked.items():
        print(f"{row:<6} {state[row].upper() if state[row] == 'broken' else state[row]:<7} {words}")
        for test in tests.get(row, []):
            print(f"         {'ok ' if test.passed else 'NOT'} {_kind(test):<16} {test.test}")
        for fault in faults.get(row, []):
            print(f"         !   {fault}")


def _kind(test: Ran) -> str:
    return ("browser" if test.browser else "") + (" bad case" if test.bad_case else "")


def _sweep(tests: dict[str, list[Ran]]) -> None:
    """Pictures of stories that are not told any more."""
    taken = {test.notes.get("picture") for own in tests.values() for test in own}
    for picture in PICTURES.glob("*.jpg"):
        if picture.name not in taken:
            picture.unlink()


def _page(asked: dict[str, str], by_row: dict[str, list[Ran]], state: dict[str, str]) -> str:
    lines = [
        "# What is asked, and what shows it",
        "",
        "Written by `FULL=1 make figure NAME=mission` from what really ran. A row is kept when stories in a real browser show both its outcome",
        "and its bad case, and pass; *owed* rows have no story in a browser yet. The picture is the screen on which the story ended.",
        "",
        "| row | asked | state | what shows it | its bad case |",
        "|---|---|---|---|---|",
    ]
    for row, words in asked.items():
        tests = [t for t in by_row.get(row, []) if t.browser]
        good, bad = ("<br>".join(_story(t) for t in tests if t.bad_case is end) for end in (False, True))
        lines.append(f"| {row} | {words} | {state[row]} | {good} | {bad} |")
    return "\n".join(lines) + "\n"


def _story(test: Ran) -> str:
    """The name of the test as a sentence, leading to its picture."""
    words = test.test.split("::")[-1].removeprefix("test_").replace("_", " ").replace("[", " (").replace("]", ")")
    picture = test.notes.get("picture")
    return f"[{words}](pictures/mission/{picture})" if picture else words


def _canary() -> Iterator[Trial]:
    for (row, chosen), plants in TRIED.items():
        yield from trials(plants, partial(_one_row, row, chosen))


def _one_row(row: str, chosen: str, plant: str) -> list[str]:
    tests = shown.by_row(run("-m", chosen, "tests/stories", f"--mission={row}", plant=plant))
    return [f"{row} {said}" for said in shown.lacking(tests.get(row, []))]


FIGURE = Figure(
    name="mission",
    says="every claimed row of docs/mission.md has a story in a real browser that passes, with its bad case",
    goal="all claimed",
    measure=_measure,
    canary=_canary,
)
