import pytest

from setfair.cases import actions as cases


@pytest.fixture
def story(village, at_prepared):
    """Everyone has said yes to letters; nobody meets."""
    with village.inside():
        cases.choose_route(at_prepared.case, by=at_prepared.coordinator, how="letters", why="harmed")
        at_prepared.invite_everyone()
        at_prepared.hear_every_yes()
        at_prepared.declare_ready()
        yield at_prepared
