"""Small instances for the tests of the solver."""

from setfair.scheduling.solver import Diary
from setfair.scheduling.solver.reading import read


def given(**more):
    """One meeting of two grains, three people, one room, two days of ten grains, a window in the middle of each."""
    return {
        "days": [10, 10], "weeks": [0, 0], "windows": [[2, 8], [12, 18]],
        "people": [{"id": name, "free": [[0, 20]]} for name in ("ana", "ben", "cleo")],
        "rooms": [{"id": "library", "seats": 5}],
        "meetings": [{"id": "talk", "people": ["ana", "ben", "cleo"], "grains": 2, "first_day": 0, "last_day": 1, "rooms": ["library"], "seats": 3}],
    } | more  # fmt: skip


def people(**free):
    return [{"id": name, "free": free.get(name, [[0, 20]])} for name in ("ana", "ben", "cleo")]


def asked(**more):
    instance = read(given(**more))
    return Diary(instance), instance.meetings["talk"]


HELPERS = [
    {"id": "fadi", "kind": "staff", "free": [[0, 20]], "speaks": ["en"], "load": 4},
    {"id": "gil", "kind": "staff", "free": [[12, 20]], "speaks": ["en", "ar"], "load": 1},
    {"id": "ines", "kind": "student", "free": [[0, 20]], "speaks": ["en"], "load": 2},
    {"id": "joy", "kind": "student", "free": [[0, 20]], "speaks": ["en"], "load": 2},
    {"id": "kai", "kind": "student", "free": [[0, 20]], "speaks": ["en", "ar"], "load": 9},
]


def with_team(**more):
    meeting = given()["meetings"][0] | {"team": {"staff": 1, "student": 2}, "helpers": [one["id"] for one in HELPERS]} | more
    return {"helpers": HELPERS, "meetings": [meeting]}
