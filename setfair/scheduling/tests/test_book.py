from datetime import date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from setfair.cases import actions as cases
from setfair.cases.journey import Stage
from setfair.cases.models import Role
from setfair.journal.models import Entry
from setfair.programmes.models import Closure, Room, Term
from setfair.scheduling.actions import CannotBook, answer_time, book, seat_again
from setfair.scheduling.models import Booking, Seat
from setfair.scheduling.queries import suggestions
from setfair.village.cast import OTHER
from setfair.village.story import case_at

from .conftest import MONDAY, TUESDAY, ZONE, led_by_one_alone, say_yes

pytestmark = pytest.mark.django_db


def at_eight(story, room, **given):
    return book(story.case, **({"by": story.coordinator, "room": room, "starts_at": TUESDAY, "minutes": 60} | given))


@pytest.mark.mission("S2.5")
def test_a_booking_holds_the_room_and_everyone_who_comes(ready, room, village):
    booking = at_eight(ready, room)
    people = {p.person_id for p in ready.people.values()}
    team = {village.users[key].pk for key in ("fadi", "ines", "malik")}
    assert set(Seat.objects.filter(booking=booking).values_list("occupant", flat=True)) == people | team
    assert {(s.during.lower, s.during.upper) for s in Seat.objects.all()} == {(TUESDAY, TUESDAY + timedelta(hours=1))}
    assert (booking.starts_at, booking.longest) == (TUESDAY, timedelta(minutes=60))
    assert (ready.case.stage, Entry.objects.filter(verb="booked").count()) == (Stage.SCHEDULED, 1)


@pytest.mark.mission("S2.5")
def test_nothing_is_booked_before_everyone_is_ready(village, monday, at_preparing):
    with village.inside():
        story = at_preparing
        with pytest.raises(CannotBook, match="once everyone is ready"):
            at_eight(story, Room.objects.get())
        assert (Booking.objects.count(), story.case.stage) == (0, Stage.PREPARING)


@pytest.mark.mission("S0.7")
@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"starts_at": MONDAY - timedelta(hours=1)}, "That time is over"),
        ({"starts_at": MONDAY + timedelta(days=366)}, "more than a year away"),
        ({"starts_at": datetime(9999, 12, 31, 23, 59, tzinfo=ZONE)}, "more than a year away"),
        ({"minutes": 61}, "60 minutes at most"),
        ({"minutes": 5}, "10 minutes or more"),
        ({"starts_at": TUESDAY.replace(hour=10)}, "outside the times in which you hold meetings: Lunch, After school and Tuesday morning"),
        ({"starts_at": TUESDAY.replace(minute=45)}, "outside the times"),
        ({"starts_at": TUESDAY + timedelta(days=1)}, "outside the times"),
    ],
)
def test_it_refuses_what_the_programme_does_not_allow(ready, room, given, sentence):
    with pytest.raises(CannotBook, match=sentence):
        at_eight(ready, room, **given)
    assert (Booking.objects.count(), Seat.objects.count(), ready.case.stage) == (0, 0, Stage.READY)


def test_it_refuses_closed_days_and_days_out_of_term(ready, room):
    snow = Closure.objects.create(name="Snow day", starts_on=date(2027, 1, 12), ends_on=date(2027, 1, 12))
    with pytest.raises(CannotBook, match="closed that day: Snow day"):
        at_eight(ready, room)
    snow.delete()
    Term.objects.create(name="Spring", starts_on=date(2027, 1, 13), ends_on=date(2027, 5, 28))
    with pytest.raises(CannotBook, match="outside the terms"):
        at_eight(ready, room)


def test_it_refuses_a_room_that_is_closed_or_too_small(ready, room):
    small = Room.objects.create(name="Closet", seats=6)
    with pytest.raises(CannotBook, match="Closet has 6 seats, and 7 people come"):
        at_eight(ready, small)
    Room.objects.filter(pk=room.pk).update(closed_at=MONDAY)
    with pytest.raises(CannotBook, match="Meeting room is closed"):
        at_eight(ready, room)


def test_a_case_that_rests_is_not_booked(ready, room):
    cases.hold(ready.case, by=ready.coordinator, reason="exams")
    with pytest.raises(CannotBook, match="rests for now"):
        at_eight(ready, room)


def test_the_same_form_twice_is_one_booking(ready, room):
    first, second = at_eight(ready, room), at_eight(ready, room)
    assert (first.pk, Booking.objects.count(), Seat.objects.count()) == (second.pk, 1, 7)
    with pytest.raises(CannotBook, match="once everyone is ready"):
        at_eight(ready, room, starts_at=TUESDAY + timedelta(minutes=15))


def test_a_room_that_is_taken_is_refused_and_nothing_is_left(ready, room, village):
    with village.inside():
        other = case_at(village, Stage.READY, circle=OTHER, matter=3)
        led_by_one_alone(other)
    at_eight(ready, room)
    with pytest.raises(CannotBook, match="That room is not free then"):
        at_eight(other, room, starts_at=TUESDAY + timedelta(minutes=30))
    assert (Booking.objects.filter(case=other.case).count(), Seat.objects.count(), other.case.stage) == (0, 7, Stage.READY)
    assert at_eight(other, Room.objects.create(name="Library")).room.name == "Library"


def test_nobody_sits_in_two_circles(ready, room, village):
    with village.inside():
        other = case_at(village, Stage.READY, circle=OTHER, matter=3)
    at_eight(ready, room)
    with pytest.raises(CannotBook, match="Somebody who is needed cannot come then"):
        at_eight(other, Room.objects.create(name="Library"))
    assert (Booking.objects.filter(case=other.case).count(), Seat.objects.count()) == (0, 7)


def test_one_human_with_two_places_in_the_circle_has_one_seat(ready, room):
    sol = ready.sol
    ready.people = {"sol too": type(sol).objects.create(case=ready.case, person=sol.person, role=Role.COMMUNITY)}
    ready.meet_everyone()
    ready.hear_every_yes()
    at_eight(ready, room)
    assert Seat.objects.filter(occupant=sol.person_id).count() == 1


def test_the_database_itself_keeps_the_longest_length_and_one_live_time(ready, room):
    booking = at_eight(ready, room)
    longer = [str(TUESDAY), str(TUESDAY + timedelta(minutes=61)), booking.pk]
    with connection.cursor() as cursor:
        with pytest.raises(IntegrityError, match="booking_not_longer"), transaction.atomic():
            cursor.execute("UPDATE scheduling_booking SET clear_at = NULL, during = tstzrange(%s, %s) WHERE id = %s", longer)
        with pytest.raises(IntegrityError, match="booking_has_ends"), transaction.atomic():
            cursor.execute("UPDATE scheduling_booking SET during = tstzrange(%s, NULL) WHERE id = %s", [str(TUESDAY), booking.pk])
        with pytest.raises(IntegrityError, match="seat_occupant_free"), transaction.atomic():
            cursor.execute(
                "INSERT INTO scheduling_seat (id, programme_id, booking_id, occupant, during) "
                "SELECT gen_random_uuid(), programme_id, booking_id, occupant, during FROM scheduling_seat LIMIT 1"
            )
    with pytest.raises(IntegrityError, match="booking_one_live"), transaction.atomic():
        Booking.objects.create(
            case=ready.case,
            room=Room.objects.create(name="Library"),
            during=booking.during,
            longest=booking.longest,
            made_by=booking.made_by,
        )


def test_seats_follow_a_circle_that_has_changed(ready, room, village):
    booking = at_eight(ready, room)
    cases.let_go(ready.sol, by=ready.coordinator)
    vera = cases.add_person(ready.case, by=ready.coordinator, name="Vera", role=Role.COMMUNITY)
    say_yes(ready, vera)
    seat_again(booking, by=ready.coordinator)
    held = set(Seat.objects.filter(released_at__isnull=True).values_list("occupant", flat=True))
    assert (vera.person_id in held, ready.sol.person_id in held, len(held)) == (True, False, 7)
    seat_again(booking, by=ready.coordinator)
    assert Seat.objects.count() == 8
    Room.objects.update(seats=3)
    with pytest.raises(CannotBook, match="has 3 seats, and 7 people come"):
        seat_again(booking, by=ready.coordinator)


def test_nobody_sits_in_two_circles_at_once_although_they_were_added_twice(ready, room, village):
    """Sol stands in both cases; the second room is free, and they are not."""
    other = case_at(village, Stage.PREPARING, circle=OTHER, matter=3)
    sol = cases.add_person(other.case, by=other.coordinator, known=ready.sol.person, name="Sol", role="community")
    other.people["sol"] = sol
    for step in (other.meet_everyone, other.hear_every_yes, other.declare_ready):
        step()
    led_by_one_alone(other)
    book(ready.case, by=ready.coordinator, room=room, starts_at=TUESDAY, minutes=60)
    second = Room.objects.create(name="Library", seats=12)
    with pytest.raises(CannotBook, match="cannot come then"):
        book(other.case, by=other.coordinator, room=second, starts_at=TUESDAY, minutes=60)
    assert TUESDAY not in [s.starts_at for s in suggestions(other.case, limit=50)]


def test_a_time_to_which_somebody_said_no_takes_a_reason(ready, room):
    answer_time(ready.hana, by=ready.me("hana"), starts_at=TUESDAY, answer="no")
    answer_time(ready.sol, by=ready.me("sol"), starts_at=TUESDAY, answer="no")
    for despite in ("", "   "):
        with pytest.raises(CannotBook, match="Hana and Sol said no to this time"):
            at_eight(ready, room, despite=despite)
    assert Booking.objects.count() == 0
    booking = at_eight(ready, room, despite="Both were asked again and can come.")
    assert Booking.objects.get(pk=booking.pk).despite == "Both were asked again and can come."


def test_a_no_to_the_window_counts_for_a_later_start_in_it(ready, room):
    answer_time(ready.rami, by=ready.me("rami"), starts_at=TUESDAY, answer="no")
    with pytest.raises(CannotBook, match="Rami said no"):
        at_eight(ready, room, starts_at=TUESDAY + timedelta(minutes=5), minutes=30)


def test_the_last_word_counts_and_other_days_do_not(ready, room):
    answer_time(ready.hana, by=ready.me("hana"), starts_at=TUESDAY, answer="no")
    answer_time(ready.hana, by=ready.me("hana"), starts_at=TUESDAY, answer="if_needed")
    answer_time(ready.sol, by=ready.me("sol"), starts_at=TUESDAY + timedelta(days=7), answer="no")
    assert at_eight(ready, room, despite="Not needed.").despite == ""


def test_by_hand_the_page_names_who_cannot_and_keeps_what_was_filled_in(client, village, ready, room):
    answer_time(ready.hana, by=ready.me("hana"), starts_at=TUESDAY, answer="no")
    cora, there = village.sign_in(client, "cora"), reverse("book", args=[ready.case.ref])
    said = {"day": TUESDAY.date().isoformat(), "clock": "08:00", "minutes": 60, "room": str(room.pk)}
    page = cora.post(there, said)
    assert (page.status_code, "Hana said no to this time." in page.content.decode(), 'value="08:00"' in page.content.decode()) == (422, True, True)
    assert cora.post(there, said | {"despite": "She can come after all."}).status_code == 302
    assert "She can come after all." in cora.get(reverse("schedule", args=[ready.case.ref])).content.decode()


def test_an_answer_and_a_booking_wait_for_each_other(ready, room):
    """A no in the same second as a booking is heard by it, or comes after it."""
    with CaptureQueriesContext(connection) as asked:
        answer_time(ready.hana, by=ready.me("hana"), starts_at=TUESDAY, answer="no")
    locks = [query["sql"] for query in asked if '"cases_case"' in query["sql"] and "FOR" in query["sql"].rsplit("LIMIT", 1)[-1]]
    assert len(locks) == 1
    with pytest.raises(CannotBook, match="Hana said no to this time"):
        at_eight(ready, room)
