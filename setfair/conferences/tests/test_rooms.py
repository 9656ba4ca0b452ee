import json
import re
from datetime import timedelta

import pytest
from django.db import ProgrammingError, connection, transaction
from django.test import Client
from django.urls import reverse

from setfair.cases.journey import Stage
from setfair.conferences import actions, queries, rooms
from setfair.conferences.actions import CannotGoOn
from setfair.conferences.models import BreakWish, Room, RoomEnd
from setfair.core import clock
from setfair.core.text import SPOKEN
from setfair.journal.models import Entry
from setfair.programmes.models import ScriptPage
from setfair.village.cast import OTHER
from setfair.village.story import case_at
from setfair.village.time import at

pytestmark = pytest.mark.django_db
ROOM, LIVE, BREAK = reverse("room"), reverse("room_live"), reverse("room_break")
OTHERS = ["mina", "tova", "sven", "ada", "nour", "lena"]


@pytest.fixture
def sitting(on_the_day):
    conference = on_the_day.begin()
    for key in ("hana", "rami", "gail"):
        actions.mark_attendance(conference, on_the_day.people[key], by=on_the_day.lead, came=True)
    page = ScriptPage.objects.get(script=conference.script, key="happened")
    actions.turn_page(conference, by=on_the_day.lead, page=page.order)
    return on_the_day


@pytest.fixture
def code(sitting):
    actions.open_room(sitting.conference, by=sitting.lead)
    return rooms.code_now(sitting.conference)


@pytest.fixture
def tablet(code):
    """A device that nobody is in with, after somebody typed the code on it, small and without its dash."""
    device = Client()
    assert device.post(ROOM, {"code": code.lower().replace("-", " ")})["Location"] == ROOM
    return device


def url(name, story):
    return reverse(name, args=[story.conference.pk])


@pytest.mark.mission("S0.3")
def test_a_tablet_becomes_the_table_by_the_code_that_the_console_shows(client, village, sitting):
    fadi = village.sign_in(client, "fadi")
    assert fadi.post(url("room_open", sitting)).status_code == 302
    code = re.search(r'data-says="room_code">([^<]+)<', fadi.get(url("conference", sitting)).text).group(1)
    assert (len(code), set(code.replace("-", "")) <= set(SPOKEN)) == (7, True)
    tablet = Client()
    assert "What is the code of the room?" in tablet.get(ROOM).text
    tablet.post(ROOM, {"code": code})
    page = tablet.get(ROOM).text
    for words in ("Rami", "Tell us what happened, from your side.", "You may pass.", "I need a break"):
        assert words in page
    assert "Tell us what happened" in tablet.get(LIVE).content.decode()


@pytest.mark.mission("S0.9")
def test_it_shows_nothing_but_what_everyone_in_the_room_hears(village, sitting, tablet):
    page, said = tablet.get(ROOM).text, tablet.get(LIVE).content.decode()
    secrets = [sitting.case.ref, sitting.case.alias, "O'Hara", str(sitting.hana.pk), str(sitting.lead.id), village.school.name, "If it goes quiet"]
    assert [word for word in secrets if word in page or word in said] == []
    for shut in ("home", "today", "cases"):
        assert tablet.get(reverse(shut)).status_code == 302
    assert tablet.get(url("conference", sitting)).status_code == 302
    assert tablet.get(reverse("my_circle")).status_code == 302


def test_put_away_with_one_press_it_is_shut_and_the_code_opens_nothing(client, village, sitting, code, tablet):
    fadi = village.sign_in(client, "fadi")
    for _twice in (1, 2):
        assert fadi.post(url("room_away", sitting)).status_code == 302
    assert (RoomEnd.objects.count(), tablet.get(LIVE).status_code, "What is the code" in tablet.get(ROOM).text) == (1, 204, True)
    assert (Client().post(ROOM, {"code": code}).status_code, rooms.code_now(sitting.conference)) == (422, "")
    actions.open_room(sitting.conference, by=sitting.lead)
    assert (rooms.code_now(sitting.conference) != code, tablet.get(LIVE).status_code) == (True, 204)


@pytest.mark.bad_case
def test_whoever_goes_home_takes_no_code_along(sitting, code, tablet):
    actions.mark_attendance(sitting.conference, sitting.sol, by=sitting.lead, came=False)
    assert rooms.code_now(sitting.conference) == code, "who never came has heard none"
    actions.mark_attendance(sitting.conference, sitting.hana, by=sitting.lead, came=False)
    assert (rooms.code_now(sitting.conference), RoomEnd.objects.count()) == ("", 1)
    assert "data-says" not in tablet.get(ROOM).text
    actions.open_room(sitting.conference, by=sitting.lead)
    assert rooms.code_now(sitting.conference) not in ("", code)


@pytest.mark.parametrize("ends", ["conclude", "adjourn", "forgotten"])
def test_it_ends_with_the_circle_and_never_outlasts_the_night(sitting, code, tablet, ends):
    later = clock.now() + timedelta(hours=13) if ends == "forgotten" else clock.now()
    if ends == "conclude":
        actions.conclude(sitting.conference, by=sitting.lead)
    if ends == "adjourn":
        actions.adjourn(sitting.conference, by=sitting.lead, reason="asked")
    with at(later):
        assert (tablet.get(LIVE).status_code, "What is the code" in tablet.get(ROOM).text) == (204, True)
        assert tablet.post(BREAK)["Location"] == ROOM
    assert BreakWish.objects.count() == 0


def test_the_code_is_the_same_while_it_stands_and_only_while_the_circle_does(sitting, code):
    for _twice in (1, 2):
        actions.open_room(sitting.conference, by=sitting.lead)
    assert (Room.objects.count(), rooms.code_now(sitting.conference)) == (1, code)
    actions.conclude(sitting.conference, by=sitting.lead)
    with pytest.raises(CannotGoOn, match="under way"):
        actions.open_room(sitting.conference, by=sitting.lead)


@pytest.mark.bad_case
def test_the_code_of_one_circle_shows_no_other(client, village, sitting, tablet):
    other = case_at(village, Stage.PREPARING, circle=OTHER, matter=3)
    page = tablet.get(ROOM).text
    assert [p.person.first for p in other.people.values() if f">{p.person.first}<" in page] == []
    assert Client().get(LIVE).status_code == 204
    forged = Client()
    session = forged.session
    session["room"] = {"programme": str(village.county.pk), "room": str(Room.objects.get().pk)}
    session.save()
    forged.cookies["sessionid"] = session.session_key
    assert forged.get(LIVE).status_code == 204


@pytest.mark.bad_case
def test_wrong_codes_are_counted_and_a_right_one_among_too_many_opens_nothing(sitting, code):
    guess = Client()
    for _try in range(rooms.NEAR[0]):
        answer = guess.post(ROOM, {"code": "AAA-AAA"})
        assert (answer.status_code, "does not open anything now" in answer.text) == (422, True)
    assert guess.post(ROOM, {"code": code}).status_code == 422
    assert guess.post(ROOM, {"code": ""}).status_code == 422


@pytest.mark.mission("S0.9")
def test_a_break_is_wished_for_from_the_table_and_nobody_learns_from_where(sitting, tablet):
    assert tablet.post(BREAK)["Location"] == ROOM
    assert queries.has_wish(sitting.conference)
    line = Entry.objects.get(verb="wished_break")
    assert (line.actor_kind, line.actor_id, line.route, line.network) == ("system", None, "", "")


def test_whoever_was_in_with_that_browser_is_out(client, village, sitting, code):
    fadi = village.sign_in(client, "fadi")
    fadi.post(ROOM, {"code": code})
    assert (fadi.get(reverse("today")).status_code, fadi.get(LIVE).status_code) == (302, 200)
    hana = village.enter(Client(), sitting.hana)
    hana.post(ROOM, {"code": code})
    assert (hana.get(reverse("home")).status_code, hana.get(LIVE).status_code) == (302, 200)


def test_the_teams_own_tablet_becomes_the_table_with_a_press(client, village, sitting):
    fadi = village.sign_in(client, "fadi")
    answer = fadi.post(url("room_here", sitting))
    assert (answer["Location"], answer["Clear-Site-Data"]) == (ROOM, '"cache", "storage"')
    assert (fadi.get(LIVE).status_code, fadi.get(url("conference", sitting)).status_code) == (200, 302)


def test_who_may_show_a_code_and_put_the_tablets_away(client, village, sitting):
    for name in ("room_open", "room_away", "room_here"):
        for who in (*OTHERS, "ines", "malik"):
            assert village.sign_in(client, who).post(url(name, sitting)).status_code == 404
    assert Room.objects.count() == 0
    actions.open_room(sitting.conference, by=sitting.lead)
    page = village.sign_in(client, "ines").get(url("conference", sitting)).text
    assert (rooms.code_now(sitting.conference) in page, url("room_away", sitting) in page) == (True, False)


@pytest.mark.parametrize("who", ["hana", "otto"])
def test_participants_show_none(client, village, sitting, who):
    other = case_at(village, Stage.PREPARING, circle=OTHER, matter=3)
    village.enter(client, {**sitting.people, **other.people}[who])
    for name in ("room_open", "room_away", "room_here"):
        assert client.post(url(name, sitting)).status_code == 401


def test_leaving_ends_it_on_that_device(tablet):
    tablet.post(reverse("exit"))
    assert (tablet.get(LIVE).status_code, "What is the code" in tablet.get(ROOM).text) == (204, True)


def test_the_line_is_held_as_one_of_the_table_and_what_is_kept_is_never_changed(sitting, tablet):
    answer = tablet.get(LIVE)
    assert answer["X-Hold"].split()[1:3] == [str(sitting.conference.pk), "table"]
    assert "room_code" not in json.loads(answer.content.split(b"data: ")[1].split(b"\n")[0])
    for change in ("UPDATE conferences_room SET code_digest = ''", "DELETE FROM conferences_room"):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(change)
    code = rooms.code_of(Room.objects.get().pk)
    with connection.cursor() as cursor:
        cursor.execute("SELECT code_digest FROM conferences_room")
        assert code.encode() not in bytes(cursor.fetchone()[0])
