"""Who stands in the circle: joining, leaving, and what is put right."""

import pytest

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
from setfair.village.story import case_at, opened


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


def test_whoever_joins_a_ready_circle_must_be_asked_first(village):
    with village.inside():
        case = case_at(village, Stage.READY).case
        actions.add_person(case, by=village.actor("cora"), name="Bo", role=Role.INTERPRETER)
        assert (case.stage, Case.objects.get(pk=case.pk).stage) == (Stage.READY, Stage.READY)
        actions.add_person(case, by=village.actor("cora"), name="Uma", role=Role.SUPPORTER)
        assert (case.stage, Case.objects.get(pk=case.pk).stage) == (Stage.PREPARING, Stage.PREPARING)


def test_nobody_joins_once_they_have_met(village):
    with village.inside():
        case = case_at(village, Stage.CONVENED).case
        with pytest.raises(CannotChange):
            actions.add_person(case, by=village.actor("cora"), name="Uma", role=Role.SUPPORTER)


def test_whoever_leaves_has_no_way_in_any_more(village, client):
    with village.inside():
        story = case_at(village, Stage.READY)
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
def test_without_one_of_those_who_agreed_it_is_another_circle(village, who, stage):
    with village.inside():
        story = case_at(village, stage)
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


def test_when_a_case_closes_the_codes_stop(village):
    with village.inside():
        story = case_at(village, Stage.FOLLOWING_UP)
        for person in story.people.values():
            preparation.invite(person, by=story.lead)
        story.keep_all()
        story.tell_and_close()
        assert not Pass.objects.filter(bearer="participation", revoked_at__isnull=True).exists()
