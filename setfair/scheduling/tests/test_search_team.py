"""The search for a time finds the team with it: who is on it stays, each empty place is filled by whose turn it is, and nobody is pushed."""

from datetime import date, time, timedelta
from time import process_time
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from setfair.calendars import actions as calendars
from setfair.cases import actions as cases
from setfair.cases.actions.places import back_to_preparing
from setfair.cases.journey import Stage
from setfair.cases.models import Assignment, Duty
from setfair.facilitators.models import ExamDay, Facilitator
from setfair.preparation.actions import declare_ready, set_aside
from setfair.programmes.models import BellDay, Bells, Closure, Period, Room, Venue, Window
from setfair.scheduling import actions
from setfair.scheduling.actions import CannotBook, book
from setfair.scheduling.models import Booking, Seat
from setfair.scheduling.queries import lay_out, suggestions, ways_out, what_blocks
from setfair.scheduling.team_for import team_for
from setfair.village.cast import OTHER
from setfair.village.story import case_at
from setfair.village.time import at

from .conftest import MONDAY, TUESDAY, led_by_one_alone

pytestmark = pytest.mark.django_db
ZONE = ZoneInfo("America/New_York")


@pytest.fixture
def alone(ready):
    """The same circle; Malik and Ines have stepped out of its team, and Fadi leads it."""
    for assignment in ready.case.assignments.filter(ended_at=None, part="student"):
        cases.unassign(assignment, by=ready.coordinator)
    return ready


def team(one):
    return [(helper.part, helper.name, helper.why) for helper in one.team]


@pytest.mark.parametrize(("who", "asks"), [("cora", True), ("fadi", False)])
def test_whoever_cannot_ask_the_team_is_not_told_to(alone, village, client, who, asks):
    page = village.sign_in(client, who).get(reverse("schedule", args=[alone.case.ref])).content.decode()
    assert ("Each time says who it would be." in page, "Nobody is asked before you ask them" in page) == (True, asks)


@pytest.mark.mission("S0.2", "S0.7")
def test_each_time_comes_with_the_team_it_would_be_and_who_is_on_it_stays(alone):
    first = suggestions(alone.case)[0]
    assert (first.starts_at, team(first)) == (
        TUESDAY,
        [("student", "Ines Okafor", "has not had a turn yet"), ("student", "Malik Vane", "has not had a turn yet")],
    )
    assert (first.lacks_team, first.missing) == (True, "2 more student facilitators are needed.")
    assert suggestions(alone.case)[0].team == first.team


def test_a_team_that_is_complete_is_kept_and_nobody_is_proposed(ready):
    assert {(one.team, one.lacks_team) for one in suggestions(ready.case)} == {((), False)}


def test_a_time_at_which_too_few_could_help_is_not_suggested(alone, village):
    for name in ("malik", "tova"):
        ExamDay.objects.create(facilitator=village.facilitator(name), on=TUESDAY.date())
    Facilitator.objects.filter(kind="student").exclude(user__in=[village.malik, village.tova, village.ines]).delete()
    assert TUESDAY.date() not in {one.starts_at.astimezone(ZONE).date() for one in suggestions(alone.case, limit=99)}
    Window.objects.exclude(name="Tuesday morning").delete()
    alone.case.deadline = TUESDAY.date()
    kept = "Malik Vane (exam on Tuesday) and Tova Lindqvist (exam on Tuesday)"
    assert what_blocks(alone.case) == [f"Too few students of the team are free: {kept}."]
    assert "Find one more student to help." in [way.words for way in ways_out(lay_out(alone.case))]


def test_students_that_somebody_set_aside_are_not_looked_for(alone):
    with at(MONDAY + timedelta(minutes=5)):
        set_aside(alone.case, by=alone.coordinator, blocker="students", reason="There are none this week.")
        assert {(one.team, one.missing) for one in suggestions(alone.case)} == {((), "")}


def asks(client, case, week=""):
    return client.get(reverse("schedule", args=[case.ref]), {"week": week} if week else {}).content.decode()


@pytest.mark.mission("S0.2")
def test_with_one_press_the_team_of_a_time_is_asked_without_a_name_and_nobody_is_on_it_yet(alone, village, client):
    village.sign_in(client, "cora")
    page = asks(client, alone.case)
    assert (page.count("Ask them<"), page.count("Book this<"), "Ines Okafor</bdi>, student facilitator" in page) == (5, 0, True)
    first = suggestions(alone.case)[0]
    there = reverse("team_builder", args=[alone.case.ref]) + "?day=2027-01-12&clock=08%3A00&minutes=60"
    assert there.replace("&", "&amp;") in page
    sent = {f"place_{number}": str(one.id) for number, one in enumerate(first.team)} | {"goes_on": "on"}
    assert client.post(there, sent).status_code == 302
    asked = Duty.objects.values_list("facilitator__user__name", "starts_at", "minutes", "answer", "goes_on")
    assert sorted(asked) == [("Ines Okafor", TUESDAY, 60, "", True), ("Malik Vane", TUESDAY, 60, "", True)]
    assert alone.case.assignments.filter(ended_at=None).count() == 1
    page = asks(client, alone.case)
    assert ("Asked to help, and no answer yet: Ines Okafor and Malik Vane." in page, page.count("Ask them<")) == (True, 0)
    for duty in Duty.objects.all():
        cases.say_yes_to(duty, by=village.actor("ines" if duty.facilitator.user == village.ines else "malik"))
    page = asks(client, alone.case)
    assert (page.count("Book this<"), page.count("Ask them about this time<")) == (2, 4)


def test_whoever_said_no_to_a_time_is_not_asked_about_it_again(alone, village):
    given = {"part": "student", "starts_at": TUESDAY, "minutes": 60}
    duty = cases.ask_to_help(alone.case, by=alone.coordinator, facilitator=village.facilitator("ines"), **given)
    cases.say_no_to(duty, by=village.actor("ines"))
    by_time = {one.starts_at: [helper.name for helper in one.team] for one in suggestions(alone.case)}
    assert by_time.pop(TUESDAY, None) == ["Malik Vane", "Tova Lindqvist"]
    assert {name for names in by_time.values() for name in names} == {"Ines Okafor", "Malik Vane"}


def test_whoever_leads_sees_who_it_would_be_and_asks_nobody(alone, village, client):
    village.sign_in(client, "fadi")
    page = asks(client, alone.case)
    assert ("Ines Okafor</bdi>" in page, "Ask them<" in page, "team/build/" in page) == (True, False, False)


def test_the_week_names_the_team_of_each_time_too(alone, village, client):
    village.sign_in(client, "cora")
    page = asks(client, alone.case, "2027-01-13")
    assert page.count("Ask them<") == page.count("Ines Okafor</bdi>") > 5


def test_what_was_offered_to_another_circle_is_left_out_for_as_long_as_it_is_kept(two, alone, village):
    other = case_at(village, Stage.READY, circle=OTHER, matter=3)
    led_by_one_alone(other)
    assert TUESDAY not in {one.starts_at for one in suggestions(other.case, limit=99)}
    Room.objects.create(name="Library")
    assert TUESDAY in {one.starts_at for one in suggestions(other.case, limit=99)}
    cases.assign(other.case, by=other.coordinator, facilitator=village.facilitator("mina"), part=Assignment.Part.CO)
    actions.take_back(two, by=alone.coordinator)
    assert suggestions(other.case)[0].starts_at == TUESDAY


def test_somebody_kept_free_for_others_is_named_so_and_nobody_says_for_whom(ready, two, village):
    other = case_at(village, Stage.READY, circle=OTHER, matter=3)
    Room.objects.create(name="Library")
    Window.objects.exclude(name="Tuesday morning").delete()
    Window.objects.update(ends=time(9, 0))
    other.case.deadline = TUESDAY.date()
    assert suggestions(other.case) == []
    assert "Fadi Brandt is already booked, or kept free for others until they have answered." in what_blocks(other.case)


def test_an_exam_of_the_programme_keeps_students_of_the_team_from_that_day(alone, village):
    Closure.objects.create(name="Tests", kind="exam", whom="students", starts_on=TUESDAY.date(), ends_on=TUESDAY.date())
    found = team_for(alone.case, TUESDAY.date(), TUESDAY.date())
    assert set(found.best(TUESDAY, 60).refused.values()) == {"exam"}
    assert [place.part for place in found.best(TUESDAY, 60).places] == []
    assert {village.ines.pk, village.malik.pk} <= {c.occupant for c in found.candidates if c.id in found.best(TUESDAY, 60).refused}
    assert found.best(TUESDAY + timedelta(days=1), 60).refused == {}


@pytest.mark.parametrize(
    ("said", "who"),
    [
        ({"times": [(1, time(8), time(9), "no")]}, "hana"),
        ({"times": [], "days_off": [(date(2027, 1, 12), date(2027, 1, 12))]}, "malik"),
        ({"times": [(1, time(8), time(9), "yes")]}, ""),
    ],
)
def test_a_time_by_hand_knows_what_somebody_said_of_every_week(ready, room, village, said, who):
    occupant = ready.hana.person_id if who != "malik" else village.malik.pk
    calendars.say_week(occupant, by=ready.coordinator, **said)
    if not who:
        assert book(ready.case, by=ready.coordinator, room=room, starts_at=TUESDAY, minutes=60).despite == ""
        return
    name = {"hana": "Hana", "malik": "Malik Vane"}[who]
    with pytest.raises(CannotBook, match=f"^By their own week or calendar this does not suit {name}. Please ask"):
        book(ready.case, by=ready.coordinator, room=room, starts_at=TUESDAY, minutes=60)
    assert book(ready.case, by=ready.coordinator, room=room, starts_at=TUESDAY, minutes=60, despite="Asked.").despite == "Asked."


def test_whoever_said_yes_to_this_very_time_was_asked_whatever_their_week_says(ready, room):
    calendars.say_week(ready.hana.person_id, by=ready.coordinator, times=[(1, time(8), time(9), "no")])
    actions.answer_time(ready.hana, by=ready.me("hana"), starts_at=TUESDAY, answer="yes")
    assert book(ready.case, by=ready.coordinator, room=room, starts_at=TUESDAY, minutes=60).starts_at == TUESDAY


def test_an_exam_of_one_who_holds_it_is_known_by_hand_and_by_the_search(ready, room, village):
    ExamDay.objects.create(facilitator=village.facilitator("ines"), on=TUESDAY.date())
    assert TUESDAY.date() not in {one.starts_at.astimezone(ZONE).date() for one in suggestions(ready.case, limit=99)}
    with pytest.raises(CannotBook, match="does not suit Ines Okafor"):
        book(ready.case, by=ready.coordinator, room=room, starts_at=TUESDAY, minutes=60)


def against(case):
    return {one.starts_at.astimezone(ZONE).strftime("%a %H:%M"): one.against for one in suggestions(case)}


@pytest.fixture
def bells(ready):
    """On Tuesdays a lesson begins at half past eight; Wednesday is another day."""
    held = Bells.objects.create(by=ready.coordinator.id)
    Period.objects.create(bells=held, schedule="usual", days=[1], name="Period 1", starts=time(8, 30), ends=time(9, 20), kind="lesson")
    return held


@pytest.mark.mission("S0.7")
def test_lessons_that_somebody_would_miss_are_named_and_weigh_against_a_time(ready, bells):
    by_time = {one.starts_at.astimezone(ZONE).strftime("%a %H:%M"): one for one in suggestions(ready.case)}
    assert "Tue 08:00" not in by_time
    assert by_time["Tue 12:00"].reasons[-1] == "Nobody misses a lesson."
    Window.objects.exclude(name="Tuesday morning").delete()
    missed = "Rami, Ines Okafor and Malik Vane would miss a lesson: Period 1."
    assert (suggestions(ready.case)[0].starts_at, suggestions(ready.case)[0].against[1:]) == (TUESDAY, (missed,))
    BellDay.objects.create(bells=bells, on=TUESDAY.date(), schedule="other")
    assert suggestions(ready.case)[0].reasons[-1] == "Nobody misses a lesson."


def test_a_room_says_how_far_it_is_and_whether_the_sides_wait_apart(ready, room, village):
    hall = Venue.objects.create(name="Town hall", minutes=20)
    Room.objects.filter(pk=room.pk).update(venue=hall)
    assert suggestions(ready.case)[0].against[1:] == ("Town hall is 20 minutes away.",)
    library = Room.objects.create(name="Library", waiting_places=2)
    first = suggestions(ready.case)[0]
    assert (first.room, first.reasons, first.against[1:]) == (library, ("Tuesday morning", "Each side can wait apart."), ())
    Room.objects.filter(pk=room.pk).update(venue=None)
    assert suggestions(ready.case)[0].room == library
    other = case_at(village, Stage.READY, circle=OTHER, matter=3)
    led_by_one_alone(other)
    book(other.case, by=other.coordinator, room=library, starts_at=TUESDAY, minutes=60)
    one = next(s for s in suggestions(ready.case, limit=99) if s.starts_at == TUESDAY)
    assert (one.room, one.against[1:]) == (room, ("There is one place to wait: one side goes straight in.",))


def test_of_those_who_hold_it_already_it_is_said_whose_turn_it_is_not(ready, room, village):
    other = case_at(village, Stage.READY, circle=OTHER, matter=3)
    book(other.case, by=other.coordinator, room=room, starts_at=TUESDAY, minutes=60)
    running = "Fadi Brandt, Ines Okafor and Malik Vane: would have two in a row."
    assert against(ready.case)["Tue 12:00"] == ("4 people have not answered yet.", running)
    Facilitator.objects.filter(user=village.malik).update(a_week=1)
    assert against(ready.case)["Tue 12:00"][2] == "Malik Vane: has 1 meeting that week already."


def test_whoever_is_far_away_before_cannot_be_proposed(alone, room, village):
    other = case_at(village, Stage.READY, circle=OTHER, matter=3)
    far = Room.objects.create(name="Hall", venue=Venue.objects.create(name="Town hall", minutes=120))
    book(other.case, by=other.coordinator, room=far, starts_at=TUESDAY, minutes=60)
    cases.unassign(other.case.assignments.get(facilitator__user=village.malik), by=other.coordinator)
    alone_at = {one.starts_at.astimezone(ZONE).strftime("%a %H:%M") for one in suggestions(alone.case)}
    assert "Tue 10:15" not in alone_at


@pytest.mark.mission("S0.7")
def test_however_much_is_booked_it_asks_equally_often_and_quickly(alone, room, village):
    Facilitator.objects.update(a_week=20, a_term=200)

    def took():
        with CaptureQueriesContext(connection) as caught:
            began = process_time()
            assert len(suggestions(alone.case)) == 5
        return len(caught), process_time() - began

    fill(alone, room, village, 3)
    took()
    few, _seconds = took()
    fill(alone, room, village, 1000)
    many, seconds = took()
    assert (many, seconds < 1) == (few, True)


def fill(story, room, village, number):
    """A year of other meetings of the same team in the same room, behind and ahead."""
    made = []
    for n in range(number):
        starts = TUESDAY + timedelta(days=30 - n, hours=9)
        span = DateTimeTZRange(starts, starts + timedelta(hours=1))
        made.append(Booking(case=story.case, room=room, during=span, longest=timedelta(hours=1), made_by=story.coordinator.id))
    for booking in made:
        booking.released_at = booking.during.lower + timedelta(minutes=1)
    Booking.objects.bulk_create(made)
    Seat.objects.bulk_create(
        Seat(booking=booking, occupant=user.pk, during=booking.during, released_at=booking.released_at)
        for booking in made
        for user in (village.fadi, village.ines, village.malik, village.mina)
    )


def test_before_the_team_is_complete_a_time_is_looked_for_with_it_and_everybody_is_ready_after_their_yes(alone, village, client):
    back_to_preparing(alone.case, by=alone.coordinator, reason="team")
    village.sign_in(client, "cora")
    page = client.get(reverse("schedule", args=[alone.case.ref])).content.decode()
    never = ("Book this", "Choose by hand", "Offer it", "once everyone has said yes")
    assert ("Ask them" in page, "The team is not complete." in page, [word for word in never if word in page]) == (True, True, [])
    for name in ("ines", "malik"):
        cases.assign(alone.case, by=alone.coordinator, facilitator=village.facilitator(name), part=Assignment.Part.STUDENT)
    page = client.get(reverse("schedule", args=[alone.case.ref])).content.decode()
    assert ("Ask them" in page, "Book this" in page, "once everyone has said yes" in page) == (False, True, False)
    declare_ready(alone.case, by=alone.coordinator)
    assert book(alone.case, by=alone.coordinator, room=Room.objects.first(), starts_at=TUESDAY, minutes=60).case == alone.case
