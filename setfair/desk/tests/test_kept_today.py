"""What Today says about keeping: to those who decide each of them, and once, without a number, to whoever administers."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from setfair.cases import actions as cases
from setfair.desk.tests.todays import rules, told
from setfair.keeping import actions, queries
from setfair.keeping.asked import How, Wants, Why, to_answer_by
from setfair.keeping.models import Asking
from setfair.village.cast import CIRCLE, OTHER
from setfair.village.forgetting import near_its_day
from setfair.village.time import at
from setfair.village.time import today as village_today

pytestmark = pytest.mark.django_db
OF_KEEPING = ("forgotten_soon", "asked_about_self", "going", "late")


def said(village, who):
    return [rule for rule in rules(village, who) if rule in OF_KEEPING]


def told_of(village, circle, matter):
    """By the programme's own clock, as the nightly task does it."""
    with timezone.override(village.school.zone):
        return near_its_day(village, village.school, circle=circle, matter=matter)


def asks(story, days_ago, wants=Wants.COPY):
    """So many days ago at this hour of their own clock, which may have been put back since."""
    with timezone.override(story.village.school.zone), at(timezone.localtime() - timedelta(days=days_ago)):
        return actions.note_asking(story.rami, by=story.lead, wants=wants)


def test_whoever_administers_hears_once_that_something_goes_or_waits(client, village, at_following_up):
    story, ada = at_following_up, village.sign_in(client, "ada")
    with village.inside():
        fresh = asks(story, 2, Wants.FORGET)
    assert (said(village, "cora"), said(village, "ada")) == (["asked_about_self"], [])
    ada.get(reverse("today"))
    with CaptureQueriesContext(connection) as before:
        ada.get(reverse("today"))
    with village.inside():
        near = [told_of(village, circle, n) for n, circle in ((2, CIRCLE), (1, OTHER))]
        asking = asks(story, 35)
    assert said(village, "cora").count("forgotten_soon") == 2
    assert sorted(said(village, "ada")) == ["going", "late"]
    assert [said(village, who) for who in ("sven", "fadi", "ines", "nour", "edda")] == [[]] * 5
    with CaptureQueriesContext(connection) as after:
        page = ada.get(reverse("today")).text
    assert len(after) == len(before)
    assert [reverse(name) in page for name in ("keeping_rules", "team")] == [True, True]
    assert "Something is forgotten soon, and nobody has looked at it" in page
    here = village_today(village.school)
    late = f"{(here - asking.due_on).days} days late"
    assert (late in page, near[0].case.ref in page, story.case.ref in page) == (True, False, False)
    assert [ada.get(reverse(name)).status_code for name in ("keeping_rules", "team")] == [200, 200]
    of_askings = [need for need in told(village, "cora") if need.url.startswith("/askings/")]
    assert [(need.when, need.sentence.endswith(" (2)")) for need in of_askings] == [(late, True)]
    with village.inside():
        actions.answer(asking, by=story.coordinator, how=How.GRANTED, why=Why.ALL, seen=queries.made_for(asking.whose).mark)
    of_askings = [need for need in told(village, "cora") if need.url.startswith("/askings/")]
    assert [need.when for need in of_askings] == [f"{(fresh.due_on - here).days} days left"]
    with village.inside():
        for one in near:
            actions.let_go(queries.noticed(one.case), by=story.coordinator)
    assert (said(village, "ada"), said(village, "cora")) == ([], ["asked_about_self"])


def test_of_what_is_sealed_from_them_they_do_not_even_hear_that_it_waits(village, at_following_up):
    story = at_following_up
    with village.inside():
        near = told_of(village, OTHER, 1)
        asks(story, 40)
        for one in (near, story):
            cases.seal(one.case, by=village.actor("cora"), why="staff", team=[village.cora, village.fadi])
    assert (said(village, "ada"), sorted(said(village, "cora"))) == ([], ["asked_about_self", "forgotten_soon"])


def test_the_month_of_the_law_is_never_longer_than_the_calendars(village, at_following_up):
    found = [to_answer_by(date(2027, *day)) for day in ((1, 31), (1, 15), (2, 28), (12, 31), (4, 30))]
    assert found == [date(2027, *day) for day in ((2, 28), (2, 14), (3, 28))] + [date(2028, 1, 30), date(2027, 5, 30)]
    with village.inside(), at(timezone.now().replace(year=2027, month=1, day=31)):
        actions.note_asking(at_following_up.hana, by=at_following_up.lead, wants=Wants.COPY)
        assert Asking.objects.get().due_on == date(2027, 2, 28)
