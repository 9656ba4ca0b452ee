"""The day on one sheet: for the door first names, times and where to; for the room what it needs besides. Nothing of what it is about."""

import io

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse

from setfair.conferences.models import Conference
from setfair.preparation.actions import arrange
from setfair.programmes.models import Room
from setfair.scheduling.actions import say_no_longer
from setfair.sheets.arriving import Line, _printed, expected, for_the_door, for_the_room, needed
from setfair.village.time import at

from .heard import read_out, words_of

pytestmark = pytest.mark.django_db
TELLING = ("harm", "responsible", "circle", "restorative", "conference", "O'Hara", "C-0")


@pytest.fixture
def planned(village, at_scheduled):
    with village.inside():
        Room.objects.update(waiting_places=2, waits="Side door: the library\nMain door: the bench")
        yield at_scheduled


def sheet(story):
    return Conference.objects.get(case=story.case)


def opened(content):
    return pikepdf.open(io.BytesIO(content))


def test_for_the_door_it_says_who_comes_when_and_where_to(planned):
    with opened(for_the_door(sheet(planned), language="en")) as pdf:
        words, (heard, loose) = words_of(pdf), read_out(pdf)
        assert (len(pdf.pages), str(pdf.docinfo["/Title"]), str(pdf.Root.Lang), loose) == (1, "Our copy", "en", [])
    rows = [said for tag, said in heard if tag == "/TD"]
    assert [rows[n : n + 3][1:] for n in range(0, len(rows), 3)] == [
        ["Hana", "Side door: the library"], ["Sol", "Side door: the library"], ["Rami", "Main door: the bench"], ["Gail", "Main door: the bench"],
    ]  # fmt: skip
    assert [word for word in TELLING if word.lower() in words.lower()] == []
    surnames = {p.person.name.split()[-1] for p in planned.people.values() if " " in p.person.name}
    assert [name for name in surnames if name in words.split()] == []


def test_for_the_room_it_says_what_is_needed_and_never_whose(planned):
    arrange(planned.hana, by=planned.lead, kind="step_free", state="needed")
    arrange(planned.sol, by=planned.lead, kind="food", state="booked")
    arrange(planned.rami, by=planned.lead, kind="room", state="needed")
    with opened(for_the_room(sheet(planned), language="en")) as pdf:
        words = words_of(pdf)
        assert len(pdf.pages) == 1
    assert needed(list(planned.people.values())) == ["A way in without steps", "Food or drink"]
    wanted = ("A way in without steps", "Who sits where is up to whoever leads it.", "7 chairs", "Fadi, Ines and Malik")
    assert [line for line in wanted if line not in words] == []


def test_who_is_not_expected_does_not_stand_on_it(planned):
    people = list(planned.people.values())
    say_no_longer(planned.sol, by=planned.lead, how="phone")
    assert [c.who.person.first for c in expected(planned.booking, people)] == ["Hana", "Rami", "Gail"]


@pytest.mark.parametrize("many", [0, 1, 20])
def test_however_many_come_it_is_one_sheet_that_a_letter_printer_cuts_nothing_from(planned, many):
    far = "The door on the side of the building, past the bicycles: the second room on the left"
    lines = [Line("10:45 a.m.", f"Maximiliana-Rose {n}", far) for n in range(many)]
    with opened(_printed(planned.booking, lines, [far] * 3, "es", [{"title": "Room", "lines": [far] * 8}])) as pdf:
        assert (len(pdf.pages), str(pdf.Root.Lang)) == (1, "es")


def test_those_who_run_the_day_print_it_and_nobody_else_has_it(client, village, planned):
    conference = sheet(planned)
    there = {whose: reverse(f"{whose}_sheet", args=[conference.pk]) for whose in ("door", "room")}
    fadi = village.sign_in(client, "fadi")
    page = fadi.get(reverse("conference", args=[conference.pk])).content.decode()
    assert [address in page for address in there.values()] == [True, True]
    for address in there.values():
        answer = fadi.get(address)
        assert (answer["Content-Type"], answer["Content-Disposition"]) == ("application/pdf", 'inline; filename="paper.pdf"')
        assert {who: village.sign_in(Client(), who).get(address).status_code for who in ("cora", "mina", "nour", "ines")} == {
            "cora": 200, "mina": 404, "nour": 404, "ines": 404,
        }  # fmt: skip
        hana = Client()
        village.enter(hana, planned.hana)
        assert hana.get(address)["Location"].startswith("/account/login/")
    with at(planned.booking.starts_at):
        planned.begin()
    assert fadi.get(there["room"])["Location"] == reverse("conference", args=[conference.pk])


def test_their_own_page_says_when_and_where_they_wait(client, village, planned):
    village.enter(client, planned.rami)
    page = client.get(reverse("times")).content.decode()
    assert ("Main door: the bench" in page, "Side door" in page) == (True, False)
    Room.objects.update(waits="")
    assert "You wait here" not in client.get(reverse("times")).content.decode()
