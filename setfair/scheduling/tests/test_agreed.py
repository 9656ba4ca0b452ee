"""What the team said yes to is the hour that is booked; for another they are asked anew, or somebody writes why."""

from datetime import timedelta

import pytest
from django.urls import reverse

from setfair.cases import actions as cases
from setfair.cases.actions.places import back_to_preparing
from setfair.cases.models import Assignment, Duty
from setfair.core import clock
from setfair.facilitators.models import ExamDay, Facilitator
from setfair.people.models import Person
from setfair.preparation import actions as preparation
from setfair.programmes.models import Programme, Room
from setfair.scheduling import actions
from setfair.scheduling.actions import CannotBook, book
from setfair.scheduling.models import Booking
from setfair.scheduling.queries import does_not_suit, suggestions
from setfair.village.time import at

from .conftest import MONDAY, TUESDAY

pytestmark = pytest.mark.django_db
NEXT = TUESDAY + timedelta(days=7)


@pytest.fixture
def asked(ready, village):
    return ask_two(ready, village)


def ask_two(ready, village):
    """Both students have left; two are asked for Tuesday at eight."""
    for assignment in ready.case.assignments.filter(ended_at=None, part="student"):
        cases.unassign(assignment, by=ready.coordinator)
    places = [("student", village.facilitator(who)) for who in ("ines", "malik")]
    return actions.ask_team(ready.case, by=ready.coordinator, starts_at=TUESDAY, minutes=60, places=places)


@pytest.fixture
def agreed(asked, village):
    for duty in asked:
        cases.say_yes_to(duty, by=village.actor("ines"))
    return asked


def page(client, case):
    return client.get(reverse("schedule", args=[case.ref])).content.decode()


@pytest.mark.mission("S0.2", "S2.5")
@pytest.mark.parametrize("stage", ["ready", "preparing"])
def test_the_hour_they_said_yes_to_is_booked_with_one_press(ready, asked, village, client, stage):
    if stage == "preparing":
        back_to_preparing(ready.case, by=ready.coordinator, reason="team")
    village.sign_in(client, "cora")
    assert "The team said yes to:" not in page(client, ready.case)
    for duty in asked:
        cases.say_yes_to(duty, by=village.actor("ines"))
    seen = page(client, ready.case)
    assert "The team said yes to: Tuesday, 12 Jan 2027, 8 a.m. to 9 a.m." in seen
    sent = {"moment": TUESDAY.isoformat(), "minutes": 60, "room": suggestions(ready.case)[0].room.pk}
    assert client.post(reverse("book", args=[ready.case.ref]), sent).status_code == 302
    ready.case.refresh_from_db()
    assert (ready.case.stage, Booking.objects.get().starts_at) == ("scheduled", TUESDAY)


def test_where_a_yes_of_the_circle_runs_out_before_that_hour_it_says_so_and_not_to_ask_the_team(ready, agreed, village, client):
    with at(MONDAY + timedelta(minutes=5)):
        preparation.consent(ready.hana, by=ready.lead, answer="yes", until=MONDAY.date())
        seen = page(village.sign_in(client, "cora"), ready.case).split("What the team said yes to cannot be booked like this")[1].split("</div>")[0]
    assert ("Hana" in seen, "ask them about it" in seen) == (True, False)


def test_while_somebody_of_the_circle_has_not_said_yes_nothing_is_booked(at_preparing, village, client):
    village.sign_in(client, "cora")
    with village.inside():
        sent = {"moment": (clock.now() + timedelta(days=3)).isoformat(), "minutes": 60, "room": Room.objects.first().pk}
    assert client.post(reverse("book", args=[at_preparing.case.ref]), sent).status_code == 422
    with village.inside():
        assert not Booking.objects.exists()


@pytest.mark.mission("S0.2")
def test_for_another_hour_somebody_asks_anew_or_writes_why(ready, agreed, room, village, client):
    with pytest.raises(CannotBook, match="^Ines Okafor and Malik Vane said yes to another time. Please ask about this one too"):
        book(ready.case, by=ready.coordinator, room=room, starts_at=NEXT, minutes=60)
    other = next(one for one in suggestions(ready.case, limit=99) if one.starts_at == NEXT)
    assert (other.asks_anew, other.against[-1]) == (("Ines Okafor", "Malik Vane"), "Ines Okafor and Malik Vane: said yes to another time.")
    village.sign_in(client, "cora")
    assert "Ask them about this time" in page(client, ready.case)
    sent = {"starts_at": NEXT.isoformat(), "minutes": 60}
    assert client.post(reverse("ask_anew", args=[ready.case.ref]), sent).status_code == 302
    anew = {duty.facilitator.user.name: duty for duty in Duty.objects.filter(starts_at=NEXT).select_related("facilitator__user")}
    assert sorted(anew) == ["Ines Okafor", "Malik Vane"]
    assert ready.case.assignments.filter(ended_at=None, part="student").count() == 2
    cases.say_yes_to(anew["Ines Okafor"], by=village.actor("ines"))
    cases.say_no_to(anew["Malik Vane"], by=village.actor("malik"))
    with pytest.raises(CannotBook, match="^Malik Vane said no to this time."):
        book(ready.case, by=ready.coordinator, room=room, starts_at=NEXT, minutes=60)
    assert book(ready.case, by=ready.coordinator, room=room, starts_at=NEXT, minutes=60, despite="He can after all.").despite == "He can after all."


def test_whoever_was_put_on_the_team_by_hand_was_asked_about_no_hour(ready, room):
    assert book(ready.case, by=ready.coordinator, room=room, starts_at=TUESDAY, minutes=60).despite == ""


@pytest.mark.parametrize("who", ["fadi", "nour", "ines", "lena"])
def test_only_who_runs_the_case_asks_anew(ready, agreed, village, client, who):
    village.sign_in(client, who)
    sent = {"starts_at": NEXT.isoformat(), "minutes": 60}
    assert client.post(reverse("ask_anew", args=[ready.case.ref]), sent).status_code == 404
    if who == "fadi":
        assert "Ask them about this time" not in page(client, ready.case)
    assert not Duty.objects.filter(starts_at=NEXT).exists()


def test_a_place_that_was_filled_by_hand_meanwhile_is_taken(ready, asked, village):
    for who in ("tova", "malik"):
        cases.assign(ready.case, by=ready.coordinator, facilitator=village.facilitator(who), part=Assignment.Part.STUDENT)
    assert cases.say_yes_to(asked[0], by=village.actor("ines")).answer == "taken"
    assert ready.case.assignments.filter(ended_at=None, part="student").count() == 2


def test_of_two_places_in_two_questions_a_third_yes_finds_none(ready, asked, village):
    """Two who look at the same empty place each ask somebody; the yes that comes too late is told so kindly."""
    late = cases.ask_to_help(
        ready.case, by=ready.coordinator, facilitator=village.facilitator("tova"), part="student", starts_at=TUESDAY, minutes=60
    )  # fmt: skip
    answers = [cases.say_yes_to(duty, by=village.actor("ines")).answer for duty in (*asked, late)]
    assert answers == ["yes", "yes", "taken"]


def test_each_is_told_only_the_languages_that_they_speak_and_that_are_wanted(ready, village):
    for assignment in ready.case.assignments.filter(ended_at=None, part="student"):
        cases.unassign(assignment, by=ready.coordinator)
    Person.objects.filter(pk=ready.hana.person_id).update(language="es")
    Person.objects.filter(pk=ready.rami.person_id).update(language="ar")
    Facilitator.objects.filter(user=village.ines).update(languages="en, es")
    Facilitator.objects.filter(user=village.malik).update(languages="en")
    places = [("student", village.facilitator(who)) for who in ("ines", "malik")]
    one, other = actions.ask_team(ready.case, by=ready.coordinator, starts_at=TUESDAY, minutes=60, places=places)
    assert (one.languages, other.languages) == ("Spanish", "")


def test_while_somebody_of_the_circle_has_not_said_yes_no_time_is_looked_for(at_preparing, village, client):
    village.sign_in(client, "cora")
    page = client.get(reverse("schedule", args=[at_preparing.case.ref])).content.decode()
    assert ("Ask them" in page, "once everyone has said yes" in page) == (False, True)


@pytest.mark.mission("S0.2")
def test_a_time_at_which_somebody_speaks_their_language_comes_before_one_at_which_nobody_does(ready, village):
    for assignment in ready.case.assignments.filter(ended_at=None, part="student"):
        cases.unassign(assignment, by=ready.coordinator)
    first = suggestions(ready.case)[0]
    Person.objects.filter(pk=ready.rami.person_id).update(language="ar")
    Facilitator.objects.exclude(user=village.tova).update(languages="en")
    Facilitator.objects.filter(user=village.tova).update(languages="en, ar")
    ExamDay.objects.create(facilitator=village.facilitator("tova"), on=TUESDAY.date())
    by_start = {one.starts_at: one for one in suggestions(ready.case, limit=99)}
    best = next(iter(by_start.values()))
    assert (first.starts_at, best.starts_at > TUESDAY + timedelta(hours=16)) == (TUESDAY, True)
    assert ("Tova Lindqvist" in [one.name for one in best.team], [word for word in best.against if "Arabic" in word]) == (True, [])
    assert "Tova Lindqvist: speaks Arabic, and cannot come then." in by_start[TUESDAY].against
    Facilitator.objects.update(languages="en")
    assert (suggestions(ready.case)[0].starts_at, "Nobody of the team speaks Arabic." in suggestions(ready.case)[0].against) == (TUESDAY, True)


@pytest.mark.mission("S0.2")
def test_a_yes_is_one_for_as_long_as_was_asked(ready, agreed, room, village):
    Programme.objects.update(max_minutes=120)
    ready.case.refresh_from_db()
    with pytest.raises(CannotBook, match="^Ines Okafor and Malik Vane said yes to another time."):
        book(ready.case, by=ready.coordinator, room=room, starts_at=TUESDAY, minutes=90)
    assert does_not_suit(ready.case, TUESDAY, 60) == does_not_suit(ready.case, TUESDAY, 45) == ""
    longer = next(one for one in suggestions(ready.case, limit=99, minutes=90) if one.starts_at == TUESDAY)
    assert longer.asks_anew == ("Ines Okafor", "Malik Vane")
    ines, malik = actions.ask_anew(ready.case, by=ready.coordinator, starts_at=TUESDAY, minutes=90)
    cases.say_yes_to(ines, by=village.actor("ines"))
    cases.say_no_to(malik, by=village.actor("malik"))
    assert does_not_suit(ready.case, TUESDAY, 90).startswith("Malik Vane said no to this time.")
    assert does_not_suit(ready.case, TUESDAY, 60) == ""


def test_an_open_question_about_less_makes_way_for_one_about_more(ready, agreed, village):
    first = actions.ask_anew(ready.case, by=ready.coordinator, starts_at=NEXT, minutes=60)
    later = actions.ask_anew(ready.case, by=ready.coordinator, starts_at=NEXT, minutes=90)
    assert {duty.minutes for duty in later} == {90}
    assert set(Duty.objects.filter(pk__in=[duty.pk for duty in first]).values_list("answer", flat=True)) == {"off"}


def test_that_they_said_yes_to_less_than_it_needs_now_is_said(ready, agreed, village, client):
    village.sign_in(client, "cora")
    words = "They said yes to 60 minutes, and this meeting needs 90 now."
    assert words not in page(client, ready.case)
    Programme.objects.update(max_minutes=120, talk_minutes=90, settle_minutes=0, break_minutes=0)
    seen = page(client, ready.case)
    assert (words in seen, "The team said yes to: Tuesday, 12 Jan 2027, 8 a.m. to 9 a.m." in seen) == (True, True)


@pytest.mark.mission("S0.2")
def test_the_circle_is_not_offered_what_the_team_was_not_asked_about(ready, agreed, room, village, client):
    choices = [actions.Choice(room, NEXT, 60)]
    with pytest.raises(actions.CannotOffer, match="^Ines Okafor and Malik Vane said yes to another time, or no to this one."):
        actions.offer(ready.case, by=ready.coordinator, choices=choices, answer_by=TUESDAY, hours=0)
    for who in ("cora", "fadi"):
        seen = page(village.sign_in(type(client)(), who), ready.case)
        fits = [one for one in suggestions(ready.case) if not one.asks_anew]
        assert seen.count('name="time"') == len(fits) == 1
        assert seen.count(">Book this<") == 1 + len(fits)


def test_an_offer_that_the_team_has_overtaken_takes_a_reason(ready, room, village, client):
    choices = [actions.Choice(room, NEXT, 60)]
    offer = actions.offer(ready.case, by=ready.coordinator, choices=choices, answer_by=TUESDAY, hours=0)
    for duty in ask_two(ready, village):
        cases.say_yes_to(duty, by=village.actor("ines"))
    village.sign_in(client, "cora")
    there = reverse("offered_book", args=[offer.times.get().pk])
    refused = client.post(there)
    assert (refused.status_code, 'id="offered_despite"' in refused.content.decode()) == (422, True)
    assert client.post(there, {"despite": "They can after all."}).status_code == 302
    assert Booking.objects.get().despite == "They can after all."
