"""Which rows of what is owed are shown on the real screens, and whether their stories pass.

A row is *claimed* when any story in a real browser carries its id. It is *kept* when
all its tests pass and two of them are driven in a browser: one that shows the outcome
on the screen, and one of its bad case (`@pytest.mark.bad_case`).
A full run also keeps a picture of where each story ended.
"""

from __future__ import annotations

import re
from collections import defaultdict

from bench.figure import FULL, ROOT, Figure, Result
from bench.suite import Ran, run

ROW = re.compile(r"^\| (S\d\.\d+) \| (.+?) \|$", re.MULTILINE)
PAGE = ROOT / "docs" / "mission-shown.md"
PICTURES = ROOT / "docs" / "pictures" / "mission"


def rows() -> dict[str, str]:
    """The rows of docs/mission.md, id to what is asked."""
    return dict(ROW.findall((ROOT / "docs" / "mission.md").read_text()))


def shown(ran: list[Ran]) -> dict[str, list[Ran]]:
    found: dict[str, list[Ran]] = defaultdict(list)
    for test in ran:
        for row in test.mission:
            found[row].append(test)
    return found


def is_kept(tests: list[Ran]) -> bool:
    """Everything passes, and a browser saw both what should happen and what must not."""
    ends = {test.bad_case for test in tests if test.browser}
    return all(test.passed for test in tests) and ends == {True, False}


def _measure(plant: str = "") -> Result:
    asked, by_row = rows(), shown(run("-m", "mission", "-n", "2", "tests", "setfair", plant=plant, **_camera(plant)))
    unknown = set(by_row) - set(asked)
    claimed = {row for row, tests in by_row.items() if any(t.browser for t in tests)}
    kept = {row for row in claimed if is_kept(by_row[row])}
    for row, words in asked.items():
        tests = by_row.get(row, [])
        print(f"{row:<6} {_state(row, kept, claimed):<7} {words}")
        for test in tests:
            print(f"         {'ok ' if test.passed else 'NOT'} {_kind(test):<16} {test.test}")
    if FULL and not plant:
        PAGE.write_text(_page(asked, by_row, kept, claimed))
    for row in sorted(unknown):
        print(f"{row} is not a row of docs/mission.md")
    met = bool(claimed) and claimed == kept and not unknown
    owed = len(asked) - len(claimed)
    return Result(
        f"{len(kept)} of {len(claimed)}", f"claimed rows kept, {owed} owed of {len(asked)}", met, n=f"{sum(map(len, by_row.values()))} proofs"
    )


def _kind(test: Ran) -> str:
    return ("browser" if test.browser else "") + (" bad case" if test.bad_case else "")


def _camera(plant: str) -> dict[str, str]:
    return {"SETFAIR_PICTURES": str(PICTURES)} if FULL and not plant else {}


def _state(row: str, kept: set[str], claimed: set[str]) -> str:
    return "kept" if row in kept else "BROKEN" if row in claimed else "owed"


def _page(asked: dict[str, str], by_row: dict[str, list[Ran]], kept: set[str], claimed: set[str]) -> str:
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
        lines.append(f"| {row} | {words} | {_state(row, kept, claimed).lower()} | {good} | {bad} |")
    return "\n".join(lines) + "\n"


def _story(test: Ran) -> str:
    """The name of the test as a sentence, leading to its picture."""
    words = test.test.split("::")[-1].removeprefix("test_").replace("_", " ")
    picture = test.notes.get("picture")
    return f"[{words}](pictures/mission/{picture})" if picture else words


FIGURE = Figure(
    name="mission",
    says="every claimed row of docs/mission.md has a story in a real browser that passes, with its bad case",
    goal="all claimed",
    measure=_measure,
    plant=lambda: _measure(plant="ready-without-consent"),
)
