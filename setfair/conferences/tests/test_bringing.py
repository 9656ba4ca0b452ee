"""What was pressed on a device without network comes in once, and writes nobody over."""

import json
import uuid
from datetime import timedelta

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.urls import reverse

from setfair.cases import actions as cases
from setfair.conferences import actions, queries
from setfair.conferences.bringing import Pressed
from setfair.conferences.models import Attendance, Brought, PageTurn, Settled, TalkOrder
from setfair.core import clock
from setfair.journal.models import Entry
from setfair.village.time import at

pytestmark = pytest.mark.django_db
OTHERS = ["mina", "tova", "sven", "ada", "nour", "lena"]


def taken(story, who="fadi"):
    return actions.take_along(story.conference, by=story.village.actor(who))


def press(what, *, ago=60, seen=0, taken=None, **more):
    return {"press": str(uuid.uuid4()), "what": what, "ago": ago * 1000, "seen": seen, "taken": str(taken.pk) if taken else "", **more}


def send(client, conference, *presses):
    body = json.dumps({"presses": presses})
    return client.post(reverse("bring", args=[conference.pk]), body, content_type="application/json")


def became(conference):
    return [(row.what, row.became) for row in Brought.objects.filter(conference=conference).order_by("number")]


@pytest.fixture
def lead(client, village, on_the_day):
    return village.sign_in(client, "fadi")


def test_each_is_done_in_its_order_with_its_moment(client, on_the_day):
    along = taken(on_the_day)
    on_the_day.ask_at_the_door()
    conference = on_the_day.conference
    with at(on_the_day.booking.starts_at + timedelta(minutes=50)):
        lead = on_the_day.village.sign_in(client, "fadi")
        answer = send(
            lead, conference, press("came", ago=2900, taken=along, participation=str(on_the_day.hana.pk), detail="yes"),
            press("began", ago=2800, taken=along), press("turned", ago=2000, taken=along, page=2), press("paused", ago=1500, taken=along),
            press("went_on", ago=1400, taken=along), press("finished", ago=100, taken=along),
        )  # fmt: skip
        now = clock.now()
    assert (answer.status_code, len(answer.json()["done"])) == (200, 6)
    conference.refresh_from_db()
    ago = [(now - moment).total_seconds() for moment in (conference.started_at, PageTurn.objects.get().at, conference.ended_at)]
    assert (conference.stage, [round(seconds, -1) for seconds in ago]) == ("concluded", [2800, 2000, 100])
    assert {row for _what, row in became(conference)} == {"done"}


@pytest.mark.bad_case
def test_sent_twice_is_done_once(lead, on_the_day):
    along, conference = taken(on_the_day), on_the_day.begin()
    one = press("ordered", taken=along, seen=99, participation=str(on_the_day.rami.pk), detail="up")
    for _time in range(3):
        assert send(lead, conference, one, one).json()["done"] == [one["press"]] * 2
    assert (TalkOrder.objects.count(), Brought.objects.count()) == (1, 1)


def test_the_database_lets_no_press_in_twice(on_the_day):
    along, conference = taken(on_the_day), on_the_day.begin()
    kept = {"conference": conference, "taken": along, "press": uuid.uuid4(), "what": "paused", "became": "done", "seen": 0, "by": along.user_id}
    Brought.objects.create(**kept, pressed_at=clock.now())
    with pytest.raises(IntegrityError, match="brought_once"), transaction.atomic():
        Brought.objects.create(**kept, pressed_at=clock.now())
    with pytest.raises(IntegrityError, match="brought_was_pressed"), transaction.atomic():
        Brought.objects.create(**kept | {"press": uuid.uuid4()}, pressed_at=clock.now() + timedelta(minutes=1))
    with pytest.raises(IntegrityError, match="they, of this circle|by them"), transaction.atomic():
        Brought.objects.create(**kept | {"press": uuid.uuid4(), "by": uuid.uuid4()}, pressed_at=clock.now())


@pytest.mark.bad_case
def test_what_arrived_while_its_answer_was_lost_is_not_done_again(lead, on_the_day):
    """The page was turned and an order chosen, and the device never heard of it: it sends both, and goes on."""
    along, conference = taken(on_the_day), on_the_day.begin()
    seen = on_the_day.conference.beat
    actions.turn_page(conference, by=on_the_day.lead, page=2)
    actions.put_in_order(conference, on_the_day.rami, by=on_the_day.lead, where="up")
    send(
        lead, conference, press("turned", taken=along, seen=seen, page=2),
        press("ordered", taken=along, seen=seen, participation=str(on_the_day.rami.pk), detail="up"), press("turned", taken=along, seen=seen, page=3),
    )  # fmt: skip
    assert became(conference) == [("turned", "so_already"), ("ordered", "so_already"), ("turned", "done")]
    assert ([turn.page for turn in PageTurn.objects.order_by("number")], TalkOrder.objects.count()) == ([2, 3], 1)


@pytest.mark.bad_case
def test_somebody_else_turned_the_page_both_are_kept_and_somebody_is_asked(lead, village, on_the_day):
    along, conference = taken(on_the_day), on_the_day.begin()
    seen = on_the_day.conference.beat
    actions.take_script(conference, by=village.actor("ines"))
    actions.turn_page(conference, by=village.actor("ines"), page=5)
    send(lead, conference, press("turned", taken=along, seen=seen, page=2), press("turned", taken=along, seen=seen, page=3))
    assert became(conference) == [("turned", "asked"), ("turned", "asked")]
    assert (queries.page_now(conference), queries.hand(conference).user_id) == (5, village.users["ines"].pk)
    page = lead.get(reverse("conference", args=[conference.pk])).content.decode()
    assert page.count("While you were without network") == 1
    row = Brought.objects.order_by("-number").first()
    answer = lead.post(reverse("settle_brought", args=[conference.pk]), {"brought": str(row.pk), "how": "device"})
    assert (answer.status_code, queries.page_now(conference), queries.hand(conference).user_id) == (302, 3, village.users["fadi"].pk)
    assert "While you were without network" not in lead.get(reverse("conference", args=[conference.pk])).content.decode()
    assert (Settled.objects.get().how, [t.page for t in PageTurn.objects.order_by("number")]) == ("device", [5, 3])


@pytest.mark.bad_case
def test_the_same_person_marked_otherwise(lead, village, on_the_day):
    along, conference = taken(on_the_day), on_the_day.begin()
    seen, cora = on_the_day.conference.beat, village.actor("cora")
    actions.mark_attendance(conference, on_the_day.hana, by=cora, came=False)
    actions.mark_attendance(conference, on_the_day.rami, by=cora, came=False)
    both = [press("came", taken=along, seen=seen, participation=str(p.pk), detail=d) for p, d in ((on_the_day.hana, "yes"), (on_the_day.rami, "no"))]
    send(lead, conference, *both)
    assert became(conference) == [("came", "asked"), ("came", "so_already")]
    assert queries.came(conference) == {on_the_day.hana.pk: False, on_the_day.rami.pk: False}
    row = Brought.objects.get(became="asked")
    lead.post(reverse("settle_brought", args=[conference.pk]), {"brought": str(row.pk), "how": "here"})
    assert (queries.came(conference)[on_the_day.hana.pk], Attendance.objects.count()) == (False, 2)


@pytest.mark.bad_case
def test_somebody_else_ended_the_circle(lead, village, on_the_day):
    along, conference = taken(on_the_day), on_the_day.begin()
    seen = on_the_day.conference.beat
    actions.mark_attendance(conference, on_the_day.hana, by=village.actor("cora"), came=True)
    actions.conclude(conference, by=village.actor("cora"))
    ended = type(conference).objects.get(pk=conference.pk).ended_at
    with at(on_the_day.booking.starts_at + timedelta(minutes=70)):
        both = press("turned", taken=along, seen=seen, page=2), press("stopped", taken=along, seen=seen, detail="asked")
        send(village.sign_in(lead, "fadi"), conference, *both)
    assert became(conference) == [("turned", "asked"), ("stopped", "asked")]
    conference.refresh_from_db()
    assert (conference.stage, conference.ended_at, PageTurn.objects.count()) == ("concluded", ended, 0)
    page = lead.get(reverse("conference", args=[conference.pk])).content.decode()
    assert page.count("The meeting was over.") == 2


@pytest.mark.bad_case
def test_what_cannot_be_done_stays_written(lead, on_the_day):
    along = taken(on_the_day)
    send(lead, on_the_day.conference, press("began", taken=along), press("turned", taken=along, page=2))
    assert became(on_the_day.conference) == [("began", "refused"), ("turned", "refused")]
    page = lead.get(reverse("conference", args=[on_the_day.conference.pk])).content.decode()
    assert (page.count("This could not be done any more"), on_the_day.conference.stage) == (2, "planned")


@pytest.mark.bad_case
@pytest.mark.parametrize(("ago", "kept"), [(-3_600, 0), (10**9, 600)])
def test_a_clock_that_is_wrong_moves_nothing_out_of_its_time(lead, on_the_day, ago, kept):
    """Not ahead of now, and not before the console was taken along."""
    along, conference = taken(on_the_day), on_the_day.begin()
    with at(on_the_day.booking.starts_at + timedelta(minutes=5)):
        send(lead, conference, press("turned", ago=ago, taken=along, seen=99, page=2))
        now = clock.now()
    found = PageTurn.objects.get().at
    assert found == along.at if kept else timedelta(0) <= now - found < timedelta(seconds=5)


@pytest.mark.parametrize("who", OTHERS)
def test_nobody_else_brings_or_settles(client, village, on_the_day, who):
    along, conference = taken(on_the_day), on_the_day.begin()
    village.sign_in(client, who)
    assert send(client, conference, press("turned", taken=along, page=2)).status_code == 404
    assert client.post(reverse("settle_brought", args=[conference.pk]), {}).status_code == 404
    assert Brought.objects.count() == 0


@pytest.mark.bad_case
def test_what_somebody_else_took_along_comes_in_as_nobodys(client, village, on_the_day):
    along, conference = taken(on_the_day), on_the_day.begin()
    send(village.sign_in(client, "ines"), conference, press("turned", taken=along, page=2))
    assert (Brought.objects.count(), PageTurn.objects.count()) == (0, 0)


def test_a_student_presses_no_more_than_on_a_page_with_network(client, village, on_the_day):
    along, conference = taken(on_the_day, "ines"), on_the_day.begin()
    seen = on_the_day.conference.beat
    here = str(on_the_day.hana.pk)
    sent = [press(w, taken=along, seen=seen, detail="asked") for w in ("finished", "stopped", "adjourned", "began")]
    send(village.sign_in(client, "ines"), conference, *sent, press("came", taken=along, seen=seen, participation=here, detail="no"))
    refused = [(what, "refused") for what in ("finished", "stopped", "adjourned", "began", "came")]
    assert (became(conference), queries.came(conference), on_the_day.conference.stage) == (refused, {}, "live")
    send(client, conference, press("took", taken=along, seen=seen), press("turned", taken=along, seen=seen, page=2))
    assert (became(conference), queries.page_now(conference)) == ([*refused, ("took", "done"), ("turned", "done")], 2)


@pytest.mark.bad_case
def test_whoever_was_taken_off_brings_nothing_any_more(client, village, on_the_day):
    along, conference = taken(on_the_day, "ines"), on_the_day.begin()
    village.sign_in(client, "ines")
    cases.unassign(on_the_day.case.assignments.get(facilitator=village.facilitator("ines")), by=on_the_day.coordinator)
    assert send(client, conference, press("turned", taken=along, page=2)).status_code == 404


@pytest.mark.bad_case
@pytest.mark.parametrize("body", ["", "[]", "{}", '{"presses": 3}', '{"presses": [3, {"press": "x"}]}', "\x00", '{"presses": [{"press": []}]}'])
def test_what_is_no_press_changes_nothing(lead, on_the_day, body):
    conference = on_the_day.begin()
    answer = lead.post(reverse("bring", args=[conference.pk]), body, content_type="application/json")
    assert (answer.status_code, Brought.objects.count()) == (200, 0)


def test_somebody_of_another_meeting_is_not_pressed_here(lead, village, on_the_day):
    along, conference = taken(on_the_day), on_the_day.begin()
    send(lead, conference, press("came", taken=along, participation=str(uuid.uuid4()), detail="yes"))
    assert Attendance.objects.count() == 0


def test_a_no_at_the_door_comes_in(lead, on_the_day):
    along = taken(on_the_day)
    send(lead, on_the_day.conference, press("came", taken=along, participation=str(on_the_day.hana.pk), detail="unwilling"))
    assert (became(on_the_day.conference), on_the_day.conference.stage) == ([("came", "done")], "cancelled")


def test_it_is_added_and_never_changed(lead, on_the_day):
    along, conference = taken(on_the_day), on_the_day.begin()
    row = actions.bring(along, by=on_the_day.lead, pressed=Pressed(uuid.uuid4(), "paused", 99, clock.now()))
    actions.settle(row, by=on_the_day.lead, how="here")
    for table in ("brought", "settled"):
        for change in (f"UPDATE conferences_{table} SET at = now()", f"DELETE FROM conferences_{table}"):
            with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(change)
    assert [e.verb for e in Entry.objects.filter(verb__in=("brought", "settled")).order_by("at", "id")] == ["brought", "settled"]
    assert conference.stage == "live"
