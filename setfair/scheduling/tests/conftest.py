from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from setfair.accounts.models import User
from setfair.cases import actions as cases
from setfair.cases.journey import Stage
from setfair.cases.models import Assignment, Role
from setfair.facilitators.journey import Stage as Training
from setfair.facilitators.models import Facilitator
from setfair.preparation import actions as preparation
from setfair.programmes.models import Membership, Programme, Room
from setfair.programmes.models import Role as Part
from setfair.scheduling import actions
from setfair.scheduling.models import OfferedTime
from setfair.village.story import case_at
from setfair.village.time import at, today
from tests.scenes import scene

ZONE = ZoneInfo("America/New_York")
MONDAY = datetime(2027, 1, 11, 9, tzinfo=ZONE)
TUESDAY = datetime(2027, 1, 12, 8, tzinfo=ZONE)


def led_by_one_alone(story):
    """The same circle with a lead of its own and nobody beside them, so that it shares its team with no other."""
    Programme.objects.filter(pk=story.case.programme_id).update(students_needed=0)
    story.case.refresh_from_db()
    for assignment in story.case.assignments.filter(ended_at=None):
        cases.unassign(assignment, by=story.coordinator)
    user = User.objects.create(email=f"lead-of-{story.case.ref.lower()}@school.example", name=f"Lead of {story.case.ref}")
    Membership.objects.create(user=user, role=Part.FACILITATOR)
    lead = Facilitator.objects.create(user=user, kind="staff", stage=Training.CERTIFIED)
    cases.assign(story.case, by=story.coordinator, facilitator=lead, part=Assignment.Part.LEAD)


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


def get_to_know(story, person):
    preparation.meet(person, by=story.lead, held_on=today(story.programme), explained=True, minutes=20)
    preparation.check_safety(person, by=story.lead, level="low")


def say_yes(story, person):
    """Met, asked, heard and looked after, as everyone was who sits there already."""
    get_to_know(story, person)
    preparation.consent(person, by=story.lead, answer="yes")
    if person.role == Role.COMMUNITY:
        preparation.consent(person, by=story.lead, answer="yes", scope="support")


@pytest.fixture
def two(ready, room):
    """Two Tuesdays at eight, offered and kept free for two days."""
    choices = [actions.Choice(room, start, 60) for start in (TUESDAY, TUESDAY + timedelta(days=7))]
    return actions.offer(ready.case, by=ready.coordinator, choices=choices, answer_by=MONDAY + timedelta(hours=12), hours=48)


@pytest.fixture
def times(two):
    return list(OfferedTime.objects.filter(offer=two).order_by("during"))
