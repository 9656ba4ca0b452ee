"""What is a slip of the pen, and what says something else (decision 149)."""

import pytest

from setfair.agreements.slips import differs, signs, why_not

NAMES = frozenset({"hana", "rami", "sol", "gail"})


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("I appologize to her.", "I apologize to her."),
        ("Bring teh ball back.", "Bring the ball back."),
        ("Write a leter to Hanna.", "Write a letter to Hana."),
        ("Repare the fence and recieve a reply.", "Repaire the fence and receive a reply."),
        ("bring it to hana.", "Bring it to Hana."),
        ("Reparar el jardin.", "Reparar el jardín."),
        ("Write to Hannah.", "Write to Hana."),
    ],
)
def test_a_slip_of_the_pen(before, after):
    assert why_not(before, after, NAMES) == ""


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("I do it now.", "I do it not."),
        ("I can do it.", "I can't do it."),
        ("Pay 10 dollars.", "Pay 100 dollars."),
        ("Pay 1.5 euros.", "Pay 15 euros."),
        ("Pay ten dollars.", "Pay tens dollars."),
        ("Bring the ball.", "Bring the balls."),
        ("Come on Tuesday.", "Come on Thursday."),
        ("Come in the morning.", "Come in the evening."),
        ("Give it to Hana.", "Give it to Hanna."),
        ("Give it to Rami.", "Give it to Hana."),
        ("Give it to Dana.", "Give it to Hana."),
        ("He helps her.", "She helps her."),
        ("I will send it.", "I will lend it."),
        ("I help with it.", "I helped with it."),
        ("I am able to come.", "I am unable to come."),
        ("Ask my father.", "Ask my mother."),
        ("Bring it back.", "Bring it back soon."),
        ("Bring it back.", "Bring it."),
        ("Bring it back.", "Bring it back."),
        ("Bring it back.", "Bring it back?"),
        ("Ayudo en casa.", "Ayudó en casa."),
        ("Come befor school.", "Come before school."),
        ("Wrong werds thruout heere.", "Wrong words throughout here."),
        ("Write a leter.", ""),
    ],
)
def test_what_may_say_something_else(before, after):
    assert why_not(before, after, NAMES) != ""


def test_letters_are_counted_and_words_compared_in_their_places():
    assert [signs(*two) for two in (("teh", "the"), ("same", "same"), ("abc", "abd"), ("ball", "balls"), ("", "ab"))] == [1, 0, 1, 1, 2]
    assert (differs("a leter to you", "a letter to you"), differs("a b", "a b c")) == ([("leter", "letter")], [])
