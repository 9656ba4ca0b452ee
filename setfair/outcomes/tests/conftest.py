from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.utils import timezone

from setfair.agreements import actions as agreements
from setfair.outcomes import actions
from setfair.outcomes.models import News
from setfair.preparation import actions as preparation
from setfair.village.time import at


@pytest.fixture
def holding(village, at_following_up):
    """An agreement in force, both promises open; the test runs inside the school."""
    with village.inside():
        yield at_following_up


@pytest.fixture
def kept(holding):
    """Both promises checked, and Hana not told yet."""
    holding.keep_all()
    return holding


@pytest.fixture
def met(village, at_convened):
    with village.inside():
        yield at_convened


@pytest.fixture
def settle():
    """`settle(story, "verify", "miss")` takes each promise of the story to its end."""

    def each(story, *steps):
        for item, step in zip(story.items(), steps, strict=True):
            if step == "verify":
                agreements.keep(item, by=story.lead)
            getattr(agreements, step)(item, by=story.lead)

    return each


@pytest.fixture
def told():
    """`told(story)` has the lead tell Hana today, by voice unless said otherwise."""

    def tell(story, way=News.Way.VOICE, **said):
        words = {"participation": story.hana, "way": way, "told_on": timezone.localdate()} | said
        return actions.tell(story.case, by=story.lead, **words)

    return tell


@pytest.fixture
def try_in_vain():
    """`with try_in_vain(person, by=lead)`: nobody answered on so many days, each a day after the one before; the block happens on the last."""

    @contextmanager
    def tries(participation, by, days=3, apart=1, result="no_answer"):
        for number in range(days):
            with at(timezone.now() + timedelta(days=number * apart)):
                preparation.note_try(participation, by=by, on=timezone.localdate(), way="person", result=result, note=f"try {number}")
        with at(timezone.now() + timedelta(days=(days - 1) * apart)):
            yield

    return tries
