from datetime import timedelta

import pytest
from django.db import transaction
from django.urls import reverse

from setfair.cases import actions as cases
from setfair.cases.journey import Stage
from setfair.conferences.models import Conference
from setfair.journal.models import Entry
from setfair.letters.models import Letter
from setfair.people.actions import reach
from setfair.people.models import Contact
from setfair.preparation import actions as preparation
from setfair.scheduling.actions import CannotRelease, book, call_off, rebook, release
from setfair.scheduling.models import Booking, Seat
from setfair.village.cast import OTHER
from setfair.village.story import case_at

from .conftest import TUESDAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def booked(ready, room):
    book(ready.case, by=ready.coordinator, room=room, starts_at=TUESDAY, minutes=60)
    return ready


def held():
    return (Booking.objects.filter(released_at__isnull=True).count(), Seat.objects.filter(released_at__isnull=True).count())


def about_time(**given):
    return Letter.objects.filter(key__regex="^(booked|released):", **given)


def test_a_time_that_is_given_back_is_free_for_the_next(booked, room, village):
    booking = booked.booking
    assert held() == (1, 7)
    release(booking, by=booked.coordinator)
    booked.case.refresh_from_db()
    assert (held(), booked.case.stage, booking.released_at is not None) == ((0, 0), Stage.READY, True)
    other = case_at(village, Stage.READY, circle=OTHER, matter=3)
    assert book(other.case, by=other.coordinator, room=room, starts_at=TUESDAY, minutes=60).starts_at == TUESDAY


def test_given_back_twice_is_given_back_once(booked):
    booking = booked.booking
    first = release(booking, by=booked.coordinator).released_at
    assert release(booking, by=booked.coordinator).released_at == first


def test_what_was_moved_in_the_meantime_is_not_called_off(client, village, booked, room):
    was = booked.booking
    became = rebook(was, by=booked.coordinator, room=room, starts_at=TUESDAY + timedelta(days=7), minutes=60, wish="harmed")
    with pytest.raises(CannotRelease, match="in the meantime"):
        call_off(was, by=booked.coordinator, wish="harmed")
    page = village.sign_in(client, "cora").post(reverse("booking_release", args=[was.pk]), {"wish": "harmed"})
    assert (page.status_code, "in the meantime" in page.content.decode(), booked.booking, held()) == (422, True, became, (1, 7))


def test_after_people_have_met_the_time_stays(village, monday, at_convened):
    with village.inside():
        story = at_convened
        with pytest.raises(CannotRelease, match="has begun or is over"):
            release(story.booking, by=story.coordinator)
        assert held() == (1, 7)


@pytest.mark.mission("S0.9")
def test_a_withdrawal_frees_everything_in_the_same_moment(booked):
    preparation.withdraw(booked.hana, by=booked.me("hana"))
    booked.case.refresh_from_db()
    assert (held(), booked.case.stage, booked.conference.stage) == ((0, 0), Stage.PREPARING, "cancelled")


def test_a_withdrawal_that_is_undone_leaves_the_booking(booked):
    with pytest.raises(RuntimeError), transaction.atomic():
        preparation.withdraw(booked.hana, by=booked.me("hana"))
        assert held() == (0, 0)
        raise RuntimeError
    booked.case.refresh_from_db()
    assert (held(), booked.case.stage, Conference.objects.get().stage) == ((1, 7), Stage.SCHEDULED, "planned")


def test_when_someone_leaves_the_circle_goes_back_and_the_time_is_free(booked):
    cases.let_go(booked.hana, by=booked.coordinator)
    booked.case.refresh_from_db()
    assert (held(), booked.case.stage) == ((0, 0), Stage.PREPARING)


def test_everyone_gets_one_neutral_letter_and_details_only_where_they_may_lie(ready, room, village):
    reach(ready.sol.person, by=ready.coordinator, way=Contact.Way.EMAIL, value="sol@home.example", may_leave_message=True)
    book(ready.case, by=ready.coordinator, room=room, starts_at=TUESDAY, minutes=60)
    letters = {letter.reader_id: letter for letter in about_time()}
    assert set(letters) == {p.person_id for p in ready.people.values()} | {village.users[k].pk for k in ("fadi", "ines", "malik")}
    assert {letter.subject for letter in letters.values()} == {"You have a message"}
    assert letters[ready.sol.person_id].body == (
        "Hello,\n\nDay and time: Tuesday, 12 Jan 2027, 8 a.m. to 9 a.m.\nPlease come at: 7:45 a.m.\n"
        "Place: Meeting room, Room 12, next to the library\n\nQuestions? 555-0112"
    )
    assert letters[ready.rami.person_id].channel == "sms"
    quiet = "Hi, you have a message from Northgate Room 12. Open http://localhost:8000/code/ with your code, or call 555-0112."
    assert {letters[ready.people[k].person_id].body for k in ("hana", "rami", "gail")} == {quiet}
    assert "7:30 a.m." in letters[village.fadi.pk].body


def test_a_room_name_that_tells_does_not_reach_a_phone(ready, room):
    reach(ready.rami.person, by=ready.coordinator, way=Contact.Way.SMS, value="555-0160", may_leave_message=True)
    type(room).objects.filter(pk=room.pk).update(name="Youth court annex")
    room.refresh_from_db()
    book(ready.case, by=ready.coordinator, room=room, starts_at=TUESDAY, minutes=60)
    assert about_time(reader_id=ready.rami.person_id).get().body.startswith("Hi, you have a message from Northgate Room 12.")


def test_a_letter_is_in_its_readers_language(ready, room):
    type(ready.sol.person).objects.filter(pk=ready.sol.person_id).update(language="es")
    book(ready.case, by=ready.coordinator, room=room, starts_at=TUESDAY, minutes=60)
    assert about_time(reader_id=ready.sol.person_id).get().language == "es"


def test_when_it_is_off_unsent_letters_stay_home_and_nobody_hears_who_or_why(booked):
    preparation.withdraw(booked.hana, by=booked.me("hana"))
    assert set(about_time(key__startswith="booked:").values_list("stage", flat=True)) == {"withdrawn"}
    off = about_time(key__startswith="released:")
    assert set(off.values_list("reader_id", flat=True)) == {
        *(booked.people[k].person_id for k in ("rami", "sol", "gail")),
        *(booked.village.users[k].pk for k in ("fadi", "ines", "malik")),
    }
    told = " ".join(letter.body + letter.subject for letter in off)
    assert [name for name in ("Hana", "O'Hara", "withdr", "consent", booked.case.ref) if name in told] == []


def test_one_line_in_the_journal_for_each_act(booked):
    release(booked.booking, by=booked.coordinator)
    lines = Entry.objects.filter(subject_kind="scheduling.booking").order_by("id")
    assert [(e.verb, e.actor_id, e.case_id) for e in lines] == [(verb, booked.coordinator.id, booked.case.pk) for verb in ("booked", "released")]
