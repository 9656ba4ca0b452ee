"""Only when everyone has agreed may the conference be scheduled; until then each missing thing has a name."""

import sys
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.formats import date_format

from setfair.cases import actions as cases
from setfair.cases.journey import Stage
from setfair.cases.models import Assignment, Case, Participation, Role
from setfair.facilitators.models import Facilitator
from setfair.journal.journey import WrongStep
from setfair.journal.models import Entry
from setfair.preparation import actions
from setfair.preparation.actions import NotReady
from setfair.preparation.queries import Blocker, Task, blockers, everyone, progress
from setfair.programmes.models import Programme
from setfair.village.story import case_at, opened
from setfair.village.time import today as day_of


def named(case, on=None):
    return [(b.code, b.participation.person.shown if b.participation else None) for b in blockers(case, on)]


@pytest.fixture
def story(village, at_prepared):
    """Everything done and heard; only the word is missing."""
    with village.inside():
        yield at_prepared


def test_a_new_case_misses_everything(village):
    with village.inside():
        case = opened(village).case
        assert named(case) == [("harmed", None), ("responsible", None), ("lead", None), ("staff", None), ("students", None)]
        assert [b.sentence for b in blockers(case)] == [
            "Nobody who was harmed is in the circle.",
            "Nobody who is responsible is in the circle.",
            "Nobody leads it.",
            "1 more certified facilitator is needed.",
            "2 more student facilitators are needed.",
        ]


@pytest.mark.mission("S2.5")
def test_each_missing_thing_is_named_by_person(village, at_preparing):
    with village.inside():
        story = at_preparing
        assert named(story.case) == [
            ("meeting", "Hana"), ("consent", "Hana"), ("safety", "Hana"),
            ("meeting", "Rami"), ("acknowledgement", "Rami"), ("consent", "Rami"), ("guardian", "Rami"), ("safety", "Rami"),
            ("meeting", "Sol"), ("consent", "Sol"), ("safety", "Sol"),
            ("meeting", "Gail Delacourt"), ("consent", "Gail Delacourt"), ("safety", "Gail Delacourt"),
        ]  # fmt: skip
        with pytest.raises(NotReady) as refused:
            actions.declare_ready(story.case, by=story.lead)
        assert refused.value.blockers == blockers(story.case)
        assert Case.objects.get(pk=story.case.pk).stage == Stage.PREPARING


@pytest.mark.mission("S2.5")
def test_with_everyones_yes_it_is_ready(story):
    assert named(story.case) == []
    actions.declare_ready(story.case, by=story.lead)
    assert (story.case.stage, Case.objects.get(pk=story.case.pk).stage) == (Stage.READY, Stage.READY)
    with pytest.raises(WrongStep):
        actions.declare_ready(story.case, by=story.coordinator)
    assert Entry.objects.filter(case_id=story.case.pk, verb="moved").count() == 1


@pytest.mark.mission("S2.5")
@pytest.mark.parametrize("who", ["hana", "rami", "sol", "gail"])
@pytest.mark.parametrize(("answer", "words"), [("no", "has said no."), ("unsure", "is not sure yet."), ("withdrawn", "has stopped for now.")])
def test_without_one_yes_it_is_not(story, who, answer, words):
    actions.consent(story.people[who], by=story.lead, answer=answer)
    with pytest.raises(NotReady) as refused:
        actions.declare_ready(story.case, by=story.lead)
    assert [b.sentence for b in refused.value.blockers] == [f"{story.people[who].person.shown} {words}"]
    actions.consent(story.people[who], by=story.lead, answer="yes")
    actions.declare_ready(story.case, by=story.lead)


def test_each_guardian_who_may_decide_says_yes(story):
    ida = cases.add_person(story.case, by=story.coordinator, name="Ida", role=Role.GUARDIAN, stands_by=story.rami, has_authority=True)
    for answer, sentences in (("", ["Ida has not said yes for Rami."]), ("yes", []), ("no", ["Ida has not said yes for Rami."])):
        if answer:
            actions.consent(story.rami, by=story.lead, giver=ida, answer=answer)
        assert [b.sentence for b in blockers(story.case) if b.code == "guardian"] == sentences


def test_a_guardian_is_missing_who_may_decide(story):
    Participation.objects.filter(pk=story.gail.pk).update(role=Role.SUPPORTER, has_authority=False)
    assert [b.sentence for b in blockers(story.case)] == ["Rami needs a parent or guardian, or a note why not."]


def test_a_yes_holds_for_ninety_days(story):
    today = timezone.localdate()
    assert [code for code, _name in named(story.case, today + timedelta(days=89)) if code in ("consent", "guardian")] == []
    late = [code for code, _name in named(story.case, today + timedelta(days=92)) if code in ("consent", "guardian")]
    assert late == ["consent", "consent", "guardian", "consent", "consent"]


def test_safety_is_looked_at_again_after_two_weeks_and_a_high_worry_stops_it(story):
    assert [code for code, _name in named(story.case, timezone.localdate() + timedelta(days=13))] == []
    assert [code for code, _name in named(story.case, timezone.localdate() + timedelta(days=16))] == ["safety"] * 4
    actions.check_safety(story.hana, by=story.lead, level="high", plan="Two rooms.")
    assert [b.sentence for b in blockers(story.case)] == ["There is a high worry about safety for Hana."]
    actions.check_safety(story.hana, by=story.lead, level="medium")
    assert named(story.case) == []


@pytest.mark.parametrize("stage", [Stage.READY, Stage.SCHEDULED])
def test_a_high_worry_or_a_responsibility_taken_back_takes_the_day_away(village, stage, at_stage):
    with village.inside():
        first, second = at_stage, case_at(village, Stage.READY, matter=1)
        actions.check_safety(first.hana, by=first.lead, level="high")
        actions.acknowledge(second.rami, by=second.lead, given=False)
        assert set(Case.objects.values_list("stage", flat=True)) == {Stage.PREPARING}
        assert named(second.case) == [("acknowledgement", "Rami")]


def test_who_left_blocks_nothing_and_a_rest_does(story):
    cases.add_person(story.case, by=story.coordinator, name="Uma", role=Role.COMMUNITY)
    assert {name for _code, name in named(story.case)} == {"Uma"}
    cases.let_go(story.case.participations.get(role=Role.COMMUNITY), by=story.coordinator)
    assert named(story.case) == []
    cases.hold(story.case, by=story.coordinator, reason="exams")
    assert [(b.code, b.overridable) for b in blockers(story.case)] == [("hold", False)]


def test_an_interpreter_is_needed_until_one_is_booked(story):
    person = story.sol.person
    person.interpreter = True
    person.save()
    assert [b.sentence for b in blockers(story.case)] == ["Sol needs an interpreter, and none is in the circle."]
    bo = cases.add_person(story.case, by=story.coordinator, name="Bo", role=Role.INTERPRETER)
    assert [b.sentence for b in blockers(story.case)] == ["Sol needs an interpreter, and none is booked."]
    actions.arrange(story.sol, by=story.lead, kind="interpreter", state="booked", interpreter=bo, no_kin=True)
    assert named(story.case) == []


def test_a_team_is_certified_and_complete(village, story):
    today = timezone.localdate()
    Facilitator.objects.filter(user=village.malik).update(certified_until=today + timedelta(days=3))
    assert named(story.case, today + timedelta(days=3)) == []
    late = blockers(story.case, today + timedelta(days=4))
    assert [b.sentence for b in late] == ["1 more student facilitator is needed."]
    cases.unassign(Assignment.objects.get(case=story.case, part="lead"), by=story.coordinator)
    assert [b.sentence for b in blockers(story.case)] == ["Nobody leads it.", "1 more certified facilitator is needed."]


def test_a_county_needs_a_lead_and_one_beside_them(village):
    with village.inside(village.county):
        story = case_at(village, Stage.READY, programme=village.county)
        cases.unassign(Assignment.objects.get(case=story.case, part="co"), by=story.coordinator)
        assert [b.sentence for b in blockers(story.case)] == ["1 more certified facilitator is needed."]


# What there is to do, person by person.


def test_the_list_of_a_person_follows_the_facts(village, at_preparing):
    with village.inside():
        story = at_preparing
        assert [(t.code, t.status) for t in progress(story.rami).tasks] == [
            ("invitation", "todo"), ("meeting", "todo"), ("choice", "todo"), ("guardian", "todo"), ("acknowledgement", "todo"),
            ("support", "done"), ("safety", "todo"), ("list", "todo"), ("sheet", "todo"), ("ready", "blocked"),
        ]  # fmt: skip
        actions.meet(story.rami, by=story.lead, held_on=timezone.localdate(), explained=False)
        actions.consent(story.rami, by=story.lead, answer="unsure")
        actions.acknowledge(story.rami, by=story.lead, given=False)
        actions.check_safety(story.rami, by=story.lead, level="high")
        doing = {t.code for t in progress(story.rami).tasks if t.status == "doing"}
        assert doing == {"meeting", "choice", "acknowledgement", "safety"}
        story.meet_everyone()
        story.hear_every_yes()
        assert [(p.participation.person.shown, p.done, p.total, p.is_ready) for p in everyone(story.case)] == [
            ("Hana", 3, 3, True),
            ("Rami", 5, 5, True),
            ("Sol", 3, 3, True),
            ("Gail Delacourt", 3, 3, True),
        ]


def test_without_a_guardian_who_may_the_guardians_yes_cannot_start(story):
    Participation.objects.filter(pk=story.gail.pk).update(role=Role.SUPPORTER, has_authority=False)
    task = next(t for t in progress(story.rami).tasks if t.code == "guardian")
    assert (task.status, task.note) == ("blocked", "Add a parent or guardian who may decide first.")


def test_readiness_costs_the_same_for_four_and_for_twelve(village):
    def cost() -> int:
        with village.inside(), CaptureQueriesContext(connection) as asked:
            assert {b.code for b in blockers(Case.objects.get(pk=story.case.pk))} >= {"meeting", "consent"}
        return len(asked)

    with village.inside():
        story = case_at(village, Stage.PREPARING)
    small = cost()
    with village.inside():
        for n in range(8):
            person = cases.add_person(story.case, by=story.coordinator, name=f"Neighbour {n}", role=Role.COMMUNITY, interpreter=True)
            actions.meet(person, by=story.lead, held_on=timezone.localdate())
            actions.consent(person, by=story.lead, answer="yes")
    assert (cost(), small <= 15) == (small, True)


def test_the_programme_says_how_long_a_yes_and_a_look_at_safety_hold(story):
    Programme.objects.filter(pk=story.case.programme_id).update(yes_days=30, safety_days=60)
    story.case.programme.refresh_from_db()
    today = day_of(story.case.programme)
    assert named(story.case, today + timedelta(days=29)) == []
    said = [b.sentence for b in blockers(story.case, today + timedelta(days=32)) if b.code == "consent"]
    assert said[0] == f"The yes of Hana ends on {date_format(today + timedelta(days=30), 'MONTH_DAY_FORMAT')}. Take a day before, or ask again."


def test_a_later_floor_says_what_it_misses_and_what_there_is_to_do_asked_once_for_all(story, monkeypatch):
    asked = []

    def misses(known, on):
        asked.append("missing")
        yield Blocker("room", None, f"No room on {on:%B}.", False)

    def tells(known):
        asked.append("tasks")
        return lambda k, on: [Task("map", f"A map for {k.participation.person.shown}", "done")]

    monkeypatch.setattr(sys.modules[Blocker.__module__], "_sources", [misses])
    monkeypatch.setattr(sys.modules[Task.__module__], "_makers", [tells])
    assert [b.code for b in blockers(story.case)] == ["room"]
    each = everyone(story.case)
    assert [task.title for one in each for task in one.tasks if task.code == "map"] == [f"A map for {p.participation.person.shown}" for p in each]
    assert asked == ["missing", "tasks"]
