from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from setfair.cases.journey import Stage
from setfair.journal.models import Entry
from setfair.letters.actions import mark_sent
from setfair.letters.models import Letter
from setfair.people.actions import reach
from setfair.people.models import Contact
from setfair.preparation import actions as preparation
from setfair.preparation.models import CallWish
from setfair.programmes.models import Room
from setfair.scheduling import actions, queries
from setfair.scheduling.actions import CannotBook, book
from setfair.scheduling.models import Booking, Offer, OfferAnswer, TimeAnswer
from setfair.village.cast import OTHER
from setfair.village.story import case_at
from setfair.village.time import at

from .conftest import MONDAY, TUESDAY
from .offered import DAY, EVERYONE, choices, letters, offered, say

pytestmark = pytest.mark.django_db


def test_everyone_is_asked_alone_with_a_link_that_says_nothing(ready, two):
    sent = letters(two)
    assert set(sent) == {ready.people[key].person_id for key in EVERYONE}
    assert {letter.subject for letter in sent.values()} == {"A short question"}
    told = " ".join(letter.body for letter in sent.values())
    assert [name for name in ("Hana", "Rami", "Sol", "Tuesday", "Jan", ready.case.ref) if name in told] == []
    assert told.count("The link works once") == 4


def test_the_same_offer_sent_twice_is_one(ready, room, two):
    assert offered(ready, room, TUESDAY, TUESDAY + 7 * DAY, hours=48) == two
    assert (Offer.objects.count(), len(letters(two)), Entry.objects.filter(verb="offered").count()) == (1, 4, 1)


def test_another_offer_waits_until_the_first_is_taken_back(ready, room, two):
    with pytest.raises(actions.CannotOffer, match="Times are offered already"):
        offered(ready, room, TUESDAY + DAY)
    actions.take_back(two, by=ready.coordinator)
    assert offered(ready, room, TUESDAY + 7 * DAY).ended_at is None
    assert Offer.objects.filter(ended_at__isnull=True).count() == 1


def test_an_offer_whose_days_are_over_makes_way_for_the_next(ready, room, two, times):
    with at(MONDAY + timedelta(hours=13)):
        with pytest.raises(actions.CannotSay, match="This question is settled"):
            say(ready, "hana", times[1], "yes")
        anew = offered(ready, room, TUESDAY + 7 * DAY, answer_by=TUESDAY + DAY)
        two.refresh_from_db()
        assert (two.ended_at is not None, queries.live_offer(ready.case)) == (True, anew)


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"choices": []}, "one, two or three times"),
        ({"answer_by": MONDAY}, "give people time to answer"),
        ({"answer_by": TUESDAY + timedelta(hours=1)}, "before the first of these times"),
        ({"hours": 241}, "240 hours at most"),
        ({"hours": -1}, "240 hours at most"),
    ],
)
def test_what_is_no_offer(ready, room, given, sentence):
    with pytest.raises(actions.CannotOffer, match=sentence):
        offered(ready, room, **given)
    assert (Offer.objects.count(), Letter.objects.filter(key__startswith="offered:").count()) == (0, 0)


@pytest.mark.parametrize(
    ("starts", "sentence"),
    [
        ([TUESDAY] * 2, "one, two or three times"),
        ([TUESDAY + n * timedelta(hours=1) for n in range(4)], "one, two or three times"),
        ([MONDAY - DAY], "give people time|That time is over|before the first"),
        ([TUESDAY + timedelta(hours=12)], "outside the times"),
    ],
)
def test_what_could_not_be_booked_is_not_offered(ready, room, starts, sentence):
    with pytest.raises(actions.CannotOffer, match=sentence):
        offered(ready, room, *starts)


def test_a_time_that_is_taken_is_not_offered(ready, room, village):
    other = case_at(village, Stage.READY, circle=OTHER, matter=3)
    book(other.case, by=other.coordinator, room=room, starts_at=TUESDAY, minutes=60)
    with pytest.raises(actions.CannotOffer, match="That room is not free then"):
        offered(ready, room)
    elsewhere = Room.objects.create(name="Library")
    with pytest.raises(actions.CannotOffer, match="Somebody who is needed cannot come then"):
        offered(ready, elsewhere)


def test_nobody_is_asked_before_everyone_is_ready_or_once_it_has_a_time(ready, room):
    book(ready.case, by=ready.coordinator, room=room, starts_at=TUESDAY, minutes=60)
    with pytest.raises(actions.CannotOffer, match="already has a time|everyone is ready"):
        offered(ready, room, TUESDAY + 7 * DAY)


def test_each_says_for_themselves_and_the_last_word_counts(ready, two, times):
    say(ready, "hana", times[0], "no")
    say(ready, "hana", times[0], "yes")
    say(ready, "hana", times[0], "yes")
    assert list(OfferAnswer.objects.order_by("at", "id").values_list("word", "how", "by_kind")) == [
        ("no", "own", "participant"),
        ("yes", "own", "participant"),
    ]
    assert queries.own_words(two, ready.hana) == {times[0].pk: "yes"}
    assert queries.own_words(two, ready.rami) == {}


def test_nobody_speaks_for_another_on_their_own_page(ready, two, times):
    with pytest.raises(actions.CannotSay, match="Only they can say this"):
        actions.answer_offer(ready.hana, by=ready.me("rami"), words={times[0]: "no"})
    with pytest.raises(actions.CannotSay, match="Only they can say this"):
        actions.answer_offer(ready.hana, by=ready.coordinator, words={times[0]: "no"})
    with pytest.raises(actions.CannotSay, match="choose one of the answers"):
        say(ready, "hana", times[0], "perhaps")


def test_what_was_told_to_the_team_says_who_said_it_and_how(ready, two, times):
    (row,) = actions.answer_offer(ready.rami, by=ready.lead, words={times[0]: "if_needed"}, how="phone", giver=ready.gail)
    assert (row.giver, row.how, row.by_kind, row.by) == (ready.gail, "phone", "staff", ready.lead.id)


def test_who_wants_to_be_called_is_called_and_has_not_answered(ready, two, times):
    actions.answer_offer(ready.hana, by=ready.me("hana"), words=dict.fromkeys(times, "call"))
    assert CallWish.objects.filter(participation=ready.hana).count() == 1
    assert [row.is_open for row in queries.standing(two)] == [True, True]
    assert [row.suits_all for row in queries.standing(two)] == [False, False]


def test_how_each_time_stands_in_a_fixed_number_of_queries(ready, room, two, times, django_assert_num_queries):
    for key in EVERYONE:
        say(ready, key, times[1], "yes" if key != "sol" else "if_needed")
    say(ready, "rami", times[0], "no")
    with django_assert_num_queries(3):
        rows = queries.standing(two)
    assert [(row.suits_all, row.is_open) for row in rows] == [(False, False), (True, True)]
    assert [p.person.first for p in rows[0].who("no")] == ["Rami"]


def test_what_suits_all_is_booked_with_one_press_and_the_rest_asks_nobody(ready, two, times):
    for key in EVERYONE:
        say(ready, key, times[1], "yes")
    booking = actions.book_offered(times[1], by=ready.coordinator)
    assert (booking.starts_at, booking.room) == (times[1].starts_at, times[1].room)
    assert actions.book_offered(times[1], by=ready.coordinator) == booking
    two.refresh_from_db()
    assert (two.ended_at is not None, letters(two, "settled")) == (True, {})
    assert {letter.stage for letter in letters(two).values()} == {"withdrawn"}
    with pytest.raises(actions.CannotSay, match="settled"):
        say(ready, "hana", times[0], "yes")
    with pytest.raises(CannotBook, match="This offer has ended"):
        actions.book_offered(times[0], by=ready.coordinator)
    assert Booking.objects.count() == 1


def test_a_no_to_an_offered_time_stands_and_a_later_yes_lifts_it(ready, room, two, times):
    TimeAnswer.objects.create(participation=ready.hana, starts_at=TUESDAY, answer="no", by_kind="staff")
    say(ready, "hana", times[0], "yes")
    assert queries.who_said_no(ready.case, TUESDAY, 60) == []
    say(ready, "rami", times[0], "no")
    with pytest.raises(CannotBook, match="Rami said no to this time"):
        actions.book_offered(times[0], by=ready.coordinator)
    assert actions.book_offered(times[0], by=ready.coordinator, despite="He was asked again.").despite == "He was asked again."


def test_what_is_offered_is_kept_free_for_its_hours_and_no_longer(ready, room, two, village):
    other = case_at(village, Stage.READY, circle=OTHER, matter=3)
    with pytest.raises(CannotBook, match="kept for somebody else until they have answered"):
        book(other.case, by=other.coordinator, room=room, starts_at=TUESDAY, minutes=60)
    with pytest.raises(CannotBook, match="kept free for another time"):
        book(other.case, by=other.coordinator, room=Room.objects.create(name="Library"), starts_at=TUESDAY, minutes=60)
    with pytest.raises(actions.CannotOffer, match="kept for somebody else"):
        actions.offer(other.case, by=other.coordinator, choices=choices(room), answer_by=MONDAY + timedelta(hours=1))
    with at(MONDAY + timedelta(hours=13)):
        assert book(other.case, by=other.coordinator, room=room, starts_at=TUESDAY, minutes=60).starts_at == TUESDAY


def test_an_offer_that_keeps_nothing_free_loses_to_whoever_books_first(ready, room, village):
    asked = offered(ready, room)
    other = case_at(village, Stage.READY, circle=OTHER, matter=3)
    book(other.case, by=other.coordinator, room=room, starts_at=TUESDAY, minutes=60)
    with pytest.raises(CannotBook, match="That room is not free then"):
        actions.book_offered(asked.times.get(), by=ready.coordinator)
    asked.refresh_from_db()
    assert asked.ended_at is None


def test_taken_back_kindly_and_once(ready, two):
    mark_sent(letters(two)[ready.hana.person_id], by=ready.coordinator)
    for _twice in range(2):
        actions.take_back(two, by=ready.coordinator)
    told = letters(two, "settled")
    assert set(told) == {ready.hana.person_id}
    assert "There is nothing you need to do. Thank you." in told[ready.hana.person_id].body
    assert Entry.objects.filter(verb="took_times_back").count() == 1


def test_whoever_stops_ends_the_offer_and_nobody_hears_why(ready, two):
    for letter in letters(two).values():
        mark_sent(letter, by=ready.coordinator)
    preparation.withdraw(ready.hana, by=ready.me("hana"))
    two.refresh_from_db()
    told = letters(two, "settled")
    assert (two.ended_at is not None, set(told)) == (True, {ready.people[key].person_id for key in ("rami", "sol", "gail")})
    assert [name for name in ("Hana", "stop", ready.case.ref) if name in " ".join(letter.body for letter in told.values())] == []


def test_on_paper_the_times_stand_in_the_letter(ready, room):
    for contact in Contact.objects.filter(person=ready.sol.person):
        Contact.objects.filter(pk=contact.pk).update(ended_at=MONDAY)
    reach(ready.sol.person, by=ready.coordinator, way=Contact.Way.POST, value="1 Mill Lane")
    letter = letters(offered(ready, room))[ready.sol.person_id]
    assert (letter.channel, "[  ] Tuesday, 12 Jan 2027, 8 a.m. to 9 a.m." in letter.body) == ("paper", True)


def test_the_database_holds_an_answer_to_its_case_and_its_words(ready, two, times, village):
    other = case_at(village, Stage.READY, circle=OTHER, matter=3)
    row = {"case": ready.case, "time": times[0], "word": "no", "how": "phone", "by_kind": "staff"}
    with pytest.raises(IntegrityError), transaction.atomic():
        OfferAnswer.objects.create(**row, participation=other.otto, giver=other.otto)
    with pytest.raises(IntegrityError), transaction.atomic():
        OfferAnswer.objects.create(**row | {"how": "own"}, participation=ready.hana, giver=ready.gail)
    with pytest.raises(IntegrityError), transaction.atomic():
        Offer.objects.create(case=ready.case, by=ready.coordinator.id, answer_by=TUESDAY)
