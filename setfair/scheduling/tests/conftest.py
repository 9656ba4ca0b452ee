from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from setfair.cases.journey import Stage
from setfair.programmes.models import Room
from setfair.village.story import case_at
from setfair.village.time import at
from tests.scenes import scene

ZONE = ZoneInfo("America/New_York")
MONDAY = datetime(2027, 1, 11, 9, tzinfo=ZONE)
TUESDAY = datetime(2027, 1, 12, 8, tzinfo=ZONE)


@pytest.fixture
def monday():
    """Monday morning, the eleventh of January; in the school's windows, Tuesday at eight is the next time but three."""
    with at(MONDAY):
        yield MONDAY


@scene
def ready_on_monday(village):
    """A case that became ready on that Monday."""
    with at(MONDAY), village.inside():
        return case_at(village, Stage.READY)


@pytest.fixture
def ready(village, monday, ready_on_monday):
    """The same, on that Monday, and the test inside its school."""
    with village.inside():
        yield ready_on_monday


@pytest.fixture
def room(ready):
    return Room.objects.get()
