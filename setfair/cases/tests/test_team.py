"""Who may hold a case: certified, on neither side, students as students."""

from datetime import timedelta

import pytest
from django.utils import timezone

from setfair.accounts.models import User
from setfair.cases import actions, queries
from setfair.cases.actions import CannotChange
from setfair.cases.models import Assignment, Hold, Role
from setfair.facilitators import actions as facilitators
from setfair.facilitators.actions import nominate
from setfair.facilitators.journey import Stage as Training
from setfair.facilitators.models import Facilitator
from setfair.journal.journey import move
from setfair.journal.models import Entry
from setfair.village.story import opened


@pytest.fixture
def case(village):
    with village.inside():
        yield opened(village).case


WAY_TO = {
    Training.NOMINATED: (),
    Training.TRAINING: (Training.TRAINING,),
    Training.LAPSED: (Training.TRAINING, Training.CERTIFIED, Training.LAPSED),
    Training.LEFT: (Training.LEFT,),
}


@pytest.mark.mission("S2.9")
@pytest.mark.parametrize("stage", [s for s in Training if s != Training.CERTIFIED])
def test_only_the_certified_hold_a_case(village, case, stage):
    by = village.actor("cora")
    edda = nominate(by=by, user=User.objects.create_user("edda@school.example", "Edda Lind"), kind=Facilitator.Kind.STAFF)
    for step in WAY_TO[stage]:
        move(edda, step, by=by)
    with pytest.raises(CannotChange, match="^Edda Lind is not certified today, so cannot take a case.$"):
        actions.assign(case, by=by, facilitator=edda, part="lead")
    assert not Assignment.objects.exists()


@pytest.mark.mission("S2.9")
def test_a_certificate_that_ran_out_yesterday_does_not_count(village, case):
    fadi = village.facilitator("fadi")
    Facilitator.objects.filter(pk=fadi.pk).update(certified_until=timezone.localdate() - timedelta(days=1))
    with pytest.raises(CannotChange):
        actions.assign(case, by=village.actor("cora"), facilitator=fadi, part="lead")
    Facilitator.objects.filter(pk=fadi.pk).update(certified_until=timezone.localdate())
    assert actions.assign(case, by=village.actor("cora"), facilitator=fadi, part="lead").part == "lead"


@pytest.mark.parametrize(("who", "part"), [("ines", "lead"), ("ines", "co"), ("fadi", "student"), ("fadi", "boss")])
def test_students_are_students_and_nobody_else_is(village, case, who, part):
    with pytest.raises(CannotChange):
        actions.assign(case, by=village.actor("cora"), facilitator=village.facilitator(who), part=part)


@pytest.mark.parametrize("email", ["fadi@school.example", " Fadi@School.example "])
def test_nobody_facilitates_what_they_are_part_of(village, case, email):
    actions.add_person(case, by=village.actor("cora"), name="Fadi", role=Role.AFFECTED, contacts={"email": email})
    with pytest.raises(CannotChange, match="part of what happened"):
        actions.assign(case, by=village.actor("cora"), facilitator=village.facilitator("fadi"), part="lead")


def test_nobody_joins_a_circle_they_facilitate(village, case):
    actions.assign(case, by=village.actor("cora"), facilitator=village.facilitator("fadi"), part="lead")
    with pytest.raises(CannotChange, match="cannot also stand in it"):
        actions.add_person(case, by=village.actor("cora"), name="Fadi", role=Role.AFFECTED, contacts={"email": "fadi@school.example"})
    assert not case.participations.exists()


def test_one_lead_and_the_same_form_twice(village, case):
    fadi = actions.assign(case, by=village.actor("cora"), facilitator=village.facilitator("fadi"), part="lead")
    assert actions.assign(case, by=village.actor("cora"), facilitator=village.facilitator("fadi"), part="lead") == fadi
    with pytest.raises(CannotChange, match="on this case already"):
        actions.assign(case, by=village.actor("cora"), facilitator=village.facilitator("fadi"), part="co")
    with pytest.raises(CannotChange, match="lead already"):
        actions.assign(case, by=village.actor("cora"), facilitator=village.facilitator("mina"), part="lead")
    actions.unassign(fadi, by=village.actor("cora"))
    actions.unassign(fadi, by=village.actor("cora"))
    actions.assign(case, by=village.actor("cora"), facilitator=village.facilitator("malik"), part="student")
    actions.assign(case, by=village.actor("cora"), facilitator=village.facilitator("fadi"), part="co")
    actions.assign(case, by=village.actor("cora"), facilitator=village.facilitator("mina"), part="lead")
    assert [(a.facilitator.user.name, a.part) for a in queries.team(case)] == [
        ("Mina Castell", "lead"),
        ("Fadi Brandt", "co"),
        ("Malik Vane", "student"),
    ]
    assert Entry.objects.filter(case_id=case.pk, verb="unassigned").count() == 1


def test_a_case_rests_once_and_goes_on(village, case):
    resting = actions.hold(case, by=village.actor("cora"), reason="exams")
    assert actions.hold(case, by=village.actor("cora"), reason="away") == resting
    assert queries.held(case).reason == "exams"
    actions.lift(case, by=village.actor("cora"))
    actions.lift(case, by=village.actor("cora"))
    assert queries.held(case) is None
    assert Hold.objects.get().lifted_at is not None
    assert list(Entry.objects.filter(case_id=case.pk, verb__in=("held", "lifted")).order_by("id").values_list("verb", flat=True)) == [
        "held",
        "lifted",
    ]
    with pytest.raises(CannotChange):
        actions.hold(case, by=village.actor("cora"), reason="  ")


def test_somebody_new_is_nominated_trained_certified_and_lapses(village, case):
    ada = facilitators.nominate(by=village.actor("cora"), user=village.ada, kind="staff")
    assert facilitators.nominate(by=village.actor("cora"), user=village.ada, kind="staff") == ada
    facilitators.train(ada, by=village.actor("cora"))
    with pytest.raises(facilitators.CannotCertify):
        facilitators.certify(ada, by=village.actor("cora"), until=timezone.localdate() - timedelta(days=1))
    facilitators.certify(ada, by=village.actor("cora"), until=timezone.localdate() + timedelta(days=365))
    assert actions.assign(case, by=village.actor("cora"), facilitator=ada, part="co").facilitator == ada
    facilitators.lapse(ada, by=village.actor("cora"))
    assert Facilitator.objects.get(pk=ada.pk).stage == Training.LAPSED
