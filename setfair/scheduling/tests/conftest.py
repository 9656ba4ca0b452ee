from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from setfair.cases.journey import Stage
from setfair.programmes.models import Room
from setfair.village.story import case_at
from setfair.village.time import at

ZONE = ZoneInfo("America/New_York")
MONDAY = datetime(2027, 1, 11, 9, tzinfo=ZONE)
TUESDAY = datetime(2027, 1, 12, 8, tzinfo=ZONE)


@pytest.fixture
def monday():
    """Monday morning, the eleventh of January; in the school's windows, Tuesday at eight is the next time but three."""
    with at(MONDAY):
        yield MONDAY


@pytest.fixture
def ready(village, monday):
    """A case that is ready, and the test inside its school."""
    with village.inside():
        yield case_at(village, Stage.READY)


@pytest.fixture
def room(ready):
    return Room.objects.get()
