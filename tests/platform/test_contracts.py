"""The import contracts catch what they are for: each is broken on purpose once."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from config import places

LINTER = Path(sys.executable).parent / "lint-imports"


@pytest.fixture
def house(tmp_path):
    """A copy of the code to plant faults in."""
    only_code = shutil.ignore_patterns("__pycache__", "tests", "templates", "static", "locale")
    shutil.copytree(places.ROOT / "setfair", tmp_path / "setfair", ignore=only_code)
    shutil.copy(places.ROOT / "pyproject.toml", tmp_path)
    return tmp_path


def plant(house: Path, path: str, line: str) -> None:
    target = house / "setfair" / path
    target.parent.mkdir(exist_ok=True)
    (target.parent / "__init__.py").touch()
    target.write_text((target.read_text() if target.exists() else "") + f"\n{line}\n")


def broken(house: Path) -> set[str]:
    command = [LINTER, "--no-cache", "--config", "pyproject.toml"]
    said = subprocess.run(command, cwd=house, env={"PYTHONPATH": str(house)}, capture_output=True, text=True).stdout
    assert "Contracts:" in said, said
    return set(re.findall(r"^(.+?) BROKEN", said, re.M))


def test_each_contract_catches_its_fault(house):
    assert broken(house) == set()
    plant(house, "people/models.py", "from setfair.desk import apps as _later")
    plant(house, "cases/models.py", "from setfair.cases import actions as _higher")
    plant(house, "partnership/views.py", "from setfair.cases import models as _across")
    plant(house, "outcomes/models.py", "from setfair.partnership import views as _back")
    plant(house, "scheduling/solver/plan.py", "from django.db import models as _impure")
    assert broken(house) == {
        "Floors: later may know earlier, earlier never knows later",
        "Stairs: inside an app each step knows only those below",
        "The schools' wing has no door to the cases",
        "The cases have no door to the schools' wing",
        "The solver is pure",
    }
