"""The number of an account or of a card is turned away wherever somebody writes it; other numbers are left alone."""

import pytest

from setfair.core.bank_numbers import holds_bank_number


@pytest.mark.parametrize(
    "words",
    [
        "DE89 3704 0044 0532 0130 00",
        "de89370400440532013000",
        "Please pay to GB29 NWBK 6016 1331 9268 19, thank you",
        "to:FR14 2004 1010 0505 0001 3M02 606.",
        "my card is 4111 1111 1111 1111",
        "4111-1111-1111-1111",
        "5500005555555559",
        "378282246310005 is mine",
    ],
)
def test_it_is_found_however_it_is_written(words):
    assert holds_bank_number(words)


@pytest.mark.parametrize(
    "words",
    [
        "",
        "I gave 33.33 to the office on 3 December.",
        "DE89 3704 0044 0532 0130 02",
        "Call 0044 20 7946 0958 or +1 212 555 0100.",
        "4111 1111 1111 1112",
        "Case R-2031, room 12, 2026-11-23 16:00",
        "ME 12 is late",
    ],
)
def test_another_number_is_let_alone(words):
    assert not holds_bank_number(words)
