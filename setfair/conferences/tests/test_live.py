import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from setfair.cases import actions as cases
from setfair.cases.journey import Stage
from setfair.conferences import actions, queries
from setfair.conferences.live.gathering import gathered
from setfair.conferences.live.state import SAYS, SHOWS, Kind, told
from setfair.conferences.models import Attendance, PageTurn
from setfair.village.story import case_at
from setfair.village.time import at

pytestmark = pytest.mark.django_db


def live(client, conference, **headers):
    return client.get(reverse("live", args=[conference.pk]), headers=headers)


def read(answer):
    """What a browser's EventSource makes of it: the number, and the words."""
    lines = dict(line.split(": ", 1) for line in answer.content.decode().splitlines() if line)
    return int(lines["id"]), json.loads(lines["data"])


def test_each_fact_of_the_hour_is_a_beat_and_has_its_number(on_the_day):
    conference = on_the_day.conference
    first = actions.mark_attendance(conference, on_the_day.hana, by=on_the_day.lead, came=True)
    before = on_the_day.conference.beat
    on_the_day.begin()
    turn = actions.turn_page(conference, by=on_the_day.lead, page=2)
    assert (first.number, before, on_the_day.conference.beat) == (1, 1, turn.number)
    assert turn.number > before + 1


@pytest.mark.bad_case
def test_a_clock_that_is_set_back_changes_no_order(on_the_day):
    on_the_day.begin()
    conference = on_the_day.conference
    actions.turn_page(conference, by=on_the_day.lead, page=3)
    with at(on_the_day.booking.starts_at - timedelta(hours=1)):
        actions.turn_page(conference, by=on_the_day.lead, page=4)
        actions.mark_attendance(conference, on_the_day.hana, by=on_the_day.lead, came=False)
    assert (queries.page_now(conference), queries.came(conference)[on_the_day.hana.pk]) == (4, False)


@pytest.mark.django_db(transaction=True)
def test_the_database_tells_of_each_beat_with_ids_and_nothing_else(village, connected_as):
    hears = connected_as("setfair_app")
    hears.autocommit = True
    hears.execute("LISTEN circle")
    with village.inside():
        story = case_at(village, Stage.SCHEDULED)
        with at(story.booking.starts_at):
            actions.mark_attendance(story.conference, story.hana, by=story.lead, came=True)
            conference = story.conference
    told = [note.payload for note in hears.notifies(timeout=2, stop_after=1)]
    assert told == [f"{village.school.pk} {conference.pk} {conference.beat}"]


def test_it_is_told_once_and_then_only_what_is_new(client, village, on_the_day):
    conference = on_the_day.begin()
    village.sign_in(client, "fadi")
    answer = live(client, conference)
    assert (answer.status_code, answer["Content-Type"], answer["X-Accel-Buffering"]) == (200, "text/event-stream", "no")
    beat, words = read(answer)
    assert (words["stage"], words["page"]["number"], words["page"]["title"]) == ("live", 1, "Arrive and settle")
    assert live(client, conference, last_event_id=str(beat)).content == b"retry: 3000\n\n"
    actions.turn_page(conference, by=village.actor("fadi"), page=2)
    later, words = read(live(client, conference, last_event_id=str(beat)))
    assert (later > beat, words["page"]["number"]) == (True, 2)
    assert client.get(reverse("live", args=[conference.pk]), {"heard": later}).content == b"retry: 3000\n\n"


@pytest.mark.parametrize(
    ("who", "status"),
    [("cora", 200), ("fadi", 200), ("ines", 200), ("mina", 404), ("tova", 404), ("sven", 404), ("ada", 404), ("nour", 404), ("lena", 404)],
)
def test_who_hears_of_it(client, village, on_the_day, who, status):
    assert live(village.sign_in(client, who), on_the_day.begin()).status_code == status


def test_a_student_who_was_taken_off_hears_no_more(client, village, on_the_day):
    conference = on_the_day.begin()
    village.sign_in(client, "ines")
    cases.unassign(on_the_day.case.assignments.get(facilitator=village.facilitator("ines")), by=on_the_day.coordinator)
    assert live(client, conference).status_code == 404


def test_each_kind_of_seat_hears_what_stands_in_the_one_table(client, village, on_the_day):
    conference = on_the_day.begin()
    actions.mark_attendance(conference, on_the_day.hana, by=on_the_day.lead, came=False)
    state = gathered(conference.pk)
    for kind in Kind:
        assert tuple(json.loads(told(state, kind, "en"))) == SHOWS[kind]
    assert set(SAYS) == {name for shown in SHOWS.values() for name in shown}
    heard = {who: live(village.sign_in(client, who), conference).content.decode() for who in ("fadi", "ines")}
    assert (str(on_the_day.hana.pk) in heard["fadi"], '"before":"Hana is not here."' in heard["fadi"]) == (True, True)
    secrets = (str(on_the_day.hana.pk), "missing", "O'Hara", on_the_day.case.ref, on_the_day.case.alias)
    assert [word for word in secrets if word in heard["ines"]] == []


def test_it_is_said_in_the_readers_language(on_the_day):
    state = gathered(on_the_day.begin().pk)
    places = [json.loads(told(state, Kind.STUDENT, language))["page"]["place"] for language in ("en", "es")]
    assert places == [f"1 of {len(state.pages)}", f"1 de {len(state.pages)}"]


def test_it_is_gathered_in_as_many_queries_however_much_has_happened(on_the_day):
    conference = on_the_day.begin()

    def asked():
        with CaptureQueriesContext(connection) as found:
            told(gathered(conference.pk), Kind.LEAD, "en")
        return len(found)

    few = asked()
    for page in (2, 3, 4):
        actions.turn_page(conference, by=on_the_day.lead, page=page)
    for key in ("hana", "rami", "sol"):
        actions.mark_attendance(conference, on_the_day.people[key], by=on_the_day.lead, came=True)
    assert (asked(), PageTurn.objects.count(), Attendance.objects.count()) == (few, 3, 3)
    assert few <= 6


def test_to_listen_is_not_to_be_here(client, village, on_the_day):
    """A page that lies open alone keeps nobody in; the circle's own pages stay open to who holds one, as ever."""
    conference = on_the_day.begin()
    village.sign_in(client, "fadi")
    client.get(reverse("conference", args=[conference.pk]))
    seen = client.session["seen"]
    session = client.session
    session["seen"] = session["started"] = seen - 600
    session.save()
    assert live(client, conference).status_code == 200
    assert client.session["seen"] == seen - 600
    client.get(reverse("conference", args=[conference.pk]))
    assert client.session["seen"] >= seen
