"""The development mailbox: there only where no stranger comes."""

import os

import pytest
from django.urls import reverse

from setfair.letters import outbox

pytestmark = pytest.mark.django_db


@pytest.fixture
def three_letters():
    names = [
        outbox.put("txt", outbox.headed("Open http://localhost:8000/c/abc/", To="555-0101", Message_ID="<1@a.example>")).name,
        outbox.put("pdf", b"%PDF-1.7 trial").name,
        outbox.put("eml", b"To: hana@home.example\nSubject: Your next step\n\nSee https://a.example/c/def/ <b>now</b>").name,
    ]
    for age, name in enumerate(reversed(names)):
        path = outbox.named(name).path
        os.utime(path, (1_700_000_000 - age, 1_700_000_000 - age))
    return names


def test_the_newest_stands_first(client, three_letters):
    page = client.get(reverse("letters")).content.decode()
    places = [page.index(name) for name in reversed(three_letters)]
    assert places == sorted(places)


def test_an_empty_mailbox_says_so(client):
    assert b"Nothing has left yet." in client.get(reverse("letters")).content


def test_links_in_a_letter_can_be_followed(client, three_letters):
    text, _paper, email = three_letters
    assert b'<a href="http://localhost:8000/c/abc/"' in client.get(reverse("letter", args=[text])).content
    page = client.get(reverse("letter", args=[email])).content
    assert b'<a href="https://a.example/c/def/"' in page
    assert b"&lt;b&gt;now" in page
    assert b"hana@home.example" in page


def test_paper_is_handed_over_as_it_is(client, three_letters):
    answer = client.get(reverse("letter", args=[three_letters[1]]))
    assert (answer["Content-Type"], answer.content) == ("application/pdf", b"%PDF-1.7 trial")


@pytest.mark.parametrize("name", ["..", "letter-00000000.eml", "letter-zz.txt", ".env", "%2e%2e%2fsecret.key", "letter-1234abcd.part"])
def test_nothing_else_can_be_asked_for(client, three_letters, name):
    assert client.get(f"/letters/{name}").status_code == 404


def test_on_a_public_server_there_is_no_mailbox(client, three_letters, settings):
    settings.PUBLIC = True
    assert client.get(reverse("letters")).status_code == 404
    assert client.get(reverse("letter", args=[three_letters[0]])).status_code == 404


@pytest.mark.parametrize("caller", [{"REMOTE_ADDR": "192.0.2.7"}, {"headers": {"x-forwarded-for": "127.0.0.1"}}])
def test_elsewhere_there_is_no_mailbox_either(client, three_letters, caller):
    assert client.get(reverse("letters"), **caller).status_code == 404
    assert client.get(reverse("letter", args=[three_letters[0]]), **caller).status_code == 404
