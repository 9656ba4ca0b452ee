"""What is written down while a person is prepared: added, never changed."""

from datetime import date, timedelta

import pytest
from django.db import ProgrammingError, transaction
from django.utils import timezone

from setfair.cases import actions as cases
from setfair.cases.journey import Stage
from setfair.cases.models import Role
from setfair.journal.journey import move
from setfair.journal.models import Entry
from setfair.outcomes import actions as outcomes
from setfair.outcomes.models import Closure
from setfair.preparation import actions
from setfair.preparation.actions import CannotPrepare
from setfair.preparation.models import Acknowledgement, Consent, Invitation, Meeting, Override, SafetyCheck


@pytest.fixture
def story(village, at_preparing):
    with village.inside():
        yield at_preparing


@pytest.mark.mission("S2.2")
@pytest.mark.mission("S2.3")
@pytest.mark.mission("S2.4")
@pytest.mark.parametrize("who", ["hana", "rami", "sol", "gail"])
def test_everyone_is_met(story, who):
    met = actions.meet(story.people[who], by=story.lead, held_on=timezone.localdate(), support="wanted", minutes=45, note="Wants 🌱 & <tea>")
    there = Meeting.objects.get(pk=met.pk)
    assert (there.participation, there.case, there.note, there.minutes, there.explained) == (
        story.people[who],
        story.case,
        "Wants 🌱 & <tea>",
        45,
        True,
    )
    assert (there.by_kind, there.by) == ("staff", story.village.fadi.pk)
    line = Entry.objects.get(verb="met")
    assert (line.subject_id, line.case_id, line.detail) == (str(story.people[who].pk), story.case.pk, {})


@pytest.mark.parametrize(
    "said",
    [
        {"held_on": timezone.localdate() + timedelta(days=2)},
        {"held_on": date(1900, 1, 1)},
        {"held_on": date(1999, 12, 31)},
        {"minutes": 0},
        {"minutes": 601},
        {"support": "perhaps"},
    ],
)
def test_a_meeting_to_come_or_of_another_century_is_refused(story, said):
    with pytest.raises(CannotPrepare):
        actions.meet(story.hana, by=story.lead, **{"held_on": timezone.localdate(), **said})
    assert not Meeting.objects.exists()


def test_a_meeting_long_ago_and_one_of_40_000_signs_are_fine(story):
    actions.meet(story.hana, by=story.lead, held_on=date(2000, 1, 1), note="ñ" * 40_000)
    assert len(Meeting.objects.get().note) == 40_000


def test_the_same_form_twice_writes_once_and_a_second_meeting_twice(story):
    today = timezone.localdate()
    first = actions.meet(story.hana, by=story.lead, held_on=today, minutes=30)
    assert actions.meet(story.hana, by=story.lead, held_on=today, minutes=30) == first
    actions.meet(story.hana, by=story.lead, held_on=today, minutes=50)
    actions.check_safety(story.hana, by=story.lead, level="low")
    actions.check_safety(story.hana, by=story.lead, level="low")
    actions.acknowledge(story.rami, by=story.lead, given=True)
    actions.acknowledge(story.rami, by=story.lead, given=True)
    actions.consent(story.hana, by=story.lead, answer="yes")
    actions.consent(story.hana, by=story.lead, answer="yes")
    counts = [model.objects.count() for model in (Meeting, SafetyCheck, Acknowledgement, Consent)]
    assert counts == [2, 1, 1, 1]
    assert Entry.objects.filter(verb__in=("met", "checked_safety", "acknowledged", "answered")).count() == 5


def test_only_a_person_responsible_is_asked_to_take_responsibility(story):
    with pytest.raises(CannotPrepare):
        actions.acknowledge(story.hana, by=story.lead, given=True)
    with pytest.raises(CannotPrepare):
        actions.check_safety(story.hana, by=story.lead, level="enormous")


@pytest.mark.parametrize("verb", ["meet", "check_safety", "consent", "invite", "reissue", "withdraw"])
def test_nothing_is_written_about_somebody_who_left_or_once_it_is_closed(village, story, verb):
    said = {"meet": {"held_on": timezone.localdate()}, "check_safety": {"level": "low"}, "consent": {"answer": "yes"}}.get(verb, {})
    cases.let_go(story.sol, by=story.coordinator)
    with pytest.raises(CannotPrepare, match="not in the circle"):
        getattr(actions, verb)(story.sol, by=story.lead, **said)
    outcomes.tell(story.case, by=story.lead, participation=story.hana, way="voice", told_on=timezone.localdate())
    Closure.objects.create(case=story.case, reason="transferred", by=story.coordinator.id)
    move(story.case, Stage.CLOSED, by=story.coordinator)
    with pytest.raises(CannotPrepare, match="closed"):
        getattr(actions, verb)(story.hana, by=story.lead, **said)


@pytest.mark.parametrize("model", [Invitation, Meeting, Acknowledgement, SafetyCheck, Consent, Override])
def test_the_database_refuses_to_change_or_remove_a_fact(story, model):
    actions.invite(story.rami, by=story.lead)
    actions.meet(story.rami, by=story.lead, held_on=timezone.localdate())
    actions.acknowledge(story.rami, by=story.lead, given=True)
    actions.check_safety(story.rami, by=story.lead, level="low")
    actions.consent(story.rami, by=story.lead, answer="yes")
    cases.add_person(story.case, by=story.coordinator, name="Uma", role=Role.SUPPORTER, interpreter=True)
    actions.set_aside(story.case, by=story.lead, blocker="meeting", participation=story.hana, reason="Met last year.")
    row = model.objects.get()
    for change in (lambda: model.objects.filter(pk=row.pk).update(at=timezone.now()), lambda: model.objects.filter(pk=row.pk).delete()):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            change()
    assert model.objects.get() == row
