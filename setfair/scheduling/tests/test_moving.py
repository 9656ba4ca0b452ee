from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from setfair.cases.journey import Stage
from setfair.conferences import queries as conferences
from setfair.conferences.models import Conference
from setfair.journal.models import Entry
from setfair.letters.actions import mark_sent
from setfair.letters.models import Letter
from setfair.people.actions import reach
from setfair.people.models import Contact
from setfair.preparation.models import CallWish
from setfair.programmes.models import Room
from setfair.scheduling import actions, queries
from setfair.scheduling.actions import CannotBook, CannotRelease, book, give_back
from setfair.scheduling.models import Booking, Change, NoLonger, Seat
from setfair.village.cast import OTHER
from setfair.village.story import case_at
from setfair.village.time import at

from .conftest import TUESDAY

pytestmark = pytest.mark.django_db
LATER = TUESDAY + timedelta(days=7)
LAST = LATER + timedelta(minutes=30)
NEXT = LATER + timedelta(days=1, hours=7, minutes=15)
"""In the windows of the school: the Tuesday after, half an hour later, and after school the day after that."""


@pytest.fixture
def booked(ready, room):
    book(ready.case, by=ready.coordinator, room=room, starts_at=TUESDAY, minutes=60)
    ready.case.refresh_from_db()
    return ready


def rebooked(story, was, **given):
    said = {"room": was.room, "starts_at": LATER, "minutes": 60, "wish": "harmed"} | given
    return actions.rebook(was, by=story.coordinator, **said)


def letters(booking, what="booked"):
    return {letter.reader_id: letter for letter in Letter.objects.filter(key__startswith=f"{what}:{booking.pk}:").exclude(stage="withdrawn")}


def held():
    return (Booking.objects.filter(released_at__isnull=True).count(), Seat.objects.filter(released_at__isnull=True).count())


def test_a_move_frees_the_old_time_and_holds_the_new_one_in_one_act(booked, village):
    was = booked.booking
    became = rebooked(booked, was)
    was.refresh_from_db()
    booked.case.refresh_from_db()
    assert (became.starts_at, was.released_at is not None, held(), booked.case.stage) == (LATER, True, (1, 7), Stage.SCHEDULED)
    assert list(Change.objects.values_list("booking", "became", "wish", "by")) == [(was.pk, became.pk, "harmed", booked.coordinator.id)]
    assert list(Conference.objects.order_by("planned_at").values_list("stage", "booking")) == [("cancelled", was.pk), ("planned", became.pk)]
    other = case_at(village, Stage.READY, circle=OTHER, matter=3)
    assert book(other.case, by=other.coordinator, room=was.room, starts_at=TUESDAY, minutes=60).starts_at == TUESDAY


def test_to_another_room_at_the_same_hour(booked):
    became = rebooked(booked, booked.booking, room=Room.objects.create(name="Library"), starts_at=TUESDAY, wish="venue")
    assert (became.room.name, became.starts_at, held()) == ("Library", TUESDAY, (1, 7))


def test_sent_twice_it_is_one_and_the_slower_of_two_is_told(booked):
    was = booked.booking
    became = rebooked(booked, was)
    assert rebooked(booked, was) == became
    with pytest.raises(CannotBook, match="in the meantime"):
        rebooked(booked, was, starts_at=LAST)
    assert (Change.objects.count(), Entry.objects.filter(verb="rebooked").count(), held()) == (1, 1, (1, 7))


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"starts_at": TUESDAY - timedelta(days=7)}, "That time is over"),
        ({"starts_at": TUESDAY + timedelta(hours=12)}, "outside the times"),
        ({"minutes": 90}, "60 minutes at most"),
        ({"wish": "nobody"}, "by whose wish"),
    ],
)
def test_what_cannot_be_held_leaves_everything_as_it_was(booked, given, sentence):
    was = booked.booking
    with pytest.raises(CannotBook, match=sentence):
        rebooked(booked, was, **given)
    booked.case.refresh_from_db()
    assert (held(), booked.booking, booked.case.stage, Change.objects.count()) == ((1, 7), was, Stage.SCHEDULED, 0)
    assert Conference.objects.get().stage == "planned"


def test_a_time_that_another_case_has_is_not_moved_to(booked, village):
    other = case_at(village, Stage.READY, circle=OTHER, matter=3)
    book(other.case, by=other.coordinator, room=booked.booking.room, starts_at=LATER, minutes=60)
    with pytest.raises(CannotBook, match="That room is not free then"):
        rebooked(booked, booked.booking)
    assert held()[0] == 2


def test_once_they_have_begun_nothing_moves(village, monday, at_convened):
    with village.inside():
        with pytest.raises(CannotBook, match="has begun or is over"):
            rebooked(at_convened, at_convened.booking)
        with pytest.raises(CannotRelease, match="has begun or is over"):
            actions.call_off(at_convened.booking, by=at_convened.coordinator, wish="harmed")


def test_on_the_morning_and_after_an_hour_that_went_by_it_still_moves(booked):
    was = booked.booking
    with at(TUESDAY - timedelta(minutes=30)):
        became = rebooked(booked, was)
    with at(LATER + timedelta(hours=2)):
        last = rebooked(booked, became, starts_at=NEXT, wish="other")
    assert (held(), last.starts_at, letters(became, "released")) == ((1, 7), NEXT, {})


def test_who_was_told_the_old_time_hears_of_a_change_and_the_others_of_a_time(booked):
    reach(booked.sol.person, by=booked.coordinator, way=Contact.Way.EMAIL, value="sol@home.example", may_leave_message=True)
    was, sol = booked.booking, booked.sol.person_id
    became = rebooked(booked, was)
    assert "Day and time: Tuesday, 19 Jan 2027" in letters(became)[sol].body
    assert letters(was) == {}
    mark_sent(letters(became)[sol], by=booked.coordinator)
    last = rebooked(booked, became, starts_at=LAST)
    told = letters(last)[sol].body
    assert ("It was: Tuesday, 19 Jan 2027, 8 a.m." in told, "now: Tuesday, 19 Jan 2027, 8:30 a.m." in told) == (True, True)
    assert [word for word in ("Hana", "wish", "harmed", booked.case.ref) if word in told] == []


def test_called_off_after_a_move_that_has_not_gone_each_hears_of_the_time_they_know(booked):
    reach(booked.sol.person, by=booked.coordinator, way=Contact.Way.EMAIL, value="sol@home.example", may_leave_message=True)
    sol = booked.sol.person_id
    first = rebooked(booked, booked.booking)
    mark_sent(letters(first)[sol], by=booked.coordinator)
    second = rebooked(booked, first, starts_at=LAST)
    actions.call_off(second, by=booked.coordinator, wish="responsible")
    assert "This time is off: Tuesday, 19 Jan 2027" in letters(second, "released")[sol].body


def test_a_calendar_can_count_every_move(booked):
    first = booked.booking
    last = rebooked(booked, rebooked(booked, first), starts_at=LAST)
    actions.call_off(last, by=booked.coordinator, wish="programme")
    assert (Booking.objects.filter(case=booked.case).count(), Change.objects.filter(case=booked.case).count()) == (3, 3)


def test_called_off_by_a_wish_that_stays_written_down(booked):
    was = booked.booking
    with pytest.raises(CannotRelease, match="by whose wish"):
        actions.call_off(was, by=booked.coordinator, wish="")
    for _twice in range(2):
        actions.call_off(was, by=booked.coordinator, wish="venue")
    booked.case.refresh_from_db()
    assert (held(), booked.case.stage, [c.wish for c in queries.changes(booked.case)]) == ((0, 0), Stage.READY, ["venue"])


def test_the_database_keeps_one_change_for_a_booking_and_its_case(booked, village):
    was, other = booked.booking, case_at(village, Stage.READY, circle=OTHER, matter=3)
    with pytest.raises(IntegrityError), transaction.atomic():
        Change.objects.create(case=other.case, booking=was, wish="other", by=booked.coordinator.id)
    with pytest.raises(IntegrityError), transaction.atomic():
        Change.objects.create(case=booked.case, booking=was, became=was, wish="other", by=booked.coordinator.id)


# Somebody cannot come


def test_who_cannot_come_cancels_nothing_and_the_team_is_told(booked):
    for _twice in range(2):
        said = actions.say_no_longer(booked.hana, by=booked.me("hana"))
    booked.case.refresh_from_db()
    assert (held(), booked.case.stage, NoLonger.objects.count()) == ((1, 7), Stage.SCHEDULED, 1)
    assert queries.cannot_come(booked.booking) == [booked.hana]
    told = Letter.objects.filter(key__startswith=f"look:{said.pk}:")
    assert set(told.values_list("reader_id", flat=True)) == {booked.village.cora.pk, booked.village.fadi.pk}
    assert [word for word in ("Hana", booked.case.ref) if word in " ".join(letter.body for letter in told)] == []


def test_who_can_come_after_all_is_no_question_any_more(booked):
    actions.say_no_longer(booked.sol, by=booked.lead, how="phone")
    actions.say_no_longer(booked.sol, by=booked.me("sol"), word="can")
    assert queries.cannot_come(booked.booking) == []


def test_who_wants_a_call_says_nothing_about_the_day(booked):
    assert actions.say_no_longer(booked.sol, by=booked.me("sol"), word="call") is None
    assert (CallWish.objects.count(), NoLonger.objects.count()) == (1, 0)


def test_nobody_says_it_for_another_and_nobody_says_it_of_no_meeting(booked):
    with pytest.raises(actions.CannotSayThat, match="Only they"):
        actions.say_no_longer(booked.sol, by=booked.me("hana"))
    with pytest.raises(actions.CannotSayThat, match="Only they"):
        actions.say_no_longer(booked.sol, by=booked.coordinator)
    give_back(booked.case, by=booked.coordinator)
    with pytest.raises(actions.CannotSayThat, match="no time ahead"):
        actions.say_no_longer(booked.sol, by=booked.me("sol"))


@pytest.mark.parametrize("who", ["hana", "rami", "gail"])
def test_without_these_it_is_not_held(booked, who):
    actions.say_no_longer(booked.people[who], by=booked.me(who))
    with pytest.raises(actions.CannotSayThat, match="it is not held"):
        actions.go_without(booked.people[who], by=booked.coordinator)


def test_the_team_goes_on_without_a_supporter_who_cannot_come(booked):
    with pytest.raises(actions.CannotSayThat, match="have not said"):
        actions.go_without(booked.sol, by=booked.coordinator)
    actions.say_no_longer(booked.sol, by=booked.me("sol"))
    for _twice in range(2):
        actions.go_without(booked.sol, by=booked.coordinator)
    assert (queries.cannot_come(booked.booking), NoLonger.objects.count(), held()) == ([], 2, (1, 7))


def test_a_move_settles_who_could_not_come(booked):
    actions.say_no_longer(booked.hana, by=booked.me("hana"))
    assert queries.cannot_come(rebooked(booked, booked.booking)) == []


# On the screens


def test_moved_and_called_off_on_the_pages(client, village, booked):
    village.sign_in(client, "cora")
    was = booked.booking
    moved = {"wish": "responsible", "choice": f"{LATER.isoformat()}~60~{was.room_id}", "room": was.room_id, "minutes": "60"}
    page = client.get(reverse("booking_move", args=[was.pk])).content.decode()
    assert "Now: Tuesday, 12 Jan 2027, 8 a.m. to 9 a.m." in page
    by_hand = {"wish": "responsible", "choice": "", "day": "2027-01-19", "clock": "08:00", "room": was.room_id, "minutes": "60"}
    assert client.post(reverse("booking_move", args=[was.pk]), by_hand | {"wish": ""}).status_code == 422
    assert client.post(reverse("booking_move", args=[was.pk]), by_hand).status_code == 302
    assert moved["choice"] and booked.booking.starts_at == LATER
    assert client.post(reverse("booking_release", args=[booked.booking.pk]), {}).status_code == 422
    assert client.post(reverse("booking_release", args=[booked.booking.pk]), {"wish": "venue"}).status_code == 302
    page = client.get(reverse("schedule", args=[booked.case.ref])).content.decode()
    assert ("called off" in page, "moved to Tuesday, 19 Jan 2027" in page, "person responsible" in page) == (True, True, True)


def test_somebody_says_on_their_own_page_that_they_cannot_come(client, village, booked):
    own = village.enter(type(client)(), booked.sol)
    assert reverse("own_no_longer") in own.get(reverse("times")).content.decode()
    assert own.post(reverse("own_no_longer"), {}).status_code == 422
    assert own.post(reverse("own_no_longer"), {"answer": "cannot", "about": booked.booking.pk}).status_code == 302
    page = village.sign_in(client, "cora").get(reverse("schedule", args=[booked.case.ref])).content.decode()
    assert "cannot come then" in page
    assert client.post(reverse("go_without", args=[booked.sol.pk])).status_code == 302
    assert queries.cannot_come(booked.booking) == []
    other = village.enter(type(client)(), booked.hana).get(reverse("times")).content.decode()
    assert "cannot come then</" not in other.replace("I cannot come then</", "")


def test_what_somebody_said_of_the_day_they_read_is_kept_for_no_other(client, village, booked):
    read = booked.booking.pk
    became, there = rebooked(booked, booked.booking), reverse("own_no_longer")
    page = village.enter(client, booked.sol).post(there, {"answer": "cannot", "about": read})
    words = page.content.decode()
    assert (page.status_code, "The day has changed." in words, "19 Jan 2027" in words, str(became.pk) in words) == (422, True, True, True)
    assert (NoLonger.objects.count(), client.post(there, {"answer": "cannot"}).status_code) == (0, 422)
    assert (client.post(there, {"answer": "call", "about": read}).status_code, CallWish.objects.count()) == (302, 1)
    assert client.post(there, {"answer": "cannot", "about": became.pk}).status_code == 302
    assert queries.cannot_come(became) == [booked.sol]


@pytest.mark.parametrize(
    ("who", "status"),
    [("cora", 200), ("fadi", 200), ("mina", 404), ("ines", 404), ("sven", 404), ("ada", 404), ("nour", 404), ("lena", 404)],
)
def test_who_may_move_and_who_may_write_down_who_cannot_come(client, village, booked, who, status):
    village.sign_in(client, who)
    assert client.get(reverse("booking_move", args=[booked.booking.pk])).status_code == status
    assert client.get(reverse("no_longer_told", args=[booked.sol.pk])).status_code == status
    told = client.post(reverse("no_longer_told", args=[booked.sol.pk]), {"word": "cannot", "how": "phone"})
    assert told.status_code == (302 if status == 200 else 404)
    assert NoLonger.objects.count() == (1 if status == 200 else 0)


@pytest.mark.parametrize("who", ["hana", "otto"])
def test_participants_say_it_of_their_own_meeting_alone(client, village, booked, who):
    other = case_at(village, Stage.READY, circle=OTHER, matter=3)
    village.enter(client, {**booked.people, **other.people}[who])
    assert client.get(reverse("own_no_longer")).status_code == (200 if who == "hana" else 302)
    assert client.post(reverse("own_no_longer"), {"answer": "cannot", "about": booked.booking.pk}).status_code == 302
    assert NoLonger.objects.count() == (1 if who == "hana" else 0)
    assert client.post(reverse("booking_move", args=[booked.booking.pk]), {}).status_code == 401


def test_a_meeting_that_was_moved_is_convened_on_its_new_day(booked):
    rebooked(booked, booked.booking)
    planned = Conference.objects.get(stage="planned")
    assert conferences.day_of(planned) == LATER.date()
