"""What strangers can reach starts only as it must; and a public start answers its own probe."""

import http.client
import re

import pytest

from config import exposure
from tests.platform.installation import Installation

NO_MAIL = "With SETFAIR_PUBLIC=1 e-mails need a way out, and there is none: set SETFAIR_SMTP_HOST."
PUBLIC = {
    "SETFAIR_PUBLIC": "1",
    "SETFAIR_HOSTS": "room12.school.example",
    "SETFAIR_ADDRESS": "https://room12.school.example",
    "SETFAIR_BEHIND_PROXY": "1",
    "SETFAIR_SMTP_HOST": "smtp.school.example",
}


@pytest.fixture
def said(monkeypatch):
    def under(listen, **environment):
        for name in ("SETFAIR_ADDRESS", "SETFAIR_PUBLIC", "SETFAIR_SMTP_HOST", "DEMO"):
            monkeypatch.delenv(name, raising=False)
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        try:
            exposure.demand(listen)
        except exposure.Exposed as reason:
            return str(reason)
        return ""

    return under


@pytest.mark.parametrize("listen", ["127.0.0.1", "127.0.0.9", "::1", "localhost"])
def test_at_home_nothing_is_asked(said, listen):
    assert said(listen) == ""


@pytest.mark.parametrize("listen", ["0.0.0.0", "::", "192.0.2.7", "room12.school.example"])  # noqa: S104
def test_where_others_reach_it_it_must_be_public(said, listen):
    assert said(listen).startswith(f"On {listen} strangers could read every letter")
    assert said(listen, SETFAIR_PUBLIC="1", SETFAIR_SMTP_HOST="smtp.school.example") == ""


def test_a_public_server_has_a_way_for_its_letters_unless_it_is_the_demo(said):
    assert said("127.0.0.1", SETFAIR_PUBLIC="1") == NO_MAIL
    assert said("127.0.0.1", SETFAIR_PUBLIC="1", DEMO="0") == NO_MAIL
    assert said("127.0.0.1", SETFAIR_PUBLIC="1", DEMO="1") == ""
    assert said("127.0.0.1", SETFAIR_PUBLIC="1", SETFAIR_SMTP_HOST="smtp.school.example") == ""


@pytest.mark.parametrize("address", ["https://conferences.school.example", "http://localhost:8000/justicia", "https://Court.county.example"])
def test_an_address_that_tells_is_refused_before_any_letter_is(said, address):
    assert said("127.0.0.1", SETFAIR_ADDRESS=address).startswith(f"SETFAIR_ADDRESS stands in text messages, and {address} says")
    assert said("127.0.0.1", SETFAIR_ADDRESS="https://room12.school.example") == ""


@pytest.mark.parametrize(
    ("names", "name"), [("", "localhost"), ("*", "localhost"), (".school.example", "school.example"), ("a.example b.example", "a.example")]
)
def test_the_probe_asks_by_a_name_that_is_answered_to(monkeypatch, names, name):
    monkeypatch.setenv("SETFAIR_HOSTS", names)
    assert exposure.name_answered_to() == name


@pytest.mark.slow
def test_a_public_start_says_where_it_is_founded_and_nothing_is_amiss_in_its_log():
    place = Installation.founded()
    try:
        refused = place.run("config.run", SETFAIR_PUBLIC="1")
        assert (refused.returncode, refused.stdout, refused.stderr) == (1, "", f"setfair: {NO_MAIL}\n")
        place.start(**PUBLIC)
        place.until(lambda: "/begin/?key=" in place.said())
        printed = re.search(r"https://room12\.school\.example(/begin/\?key=\S+) founds", place.said())[1]
        assert (asked(place, "/begin/"), asked(place, printed)) == (403, 200)
        assert "Invalid HTTP_HOST" not in place.said()
    finally:
        place.clear()


def asked(place, page):
    connection = http.client.HTTPConnection("127.0.0.1", place.port, timeout=60)
    try:
        connection.request("GET", page, headers={"Host": "room12.school.example", "X-Forwarded-Proto": "https"})
        return connection.getresponse().status
    finally:
        connection.close()
