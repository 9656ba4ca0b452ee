"""What a circle can go on without, and who says so."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from setfair.cases import actions as cases
from setfair.cases.models import Assignment
from setfair.journal.models import Entry
from setfair.preparation import actions
from setfair.preparation.actions import CannotPrepare
from setfair.preparation.models import Override
from setfair.preparation.queries import blockers, progress
from setfair.village.time import at


def named(case, on=None):
    return [(b.code, b.participation.person.shown if b.participation else None) for b in blockers(case, on)]


@pytest.fixture
def story(village, at_prepared):
    """Everything done and heard; only the word is missing."""
    with village.inside():
        yield at_prepared


def test_a_practical_thing_is_set_aside_with_a_reason(village, story):
    cases.unassign(Assignment.objects.filter(case=story.case, part="student").first(), by=story.coordinator)
    actions.set_aside(story.case, by=story.coordinator, blocker="students", reason="One is enough this time.")
    there = Override.objects.get()
    assert (there.blocker, there.reason, there.by, there.participation) == ("students", "One is enough this time.", village.cora.pk, None)
    assert Entry.objects.get(verb="set_aside").detail == {"blocker": "students"}
    actions.declare_ready(story.case, by=story.coordinator)


def test_what_changes_afterwards_counts_again(story):
    actions.check_safety(story.hana, by=story.lead, level="high")
    actions.sign_off(story.hana, by=story.coordinator, reason="Two rooms, and her aunt beside her.")
    assert named(story.case) == []
    with at(timezone.now() + timedelta(hours=1)):
        actions.check_safety(story.hana, by=story.lead, level="high", plan="New words at the bus stop.")
        assert named(story.case) == [("worry", "Hana")]
        cases.unassign(Assignment.objects.filter(case=story.case, part="student").first(), by=story.coordinator)
        actions.set_aside(story.case, by=story.lead, blocker="students", reason="One is enough.")
        cases.unassign(Assignment.objects.get(case=story.case, part="lead"), by=story.coordinator)
        assert [code for code, _name in named(story.case)] == ["worry", "lead", "staff", "students"]


@pytest.mark.parametrize("code", Override.NEVER)
def test_these_are_never_set_aside(story, code):
    actions.consent(story.hana, by=story.lead, answer="no")
    actions.consent(story.rami, by=story.lead, giver=story.gail, answer="no")
    actions.acknowledge(story.rami, by=story.lead, given=False)
    cases.bar_contact(story.case, by=story.coordinator, one=story.hana, other=story.rami, by_order=True)
    cases.unassign(Assignment.objects.get(case=story.case, part="lead"), by=story.coordinator)
    whose = {"consent": story.hana, "no_contact": None, "lead": None, "staff": None}.get(code, story.rami)
    if code in ("consent", "guardian", "no_contact", "acknowledgement", "lead", "staff"):
        assert (code, whose) in [(b.code, b.participation) for b in blockers(story.case)]
    with pytest.raises(CannotPrepare, match="never"):
        actions.set_aside(story.case, by=story.coordinator, blocker=code, participation=whose, reason="Please.")
    with pytest.raises(IntegrityError, match="override_never"), transaction.atomic():
        Override.objects.create(case=story.case, blocker=code, participation=whose, reason="Past the action.", by=story.coordinator.id)


@pytest.mark.parametrize("said", [{"blocker": "students"}, {"blocker": "safety"}, {"blocker": "hold"}, {"blocker": "safety", "reason": " "}])
def test_nothing_is_set_aside_that_is_not_missing_or_without_a_reason(story, said):
    if "reason" in said:
        with at(timezone.now() + timedelta(days=16)):
            with pytest.raises(CannotPrepare, match="why it can go on"):
                actions.set_aside(story.case, by=story.lead, participation=story.hana, **said)
    with pytest.raises(CannotPrepare):
        actions.set_aside(story.case, by=story.lead, **{"reason": "Because.", **said})
    assert not Override.objects.exists()


def test_what_is_set_aside_is_that_alone(story):
    """One word about the students leaves the lead missing, and one about Hana leaves Rami's."""
    for assignment in Assignment.objects.filter(case=story.case):
        cases.unassign(assignment, by=story.coordinator)
    with at(timezone.now() + timedelta(days=16)):
        actions.set_aside(story.case, by=story.lead, blocker="students", reason="They have exams.")
        actions.set_aside(story.case, by=story.lead, blocker="safety", participation=story.hana, reason="We spoke yesterday.")
        assert named(story.case) == [("safety", "Rami"), ("safety", "Sol"), ("safety", "Gail Delacourt"), ("lead", None), ("staff", None)]


@pytest.mark.parametrize("who", ["fadi", "cora", "sven"])
def test_a_high_worry_is_signed_off_and_never_set_aside(village, story, who):
    actions.check_safety(story.hana, by=story.lead, level="high")
    with pytest.raises(CannotPrepare, match="for a coordinator or the supervisor"):
        actions.set_aside(story.case, by=village.actor(who), blocker="worry", participation=story.hana, reason="It will be fine.")
    with pytest.raises(CannotPrepare, match="why it can go on"):
        actions.sign_off(story.hana, by=village.actor("sven"), reason=" ")
    actions.sign_off(story.hana, by=village.actor("sven"), reason="Her aunt sits beside her.")
    assert (named(story.case), progress(story.hana).is_ready) == ([], True)
    assert [(e.actor_id, e.detail) for e in Entry.objects.filter(verb="signed_off")] == [(village.sven.pk, {"blocker": "worry"})]
    with pytest.raises(CannotPrepare, match="not missing any more"):
        actions.sign_off(story.hana, by=village.actor("sven"), reason="Once more.")
