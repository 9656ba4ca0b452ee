"""Everything that leaves in whole cases of a school and of a county, looked through for planted names and words of what happened.

Each of four cases is played to another stage, so that every kind of letter leaves; e-mails (all headers and parts), text messages, paper,
calendar files and the names and properties of files are read. It takes less than two minutes and is the same with FULL=1.
"""

from __future__ import annotations

from collections.abc import Iterator

from bench.figure import Figure, Plant, Result, Trial, trials
from bench.suite import Ran, run

TEST = "tests/stories/test_outgoing.py"
PLANTS = (
    Plant("matter-in-a-subject", "eml, subject: zorbing"),
    Plant("name-in-a-text-message", "txt, text message: Thaddeus"),
    Plant("title-of-a-pdf", "pdf, title: Peregrine"),
)


def _measure() -> Result:
    ran = run(TEST)
    messages, tell = (sum(int(test.notes.get(name, 0)) for test in ran) for name in ("messages", "told"))
    met = len(ran) == 2 and all(test.passed for test in ran) and messages > 0 and tell == 0
    return Result(f"{tell} of {messages}", "messages tell", met, n=f"{messages} messages")


def _canary() -> Iterator[Trial]:
    yield from trials(PLANTS, lambda plant: [said for test in run(TEST, "-k", "school", plant=plant) for said in _said(test)])


def _said(test: Ran) -> list[str]:
    return str(test.notes.get("places", "")).split("; ")


FIGURE = Figure(
    name="outgoing",
    says="no message, text, paper, calendar file, file name or property that leaves in whole cases holds a planted name or a word of what happened",
    goal="0",
    measure=_measure,
    canary=_canary,
)
