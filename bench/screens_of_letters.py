"""The screens about letters and about reaching people, a part of the one list (`screens`)."""

from __future__ import annotations

from .screen import Screen

# fmt: off
LETTERS = (
    Screen("how we reach you", "my_contact", "ready.hana"),
    Screen("your time", "my_zone", "ready.hana"),
    Screen("one way to reach you", "my_contact_way", "ready.hana", more={"way": "email"}),
    Screen("what they changed themselves", "way_changes", "fadi", on="half.rami"),
    Screen("case letters", "case_letters", "cora", on="scheduled"),
    Screen("letters to print", "post", "cora"),
    Screen("what came back", "came_back", "cora", on="answer"),
    Screen("messages that fit nobody", "strays", "ada"),
    Screen("messages that fit nobody, none", "strays", "wren"),
    Screen("letters that wait", "post_waiting", "cora"),
    Screen("letters that wait, none", "post_waiting", "wren"),
    Screen("a letter in other words", "post_words", "cora", on="held_letter"),
    Screen("letters to print, none", "post", "wren"),
    Screen("what comes with a time", "my_times_as", "ready.hana"),
    Screen("what comes with a time, told", "times_as", "fadi", on="half.rami"),
    Screen("safe contact", "contact", "fadi", on="half.rami"),
    Screen("safe contact, one way", "contact_way", "fadi", on="half.rami", more={"way": "sms"}),
)
