"""What is said of every week is said of a window: where the bells move it, the word goes with it; what is over is not asked."""

from datetime import date, time, timedelta

import pytest
from django.urls import reverse

from setfair.calendars import actions as calendars
from setfair.calendars.models import Week
from setfair.calendars.queries import known_of, week_of
from setfair.cases.queries import circle, team
from setfair.core import clock
from setfair.core.actor import system
from setfair.people.models import Person
from setfair.programmes.models import BellDay, Bells, Period, Term, Window
from setfair.scheduling import rounds
from setfair.scheduling.open_days import open_between
from setfair.scheduling.queries import does_not_suit, said_by, suggestions
from setfair.scheduling.queries.needed import Needed

from .conftest import MONDAY, TUESDAY, ZONE

pytestmark = pytest.mark.django_db
LUNCH = (1, time(12), time(13))


@pytest.fixture
def lunch(ready):
    """Lunch on Tuesdays, which the bells ring from 11:45 to 12:50; on one Tuesday there is none."""
    Window.objects.all().delete()
    held = Bells.objects.create(by=ready.coordinator.id)
    Period.objects.create(bells=held, schedule="usual", days=[1], name="lunch", starts=time(11, 45), ends=time(12, 50), kind="lunch")
    Period.objects.create(bells=held, schedule="none", days=[], name="1", starts=time(8), ends=time(9), kind="lesson")
    BellDay.objects.create(bells=held, on=TUESDAY.date() + timedelta(days=7), schedule="none")
    return Window.objects.create(name="Lunch", weekday=1, starts=time(12), ends=time(13), period="Lunch")


def say(story, who, *times):
    calendars.say_week(who, by=system(story.programme.pk), times=times)


def hours(story, who):
    known = known_of([who], TUESDAY.date(), TUESDAY.date() + timedelta(days=14), story.programme.zone)[who]
    return [[f"{clock.local(m, story.programme.zone):%d %H:%M}" for m in one[:2]] for one in (*known.suits, *known.busy)]


@pytest.mark.mission("S0.2")
@pytest.mark.parametrize("answer", ["yes", "no"])
def test_a_word_about_a_window_of_every_week_goes_with_the_bells(ready, lunch, answer):
    say(ready, ready.hana.person_id, (*LUNCH, answer), (2, time(12), time(13), answer))
    rung = [["12 11:45", "12 12:50"], ["26 11:45", "26 12:50"]]
    as_said = [["13 12:00", "13 13:00"], ["20 12:00", "20 13:00"]]
    assert sorted(hours(ready, ready.hana.person_id)) == sorted(rung + as_said)


def test_an_hour_of_its_own_stays_where_a_window_of_the_same_hours_is_not_on(ready, lunch):
    Window.objects.update(last_on=date(2027, 1, 13))
    say(ready, ready.hana.person_id, (*LUNCH, "yes"))
    assert hours(ready, ready.hana.person_id) == [["12 11:45", "12 12:50"], ["19 12:00", "19 13:00"], ["26 12:00", "26 13:00"]]


def test_everyone_who_ticked_lunch_has_answered_and_helpers_are_free_then(ready, room, lunch):
    needed = Needed(circle(ready.case), list(team(ready.case)))
    for who in needed.names:
        say(ready, who, (*LUNCH, "yes"))
    first = open_between(ready.programme, TUESDAY.date(), TUESDAY.date())
    said = said_by(needed, first, ready.programme.zone)
    assert {[word for moment, word in one.answers if moment == first[0].starts][0] for one in said.values()} == {"yes"}
    best = suggestions(ready.case)[0]
    assert (best.starts_at.astimezone(ZONE).strftime("%a %H:%M"), [a for a in best.against if "answered" in a]) == ("Tue 11:45", [])
    say(ready, ready.hana.person_id, (*LUNCH, "no"))
    assert "Hana" in does_not_suit(ready.case, best.starts_at, 60)


def test_what_was_ticked_in_a_round_is_the_window_of_every_week_and_no_second_hour(ready, lunch):
    say(ready, ready.hana.person_id, (*LUNCH, "no"))
    days = open_between(ready.programme, TUESDAY.date(), TUESDAY.date() + timedelta(days=14))
    asked = rounds.ask(ready.case, by=ready.coordinator, times=days, until=MONDAY + timedelta(hours=12))
    words = dict(zip((one.starts for one in days), ("yes", "if_needed"), strict=True))
    rounds.answer(asked, ready.hana, by=ready.me("hana"), times=words, weekly=True)
    week = week_of(ready.hana.person_id)
    assert [(t.weekday, t.starts, t.ends, t.answer) for t in week.times.all()] == [(*LUNCH, "if_needed")]


def page(village, client, who):
    return village.enter(client, who).get(reverse("own_free")).content.decode()


def test_neither_what_is_over_nor_visiting_hours_are_asked(ready, lunch, village, client, browser_clients):
    old = Term.objects.create(name="Last year", starts_on=date(2026, 1, 1), ends_on=date(2026, 6, 1))
    Window.objects.create(name="Recess", weekday=3, starts=time(10), ends=time(11), term=old)
    Window.objects.create(name="Hall", weekday=4, starts=time(14), ends=time(15), kind=Window.Kind.VISIT)
    say(ready, ready.hana.person_id, (3, time(10), time(11), "yes"), (5, time(9), time(10), "yes"))
    hers = page(village, client, ready.hana)
    assert [name in hers for name in ("Lunch", "or as the bells ring", "h509001000", "Recess", "h310001100", "Hall")] == [*[True] * 3, *[False] * 3]
    own = village.sign_in(browser_clients(), "fadi").get(reverse("free")).content.decode()
    assert [name in own for name in ("Lunch", "Recess", "Hall", "h509001000")] == [True, *[False] * 3]


def test_an_answer_about_every_week_can_be_taken_back(ready, lunch, village, client):
    hana = village.enter(client, ready.hana)
    there, question = reverse("own_free"), "h112001300"
    assert "Don’t know" not in hana.get(there).content.decode()
    hana.post(there, {"what": "week", question: "no"})
    assert hana.get(there).content.decode().count("Don’t know") == 1
    hana.post(there, {"what": "week", question: ""})
    assert (Week.objects.count(), hours(ready, ready.hana.person_id)) == (2, [])


def test_whoever_lives_by_another_clock_reads_their_own_hours_too(ready, lunch, village, client):
    person = Person.objects.get(pk=ready.hana.person_id)
    person.zone = "America/Phoenix"
    person.save()
    hers = page(village, client, ready.hana)
    assert "10 a.m.–11 a.m. your time (noon–1 p.m. where we are)" in hers
