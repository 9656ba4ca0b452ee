"""Somebody says when they could come for all the weeks in which their circle could meet, a week a page, and takes back what they said."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from setfair.cases.journey import Stage
from setfair.people.models import Person
from setfair.preparation.models import CallWish
from setfair.programmes.models import Closure, Window
from setfair.scheduling import rounds
from setfair.scheduling.actions import answer_time
from setfair.scheduling.models import TimeAnswer
from setfair.scheduling.queries import answered, answers_of, said_by, silent_in, suggestions, times_ahead
from setfair.scheduling.queries.needed import Needed
from setfair.scheduling.weeks_ahead import week_ahead
from setfair.village.story import case_at
from setfair.village.time import at

from .conftest import MONDAY, TUESDAY, ZONE

pytestmark = pytest.mark.django_db
ON_TUESDAY = f"at{int(TUESDAY.timestamp())}"


def days(stretches):
    return {one.starts.astimezone(ZONE).date() for one in stretches}


def test_all_times_are_asked_in_which_the_search_looks_and_no_others(ready):
    asked, found = times_ahead(ready.hana), {one.starts_at for one in suggestions(ready.case, limit=999)}
    assert (max(days(asked)) > MONDAY.date() + timedelta(weeks=5), len(asked) > 8) == (True, True)
    assert {moment for moment in found if not any(one.starts <= moment < one.ends for one in asked)} == set()
    Window.objects.filter(name="Tuesday morning").update(longest=20)
    Closure.objects.create(name="Finals", kind=Closure.Kind.EXAM, starts_on=date(2027, 1, 18), ends_on=date(2027, 1, 22))
    assert days(asked) - days(times_ahead(ready.hana)) >= {date(2027, 1, 19), date(2027, 1, 21)}
    assert TUESDAY not in {one.starts for one in times_ahead(ready.hana)}


def test_nobody_is_asked_about_days_after_the_last_one(ready):
    ready.case.deadline = date(2027, 1, 15)
    ready.case.save(update_fields=["deadline"])
    ready.hana.case.refresh_from_db()
    assert max(days(times_ahead(ready.hana))) <= date(2027, 1, 15)


def test_a_week_a_page_from_the_first_to_the_last(ready):
    seen, said = [], ""
    while True:
        week = week_ahead(ready.hana, said)
        seen.append(week)
        if week.later is None:
            break
        said = week.later.isoformat()
    assert [week.number for week in seen] == list(range(1, seen[0].weeks + 1))
    assert [one for week in seen for one in week.stretches] == times_ahead(ready.hana)
    assert [week.earlier for week in seen] == [None, *(week.monday for week in seen[:-1])]
    assert [week_ahead(ready.hana, said).number for said in ("nonsense", "1990-01-01", "2999-01-01")] == [1, 1, seen[0].weeks]
    Window.objects.all().delete()
    assert (week_ahead(ready.hana, "").weeks, week_ahead(ready.hana, "").then(goes_on=True)) == (0, "")


def test_on_the_page_one_saves_and_goes_on(ready, village, client):
    hana, there = village.enter(client, ready.hana), reverse("times")
    page = hana.get(there).content.decode()
    assert ("Week 1 of 7" in page, "Week before" in page, "?week=2027-01-18" in page) == (True, False, True)
    assert hana.post(there, {ON_TUESDAY: "no", "goes_on": "on"}).url == f"{there}?week=2027-01-18"
    later = TUESDAY + timedelta(days=7)
    on_page = f"{there}?week=2027-01-18"
    assert "Week 2 of 7" in hana.get(on_page).content.decode()
    assert hana.post(on_page, {f"at{int(later.timestamp())}": "yes"}).url == on_page
    assert answers_of(ready.hana) == {TUESDAY: "no", later: "yes"}


def test_the_team_writes_down_week_by_week_too(ready, village, client):
    cora, there = village.sign_in(client, "cora"), reverse("times_for", args=[ready.hana.pk])
    assert "Week 1 of 7" in cora.get(there).content.decode()
    assert cora.post(there, {ON_TUESDAY: "no", "goes_on": "on"}).url == f"{there}?week=2027-01-18"
    assert cora.post(there, {ON_TUESDAY: "yes"}).url == reverse("schedule", args=[ready.case.ref])


@pytest.mark.mission("S0.2")
def test_what_was_said_is_taken_back_and_nothing_is_known_then(ready, village, client):
    hana, there = village.enter(client, ready.hana), reverse("times")
    assert "Don’t know" not in hana.get(there).content.decode()
    hana.post(there, {ON_TUESDAY: "no"})
    assert (hana.get(there).content.decode().count("Don’t know"), answered([ready.hana])) == (1, {ready.hana.pk: 1})
    hana.post(there, {ON_TUESDAY: "unknown"})
    needed, week = Needed([ready.hana], []), times_ahead(ready.hana)
    assert (answers_of(ready.hana), answered([ready.hana])) == ({}, {})
    assert said_by(needed, week, ready.programme.zone)[ready.hana.person_id].answers == ()
    assert suggestions(ready.case)[0].starts_at == TUESDAY
    assert (TimeAnswer.objects.count(), "checked" in hana.get(there).content.decode()) == (2, False)


def test_in_a_round_one_time_is_taken_back_and_none_of_them_still_wins(ready, village, client):
    times = times_ahead(ready.hana)[:3]
    asked = rounds.ask(ready.case, by=ready.coordinator, times=times, until=MONDAY + timedelta(hours=12))
    hana, there = village.enter(client, ready.hana), reverse("times")
    names = [f"at{int(one.starts.timestamp())}" for one in times]
    hana.post(there, {names[0]: "yes", names[1]: "no"})
    assert hana.post(there, {names[0]: "unknown", names[1]: "no"}).status_code == 302
    assert (answers_of(ready.hana), ready.hana in silent_in(asked)) == ({times[1].starts: "no"}, False)
    with at(MONDAY + timedelta(minutes=1)):
        assert hana.post(there, {names[1]: "unknown", "none": "on"}).status_code == 302
    assert set(answers_of(ready.hana).values()) == {"no"}


def test_whoever_is_of_another_circle_reads_nothing_of_these_weeks(ready, village, client):
    other = case_at(village, Stage.PREPARING, matter=3)
    Person.objects.filter(pk=other.hana.person_id).update(birth_year=1990)
    answer_time(ready.hana, by=ready.me("hana"), starts_at=TUESDAY, answer="yes")
    assert "checked" not in village.enter(client, other.hana).get(reverse("times")).content.decode()


def test_none_of_a_week_and_a_call_are_said_with_one_tick(ready, village, client):
    hana, there = village.enter(client, ready.hana), f"{reverse('times')}?week=2027-01-18"
    later, asked = TUESDAY + timedelta(days=7), len(week_ahead(ready.hana, "2027-01-18").stretches)
    assert hana.post(there, {f"at{int(later.timestamp())}": "yes"}).status_code == 302
    assert hana.post(there, {f"at{int(later.timestamp())}": "if_needed", "none": "on"}).status_code == 422
    assert hana.post(there, {f"at{int(later.timestamp())}": "yes", "none": "on", "call": "on"}).status_code == 302
    assert (list(answers_of(ready.hana).values()), CallWish.objects.count()) == (["no"] * asked, 1)
