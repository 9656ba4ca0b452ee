"""The documents say what is so, and each check catches what it is for: a fault is planted in a copy, and that fault alone is found."""

import re
import shutil
from functools import cache
from pathlib import Path

import pytest

from config import places, texts
from tests import check_docs
from tests.documents import house, links, policy
from tests.documents import settings as what_can_be_set

KEPT = ("README.md", "HOUSE.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", ".env.example", "Makefile")
FOLDERS = ("docs", "setfair", "config", "bench", "tests/documents", "deploy")


@pytest.fixture
def copy(tmp_path):
    without = shutil.ignore_patterns("__pycache__", "static", "locale", "migrations", "templates")
    for name in KEPT:
        shutil.copy(places.ROOT / name, tmp_path)
    for name in FOLDERS:
        shutil.copytree(places.ROOT / name, tmp_path / name, ignore=without)
    return tmp_path


_without_a_plant = {}


def faults_of_a_copy(check, copy):
    """The same for every fresh copy, so found once for each check."""
    if check not in _without_a_plant:
        _without_a_plant[check] = set(check(copy))
    return _without_a_plant[check]


@pytest.fixture
def found(copy):
    """What a check finds after something was planted, and did not find before."""

    def new(check, plant):
        before = faults_of_a_copy(check, copy)
        plant(copy)
        return sorted(set(check(copy)) - before)

    return new


def changed(name, pattern, words):
    """A fault: in this file the first `pattern` reads `words`."""

    def plant(root: Path):
        path = root / name
        text, times = re.subn(pattern, words, path.read_text(), count=1, flags=re.M)
        assert times == 1, f"{name} has nothing like {pattern}"
        path.write_text(text)

    return plant


def added(name, words):
    def plant(root: Path):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        with (root / name).open("a") as file:
            file.write(words)

    return plant


def removed(name):
    return lambda root: (root / name).unlink()


def test_the_documents_say_what_is_so():
    assert check_docs.faults(places.ROOT) == []


@pytest.mark.parametrize(
    ("plant", "said"),
    [
        (
            changed("docs/who-may-what.md", r"\| Close a case \| yes", "| Close a case | "),
            "docs/who-may-what.md is not what the code says now: python -m tests.check_docs --write.",
        ),
        (
            changed("setfair/access/policy.py", r"Permission.CLOSE_CASE: frozenset\(\{", "Permission.CLOSE_CASE: frozenset({Tie.FACILITATES, "),
            "docs/who-may-what.md is not what the code says now: python -m tests.check_docs --write.",
        ),
        (
            changed("setfair/cases/journey.py", r"Stage.CLOSED: frozenset\(\)", "Stage.CLOSED: frozenset({Stage.READY})"),
            "docs/journeys.md is not what the code says now: python -m tests.check_docs --write.",
        ),
        (removed("docs/journeys.md"), "docs/journeys.md is not what the code says now: python -m tests.check_docs --write."),
        (
            changed("setfair/access/policy.py", r'^    RUN_CASE = "run_case"', '    RUN_CASE = "run_case"\n    BURN = "burn_case"'),
            "The permission burn_case has no line in tests/documents/meanings.py.",
        ),
        (
            changed("setfair/access/policy.py", r'^    BELONGS = "belongs"', '    BELONGS = "belongs"\n    VISITS = "visits"'),
            "The tie visits has no line in tests/documents/meanings.py.",
        ),
        (
            changed("setfair/letters/journey.py", r"^    SENT = ", '    LOST = "lost", _("lost")\n    SENT = '),
            "The stage lost of letters.Stage has no line in tests/documents/meanings.py.",
        ),
        (
            changed("setfair/cases/journey.py", r"^    INDIRECT = ", '    BORED = "bored", _("nobody cared")\n    INDIRECT = '),
            "The reason bored of cases.Reason has no line in tests/documents/meanings.py.",
        ),
        (
            changed("setfair/cases/journey.py", r"^    EXAMS = .*\n", ""),
            "tests/documents/meanings.py explains the reason exams of cases.Rest, which is not there.",
        ),
    ],
)
def test_what_is_written_out_follows_the_code(found, plant, said):
    assert found(check_docs.written_out, plant) == [said]


def test_writing_out_mends_it(copy):
    changed("docs/who-may-what.md", r"\| Close a case \| yes", "| Close a case | ")(copy)
    check_docs.write(copy)
    assert check_docs.written_out(copy) == []
    assert (copy / policy.WHERE).read_text() == (places.ROOT / policy.WHERE).read_text()


@pytest.mark.parametrize(
    ("plant", "said"),
    [
        (
            added("config/places.py", '\nSPEED = os.environ.get("SETFAIR_SPEED", "1")\n'),
            [
                "SETFAIR_SPEED is read by the code and not in .env.example.",
                "SETFAIR_SPEED is read by the code and not in the table of docs/operator.md.",
            ],
        ),
        (
            added("bench/house.py", '\nDEPTH = os.environ["SETFAIR_DEPTH"]\n'),
            [f"SETFAIR_DEPTH is read by the code and not in {where}." for where in (".env.example", "the table of docs/operator.md")],
        ),
        (added(".env.example", "# SETFAIR_OLD=1\n"), ["SETFAIR_OLD is in .env.example and nothing reads it."]),
        (changed("docs/operator.md", r"^\| `PORT` ", "| `OLD_PORT` | `1` | |\n| `PORT` "), ["OLD_PORT is in docs/operator.md and nothing reads it."]),
        (changed("docs/operator.md", r"^\| `PORT` \| `8000`", "| `PORT` | `80`"), ["PORT is “8000” in .env.example and “80” in docs/operator.md."]),
        (
            changed("config/restore.py", r'os\.environ\.get\("FORCE"\)', "None"),
            ["FORCE is listed in tests/documents/settings.py and nothing reads it."],
        ),
        (changed("CONTRIBUTING.md", "UPGRADE=1", "UPGRADE"), ["UPGRADE=1 is understood by a command, and no page says so."]),
    ],
)
def test_settings_are_said_everywhere_or_nowhere(found, plant, said):
    assert found(what_can_be_set.faults, plant) == said


@pytest.mark.parametrize(
    ("plant", "said"),
    [
        (added("HOUSE.md", "[the attic](docs/attic.md)\n"), "HOUSE.md points to docs/attic.md, which is not there."),
        (removed("docs/pictures/day.png"), "docs/facilitator.md points to pictures/day.png, which is not there."),
        (added("docs/words.md", "[why](coordinator.md#because)\n"), "docs/words.md points to coordinator.md#because, which has no such heading."),
        (
            added("README.md", "![ ](docs/pictures/today.png)\n"),
            "README.md shows docs/pictures/today.png without a word for those who do not see it.",
        ),
        (
            added("README.md", '<img src="docs/pictures/today.png" width="9">\n'),
            "README.md shows docs/pictures/today.png without a word for those who do not see it.",
        ),
        (added("SECURITY.md", "See `config/attic.py`.\n"), "SECURITY.md names config/attic.py, which is not there."),
        (added("docs/pictures/cat.png", "x"), "docs/pictures/cat.png is shown nowhere."),
        (added("docs/pictures/today.png", "x" * links.HEAVIEST), f"docs/pictures/today.png weighs more than {links.HEAVIEST // 1000} KB."),
    ],
)
def test_every_link_and_picture_leads_somewhere(found, plant, said):
    assert found(links.faults, plant) == [said]


@pytest.mark.parametrize(
    ("plant", "said"),
    [
        (added("README.md", "\n    make tea\n"), "README.md names `make tea`, which is not there."),
        (added("docs/operator.md", "`PORT=1 make coffee`\n"), "docs/operator.md names `make coffee`, which is not there."),
        (added("Makefile", "\nsweep: ## clean the floor\n"), "`make sweep` is in none of README.md, CONTRIBUTING.md, docs/operator.md."),
    ],
)
def test_commands_are_there_and_told_of(found, plant, said):
    assert found(house.commands, plant) == [said]


@pytest.mark.parametrize(
    ("plant", "said"),
    [
        (added("setfair/attic/__init__.py", ""), "HOUSE.md has no floor attic."),
        (changed("HOUSE.md", r"^\| `core` \|", "| `cellar` | |\n| `core` |"), "HOUSE.md has a floor cellar, which is not there."),
        (changed("setfair/outcomes/actions.py", r"^def tell\(", "def murmur("), "HOUSE.md names tell of outcomes, which is not there."),
    ],
)
def test_the_map_shows_the_house(found, plant, said):
    assert found(house.floors, plant) == [said]


@pytest.mark.parametrize(
    ("plant", "said"),
    [
        (added("docs/decisions/9999-tea.md", "# 9999. Tea\n"), "docs/decisions/README.md has no [Tea](9999-tea.md)."),
        (
            lambda root: (added("docs/decisions/9998-tea.md", "# 1. Tea\n")(root), added("docs/decisions/README.md", "[Tea](9998-tea.md)\n")(root)),
            "docs/decisions/9998-tea.md is numbered 1.",
        ),
    ],
)
def test_every_decision_is_in_the_index(found, plant, said):
    assert found(house.decisions, plant) == [said]


@pytest.mark.parametrize("place", ["/wor" + "k/main", "/roo" + "t/notes", "/tm" + "p/out.txt", "/hom" + "e/sam"])
def test_no_file_says_where_it_was_written(found, place):
    path = re.match(r"/\w+(/\w+)?", place).group() if place.startswith("/hom") or place.startswith("/tm") else place.rsplit("/", 1)[0]
    said = found(house.places, added("setfair/core/notes.py", f"# {place} is where it lay\n"))
    assert [s.rstrip("./") for s in said] == [f"setfair/core/notes.py speaks of {path}"]


@pytest.mark.parametrize("host", ["pyp" + "i.org", "pythonhoste" + "d", "npmj" + "s"])
def test_no_file_says_where_its_packages_came_from(found, host):
    assert found(house.places, added("requirements/run.lock", f"# https://{host}\n")) == [f"requirements/run.lock speaks of {host}."]


def test_the_readme_stays_short(found):
    said = found(house.length, lambda root: (root / "README.md").write_text("a line\n" * 71))
    assert said == ["README.md has 71 lines; 70 are as much as a newcomer reads."]


@cache
def on_the_screens():
    return [words for text in texts.gathered(places.ROOT).values() for words in (text.words, text.plural)]


@pytest.mark.parametrize("words", ["Approve the request", "Open it all up", "2 of"])
def test_a_button_in_a_guide_is_a_button_on_a_screen(found, words):
    said = found(lambda root: house.screen_words(root, on_the_screens()), added("docs/coordinator.md", f"Press **{words}**.\n"))
    assert said == [f"docs/coordinator.md says **{words}**, and no screen does."]


@pytest.mark.parametrize("words", ["Book this", "Mark ready", "Open Goran"])
def test_names_and_numbers_in_a_button_are_anything(found, words):
    assert found(lambda root: house.screen_words(root, on_the_screens()), added("docs/coordinator.md", f"Press **{words}**.\n")) == []
