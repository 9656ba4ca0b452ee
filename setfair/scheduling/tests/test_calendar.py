"""Which windows are open on which day, for whom, and for how long; and what a booking is told where they are not."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import IntegrityError, transaction

from setfair.core import clock
from setfair.programmes.actions import CannotChange, add, remove
from setfair.programmes.models import Closure, Programme, Term, Window
from setfair.scheduling.models import Booking
from setfair.scheduling.open_days import open_between, open_for
from setfair.scheduling.queries import length_of, objection

pytestmark = pytest.mark.django_db
DAY = date(2027, 1, 12)


def names(programme, day=DAY, **more):
    return [s.name for s in open_between(programme, day, day, **more)]


def at(programme, hour, minute=0, day=DAY):
    return clock.at(day, hour, minute, programme.zone)


def test_each_kind_of_window_knows_its_own_closed_days(ready):
    school = ready.programme
    Window.objects.all().delete()
    for kind in Window.Kind.values:
        Window.objects.create(name=kind, weekday=DAY.weekday(), starts=time(9), ends=time(10), kind=kind)
    open_on = {}
    for kind in ("", *Closure.Kind.values):
        Closure.objects.all().delete()
        if kind:
            Closure.objects.create(name="Shut", kind=kind, starts_on=DAY, ends_on=DAY)
        open_on[kind] = sorted(names(school))
    assert open_on == {"": ["evening", "school"], "closed": [], "holiday": ["evening"], "court": [], "exam": ["evening"]}
    Closure.objects.all().delete()
    Term.objects.create(name="Later", starts_on=DAY + timedelta(days=30), ends_on=DAY + timedelta(days=60))
    assert names(school) == ["evening"]


def test_a_window_holds_as_long_as_its_term_or_its_own_days_and_lets_in_what_is_short_enough(ready):
    school = ready.programme
    Window.objects.all().delete()
    term = Term.objects.create(name="Spring", starts_on=DAY, ends_on=DAY + timedelta(days=6))
    hours = {"weekday": DAY.weekday(), "starts": time(12), "ends": time(13)}
    Window.objects.create(name="termed", term=term, **hours)
    Window.objects.create(name="dated", last_on=DAY, longest=40, **hours)
    Window.objects.create(name="always", kind="evening", **hours)
    assert sorted(names(school)) == ["always", "dated", "termed"]
    assert sorted(names(school, minutes=45)) == ["always", "termed"]
    assert names(school, DAY + timedelta(days=7)) == ["always"]


def test_a_term_in_which_windows_hold_is_not_taken_out(village, ready):
    term = Term.objects.create(name="Spring", starts_on=DAY, ends_on=DAY)
    ada = village.actor("ada")
    add(Window, by=ada, name="Lunch two", weekday=1, starts=time(12), ends=time(13), term=term)
    with pytest.raises(CannotChange, match="Lunch two"):
        remove(term, by=ada)
    Window.objects.filter(term=term).update(term=None)
    remove(term, by=ada)
    assert Term.objects.count() == 0


@pytest.mark.parametrize(
    "facts",
    [
        {"longest": 5},
        {"first_on": date(2027, 2, 1), "last_on": date(2027, 1, 1)},
        {"kind": "rare"},
    ],
)
def test_the_database_takes_no_window_that_cannot_be(ready, facts):
    with pytest.raises(IntegrityError), transaction.atomic():
        Window.objects.create(name="Wrong", weekday=1, starts=time(12), ends=time(13), **facts)


@pytest.mark.parametrize("facts", [{"whom": "students"}, {"kind": "exam", "whom": "year"}, {"kind": "exam", "born_in": 2010}])
def test_the_database_takes_no_exam_that_cannot_be(ready, facts):
    with pytest.raises(IntegrityError), transaction.atomic():
        Closure.objects.create(name="Wrong", starts_on=DAY, ends_on=DAY, **facts)


def test_a_booking_is_told_what_the_window_lets_it_be(ready, room):
    case = ready.case
    Window.objects.filter(name="Tuesday morning").update(longest=45)
    long = objection(case, room=room, starts_at=at(ready.programme, 8), minutes=60)
    assert long == "In “Tuesday morning” a meeting lasts 45 minutes at most."
    assert objection(case, room=room, starts_at=at(ready.programme, 8), minutes=45) == ""


def test_an_exam_closes_the_day_only_to_whom_it_names(ready, room):
    case, people = ready.case, list(ready.people.values())
    young = next(p.person for p in people if p.person.birth_year and p.person.birth_year > 2007)
    exam = Closure.objects.create(name="Finals", kind="exam", whom="year", born_in=young.birth_year - 30, starts_on=DAY, ends_on=DAY)
    assert objection(case, room=room, starts_at=at(ready.programme, 8), minutes=60) == ""
    assert open_for(case, people, DAY, DAY, minutes=60) == open_between(ready.programme, DAY, DAY, minutes=60)
    Closure.objects.filter(pk=exam.pk).update(born_in=young.birth_year)
    said = objection(case, room=room, starts_at=at(ready.programme, 8), minutes=60)
    assert said.startswith("There is an exam that day, and ") and said.endswith(" may sit it: Finals.")
    assert open_for(case, people, DAY, DAY, minutes=60) == []


@pytest.mark.parametrize(
    ("facts", "student", "born", "closed"),
    [
        ({"kind": "exam"}, False, None, True),
        ({"kind": "exam", "whom": "students"}, True, None, True),
        ({"kind": "exam", "whom": "students"}, False, 2010, False),
        ({"kind": "exam", "whom": "year", "born_in": 2010}, True, 2010, True),
        ({"kind": "exam", "whom": "year", "born_in": 2010}, True, 2011, False),
        ({"kind": "exam", "whom": "year", "born_in": 2010}, True, None, True),
    ],
)
def test_for_whom_a_day_is_closed(facts, student, born, closed):
    assert Closure(**facts).is_for(student=student, born=born) is closed


def test_somebody_who_interprets_makes_it_longer_up_to_the_rule(ready):
    programme = Programme.objects.get(pk=ready.programme.pk)
    programme.max_minutes, ready.case.programme = 90, programme
    assert length_of(ready.case).minutes == 60
    someone = next(iter(ready.people.values())).person
    someone.interpreter = True
    someone.save(update_fields=["interpreter", "tokens"])
    assert length_of(ready.case).words == "75 minutes: 45 to talk, 15 for interpreting, 10 to arrive, 5 for a break."


def test_the_database_keeps_no_booking_that_says_it_may_be_longer_than_the_rule(ready, room):
    starts = datetime(2027, 1, 12, 13, 0, tzinfo=ZoneInfo("UTC"))
    with pytest.raises(IntegrityError, match="no meeting lasts longer"), transaction.atomic():
        Booking.objects.create(
            case=ready.case, room=room, during=(starts, starts + timedelta(minutes=90)), longest=timedelta(minutes=90), made_by=ready.coordinator.id
        )


@pytest.mark.parametrize(
    ("zone", "day", "starts", "ends", "minutes"),
    [
        ("Europe/Berlin", date(2027, 3, 28), time(1), time(4), 120),
        ("Europe/Berlin", date(2027, 10, 31), time(1), time(4), 240),
        ("America/New_York", date(2027, 3, 14), time(1), time(4), 120),
        ("America/New_York", date(2027, 11, 7), time(1), time(4), 240),
        ("Europe/Berlin", date(2027, 3, 28), time(2, 15), time(2, 45), 30),
    ],
)
def test_a_window_in_the_night_the_clocks_change_is_as_long_as_it_really_is(ready, zone, day, starts, ends, minutes):
    Window.objects.all().delete()
    Window.objects.create(name="Night", weekday=day.weekday(), starts=starts, ends=ends)
    ready.programme.zone = zone
    (found,) = open_between(ready.programme, day, day)
    assert (found.ends - found.starts).total_seconds() / 60 == minutes
