"""How far the search for a time looks: so many weeks in which anything is open, past holidays, and to a deadline that is later."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from setfair.programmes.models import Closure, Programme, Window
from setfair.scheduling.queries import lay_out, suggestions, what_blocks

pytestmark = pytest.mark.django_db
TOMORROW = date(2027, 1, 12)


def days(story, **facts):
    Programme.objects.filter(pk=story.programme.pk).update(**facts)
    story.case.refresh_from_db()
    return sorted({one.starts.date() for one in lay_out(story.case).almanac.stretches})


def by(story, deadline):
    story.case.deadline = deadline
    story.case.save()


def holidays(first, last):
    Closure.objects.create(name="Holidays", starts_on=first, ends_on=last)


def test_six_weeks_from_the_first_open_day_unless_the_programme_says_otherwise(ready):
    by(ready, None)
    assert [(found[0], found[-1]) for found in (days(ready), days(ready, search_weeks=2))] == [
        (TOMORROW, date(2027, 2, 22)), (TOMORROW, date(2027, 1, 25)),
    ]  # fmt: skip


def test_over_long_holidays_it_finds_the_first_days_after_them(client, village, ready):
    by(ready, None)
    holidays(date(2027, 1, 11), date(2027, 3, 21))
    assert (days(ready)[0], days(ready)[-1]) == (date(2027, 3, 22), date(2027, 4, 30))
    first = suggestions(ready.case)[0]
    assert first.starts_at.date() == date(2027, 3, 22)
    page = village.sign_in(client, "cora").get(reverse("schedule", args=[ready.case.ref]), {"week": "2027-03-23"}).content.decode()
    assert ("Week of 22 Mar 2027" in page, "Week before" in page, "Week after" in page) == (True, False, True)


def test_weeks_without_an_open_day_do_not_count(ready):
    by(ready, None)
    holidays(date(2027, 1, 19), date(2027, 2, 1))
    assert (days(ready)[-1], days(ready, search_weeks=1)[-1]) == (date(2027, 3, 8), date(2027, 1, 18))


@pytest.mark.parametrize(
    ("deadline", "last"), [(date(2027, 4, 16), date(2027, 4, 16)), (date(2027, 1, 13), date(2027, 2, 22)), (date(2027, 12, 31), date(2027, 7, 12))]
)
def test_a_later_deadline_is_looked_up_to_and_an_earlier_one_leaves_what_it_would_open(ready, deadline, last):
    by(ready, deadline)
    assert days(ready)[-1] == last
    assert max(one.starts_at.date() for one in suggestions(ready.case, limit=999)) <= deadline


def test_where_no_day_of_the_year_is_open_it_says_so(ready):
    by(ready, None)
    holidays(date(2027, 1, 1), date(2028, 3, 1))
    assert what_blocks(ready.case) == ["Every day of the year ahead is outside term or closed."]
    Window.objects.all().delete()
    assert "No times of the week are set yet" in what_blocks(ready.case)[0]


@pytest.mark.parametrize("weeks", [0, 27])
def test_the_database_knows_how_many_weeks_are_too_many(ready, weeks):
    with pytest.raises(IntegrityError), transaction.atomic():
        Programme.objects.filter(pk=ready.programme.pk).update(search_weeks=weeks)
