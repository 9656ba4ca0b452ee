"""Which rows of what is owed are shown on the real screens, and whether their stories pass.

A row is *claimed* when a story in a real browser carries its id. Every claimed row
also needs a test of its bad case: any further test that carries the id.
"""

from __future__ import annotations

import re
from collections import defaultdict

from bench.figure import ROOT, Figure, Result
from bench.suite import Ran, run

ROW = re.compile(r"^\| (S\d\.\d+) \| (.+?) \|$", re.MULTILINE)
PAGE = ROOT / "docs" / "mission-shown.md"


def rows() -> dict[str, str]:
    """The rows of docs/mission.md, id to what is asked."""
    return dict(ROW.findall((ROOT / "docs" / "mission.md").read_text()))


def shown(ran: list[Ran]) -> dict[str, list[Ran]]:
    found: dict[str, list[Ran]] = defaultdict(list)
    for test in ran:
        for row in test.mission:
            found[row].append(test)
    return found


def _measure(plant: str = "") -> Result:
    asked, by_row = rows(), shown(run("-m", "mission", "tests", "setfair", plant=plant))
    unknown = set(by_row) - set(asked)
    claimed = {row for row, tests in by_row.items() if any(t.browser for t in tests)}
    kept = {row for row in claimed if all(t.passed for t in by_row[row]) and len(by_row[row]) > 1}
    for row, words in asked.items():
        tests = by_row.get(row, [])
        state = "kept" if row in kept else "BROKEN" if row in claimed else "owed"
        print(f"{row:<6} {state:<7} {words}")
        for test in tests:
            print(f"         {'ok ' if test.passed else 'NOT'} {'browser' if test.browser else '       '} {test.test}")
    if not plant:
        PAGE.write_text(_page(asked, by_row, kept, claimed))
    for row in sorted(unknown):
        print(f"{row} is not a row of docs/mission.md")
    met = bool(claimed) and claimed == kept and not unknown
    return Result(f"{len(kept)} of {len(claimed)}", f"claimed rows kept, {len(asked) - len(claimed)} owed of {len(asked)}", met)


def _page(asked: dict[str, str], by_row: dict[str, list[Ran]], kept: set[str], claimed: set[str]) -> str:
    lines = [
        "# What is asked, and what shows it",
        "",
        "Written by `make figure NAME=mission`. *Owed* rows have no story in a browser yet.",
        "",
    ]
    lines += ["| row | asked | state | stories | picture |", "|---|---|---|---|---|"]
    for row, words in asked.items():
        tests = [t for t in by_row.get(row, []) if t.browser]
        names = "<br>".join(f"`{t.test.split('::')[-1]}`" for t in tests)
        pictures = " ".join(f"[picture]({t.notes['picture']})" for t in tests if "picture" in t.notes)
        lines.append(f"| {row} | {words} | {'kept' if row in kept else 'broken' if row in claimed else 'owed'} | {names} | {pictures} |")
    return "\n".join(lines) + "\n"


FIGURE = Figure(
    name="mission",
    says="every claimed row of docs/mission.md has a story in a real browser that passes, with its bad case",
    goal="all claimed",
    measure=_measure,
    plant=lambda: _measure(plant="ready-without-consent"),
)
