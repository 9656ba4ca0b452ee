"""Whose decision it was: counted by year, requests and cases together, what is kept and what was forgotten; small numbers left out."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from setfair.core.actor import Actor, Kind, system
from setfair.keeping import actions, queries
from setfair.keeping.models import Tombstone
from setfair.letters.actions import mark_sent
from setfair.letters.models import Letter
from setfair.programmes import actions as programmes
from setfair.referrals import actions as referrals
from setfair.village.story import asked
from setfair.village.time import at

pytestmark = pytest.mark.django_db
ZONE = ZoneInfo("America/New_York")


def declined(village, reason, many, year=2025):
    found = []
    for _n in range(many):
        with at(datetime(year, 3, 2, 12, tzinfo=ZONE)):
            referral, _code = asked(village)
            found.append(referrals.decline(referral, by=village.actor("cora"), reason=reason))
    return found


def said():
    return [(one.year, one.decider, one.number, one.few) for one in queries.deciders()]


def test_a_number_stays_when_its_words_go_and_small_ones_are_not_said(village, client):
    with village.inside():
        own = programmes.add_reason(by=village.actor("ada"), name="The court took it up", step="no", decider="sender")
        declined(village, "not_safe", 3)
        declined(village, "duty", 6)
        gone = declined(village, "specialist", 2) + declined(village, str(own.pk), 2)
        declined(village, "not_safe", 5, year=2024)
        with at(datetime(2025, 3, 3, 12, tzinfo=ZONE)):
            for _n in range(3):
                referral, _code = asked(village)
                referrals.withdraw(referral, by=Actor(Kind.REFERRER, referral.programme_id, referral.pk))
        before = said()
        assert before == [
            (2025, "The programme", 5, False),
            (2025, "A court, or whoever sent it", 5, False),
            (2025, "The law or an order", 6, False),
            (2024, "The programme", 5, False),
        ]
        for referral in gone:
            for letter in Letter.objects.filter(reader_id=referral.pk):
                mark_sent(letter, by=system(village.school.pk))
            with at(datetime(2025, 3, 10, 12, tzinfo=ZONE)):
                actions.give_notice(referral, by=system(village.school.pk))
            with at(datetime(2025, 4, 10, 12, tzinfo=ZONE)):
                actions.forget(referral, by=system(village.school.pk))
        assert (said(), Tombstone.objects.filter(decider="sender").count()) == (before, 2)
        declined(village, "duplicate", 1)
        assert said()[:4] == [
            (2025, "The programme", None, False),
            (2025, "A court, or whoever sent it", 5, False),
            (2025, "The law or an order", 6, False),
            (2025, "Nobody", None, True),
        ]
    page = village.sign_in(client, "cora").get(reverse("keeping")).text.split("Whose decision it was</h2>")[1]
    assert (page.count("fewer than 5"), page.count("not said,")) == (1, 1)


def test_a_year_that_runs_is_not_counted_and_more_of_them_ask_no_more_questions(village):
    def asked_for():
        with village.inside(), CaptureQueriesContext(connection) as found:
            queries.deciders()
        return len(found)

    with village.inside():
        declined(village, "duty", 1)
    one = asked_for()
    with village.inside():
        declined(village, "duty", 2)
        referral, _code = asked(village)
        referrals.decline(referral, by=village.actor("cora"), reason="duty")
        assert {line[0] for line in said()} == {2025}
    assert asked_for() == one
