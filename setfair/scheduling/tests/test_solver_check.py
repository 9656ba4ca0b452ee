"""What is asked of the check, and of the command line."""

import io
import json

import pytest

from setfair.scheduling.solver import check
from setfair.scheduling.solver.__main__ import main
from setfair.scheduling.solver.reading import Unreadable, read

from .givens import given, people, with_team


def broken(told, plan):
    return check(told, plan)["broken"]


def test_the_check_finds_what_is_wrong():
    told = given(**with_team(), rooms=[{"id": "library", "seats": 5, "turnaround": 1}])
    right = {"meeting": "talk", "start": 12, "room": "library", "helpers": ["gil", "ines", "joy"]}
    assert broken(told, [right]) == []
    for change, words in [
        ({"start": 11}, "lies in no window"),
        ({"start": 17}, "lies in no window"),
        ({"start": 9}, "does not lie in one day"),
        ({"start": 2}, "has gil, who is away then"),
        ({"helpers": ["gil", "ines"]}, "has not the team that it needs"),
        ({"helpers": ["gil", "ines", "ines"]}, "has a helper twice"),
        ({"helpers": ["gil", "ines", "dov"]}, "has dov, who may not help there"),
        ({"room": "attic"}, "has a room that it may not have"),
        ({"meeting": "tea"}, "is not asked for"),
    ]:
        assert [one for one in broken(told, [right | change]) if words in one] != [], words
    assert "talk is placed twice" in broken(told, [right, right])
    assert "talk was pinned and is not where it was" in broken(told | {"placed": [right]}, [right | {"start": 13}])


def command(monkeypatch, capsys, verb, told):
    monkeypatch.setattr("sys.stdin", io.StringIO(told if isinstance(told, str) else json.dumps(told)))
    code = main([verb, "--seconds", "0.1"])
    said = capsys.readouterr()
    return code, json.loads(said.out) if said.out else said.err


def test_the_command_line_reads_and_writes_json(monkeypatch, capsys):
    told = given(**with_team()) | {"meeting": "talk"}
    code, said = command(monkeypatch, capsys, "suggest", told)
    assert (code, said["suggestions"][0]["start"], said["suggestions"][0]["fair"]) == (0, 12, ["gil", "ines", "joy"])
    code, said = command(monkeypatch, capsys, "batch", told)
    assert (code, said["left_out"], len(said["plan"])) == (0, [], 1)
    assert command(monkeypatch, capsys, "check", told | {"plan": said["plan"]})[0] == 0
    assert command(monkeypatch, capsys, "check", told | {"plan": [said["plan"][0] | {"start": 0}]})[0] == 1
    code, said = command(monkeypatch, capsys, "explain", given(people=people(ana=[])) | {"meeting": "talk"})
    assert (code, said["alone"], said["openings"][0]["lift"]) == (0, ["away ana"], ["away ana"])
    for wrong in ("", "[]", "{}", json.dumps(told | {"meetings": [{"id": "talk"}]}), json.dumps(told | {"rooms": []})):
        code, said = command(monkeypatch, capsys, "batch", wrong)
        assert (code, said.startswith("This could not be read")) == (2, True)


def test_what_names_nobody_known_is_refused():
    with pytest.raises(Unreadable):
        read(given(placed=[{"meeting": "talk", "start": 2, "room": "attic"}]))
