import pytest
from django.urls import reverse

from setfair.cases.journey import Stage
from setfair.scheduling.models import Booking, Offer, OfferAnswer
from setfair.village.cast import OTHER
from setfair.village.story import case_at

from .conftest import TUESDAY
from .offered import EVERYONE, say

pytestmark = pytest.mark.django_db


def test_two_suggestions_are_offered_answered_and_booked_on_the_pages(client, village, ready, room):
    village.sign_in(client, "cora")
    page = client.get(reverse("schedule", args=[ready.case.ref])).content.decode()
    assert page.count('name="time"') == 5
    word = f"{TUESDAY.isoformat()}~60~{room.pk}"
    form = {"time": [word], "until": "2027-01-11", "hours": "24"}
    assert client.post(reverse("offer", args=[ready.case.ref]), form).status_code == 302
    assert client.post(reverse("offer", args=[ready.case.ref]), form).status_code == 302
    asked = Offer.objects.get()
    for key in EVERYONE:
        own = village.enter(type(client)(), ready.people[key])
        assert "Please tell us which times work for you." in own.get(reverse("home")).content.decode()
        assert own.post(reverse("own_offer"), {f"at{int(TUESDAY.timestamp())}": "yes"}).status_code == 302
        assert "You can still change it." in own.get(reverse("home")).content.decode()
    page = client.get(reverse("schedule", args=[ready.case.ref])).content.decode()
    assert "All can come, and it can be booked: Tuesday, 12 Jan 2027, 8 a.m. to 9 a.m." in page
    client.post(reverse("offered_book", args=[asked.times.get().pk]))
    assert Booking.objects.get().starts_at == TUESDAY


def test_nobody_reads_what_another_said(client, village, ready, two, times):
    say(ready, "rami", times[0], "no")
    page = village.enter(client, ready.hana).get(reverse("own_offer")).content.decode()
    assert [word for word in ("Rami", "checked", "cannot") if word in page] == []
    assert [page.count(f">{word}<") for word in ("Works", "If needed", "No", "Call me")] == [2, 2, 2, 2]


def test_the_coordinator_reads_which_time_is_still_open(client, village, ready, two, times):
    say(ready, "rami", times[0], "no")
    page = village.sign_in(client, "cora").get(reverse("schedule", args=[ready.case.ref])).content.decode()
    assert "Still open: Tuesday, 19 Jan 2027, 8 a.m. to 9 a.m." in page
    assert "Rami cannot." in page


def test_told_on_the_phone_is_written_down_by_the_team(client, village, ready, two, times):
    village.sign_in(client, "fadi")
    page = client.get(reverse("offer_told", args=[ready.rami.pk]))
    assert page.status_code == 200
    name = f"at{int(times[0].starts_at.timestamp())}"
    assert client.post(reverse("offer_told", args=[ready.rami.pk]), {name: "yes"}).status_code == 422
    said = {name: "yes", "how": "phone", "giver": str(ready.rami.pk)}
    assert client.post(reverse("offer_told", args=[ready.rami.pk]), said).status_code == 302
    assert OfferAnswer.objects.get().how == "phone"


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"time": []}, "Please choose one, two or three times."),
        ({"time": ["x"]}, "That time could not be read."),
        ({"time": ["2027-01-12T08:00:00-05:00~99999999999999~x"]}, "That time could not be read."),
        ({"until": ""}, "Please fill this in."),
        ({"until": "1999-01-01"}, "That date is not in the calendar."),
        ({"hours": "241"}, "240"),
    ],
)
def test_a_refused_offer_comes_back_with_a_sentence(client, village, ready, room, given, sentence):
    form = {"time": [f"{TUESDAY.isoformat()}~60~{room.pk}"], "until": "2027-01-11", "hours": "24"} | given
    answer = village.sign_in(client, "cora").post(reverse("offer", args=[ready.case.ref]), form)
    assert (answer.status_code, Offer.objects.count()) == (422, 0)
    assert sentence in answer.content.decode()


@pytest.mark.parametrize(
    ("who", "status"),
    [("cora", 302), ("fadi", 302), ("mina", 404), ("ines", 404), ("sven", 404), ("ada", 404), ("nour", 404), ("lena", 404)],
)
def test_who_may_offer_book_and_take_back(client, village, ready, room, two, times, who, status):
    village.sign_in(client, who)
    assert client.get(reverse("offer_told", args=[ready.hana.pk])).status_code == (200 if status == 302 else 404)
    assert client.post(reverse("offer_back", args=[two.pk])).status_code == status
    form = {"time": [f"{TUESDAY.isoformat()}~60~{room.pk}"], "until": "2027-01-11", "hours": "0"}
    assert client.post(reverse("offer", args=[ready.case.ref]), form).status_code == status
    assert client.post(reverse("offered_book", args=[times[0].pk])).status_code == (422 if status == 302 else 404)


@pytest.mark.parametrize("who", ["hana", "otto"])
def test_participants_answer_their_own_offer_and_nothing_else(client, village, ready, two, times, who):
    other = case_at(village, Stage.READY, circle=OTHER, matter=3)
    village.enter(client, {**ready.people, **other.people}[who])
    assert client.get(reverse("own_offer")).status_code == (200 if who == "hana" else 302)
    name = f"at{int(times[0].starts_at.timestamp())}"
    assert client.post(reverse("own_offer"), {name: "yes"}).status_code == 302
    assert OfferAnswer.objects.count() == (1 if who == "hana" else 0)
    assert client.post(reverse("offered_book", args=[times[0].pk])).status_code == 401
