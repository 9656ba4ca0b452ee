import pytest

from setfair.cases.journey import Stage
from setfair.village.story import case_at
from setfair.village.time import at


@pytest.fixture
def planned(village):
    """A case with a booked time, and the test inside its school, some days before it."""
    with village.inside():
        yield case_at(village, Stage.SCHEDULED)


@pytest.fixture
def on_the_day(planned):
    """The same, five minutes before it starts."""
    with at(planned.booking.starts_at):
        yield planned
