"""Who stands in the circle: joining, leaving, and what is put right."""

import pytest
from django.urls import reverse

from setfair.accounts.models import Pass
from setfair.cases import actions, queries
from setfair.cases.actions import CannotChange
from setfair.cases.journey import Stage
from setfair.cases.models import Case, Participation, Role
from setfair.journal.models import Entry
from setfair.letters.models import Letter
from setfair.people.actions import CannotAdd
from setfair.people.models import Contact, Person
from setfair.preparation import actions as preparation
from setfair.preparation.queries import blockers
from setfair.village.story import opened


@pytest.mark.parametrize("name", ["Sol", "Hana O'Hara-Núñez", "🌱", "مريم", "Ng", "李 小龍", "A" * 120])
def test_any_name_is_a_name(village, name):
    with village.inside():
        case = opened(village).case
        added = actions.add_person(case, by=village.actor("cora"), name=f"  {name} ", role=Role.HARMED)
        there = Participation.objects.get(pk=added.pk)
        assert (there.person.name, there.person.shown, there.case, there.left_at) == (name, name, case, None)


def test_what_is_said_about_a_person_is_kept_and_the_journal_holds_none_of_it(village):
    with village.inside():
        case = opened(village).case
        rami = actions.add_person(
            case, by=village.actor("cora"), name="Rami Delacourt", called="Ram", role=Role.RESPONSIBLE, language="es", birth_year=2011,
            guardian_needed=True, interpreter=True, needs="a quiet seat", contacts={"sms": "555-0160", "through": "the school office"},
        )  # fmt: skip
        gail = actions.add_person(case, by=village.actor("cora"), name="Gail", role=Role.GUARDIAN, stands_by=rami, has_authority=True)
        rami = Participation.objects.get(pk=rami.pk)
        person = rami.person
        assert (person.called, person.language, person.birth_year, person.interpreter, person.needs) == (
            "Ram",
            "es",
            2011,
            True,
            "a quiet seat",
        )
        assert {c.way: c.value for c in person.contacts.all()} == {"sms": "555-0160", "through": "the school office"}
        assert (rami.guardian_needed, gail.stands_by, gail.has_authority) == (True, rami, True)
        lines = Entry.objects.filter(case_id=case.pk, verb="joined").order_by("id")
        assert [line.detail for line in lines] == [{"role": "responsible"}, {"role": "guardian"}]


@pytest.mark.parametrize(
    ("said", "refusal"),
    [
        ({"name": "   "}, CannotAdd),
        ({"birth_year": 1850}, CannotAdd),
        ({"birth_year": 2099}, CannotAdd),
        ({"contacts": {"pigeon": "x"}}, CannotAdd),
        ({"role": "villain"}, CannotChange),
        ({"has_authority": True}, CannotChange),
        ({"role": Role.GUARDIAN, "has_authority": True}, CannotChange),
    ],
)
def test_what_cannot_be_so_is_refused_and_nothing_is_written(village, said, refusal):
    with village.inside():
        case = opened(village).case
        with pytest.raises(refusal):
            actions.add_person(case, by=village.actor("cora"), **{"name": "Sol", "role": Role.SUPPORTER, **said})
        assert (Participation.objects.count(), Person.objects.count()) == (0, 0)


def test_nobody_stands_by_somebody_of_another_case(village):
    with village.inside():
        here, there = opened(village).case, opened(village, matter=1).case
        stranger = actions.add_person(there, by=village.actor("cora"), name="Otto", role=Role.HARMED)
        with pytest.raises(CannotChange):
            actions.add_person(here, by=village.actor("cora"), name="Sol", role=Role.SUPPORTER, stands_by=stranger)


def test_the_same_form_twice_gives_one_place_and_two_of_one_name_two(village):
    with village.inside():
        case = opened(village).case
        first = actions.add_person(case, by=village.actor("cora"), name="Sam", role=Role.COMMUNITY)
        assert actions.add_person(case, by=village.actor("cora"), name="Sam ", role=Role.COMMUNITY) == first
        other = actions.add_person(case, by=village.actor("cora"), name="Sam", role=Role.COMMUNITY, birth_year=1980)
        assert list(queries.here(case)) == [first, other]


@pytest.mark.parametrize(
    "other",
    [
        {"guardian_needed": True},
        {"needs": "a quiet seat"},
        {"language": "es"},
        {"interpreter": True},
        {"contacts": {"sms": "555-0161"}},
        {"called": "Sammy"},
    ],
)
def test_the_same_form_with_one_thing_changed_is_another_form(village, other):
    with village.inside():
        case = opened(village).case
        said = {"name": "Sam", "role": Role.COMMUNITY, "contacts": {"sms": "555-0160"}}
        first = actions.add_person(case, by=village.actor("cora"), **said)
        assert actions.add_person(case, by=village.actor("cora"), **{**said, **other}) != first
        assert actions.add_person(case, by=village.actor("cora"), **said) == first
        assert queries.here(case).count() == 2


def test_a_place_is_put_right_while_it_is_prepared_and_the_journal_says_what(village, at_preparing):
    with village.inside():
        story = at_preparing
        actions.correct_place(story.gail, by=story.coordinator, role=Role.SUPPORTER, stands_by=story.rami, guardian_needed=False, has_authority=False)
        actions.correct_place(story.gail, by=story.coordinator, role=Role.SUPPORTER, stands_by=story.rami, guardian_needed=False, has_authority=False)
        gail = Participation.objects.get(pk=story.gail.pk)
        assert (gail.role, gail.has_authority, gail.stands_by) == (Role.SUPPORTER, False, story.rami)
        lines = Entry.objects.filter(verb="corrected_place")
        assert [(e.subject_id, e.detail) for e in lines] == [(str(gail.pk), {"changed": ["has_authority", "role"], "role": "supporter"})]
        assert [b.sentence for b in blockers(story.case) if b.code == "guardian"] == ["Rami needs a parent or guardian, or a note why not."]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"role": "villain"}, "what they are here for"),
        ({"role": Role.SUPPORTER, "has_authority": True}, "Only a parent or guardian"),
        ({"role": Role.GUARDIAN, "stands_by": None, "has_authority": True}, "Only a parent or guardian"),
    ],
)
def test_a_place_that_cannot_be_is_refused(village, said, words, at_preparing):
    with village.inside():
        story = at_preparing
        place = {"role": Role.GUARDIAN, "stands_by": story.rami, "guardian_needed": False, "has_authority": True}
        with pytest.raises(CannotChange, match=words):
            actions.correct_place(story.gail, by=story.coordinator, **{**place, **said})
        with pytest.raises(CannotChange, match="somebody else"):
            actions.correct_place(story.gail, by=story.coordinator, **{**place, "stands_by": story.gail})


def test_what_others_agreed_to_is_not_changed_behind_them(village, at_ready, at_convened):
    said = {"role": Role.COMMUNITY, "stands_by": None, "guardian_needed": False, "has_authority": False}
    with village.inside():
        actions.correct_place(at_ready.sol, by=at_ready.coordinator, **said)
        at_ready.case.refresh_from_db()
        assert at_ready.case.stage == Stage.PREPARING
        with pytest.raises(CannotChange, match="until people have met"):
            actions.correct_place(at_convened.sol, by=at_convened.coordinator, **said)


@pytest.mark.parametrize(("who", "may"), [("cora", True), ("fadi", False), ("sven", False), ("mina", False), ("nour", False)])
def test_who_puts_a_place_right(village, client, who, may, at_preparing):
    with village.inside():
        story = at_preparing
    said = {"role": "guardian", "stands_by": story.rami.pk, "has_authority": "on", "guardian_needed": "on"}
    staff, page = village.sign_in(client, who), reverse("person_place", args=[story.gail.pk])
    assert staff.post(page, {**said, "role": "villain"}).status_code == (422 if may else 404)
    assert staff.post(page, said).status_code == (302 if may else 404)
    with village.inside():
        assert Participation.objects.get(pk=story.gail.pk).guardian_needed == may


def test_whoever_joins_a_ready_circle_must_be_asked_first(village, at_ready):
    with village.inside():
        case = at_ready.case
        actions.add_person(case, by=village.actor("cora"), name="Bo", role=Role.INTERPRETER)
        assert (case.stage, Case.objects.get(pk=case.pk).stage) == (Stage.READY, Stage.READY)
        actions.add_person(case, by=village.actor("cora"), name="Uma", role=Role.SUPPORTER)
        assert (case.stage, Case.objects.get(pk=case.pk).stage) == (Stage.PREPARING, Stage.PREPARING)


def test_nobody_joins_once_they_have_met(village, at_convened):
    with village.inside():
        case = at_convened.case
        with pytest.raises(CannotChange):
            actions.add_person(case, by=village.actor("cora"), name="Uma", role=Role.SUPPORTER)


def test_whoever_leaves_has_no_way_in_any_more(village, client, at_ready):
    with village.inside():
        story = at_ready
        preparation.invite(story.sol, by=story.lead)
        actions.let_go(story.sol, by=story.coordinator)
        actions.let_go(story.sol, by=story.coordinator)
        sol = Participation.objects.get(pk=story.sol.pk)
        assert sol.left_at is not None
        assert not Pass.objects.filter(bearer_id=sol.pk, revoked_at__isnull=True).exists()
        assert [letter.stage for letter in Letter.objects.filter(reader_id=sol.person_id)] == ["withdrawn"]
        assert Entry.objects.filter(verb="left", subject_id=str(sol.pk)).count() == 1
        assert Case.objects.get(pk=story.case.pk).stage == Stage.READY
        assert [p.pk for p in queries.gone(story.case)] == [sol.pk]


@pytest.mark.parametrize("who", ["hana", "rami", "gail"])
@pytest.mark.parametrize("stage", [Stage.READY, Stage.SCHEDULED])
def test_without_one_of_those_who_agreed_it_is_another_circle(village, who, stage, at_stage):
    with village.inside():
        story = at_stage
        actions.let_go(story.people[who], by=story.coordinator)
        assert Case.objects.get(pk=story.case.pk).stage == Stage.PREPARING


def test_a_safe_way_is_replaced_and_the_old_one_kept(village):
    with village.inside():
        story = opened(village)
        story.add_everyone()
        said = {"name": "Hana", "called": "", "language": "en", "birth_year": None, "interpreter": True, "needs": "water"}
        actions.correct_person(story.hana, by=story.coordinator, contacts={"email": "new@home.example", "sms": ""}, **said)
        person = Person.objects.get(pk=story.hana.person_id)
        assert (person.name, person.interpreter, person.needs) == ("Hana", True, "water")
        rows = Contact.objects.filter(person=person).order_by("added_at")
        assert [(row.value, row.ended_at is None) for row in rows] == [("hana@home.example", False), ("new@home.example", True)]


def test_when_a_case_closes_the_codes_stop(village, at_following_up):
    with village.inside():
        story = at_following_up
        for person in story.people.values():
            preparation.invite(person, by=story.lead)
        story.keep_all()
        story.tell_and_close()
        assert not Pass.objects.filter(bearer="participation", revoked_at__isnull=True).exists()
