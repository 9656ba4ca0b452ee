import pytest

from setfair.letters.paper import SHEETS, printed_to_last


@pytest.fixture(scope="session")
def a_page():
    data = {"title": "Page", "address": "", "address_right_to_left": False, "paragraphs": ["Thank you."]}
    return printed_to_last(SHEETS / "letter.typ", data, language="en")
