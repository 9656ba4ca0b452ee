import pytest
from django.urls import reverse

from setfair.cases.journey import Stage
from setfair.programmes.models import Room
from setfair.scheduling.actions import book, release
from setfair.scheduling.models import Booking, TimeAnswer
from setfair.village.cast import OTHER
from setfair.village.story import case_at

from .conftest import TUESDAY

pytestmark = pytest.mark.django_db


def form(chosen, **given):
    return {"day": "2027-01-12", "clock": "08:00", "minutes": 60, "room": chosen.pk} | given


@pytest.mark.parametrize(
    ("who", "status"),
    [("cora", 200), ("fadi", 200), ("mina", 404), ("ines", 404), ("sven", 404), ("ada", 404), ("nour", 404), ("lena", 404)],
)
def test_who_may_see_and_book_a_time(client, village, ready, room, who, status):
    village.sign_in(client, who)
    ref = ready.case.ref
    assert client.get(reverse("schedule", args=[ref])).status_code == status
    answer = client.post(reverse("book", args=[ref]), form(room))
    assert answer.status_code == (302 if status == 200 else 404)
    assert Booking.objects.count() == (1 if status == 200 else 0)


@pytest.mark.parametrize("who", ["hana", "otto"])
def test_participants_have_no_such_page(client, village, ready, room, who):
    other = case_at(village, Stage.READY, circle=OTHER, matter=3)
    village.enter(client, {**ready.people, **other.people}[who])
    assert client.get(reverse("schedule", args=[ready.case.ref])).status_code == 302
    assert client.post(reverse("book", args=[ready.case.ref]), form(room)).status_code == 401
    assert Booking.objects.count() == 0


def test_a_suggestion_is_booked_with_one_button_and_given_back_with_two(client, village, ready, room):
    village.sign_in(client, "fadi")
    page = client.get(reverse("schedule", args=[ready.case.ref])).content.decode()
    assert page.count("Book this<") == 5
    assert "Tuesday, 12 Jan 2027, 8 a.m. to 9 a.m." in page
    client.post(reverse("book", args=[ready.case.ref]), {"moment": TUESDAY.isoformat(), "minutes": 60, "room": room.pk})
    booked = client.get(reverse("schedule", args=[ready.case.ref])).content.decode()
    assert "Give this time back?" in booked
    answer = client.post(reverse("booking_release", args=[Booking.objects.get().pk]), {"wish": "programme"}, follow=True)
    assert "The time is given back." in answer.content.decode()
    assert Booking.objects.get().released_at is not None


@pytest.mark.parametrize(("who", "status"), [("mina", 404), ("ines", 404), ("nour", 404), ("lena", 404)])
def test_who_may_not_give_a_time_back(client, village, ready, room, who, status):
    booking = book(ready.case, by=ready.coordinator, room=room, starts_at=TUESDAY, minutes=60)
    village.sign_in(client, who)
    assert client.post(reverse("booking_release", args=[booking.pk])).status_code == status
    assert client.post(reverse("booking_seats", args=[booking.pk])).status_code == status
    assert Booking.objects.get().released_at is None


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"day": "2027-01-11"}, "That time is over."),
        ({"day": "1999-12-31"}, "That date is not in the calendar."),
        ({"day": ""}, "Please fill this in."),
        ({"clock": "eight"}, "Enter a valid time."),
        ({"minutes": "ninety"}, "Enter a whole number."),
        ({"minutes": "90"}, "60 minutes at most"),
        ({"day": "2027-03-14", "clock": "02:30"}, "this time is skipped"),
        ({"moment": "tomorrow"}, "That time could not be read."),
        ({"moment": "0001-01-01T00:00:00+14:00"}, "That time could not be read."),
        ({"moment": "9999-12-31T23:59:59-14:00"}, "That time could not be read."),
        ({"room": "00000000-0000-4000-8000-000000000000"}, "Select a valid choice."),
    ],
)
def test_a_refused_form_comes_back_with_what_was_typed(client, village, ready, room, given, sentence):
    village.sign_in(client, "cora")
    answer = client.post(reverse("book", args=[ready.case.ref]), form(room, **given))
    page = answer.content.decode()
    assert (answer.status_code, sentence in page, Booking.objects.count()) == (422, True, 0)
    assert f'value="{form(room, **given)["minutes"]}"' in page


def test_a_neighbours_room_cannot_be_named(client, village, ready):
    with village.inside(village.county):
        theirs = Room.objects.get()
    village.sign_in(client, "cora")
    assert client.post(reverse("book", args=[ready.case.ref]), form(theirs)).status_code == 422


def test_the_page_asks_equally_often_for_two_people_and_for_four(client, village, ready, django_assert_max_num_queries):
    pair = case_at(village, Stage.READY, circle=OTHER, matter=3)
    village.sign_in(client, "cora")
    client.get(reverse("schedule", args=[pair.case.ref]))
    counts = []
    for story in (pair, ready):
        with django_assert_max_num_queries(70) as asked:
            client.get(reverse("schedule", args=[story.case.ref]))
        counts.append(len(asked))
    assert counts[0] == counts[1]


@pytest.mark.mission("S2.5")
def test_a_person_says_when_they_could_come_and_nobody_else_in_the_circle_sees_it(client, village, ready):
    village.enter(client, ready.hana)
    page = client.get(reverse("times")).content.decode()
    assert "<h2>Tuesday, 12 Jan 2027</h2>" in page
    assert '<span class="hidden">Tuesday, 12 Jan 2027: </span>Tuesday morning, <span class="ref">8 a.m.–9:30 a.m.</span>' in page
    name = f"at{int(TUESDAY.timestamp())}"
    assert client.post(reverse("times"), {name: "no"}).status_code == 302
    assert client.post(reverse("times"), {name: "no"}).status_code == 302
    assert list(TimeAnswer.objects.values_list("participation", "starts_at", "answer")) == [(ready.hana.pk, TUESDAY, "no")]
    assert f'name="{name}" value="no"' in client.get(reverse("times")).content.decode().replace(' id="', "|").split("checked")[0]
    client.logout()
    village.enter(client, ready.rami)
    assert "checked" not in client.get(reverse("times")).content.decode()


def test_a_made_up_answer_is_refused(client, village, ready):
    village.enter(client, ready.hana)
    assert client.post(reverse("times"), {f"at{int(TUESDAY.timestamp())}": "maybe"}).status_code == 422
    assert client.post(reverse("times"), {"at99999999999": "yes"}).status_code == 302
    assert TimeAnswer.objects.count() == 0


def test_once_it_is_booked_they_see_when_and_where_and_when_to_come(client, village, ready, room):
    Room.objects.update(directions="Through the side door, no stairs")
    book(ready.case, by=ready.coordinator, room=room, starts_at=TUESDAY, minutes=60)
    for key, comes in (("hana", "7:45 a.m."), ("sol", "7:45 a.m."), ("rami", "7:55 a.m."), ("gail", "7:55 a.m.")):
        client.logout()
        page = village.enter(client, ready.people[key]).get(reverse("times")).content.decode()
        wanted = ("Tuesday, 12 Jan 2027, 8 a.m. to 9 a.m.", comes, "Room 12, next to the library", "no stairs", "Fadi", "555-0112")
        assert [words for words in wanted if words not in page] == []
        assert [p.person.shown for k, p in ready.people.items() if k != key and p.person.shown in page] == []
    assert "<title>Northgate Room 12</title>" in page


def test_once_they_have_met_nobody_is_told_that_a_day_will_come(client, village, at_convened):
    with village.inside():
        story = at_convened
    page = village.enter(client, story.hana).get(reverse("home")).content.decode()
    assert ("You have met." in page, "We will tell you when there is a day." in page) == (True, False)


def test_the_home_card_asks_then_tells_and_falls_silent_again(client, village, ready, room):
    village.enter(client, ready.hana)
    assert "Tell us when you could come." in client.get(reverse("home")).content.decode()
    booking = book(ready.case, by=ready.coordinator, room=room, starts_at=TUESDAY, minutes=60)
    assert "Tuesday, 12 Jan 2027, 8 a.m. to 9 a.m." in client.get(reverse("home")).content.decode()
    release(booking, by=ready.coordinator)
    page = client.get(reverse("home")).content.decode()
    assert ("8 a.m." in page, "Tell us when you could come." in page) == (False, True)


def test_the_home_card_thanks_whoever_has_told_their_times(client, village, ready):
    village.enter(client, ready.hana)
    client.post(reverse("times"), {f"at{int(TUESDAY.timestamp())}": "yes"})
    own = [card for card in client.get(reverse("home")).context["cards"] if card.title == "When and where"]
    assert [(card.words, card.is_your_turn) for card in own] == [("Thank you for your times. You can still change them.", False)]
    client.logout()
    village.enter(client, ready.rami)
    own = [card for card in client.get(reverse("home")).context["cards"] if card.title == "When and where"]
    assert [(card.words, card.is_your_turn) for card in own] == [("Tell us when you could come.", True)]


@pytest.mark.parametrize(("who", "status"), [("cora", 302), ("fadi", 302), ("mina", 404), ("ines", 404), ("sven", 404), ("lena", 404)])
def test_who_may_write_down_what_somebody_told_them(client, village, ready, who, status):
    village.sign_in(client, who)
    url, form = reverse("times_for", args=[ready.hana.pk]), {f"at{int(TUESDAY.timestamp())}": "if_needed"}
    assert client.get(url).status_code == (200 if status == 302 else 404)
    assert client.post(url, form).status_code == status
    said = [("if_needed", "staff")] if status == 302 else []
    assert list(TimeAnswer.objects.values_list("answer", "by_kind")) == said
    if said:
        assert "1 answer<" in client.get(reverse("schedule", args=[ready.case.ref])).content.decode()
