import pytest

from setfair.village.time import at


@pytest.fixture
def planned(village, at_scheduled):
    """A case with a booked time, and the test inside its school, some days before it."""
    with village.inside():
        yield at_scheduled


@pytest.fixture
def on_the_day(planned):
    """The same, five minutes before it starts."""
    with at(planned.booking.starts_at):
        yield planned
