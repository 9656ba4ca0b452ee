"""Codes that can be read aloud, names that can be found, lines that give nothing away."""

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from setfair.core.text import ALPHABET, SPOKEN, TellingWords, folded, in_order, neutral, new_alias, new_code, shown, typed


def test_a_code_has_no_sign_that_is_taken_for_another():
    assert len(ALPHABET) == len(set(ALPHABET)) == 32
    assert set("0O1IL") & set(ALPHABET) == {"L"}
    codes = [new_code() for _ in range(500)]
    assert {len(code) for code in codes} == {8}
    assert set("".join(codes)) == set(SPOKEN) < set(ALPHABET)
    assert [pair for pair in ("0O", "1I", "2Z", "5S", "8B", "1L") if set(pair) <= set(SPOKEN)] == []
    assert set("0O1I2Z5S8B") & set(SPOKEN) == set()
    assert len(set(codes)) == 500


@given(st.text(alphabet=ALPHABET, min_size=1, max_size=24))
def test_a_code_as_it_is_shown_can_be_typed(code):
    assert typed(shown(code)) == code
    assert typed(f" {shown(code).lower()}\n") == code


@given(st.text())
def test_anything_can_be_typed(text):
    assert typed(text) == typed(typed(text))
    assert all(sign.isascii() and sign.isalnum() for sign in typed(text))


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Zoë Núñez-O'Hara", "zoe nunez o hara"),
        ("  LI   李 ", "li 李"),
        ("Straße", "strasse"),
        ("ليلى", "ليلى"),
        ("👩🏽‍🦱 Sam", "sam"),
        ("", ""),
    ],
)
def test_a_name_is_found_without_its_accents(name, found):
    assert folded(name) == found


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing(name):
    assert folded(folded(name)) == folded(name)


@pytest.mark.parametrize(
    "line", ["Your conference", "RESTORATIVE talk", "About the harm", "your case is open", "El acuerdo", "The circle", "victim support"]
)
def test_a_line_that_says_what_it_is_about_is_refused(line):
    with pytest.raises(TellingWords):
        neutral(line)


@pytest.mark.parametrize("line", ["Your next step", "A message from Room 12", "Your sign-in code", "Just in caseload", "", "Tu próximo paso"])
def test_a_neutral_line_is_given_back_as_it_is(line):
    assert neutral(line) == line


def test_an_alias_is_two_calm_words_and_neutral():
    for _ in range(200):
        alias = new_alias()
        assert len(alias.split()) == 2
        assert neutral(alias) == alias


@pytest.mark.parametrize(("language", "said"), [("en", "555-0112"), ("es", "555-0112"), ("ar", "\u2066555-0112\u2069")])
def test_a_number_to_call_is_not_turned_round(language, said):
    with translation.override(language):
        assert (in_order("555-0112"), in_order("")) == (said, "")
