import pytest

from setfair.programmes.length import length
from setfair.programmes.models import Programme


def of(**facts):
    return Programme(**{"talk_minutes": 45, "settle_minutes": 10, "break_minutes": 5, "interpreter_percent": 25, "max_minutes": 60} | facts)


@pytest.mark.parametrize(
    ("facts", "interpreted", "minutes", "words"),
    [
        ({}, False, 60, "60 minutes: 45 to talk, 10 to arrive, 5 for a break."),
        ({"settle_minutes": 0, "break_minutes": 0}, False, 45, "45 minutes: 45 to talk."),
        (
            {"talk_minutes": 90, "max_minutes": 150},
            True,
            130,
            "130 minutes: 90 to talk, 25 for interpreting, 10 to arrive, 5 for a break.",
        ),
        (
            {},
            True,
            60,
            "75 minutes: 45 to talk, 15 for interpreting, 10 to arrive, 5 for a break. Here 60 is the most, so there is less time to talk.",
        ),
        ({"interpreter_percent": 0}, True, 60, "60 minutes: 45 to talk, 10 to arrive, 5 for a break."),
    ],
)
def test_how_long_it_is_and_how_that_comes_about(facts, interpreted, minutes, words):
    found = length(of(**facts), interpreted=interpreted)
    assert (found.minutes, found.words) == (minutes, words)
