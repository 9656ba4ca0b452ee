"""What the library for accounts says on a page, it says in our words."""

from pathlib import Path

import allauth
import pytest
from django.template.loader import get_template

import setfair

THEIRS = Path(allauth.__file__).parent / "templates"
SAID = [
    *("account/messages/" + name for name in ("logged_in.txt", "logged_out.txt", "login_code_sent.txt", "password_changed.txt", "password_set.txt")),
    *sorted(str(path.relative_to(THEIRS)) for floor in ("mfa", "usersessions") for path in (THEIRS / floor / "messages").glob("*.txt")),
]


@pytest.mark.parametrize("name", SAID)
def test_a_sentence_of_the_library_is_worded_here(name):
    assert Path(get_template(name).origin.name).is_relative_to(Path(setfair.__file__).parent)


@pytest.mark.parametrize("name", ["account/messages/logged_in.txt", "account/messages/logged_out.txt"])
def test_coming_and_going_need_no_sentence(name):
    assert get_template(name).render().strip() == ""
