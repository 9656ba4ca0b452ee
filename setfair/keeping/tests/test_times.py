"""What somebody said about times stands in their copy in words, also that they took it back."""

from datetime import timedelta

import pytest

from setfair.keeping.queries.times import times_of
from setfair.scheduling import actions
from setfair.scheduling.queries import times_ahead
from setfair.village.time import at


@pytest.mark.django_db
def test_each_word_is_said_as_on_the_page(at_ready, village):
    with village.inside():
        first = times_ahead(at_ready.hana)[0].starts
        for minute, word in enumerate(("if_needed", "unknown")):
            with at(first - timedelta(days=1, minutes=-minute)):
                actions.answer_time(at_ready.hana, by=at_ready.me("hana"), starts_at=first, answer=word)
        assert [line[1].rsplit(": ", 1)[-1] for line in times_of(at_ready.hana)] == ["If needed", "Don’t know"]
