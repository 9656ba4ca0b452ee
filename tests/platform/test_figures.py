"""A figure that proves something: what shows a row of the mission, what a canary counts as caught, and where a full run goes on."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bench import ledger, shown
from bench.figure import Plant, tried
from bench.suite import Ran, run

ROOT = Path(__file__).resolve().parents[2]
PAGE = """
| row | asked | state | what shows it | its bad case |
|---|---|---|---|---|
| S0.1 | anyone can ask | kept | [a](pictures/mission/a.jpg) | [b (1-2)](pictures/mission/b.jpg) |
| S0.2 | a team | owed |  |  |
| S0.3 | a script | broken | [c](pictures/mission/c.jpg) |  |
"""
TESTS = """
import pytest

class Page:
    def sees(self, words):
        return words == "Hello"

@pytest.fixture
def chromium():
    return Page()

pytestmark = pytest.mark.mission("S0.1")

@pytest.mark.browser
def test_good(chromium):
    assert chromium.sees("Hello")

@pytest.mark.browser
@pytest.mark.bad_case
@pytest.mark.skip(reason="later")
def test_skipped(chromium):
    assert not chromium.sees("Good-bye")

@pytest.mark.browser
@pytest.mark.xfail
def test_expected_to_fail(chromium):
    assert chromium.sees("Good-bye")

@pytest.mark.browser
def test_without_a_browser():
    assert "Hello".isalpha()

@pytest.mark.browser
def test_says_nothing(chromium):
    chromium.sees("Hello")

def looks(page):
    assert page.sees("Hello")

@pytest.mark.browser
def test_beside(chromium):
    looks(chromium)

@pytest.mark.browser
def test_by_name(chromium):
    found = chromium.sees("Hello")
    assert found
"""


def test(name, **other):
    return Ran(**{"test": name, "passed": True, "mission": ("S0.1",), "browser": True, "asserts": True, "bad_case": False, "notes": {}} | other)


test.__test__ = False
GOOD, BAD = test("good"), test("bad", bad_case=True)


@pytest.mark.parametrize(
    ("tests", "said"),
    [
        ([GOOD, BAD], []),
        ([GOOD, BAD, test("in Python", browser=False, asserts=False)], []),
        ([GOOD, test("bad", bad_case=True, passed=False)], ["does not pass: bad"]),
        ([GOOD, BAD, test("in Python", browser=False, passed=False)], ["does not pass: in Python"]),
        ([GOOD, BAD, test("mute", asserts=False)], ["asserts nothing of the screen: mute"]),
        ([GOOD, test("bad", bad_case=True, browser=False)], ["no bad case in a browser"]),
        ([BAD], ["no story shows it in a browser"]),
        ([], ["no story shows it in a browser", "no bad case in a browser"]),
    ],
)
def test_a_row_is_shown_by_two_stories_that_pass(tests, said):
    assert shown.lacking(tests) == said


def test_a_story_that_is_gone_leaves_its_claim_behind(tmp_path):
    (tmp_path / "page.md").write_text(PAGE)
    told = shown.told(tmp_path / "page.md")
    assert told == {"S0.1": {"a.jpg", "b.jpg"}, "S0.3": {"c.jpg"}}
    assert shown.claimed({"S0.2": [GOOD], "S0.4": [test("in Python", browser=False)]}, told) == {"S0.1", "S0.2", "S0.3"}
    assert shown.told(tmp_path / "nowhere.md") == {}


def test_a_picture_that_is_gone_is_missed(tmp_path):
    (tmp_path / "a.jpg").touch()
    assert [shown.unpictured(pictures, tmp_path) for pictures in ({"a.jpg"}, {"a.jpg", "b.jpg"}, set())] == [
        [],
        ["picture gone: b.jpg"],
        ["no picture"],
    ]


def test_the_real_page_and_the_real_rows_are_read_whole():
    asked, told = shown.rows(ROOT / "docs/mission.md"), shown.told(ROOT / "docs/mission-shown.md")
    page = (ROOT / "docs/mission-shown.md").read_text()
    assert len(asked) == page.count("\n| S")
    assert (len(told), set(told) - set(asked)) == (page.count(" | kept | ") + page.count(" | broken | "), set())
    assert {row: shown.unpictured(pictures, ROOT / "docs/pictures/mission") for row, pictures in told.items()} == {row: [] for row in told}


def test_what_a_test_claims_is_what_it_does(tmp_path):
    (tmp_path / "test_rows.py").write_text(TESTS)
    (tmp_path / "test_other.py").write_text('import pytest\n\n@pytest.mark.mission("S0.2")\ndef test_other_row():\n    assert True\n')
    (tmp_path / "pytest.ini").write_text("[pytest]\nmarkers =\n mission\n browser\n bad_case\n")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "tests.reporting", "-p", "no:cacheprovider", "-c", "pytest.ini", "--mission=S0.1", "."]
    around = {"PYTHONPATH": str(ROOT), "SETFAIR_REPORT": str(tmp_path / "ran.json"), "PATH": "", "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    subprocess.run(command, cwd=tmp_path, env=around, capture_output=True)
    ran = json.loads((tmp_path / "ran.json").read_text())
    assert {r["test"].split("::test_")[1]: (r["passed"], r["browser"], r["asserts"], r["bad_case"]) for r in ran} == {
        "good": (True, True, True, False),
        "skipped": (False, True, True, True),
        "expected_to_fail": (False, True, True, False),
        "without_a_browser": (True, False, False, False),
        "says_nothing": (True, True, False, False),
        "beside": (True, True, True, False),
        "by_name": (True, True, True, False),
    }


@pytest.mark.parametrize(
    ("sound", "faulty", "caught"),
    [
        ([], ["Today: queries over"], True),
        (["sign-in: ratio over"], ["sign-in: ratio over", "Today: queries over"], True),
        ([], [], False),
        ([], ["Today: ratio over"], False),
        (["Today: queries over"], ["Today: queries over"], False),
        (["a case: queries over"], ["Today: queries over"], False),
    ],
)
def test_a_fault_is_caught_when_the_figure_tells_of_it_and_had_not_before(sound, faulty, caught):
    assert tried(Plant("another-query", "queries"), sound, faulty).caught is caught


def test_a_fault_must_be_seen_wherever_it_was_planted():
    assert [tried(Plant("pale-words", "contrast", 2), [], [f"contrast {n}" for n in range(seen)]).caught for seen in (1, 2)] == [False, True]


def test_a_fault_that_cannot_be_planted_is_not_taken_for_one_that_was_caught():
    with pytest.raises(SystemExit, match="no-such-fault could not be planted"):
        run("tests/platform/test_figures.py", "-k", "must_be_seen_wherever", plant="no-such-fault")


def test_a_full_run_that_was_ended_goes_on_where_it_was(tmp_path, monkeypatch):
    monkeypatch.setattr(ledger, "KEPT", tmp_path)
    monkeypatch.setattr(ledger, "FULL", True)
    first = ledger.Ledger("axe")
    assert [first.put("front", ["a fault"]), first.put("start", [])] == [["a fault"], []]
    with first.path.open("a") as lines:
        lines.write('["help", ["cut of')
    assert ledger.Ledger("axe").found == {"front": ["a fault"], "start": []}
    assert ledger.Ledger("weights").found == {}
    ledger.Ledger("axe").put("help", [])
    assert ledger.Ledger("axe").found == {"front": ["a fault"], "start": [], "help": []}
    ledger.Ledger("axe").close()
    assert ledger.Ledger("axe").found == {}


def test_a_default_run_keeps_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(ledger, "KEPT", tmp_path)
    monkeypatch.setattr(ledger, "FULL", False)
    ledger.Ledger("axe").put("front", ["a fault"])
    assert list(tmp_path.iterdir()) == []
    assert ledger.Ledger("axe").found == {}
