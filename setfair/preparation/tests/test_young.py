"""Whoever may be under 18 does not go alone, or somebody says why."""

import pytest
from django.utils import timezone

from setfair.cases import actions as cases
from setfair.cases.journey import Stage
from setfair.cases.models import Role
from setfair.journal.models import Entry
from setfair.preparation import actions
from setfair.preparation.actions import CannotPrepare, NotReady
from setfair.preparation.queries import blockers, progress, speaks_for
from setfair.village.story import case_at


def named(case, on=None):
    return [(b.code, b.participation.person.shown if b.participation else None) for b in blockers(case, on)]


@pytest.fixture
def story(village, at_prepared):
    """Everything done and heard; only the word is missing."""
    with village.inside():
        yield at_prepared


def add_goran(story, born, ticked=False):
    goran = cases.add_person(story.case, by=story.coordinator, name="Goran", role=Role.AFFECTED, birth_year=born, guardian_needed=ticked)
    actions.meet(goran, by=story.lead, held_on=timezone.localdate())
    actions.check_safety(goran, by=story.lead, level="low")
    actions.consent(goran, by=story.lead, answer="yes")
    actions.consent(goran, by=story.lead, answer="yes", scope="support")
    return goran


@pytest.mark.mission("S2.5")
@pytest.mark.parametrize(
    ("age", "ticked", "young"), [(15, False, True), (18, False, True), (19, False, False), (19, True, True), (None, True, True), (None, False, False)]
)
def test_a_young_person_needs_a_guardian_or_a_note_why_not(story, age, ticked, young):
    """In the year in which they turn 18 nobody knows from the year alone."""
    goran = add_goran(story, None if age is None else timezone.localdate().year - age, ticked)
    assert [b.sentence for b in blockers(story.case)] == ["Goran needs a parent or guardian, or a note why not."] * young
    assert [(b.code, b.overridable) for b in blockers(story.case)] == [("guardian", False)] * young
    if young:
        with pytest.raises(NotReady):
            actions.declare_ready(story.case, by=story.coordinator)
        actions.go_without_guardian(goran, by=story.coordinator, reason="of_age")
        actions.go_without_guardian(goran, by=story.coordinator, reason="of_age")
        assert [e.detail for e in Entry.objects.filter(verb="noted_no_guardian")] == [{"reason": "of_age"}]
        assert progress(goran).is_ready
    actions.declare_ready(story.case, by=story.coordinator)


def test_a_guardian_who_joins_is_asked_although_it_was_noted_why_none_is_there(story):
    goran = add_goran(story, timezone.localdate().year - 15)
    actions.go_without_guardian(goran, by=story.coordinator, reason="nobody")
    aunt = cases.add_person(story.case, by=story.coordinator, name="Vera", role=Role.GUARDIAN, stands_by=goran, has_authority=True)
    assert ("guardian", "Goran") in named(story.case)
    assert [p.pk for p in [speaks_for(aunt)]] == [goran.pk]


def test_a_guardians_no_is_never_noted_away(story):
    actions.consent(story.rami, by=story.lead, giver=story.gail, answer="no")
    with pytest.raises(cases.CannotChange, match="A second person has to look at it"):
        cases.let_go(story.gail, by=story.coordinator)
    with pytest.raises(CannotPrepare, match="Please ask them"):
        actions.go_without_guardian(story.rami, by=story.coordinator, reason="nobody")
    actions.give_up_say(story.gail, by=story.me("gail"))
    actions.go_without_guardian(story.rami, by=story.coordinator, reason="office")


def test_a_note_has_a_reason_of_the_list(story):
    goran = add_goran(story, timezone.localdate().year - 15)
    with pytest.raises(CannotPrepare, match="choose a reason"):
        actions.go_without_guardian(goran, by=story.coordinator, reason="because")


def without_year(story, role=Role.HARMED, **said):
    someone = cases.add_person(story.case, by=story.coordinator, name="Juno", role=role, **said)
    actions.meet(someone, by=story.lead, held_on=timezone.localdate())
    actions.check_safety(someone, by=story.lead, level="low")
    if role == Role.RESPONSIBLE:
        actions.acknowledge(someone, by=story.lead, given=True)
    actions.consent(someone, by=story.lead, answer="yes")
    actions.consent(someone, by=story.lead, answer="yes", scope="support")
    return someone


UNKNOWN = "Juno has no year of birth here. Write down the year, a parent or guardian, or that they are 18 already."


@pytest.mark.mission("S2.5")
@pytest.mark.parametrize("role", [Role.HARMED, Role.RESPONSIBLE])
def test_in_a_school_a_pupil_without_a_year_is_taken_to_be_under_18(story, role):
    juno = without_year(story, role)
    assert [b.sentence for b in blockers(story.case)] == [UNKNOWN]
    with pytest.raises(NotReady):
        actions.declare_ready(story.case, by=story.coordinator)
    guardian = next(task for task in progress(juno).tasks if task.code == "guardian")
    assert (guardian.status, guardian.note) == ("blocked", "No year of birth is written down.")


@pytest.mark.parametrize("found", ["of age", "year", "guardian"])
def test_what_is_written_down_then_answers_it(story, found):
    juno = without_year(story)
    if found == "of age":
        actions.go_without_guardian(juno, by=story.coordinator, reason="of_age")
    elif found == "year":
        juno.person.birth_year = 1990
        juno.person.save()
    else:
        aunt = cases.add_person(story.case, by=story.coordinator, name="Vera", role=Role.GUARDIAN, stands_by=juno, has_authority=True)
        assert ("guardian", "Juno") in named(story.case)
        assert speaks_for(aunt) == juno
        cases.let_go(aunt, by=story.coordinator)
        actions.go_without_guardian(juno, by=story.coordinator, reason="nobody")
    assert named(story.case) == []


@pytest.mark.parametrize("role", [Role.AFFECTED, Role.COMMUNITY])
def test_others_in_a_school_are_asked_their_age_by_nobody(story, role):
    without_year(story, role)
    assert named(story.case) == []


def test_outside_a_school_a_missing_year_says_nothing(village):
    with village.inside(village.county):
        story = case_at(village, Stage.PREPARING, village.county)
        story.meet_everyone()
        story.hear_every_yes()
        without_year(story)
        assert named(story.case) == []
