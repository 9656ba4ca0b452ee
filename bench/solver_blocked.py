"""Twenty conferences for which there is no time, and what truly blocks each, as a person who made them up knows it.

Two days of ten grains (two weeks), a window in the middle of each; Ana, Ben and Cleo; one room; Fadi of staff, Ines and Joy of the students.
Each case says what is different, and what blocks. A need is written as the command line writes it.
"""

from __future__ import annotations

from typing import Any

ALL = [[0, 20]]
MEETING: dict[str, Any] = {
    "id": "talk", "people": ["ana", "ben", "cleo"], "grains": 4, "first_day": 0, "last_day": 1, "rooms": ["library"], "seats": 6,
    "helpers": ["fadi", "ines", "joy"], "team": {"staff": 1, "student": 2}, "language": "en",
}  # fmt: skip
OTHER: dict[str, Any] = {"id": "other", "people": ["dov"], "grains": 6, "first_day": 0, "last_day": 1, "rooms": ["library", "attic"], "seats": 1}
FULL = [{"meeting": "other", "start": 2, "room": "library"}, {"meeting": "late", "start": 12, "room": "library"}]


def blocked(
    *, people: dict[str, Any] | None = None, helpers: dict[str, Any] | None = None, meeting: dict[str, Any] | None = None, **more: Any
) -> dict[str, Any]:
    """The whole instance from what is different; somebody's spans alone stand for when they are free."""
    free = {"ana": ALL, "ben": ALL, "cleo": ALL, "dov": ALL} | (people or {})
    known = {
        "fadi": {"kind": "staff", "speaks": ["en"]},
        "ines": {"kind": "student", "speaks": ["en"]},
        "joy": {"kind": "student", "speaks": ["en"]},
    }
    return {
        "days": [10, 10], "weeks": [0, 1], "windows": [[2, 8], [12, 18]], "starts": [[2, 5], [12, 15]],
        "people": [{"id": name, "free": spans} for name, spans in free.items()],
        "helpers": [{"id": name, "free": ALL} | facts | (helpers or {}).get(name, {}) for name, facts in known.items()],
        "rooms": [{"id": "library", "seats": 10}, {"id": "attic", "seats": 3}],
        "meetings": [MEETING | (meeting or {}), OTHER, OTHER | {"id": "late"}],
    } | more  # fmt: skip


BOOKED = [{"meeting": "other", "start": 2, "room": "attic"}, {"meeting": "late", "start": 12, "room": "attic"}]

CASES: dict[str, tuple[dict[str, Any], set[str]]] = {
    "one is never free": (blocked(people={"ana": []}), {"away ana"}),
    "two are never free on the same day": (blocked(people={"ana": [[0, 10]], "ben": [[10, 20]]}), {"away ana", "away ben"}),
    "two are never free, and both are needed": (blocked(people={"ana": [], "ben": []}), {"away ana", "away ben"}),
    "one is free too short a while": (blocked(people={"cleo": [[2, 5], [12, 15]]}), {"away cleo"}),
    "three who leave each other no day": (
        blocked(people={"ana": [[0, 20]], "ben": [[0, 6]], "cleo": [[4, 20]], "dov": ALL}, windows=[[2, 8]], starts=[[2, 5]]),
        {"away ben", "away cleo"},
    ),
    "one is away on one day, and the room is taken on the other": (
        blocked(people={"ana": [[10, 20]]}, placed=FULL[1:]), {"away ana", "room"},
    ),
    "the only large room is taken on both": (blocked(placed=FULL), {"room"}),
    "no room is large enough": (blocked(meeting={"seats": 12}), {"seats"}),
    "the room that may be had is too small": (blocked(meeting={"rooms": ["attic"]}), {"seats"}),
    "the room is closed": (blocked(rooms=[{"id": "library", "seats": 10, "free": []}, {"id": "attic", "seats": 3}]), {"room"}),
    "the turnaround leaves no room": (
        blocked(
            rooms=[{"id": "library", "seats": 10, "turnaround": 3}, {"id": "attic", "seats": 3}],
            meetings=[MEETING | {"grains": 3}, OTHER | {"grains": 3}, OTHER | {"grains": 3, "id": "late"}],
            placed=[{"meeting": "other", "start": 5, "room": "library"}, {"meeting": "late", "start": 12, "room": "library"}],
            starts=[[2, 6], [12, 16]],
        ),
        {"room"},
    ),
    "longer than any window": (blocked(meeting={"grains": 7}), {"window"}),
    "one sits in another meeting each time": (blocked(meeting={"people": ["ana", "dov"]}, placed=BOOKED), {"busy dov"}),
    "one is away, another is booked": (
        blocked(meeting={"people": ["ana", "dov"]}, people={"ana": [[0, 10]]}, placed=BOOKED[:1]), {"away ana", "busy dov"},
    ),
    "nobody of staff": (blocked(helpers={"fadi": {"free": []}}), {"helpers staff"}),
    "one student too few": (blocked(helpers={"joy": {"free": [[0, 4]]}}), {"helpers student"}),
    "the students may not help in it": (blocked(meeting={"helpers": ["fadi", "ines"]}), {"helpers student"}),
    "nobody speaks the language": (blocked(meeting={"language": "ar"}), {"language ar"}),
    "who speaks it is never there": (
        blocked(meeting={"language": "ar"}, helpers={"ines": {"speaks": ["ar"], "free": [[10, 20]]}}, people={"ben": [[0, 10]]}),
        {"away ben", "helpers student", "language ar"},
    ),
    "over before anyone can": (blocked(meeting={"last_day": 0}, people={"ana": [[10, 20]]}), {"away ana", "period"}),
}  # fmt: skip
