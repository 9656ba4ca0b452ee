"""Whether somebody learns at a door who is known here: by status, words, headers, cookies, letters or time.

Twelve ways, two dozen pairs of each, in one process; the doors and what is compared are in tests/security/test_enumeration.py. It takes less than
two minutes and is the same with FULL=1.
"""

from __future__ import annotations

from collections.abc import Iterator

from bench.figure import Figure, Plant, Result, Trial, trials
from bench.suite import Ran, run

TEST = "tests/security/test_enumeration.py"
PAIRS = {"SETFAIR_DOOR_PAIRS": "24"}
FEW = "sign-in, with a password;code by e-mail;new password"
PLANTS = (
    Plant("answers-at-once", "times as long"),
    Plant("says-who-is-known", "other words"),
    Plant("cookie-for-the-known", "other cookies"),
)


def _measure() -> Result:
    ran = run(TEST, "-s", **PAIRS)
    ways, pairs, told = (sum(int(test.notes.get(name, 0)) for test in ran) for name in ("ways", "pairs", "told"))
    for place in (place for test in ran for place in _said(test)):
        print(place)
    met = len(ran) == 2 and all(test.passed for test in ran) and ways > 0 and told == 0
    return Result(str(told), f"of {ways} ways tell who is known", met, n=f"{pairs} pairs")


def _canary() -> Iterator[Trial]:
    yield from trials(
        PLANTS, lambda plant: [said for test in run(TEST, "-k", "learns", plant=plant, SETFAIR_DOORS=FEW, **PAIRS) for said in _said(test)]
    )


def _said(test: Ran) -> list[str]:
    return [place for place in str(test.notes.get("places", "")).split("; ") if place]


FIGURE = Figure(
    name="enumeration",
    says="at no door can be told who is known here: not by words, headers, cookies or letters, nor by time (ranks and medians)",
    goal="0",
    measure=_measure,
    canary=_canary,
)
