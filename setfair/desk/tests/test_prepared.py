"""The question asked of every case at once must answer as the question asked of one does, for every way a circle can lack something."""

import itertools
from datetime import timedelta

import pytest
from django.utils import timezone

from setfair.cases import actions as cases
from setfair.cases.models import Case
from setfair.desk.prepared import lacking
from setfair.preparation import actions as preparation
from setfair.preparation.queries import blockers
from setfair.programmes.actions import change_item
from setfair.programmes.models import ChecklistItem
from setfair.village.time import at

pytestmark = pytest.mark.django_db


def is_prepared(case):
    return Case.objects.filter(pk=case.pk).exclude(lacking(timezone.localdate())).exists()


@pytest.fixture
def story(village, at_prepared):
    with village.inside():
        yield at_prepared


def test_a_circle_that_lacks_nothing_is_found(story):
    assert blockers(story.case) == []
    assert is_prepared(story.case)


SPOILS = {
    "a no": lambda s, key: preparation.consent(s.people[key], by=s.lead, answer="no"),
    "not sure": lambda s, key: preparation.consent(s.people[key], by=s.lead, answer="unsure"),
    "stopped": lambda s, key: preparation.withdraw(s.people[key], by=s.me(key)),
    "unsafe": lambda s, key: preparation.check_safety(s.people[key], by=s.lead, level="high"),
    "gone": lambda s, key: cases.let_go(s.people[key], by=s.coordinator),
}


@pytest.mark.parametrize(("spoil", "key"), list(itertools.product(SPOILS, ["hana", "rami", "sol", "gail"])))
def test_whatever_is_missing_is_missing_to_both(story, spoil, key):
    SPOILS[spoil](story, key)
    assert is_prepared(story.case) == (blockers(story.case) == [])


def test_a_break_and_a_missing_support_are_missing_to_both(story):
    begun = preparation.take_a_break(story.hana, by=story.me("hana"))
    cases.lift(story.case, by=story.coordinator)
    assert ([b.code for b in blockers(story.case)], is_prepared(story.case)) == (["break"], False)
    preparation.go_on(begun, by=story.me("hana"))
    assert is_prepared(story.case)
    uma = cases.add_person(story.case, by=story.coordinator, name="Uma Reyes", role="affected")
    preparation.meet(uma, by=story.lead, held_on=timezone.localdate())
    preparation.check_safety(uma, by=story.lead, level="low")
    for scope, codes in (("take_part", ["support"]), ("support", [])):
        preparation.consent(uma, by=story.lead, answer="yes", scope=scope)
        assert ([b.code for b in blockers(story.case)], is_prepared(story.case)) == (codes, codes == [])


def test_without_the_acknowledgement_nobody_is_prepared(story):
    preparation.acknowledge(story.rami, by=story.lead, given=False)
    assert not is_prepared(story.case)


def test_a_guardian_who_takes_it_back_unprepares_the_child(story):
    preparation.withdraw(story.rami, by=story.me("gail"))
    assert [b.code for b in blockers(story.case)] == ["guardian"]
    assert not is_prepared(story.case)


def test_a_wall_between_two_of_them_is_seen_and_its_end_too(story):
    wall = cases.bar_contact(story.case, by=story.coordinator, one=story.hana, other=story.rami, by_order=True)
    assert not is_prepared(story.case)
    cases.allow_contact(story.case, by=story.coordinator, wall=wall)
    assert is_prepared(story.case)


def test_somebody_new_must_be_met_first_unless_that_was_set_aside(story):
    aunt = cases.add_person(story.case, by=story.coordinator, name="Vera Sands", role="supporter", stands_by=story.hana)
    assert not is_prepared(story.case)
    preparation.consent(aunt, by=story.lead, answer="yes")
    for blocker in ("meeting", "safety"):
        preparation.set_aside(story.case, by=story.coordinator, blocker=blocker, reason="She comes from far away.", participation=aunt)
    assert blockers(story.case) == []
    assert is_prepared(story.case)


@pytest.mark.parametrize("age", [15, 18, 19])
@pytest.mark.parametrize("noted", [True, False])
def test_somebody_young_is_prepared_with_a_guardian_or_a_note(story, age, noted):
    goran = cases.add_person(story.case, by=story.coordinator, name="Goran", role="affected", birth_year=timezone.localdate().year - age)
    for scope in ("take_part", "support"):
        preparation.consent(goran, by=story.lead, answer="yes", scope=scope)
    for blocker in ("meeting", "safety"):
        preparation.set_aside(story.case, by=story.coordinator, blocker=blocker, reason="He was met at school.", participation=goran)
    if noted:
        preparation.go_without_guardian(goran, by=story.coordinator, reason="nobody")
    assert is_prepared(story.case) == (blockers(story.case) == []) == (noted or age == 19)


@pytest.mark.parametrize(("role", "waits"), [("harmed", True), ("affected", False)])
def test_a_pupil_without_a_year_of_birth_is_waited_for(story, role, waits):
    juno = cases.add_person(story.case, by=story.coordinator, name="Juno", role=role)
    for scope in ("take_part", "support") if role == "affected" else ("take_part",):
        preparation.consent(juno, by=story.lead, answer="yes", scope=scope)
    for blocker in ("meeting", "safety"):
        preparation.set_aside(story.case, by=story.coordinator, blocker=blocker, reason="They were met at school.", participation=juno)
    assert is_prepared(story.case) == (blockers(story.case) == []) == (not waits)
    if waits:
        preparation.go_without_guardian(juno, by=story.coordinator, reason="of_age")
        assert is_prepared(story.case) == (blockers(story.case) == []) == waits


def test_a_worry_is_signed_off_once_and_a_later_one_again(story):
    preparation.check_safety(story.hana, by=story.lead, level="high")
    preparation.sign_off(story.hana, by=story.coordinator, reason="Two doors.")
    assert is_prepared(story.case)
    with at(timezone.now() + timedelta(hours=1)):
        preparation.check_safety(story.hana, by=story.lead, level="high", plan="It is worse.")
        assert not is_prepared(story.case)


def test_an_interpreter_is_not_waited_for(story):
    cases.add_person(story.case, by=story.coordinator, name="Ida Holm", role="interpreter")
    assert is_prepared(story.case)


def test_what_is_needed_of_their_list_is_missing_to_both_until_it_is_done_set_aside_or_not_for_them(story):
    offer = ChecklistItem.objects.get(words__en="They thought about what they could offer")
    stop = ChecklistItem.objects.get(words__en="They know that they can stop at any time, without a reason")
    offer, stop = (change_item(i, by=story.coordinator, words=i.words, roles=i.roles, ways=i.ways, needed=True) for i in (offer, stop))
    seen = []

    def said(version, words, roles):
        now = ChecklistItem.objects.get(number=offer.number, version=version)
        return change_item(now, by=story.coordinator, words={"en": words}, roles=roles, needed=True)

    everyone = [lambda p=p: preparation.go_through(p, by=story.lead, done=[stop.pk]) for p in story.people.values()]
    aside = {"blocker": f"item-{offer.number}", "participation": story.rami, "reason": "In the room."}
    for act in (
        *everyone,
        lambda: preparation.go_through(story.rami, by=story.lead, not_for=offer.pk, why="known"),
        lambda: preparation.go_through(story.rami, by=story.lead, back=[offer.pk]),
        lambda: preparation.set_aside(story.case, by=story.coordinator, **aside),
        lambda: said(2, "They wrote it down", offer.roles),
        lambda: said(3, "They wrote it down", ["observer"]),
    ):
        act()
        seen.append((len(blockers(story.case)), is_prepared(story.case)))
    assert seen == [(4, False), (3, False), (2, False), (1, False), (0, True), (1, False), (0, True), (1, False), (0, True)]
