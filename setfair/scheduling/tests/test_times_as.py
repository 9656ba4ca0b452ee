"""What comes with a booked time is for its reader to say: a file for a calendar, nothing, or a card on paper."""

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from setfair.journal.models import Entry
from setfair.letters import channels
from setfair.letters.actions import mark_sent
from setfair.letters.models import Letter
from setfair.people.actions import CannotAdd, describe_way, give_times_as, reach
from setfair.people.card import Card
from setfair.people.models import Contact, Person
from setfair.programmes.models import Room
from setfair.scheduling.actions import book, rebook, release

from .conftest import TUESDAY

pytestmark = pytest.mark.django_db
LATER = TUESDAY.replace(minute=30)


@pytest.fixture
def hana(ready):
    reach(ready.hana.person, by=ready.lead, way=Contact.Way.EMAIL, value="hana@home.example", may_leave_message=True)
    return ready.hana


def choose(who, what, by):
    give_times_as(Person.objects.get(pk=who.person_id), by=by, times_as=what)


def at_eight(story, room):
    return book(story.case, by=story.coordinator, room=room, starts_at=TUESDAY, minutes=60)


def sent(who, what="booked"):
    """What hangs on each letter of this kind to them, over e-mail: the method of its file, or none."""
    rows = Letter.objects.filter(reader_id=who.person_id, key__startswith=f"{what}:", channel="email").order_by("made_at")
    return [str(Calendar.from_ical(row.calendar)["METHOD"]) if row.calendar else "" for row in rows]


@pytest.mark.parametrize(("what", "file", "cards"), [("file", "PUBLISH", 0), ("plain", "", 0), ("card", "", 1)])
def test_each_gets_what_they_chose(ready, room, hana, what, file, cards):
    choose(hana, what, ready.lead)
    at_eight(ready, room)
    assert (sent(hana), Letter.objects.filter(reader_id=hana.person_id, key__startswith="card:").count()) == ([file], cards)


def test_who_wants_no_file_any_more_still_gets_the_one_that_takes_the_old_hour_out(ready, room, hana):
    first = at_eight(ready, room)
    mark_sent(Letter.objects.get(reader_id=hana.person_id, key__startswith="booked:"), by=ready.lead)
    choose(hana, "plain", ready.lead)
    second = rebook(first, by=ready.coordinator, room=room, starts_at=LATER, minutes=60, wish="programme")
    assert sent(hana) == ["PUBLISH", "CANCEL"]
    release(second, by=ready.coordinator)
    assert sent(hana, "released") == [""]


def test_never_to_an_inbox_that_others_read_whatever_was_chosen(ready, room, hana):
    describe_way(hana.person, by=ready.lead, way="email", value="hana@home.example", card=Card(may_leave_message=True, also_reads="her aunt"))
    at_eight(ready, room)
    assert sent(hana) == [""]


def test_a_card_waits_to_be_given_and_goes_with_its_time(ready, room, hana):
    choose(hana, "card", ready.lead)
    first = at_eight(ready, room)
    card = Letter.objects.get(key__startswith="card:")
    assert (card.channel, card.address, card.subject) == ("paper", "", "Appointment")
    assert [part in card.body for part in ("8 a.m.", "Please come at: 7:45 a.m.", room.name)] == [True] * 3
    assert channels.sheet(card).startswith(b"%PDF")
    rebook(first, by=ready.coordinator, room=room, starts_at=LATER, minutes=60, wish="programme")
    assert list(Letter.objects.filter(key__startswith="card:").order_by("made_at").values_list("stage", flat=True)) == ["withdrawn", "due"]


def test_a_room_whose_name_tells_is_not_named_on_a_card(ready, room, hana):
    Room.objects.update(name="Restorative circle room")
    choose(hana, "card", ready.lead)
    at_eight(ready, room)
    body = str(Letter.objects.get(key__startswith="card:").body)
    assert ("estorative" in body, "Place: as we told you" in body) == (False, True)


def test_they_choose_it_themselves_and_the_team_writes_it_down(client, village, ready, hana):
    village.enter(client, hana)
    mine, theirs = reverse("my_times_as"), reverse("times_as", args=[hana.pk])
    assert client.post(mine, {}).status_code == client.post(mine, {"times_as": "loud"}).status_code == 422
    assert client.post(mine, {"times_as": "card"})["Location"] == reverse("my_contact")
    assert "no file, and a small card on paper" in client.get(reverse("my_contact")).content.decode()
    fadi = village.sign_in(Client(), "fadi")
    assert "small card" in fadi.get(reverse("contact", args=[hana.pk])).content.decode()
    assert fadi.post(theirs, {"times_as": "plain"})["Location"] == reverse("contact", args=[hana.pk])
    assert fadi.post(theirs, {"times_as": "plain"}).status_code == 302
    assert Person.objects.get(pk=hana.person_id).times_as == "plain"
    assert Entry.objects.filter(verb="chose_times_as").count() == 2
    assert {who: village.sign_in(Client(), who).post(theirs, {"times_as": "file"}).status_code for who in ("mina", "nour")} == {
        "mina": 404,
        "nour": 404,
    }
    with pytest.raises(CannotAdd, match="Please choose one"):
        choose(hana, "loud", ready.lead)


def test_everybody_can_print_their_own_card_and_the_team_one_for_them(client, village, ready, room, hana):
    village.enter(client, hana)
    mine, theirs = reverse("my_card"), reverse("person_card", args=[hana.pk])
    fadi = village.sign_in(Client(), "fadi")
    assert (client.get(mine)["Location"], fadi.get(theirs)["Location"]) == (reverse("times"), reverse("person", args=[hana.pk]))
    at_eight(ready, room)
    assert mine in client.get(reverse("times")).content.decode()
    assert theirs in fadi.get(reverse("person", args=[hana.pk])).content.decode()
    for answer in (client.get(mine), fadi.get(theirs)):
        assert (answer["Content-Type"], answer["Content-Disposition"]) == ("application/pdf", 'inline; filename="paper.pdf"')
    assert {who: village.sign_in(Client(), who).get(theirs).status_code for who in ("mina", "nour")} == {"mina": 404, "nour": 404}
