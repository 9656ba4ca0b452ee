"""Years that are over are counted from what really happened, once; and the page says whole blocks and nothing else."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from setfair.core.actor import Actor, Kind, system
from setfair.journal.models import Entry
from setfair.keeping import actions as keeping
from setfair.programmes import actions as programmes
from setfair.programmes.reasons import Reason
from setfair.referrals import actions as referrals
from setfair.tallies import actions, queries
from setfair.tallies.models import Release
from setfair.tallies.tables import DECIDER, ENDED, Counted
from setfair.tallies.tasks import count_what_is_over
from setfair.village.cast import CIRCLE
from setfair.village.forgetting import near_its_day
from setfair.village.story import asked
from setfair.village.tallies import a_year_that_is_over
from setfair.village.time import at

pytestmark = pytest.mark.django_db
ZONE = ZoneInfo("America/New_York")


def on(year, month=3, day=2):
    return datetime(year, month, day, 12, tzinfo=ZONE)


def declined(village, many, year=2025, reason=Reason.NOT_SUITABLE):
    with at(on(year)):
        for _n in range(many):
            referral, _code = asked(village)
            referrals.decline(referral, by=village.actor("cora"), reason=reason)


def said(village):
    return [(row.first, row.last, row.tables["tables"]["cases"]) for row in Release.objects.order_by("first")]


def count(village, moment):
    with at(moment):
        return actions.count_years(village.school, by=system(village.school.pk))


def test_a_year_is_counted_once_two_weeks_after_it_and_stays_as_it_was_said(village):
    with village.inside():
        declined(village, 6, 2023)
        declined(village, 2, 2023, reason=Reason.DUPLICATE)
        declined(village, 5, 2023, reason=Reason.ENDED_HARMED)
        with at(on(2023)):
            referral, _code = asked(village)
            referrals.withdraw(referral, by=Actor(Kind.REFERRER, referral.programme_id, referral.pk))
        declined(village, 4, year=2024)
        assert (count(village, on(2024, 1, 14)), said(village)) == ([], [])
        assert len(count(village, on(2024, 1, 15))) == 1
        blocks = [[[0, 1], [0, 9], [0, 4], [0, 6], 6], [[1, 8], [0, 9], [0, 4], [0, 6], 6]]
        assert said(village) == [(2023, 2023, blocks)]
        declined(village, 1, 2023)
        assert (count(village, on(2024, 5)), count(village, on(2025, 5))) == ([], [])
        declined(village, 1, year=2025)
        assert [(row.first, row.last) for row in count(village, on(2026, 5))] == [(2024, 2025)]
        assert said(village)[0] == (2023, 2023, blocks)
        assert list(Entry.objects.filter(verb="counted_years").order_by("id").values_list("detail", flat=True)) == [
            {"first": 2023, "last": 2023}, {"first": 2024, "last": 2025},
        ]  # fmt: skip
        for change in ({"last": 2024}, {"tables": {}}):
            with pytest.raises(DatabaseError), transaction.atomic():
                Release.objects.filter(first=2023).update(**change)


def test_what_was_forgotten_before_it_was_counted_is_counted(village):
    with village.inside():
        with at(timezone.now() - timedelta(days=29)):
            story = near_its_day(village, village.school, circle=CIRCLE, matter=3)
        year = timezone.localdate(story.case.closures.get().at).year
        with timezone.override(village.school.zone):
            before = [(one.year, one.ended, one.quarter, dict(one.people)) for one in queries.counted(year, year)]
            keeping.forget(story.case, by=system(village.school.pk))
            after = [(one.year, one.ended, one.quarter, dict(one.people)) for one in queries.counted(year, year)]
    assert [one[1] for one in before] == ["not_met"]
    assert after == before


def test_a_case_is_counted_by_how_far_it_came(village, at_following_up):
    with village.inside(), timezone.override(village.school.zone):
        at_following_up.keep_all()
        at_following_up.tell_and_close()
        (one,) = queries.counted(2000, 2100)
        assert isinstance(one, Counted)
        assert (one.ended, one.people["harmed"], one.people["responsible"]) == ("kept", 1, 1)
        assert {state for state, _kind in one.promises} == {"done"}
        assert set(one.days) == {"to_accepted", "to_met", "to_agreed", "to_end"}


def test_whose_decision_it_was_is_counted_over_requests_and_cases_together(village):
    """A reason of the programme's own stands in the group it was given."""
    with village.inside():
        own = programmes.add_reason(by=village.actor("ada"), name="The court took it up", step="no", decider="sender")
        declined(village, 5, 2023, reason="not_safe")
        declined(village, 4, 2023, reason=str(own.pk))
        with at(on(2023)):
            referral, _code = asked(village)
            referrals.withdraw(referral, by=Actor(Kind.REFERRER, referral.programme_id, referral.pk))
        count(village, on(2024))
        (one,) = queries.released()
    assert one.cases.along("decider", ended={"screened_out"}) == [(DECIDER.values, 5)]
    assert one.cases.along("ended") == [(("screened_out",), 5), (ENDED.values[1:], 5)]


def test_how_often_it_is_asked_does_not_grow(village):
    with village.inside(), timezone.override(village.school.zone):
        declined(village, 2)
        with CaptureQueriesContext(connection) as few:
            queries.counted(2025, 2025)
        declined(village, 6)
        with CaptureQueriesContext(connection) as more:
            queries.counted(2025, 2025)
    assert len(few) == len(more)


def test_the_clock_counts_for_every_programme(village):
    with village.inside():
        declined(village, 7)
    with at(on(2026)):
        count_what_is_over()
        count_what_is_over()
    with village.inside():
        assert Release.objects.count() == 1
    with village.inside(village.county):
        assert Release.objects.count() == 0


def test_the_page_says_whole_blocks_and_one_mark_for_all_else(village, client):
    with village.inside():
        row = a_year_that_is_over()
    page = village.sign_in(client, "cora").get(reverse("outcomes"))
    text = page.text.split("<main")[1].split("</main")[0]
    assert f"What came of it, {row.first}" in text
    assert "60 asked for · 48 accepted · 39 met · 33 agreed · 25 kept" in text
    numbers = {int(n) for n in re.findall(r"<span>(\d+)</span>", text)}
    assert min(numbers) >= 5
    assert text.count("not said") == 4
    assert "An agreement, and the case ended early / an agreement, not kept / an agreement, kept in part" in text
    assert text.count("they are not told apart.") == 3
    assert client.get(reverse("outcomes"), {"years": "1999"}).status_code == 404
    assert "There are no figures yet." in village.sign_in(client, "nour").get(reverse("outcomes")).text


def test_who_reads_them(village, client):
    with village.inside():
        a_year_that_is_over()
    found = {who: village.sign_in(client, who).get(reverse("outcomes")).status_code for who in ("cora", "sven", "ada", "fadi", "ines", "wren")}
    assert found == {"cora": 200, "sven": 200, "ada": 200, "fadi": 404, "ines": 404, "wren": 404}
    assert "What came of it, 2" not in village.sign_in(client, "nour").get(reverse("outcomes")).text
