"""What shows a row of docs/mission.md, and what is missing to it.

A row is *claimed* when a story in a real browser carries its id, or when the page of the latest full run says that
it was: a story that is gone does not take its claim along. It is *kept* when all its tests pass, and two of them are
driven in a browser and assert something of the screen: one its outcome, one its bad case (`@pytest.mark.bad_case`);
and when each of these has its picture.
"""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

from .suite import Ran

ROW = re.compile(r"^\| (S\d\.\d+) \| (.+?) \|$", re.MULTILINE)
SHOWN = re.compile(r"^\| (S\d\.\d+) \| .+? \| (kept|broken) \| (.*) \|$", re.MULTILINE)
PICTURE = re.compile(r"\(pictures/mission/([^)\s]+)\)")


def rows(page: Path) -> dict[str, str]:
    """The rows of docs/mission.md, id to what is asked."""
    return dict(ROW.findall(page.read_text()))


def told(page: Path) -> dict[str, set[str]]:
    """The rows that the page of the latest full run claims, each with its pictures."""
    return {row: set(PICTURE.findall(links)) for row, _state, links in SHOWN.findall(page.read_text())} if page.exists() else {}


def by_row(ran: list[Ran]) -> dict[str, list[Ran]]:
    found: dict[str, list[Ran]] = defaultdict(list)
    for test in ran:
        for row in test.mission:
            found[row].append(test)
    return found


def claimed(tests: dict[str, list[Ran]], page: dict[str, set[str]]) -> set[str]:
    return set(page) | {row for row, own in tests.items() if any(test.browser for test in own)}


def lacking(tests: list[Ran]) -> list[str]:
    """Why what ran does not show a row; nothing when it does."""
    stories = [test for test in tests if test.browser]
    said = [f"does not pass: {test.test}" for test in tests if not test.passed]
    said += [f"asserts nothing of the screen: {test.test}" for test in stories if not test.asserts]
    ends = {test.bad_case for test in stories}
    return said + [words for end, words in ((False, "no story shows it in a browser"), (True, "no bad case in a browser")) if end not in ends]


def unpictured(pictures: set[str], folder: Path) -> list[str]:
    """A claimed row has pictures, and they are there."""
    gone = [f"picture gone: {name}" for name in sorted(pictures) if not (folder / name).is_file()]
    return gone if pictures else ["no picture"]
