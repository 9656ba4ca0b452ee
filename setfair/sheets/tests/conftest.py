from datetime import timedelta

import pytest

from setfair.core import clock
from setfair.programmes.models import Programme
from setfair.scheduling.actions import book
from setfair.scheduling.queries import suggestions
from setfair.village.time import at


@pytest.fixture
def the_day_before(village, at_ready):
    """A case whose people said yes long before its day, on the day before that one: they are asked once more."""
    with village.inside():
        story = at_ready
        Programme.objects.filter(pk=story.programme.pk).update(again_days=2)
        late = next(one for one in suggestions(story.case, limit=90) if one.starts_at > clock.now() + timedelta(days=5))
        book(story.case, by=story.coordinator, room=late.room, starts_at=late.starts_at, minutes=story.programme.max_minutes)
    with at(late.starts_at - timedelta(days=1)):
        yield story
