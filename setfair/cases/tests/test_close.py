"""Who of the team is close to somebody here: kept out, all right with both, or taken off without a word."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from setfair.cases import actions, queries
from setfair.cases.actions import CannotChange
from setfair.cases.models import Acquaintance, Assignment, Role, SetAside
from setfair.facilitators.models import Closeness
from setfair.journal.models import Entry
from setfair.village.story import opened


@pytest.fixture
def case(village):
    with village.inside():
        yield opened(village).case


@pytest.fixture
def dana(village, case):
    return actions.add_person(case, by=village.actor("cora"), name="Dana Reef", role=Role.HARMED)


def holds(case, facilitator):
    return Assignment.objects.filter(case=case, facilitator=facilitator, ended_at=None).exists()


def assigned(village, case, who="ines"):
    return actions.assign(case, by=village.actor("cora"), facilitator=village.facilitator(who), part="student")


HARD = [kind for kind in Closeness.Kind if kind not in Closeness.SOFT]


@pytest.mark.mission("S0.2")
@pytest.mark.parametrize("kind", HARD)
def test_whoever_is_close_to_somebody_here_is_taken_off_and_does_not_come_back(village, case, dana, kind):
    ines = village.facilitator("ines")
    assigned(village, case)
    actions.note_close(dana, by=village.actor("cora"), facilitator=ines, kind=kind)
    assert not holds(case, ines)
    with pytest.raises(CannotChange, match="^Ines .*: close to Dana"):
        assigned(village, case)
    actions.end_close(Closeness.objects.get(), by=village.actor("cora"))
    assert assigned(village, case).facilitator == ines


@pytest.mark.parametrize("kind", Closeness.SOFT)
def test_in_a_small_way_it_takes_the_word_of_both(village, case, dana, kind):
    by, ines = village.actor("cora"), village.facilitator("ines")
    closeness = actions.note_close(dana, by=by, facilitator=ines, kind=kind)
    for who in ("person", "helper"):
        with pytest.raises(CannotChange, match="ask both first"):
            assigned(village, case)
        assert actions.assent(case, by=by, closeness=closeness, who=who) == actions.assent(case, by=by, closeness=closeness, who=who)
    assert assigned(village, case).facilitator == ines
    assert Entry.objects.filter(case_id=case.pk, verb="assented").count() == 2


def test_nobody_agrees_to_family(village, case, dana):
    closeness = actions.note_close(dana, by=village.actor("cora"), facilitator=village.facilitator("ines"), kind="family")
    with pytest.raises(CannotChange):
        actions.assent(case, by=village.actor("cora"), closeness=closeness, who="person")


def test_a_friend_who_joins_has_the_circle_and_the_facilitator_steps_aside(village, case, dana):
    ines = village.facilitator("ines")
    actions.note_close(dana, by=village.actor("cora"), facilitator=ines, kind="friend")
    other = opened(village).case
    assigned(village, other)
    actions.add_person(other, by=village.actor("cora"), name="Dana Reef", role=Role.AFFECTED, known=dana.person)
    assert not holds(other, ines)


def test_a_tick_takes_off_and_nothing_says_whose_it_was(village, case, dana):
    ines, seen = village.facilitator("ines"), Entry.objects.filter(case_id=case.pk).count
    assigned(village, case)
    before = seen()
    actions.know_each_other(case, by=village.actor("ines"), facilitator=ines)
    actions.know_each_other(case, by=village.actor("ines"), facilitator=ines)
    lines = Entry.objects.filter(case_id=case.pk).order_by("id")[before:]
    assert [(line.verb, str(line.actor_kind), line.actor_id) for line in lines] == [("unassigned", "system", None), ("known_here", "system", None)]
    assert {field.name for field in Acquaintance._meta.fields} == {"id", "programme", "case", "facilitator", "at"}
    with pytest.raises(CannotChange, match="somebody knows somebody; choose another"):
        assigned(village, case)


def against(village, case, dana, fact):
    ines = village.facilitator("ines")
    if fact == "close":
        return Closeness.objects.create(facilitator=ines, person=dana.person, kind="friend")
    return Acquaintance.objects.create(case=case, facilitator=ines)


@pytest.mark.parametrize("fact", ["close", "known"])
def test_the_database_takes_neither_after_the_other(village, case, dana, fact):
    assignment = Assignment(case=case, facilitator=village.facilitator("ines"), part="student")
    with pytest.raises(IntegrityError, match="nobody facilitates where"), transaction.atomic():
        against(village, case, dana, fact)
        assignment.save(force_insert=True)
    assignment.save(force_insert=True)
    with pytest.raises(IntegrityError, match="nobody facilitates where"), transaction.atomic():
        against(village, case, dana, fact)


def test_the_database_takes_nobody_into_the_circle_of_a_friend(village, case, dana):
    Closeness.objects.create(facilitator=village.facilitator("ines"), person=dana.person, kind="family")
    other = opened(village).case
    assigned(village, other)
    with pytest.raises(IntegrityError, match="nobody facilitates where"), transaction.atomic():
        other.participations.create(person=dana.person, role=Role.AFFECTED)


@pytest.mark.parametrize(("who", "status"), [("cora", 200), ("fadi", 404), ("nour", 404), ("ines", 404), ("lena", 404)])
def test_only_who_runs_the_case_reads_who_is_close(village, client, case, dana, who, status):
    village.sign_in(client, who)
    assert client.get(reverse("close_ties", args=[case.ref])).status_code == status
    for name in ("close_over", "close_agreed"):
        assert client.post(reverse(name, args=[case.ref]), {}).status_code == (302 if status == 200 else 404)


def test_the_page_writes_it_down_and_says_who_has_still_to_be_asked(village, client, case, dana):
    village.sign_in(client, "cora")
    there, ines = reverse("close_ties", args=[case.ref]), village.facilitator("ines")
    assert client.post(there, {"facilitator": ines.pk, "participation": dana.pk, "kind": "king"}).status_code == 422
    assert client.post(there, {"facilitator": ines.pk, "participation": dana.pk, "kind": "year"}).status_code == 302
    closeness = Closeness.objects.get()
    page = client.get(there).content.decode()
    assert "Dana Reef said it is all right" in page
    client.post(reverse("close_agreed", args=[case.ref]), {"closeness": closeness.pk, "who": "person"})
    client.post(reverse("close_agreed", args=[case.ref]), {"closeness": closeness.pk, "who": "helper"})
    assert "both said it is all right" in client.get(there).content.decode()
    client.post(reverse("close_over", args=[case.ref]), {"closeness": closeness.pk})
    assert queries.near(case) == {}


def test_few_or_many_it_takes_the_same_number_of_queries(village, client, case, dana):
    def took():
        with CaptureQueriesContext(connection) as caught:
            queries.too_close(case)
        return len(caught)

    by = village.actor("cora")
    actions.note_close(dana, by=by, facilitator=village.facilitator("ines"), kind="friend")
    queries.too_close(case)
    before = took()
    for who, kind in (("malik", "year"), ("fadi", "family")):
        actions.note_close(dana, by=by, facilitator=village.facilitator(who), kind=kind)
    assert took() == before


def test_a_tick_is_set_aside_with_a_reason_and_said_again_it_counts_again(village, case, dana):
    by, ines = village.actor("cora"), village.facilitator("ines")
    actions.know_each_other(case, by=village.actor("ines"), facilitator=ines)
    known = Acquaintance.objects.get()
    with pytest.raises(CannotChange, match="choose why"):
        actions.set_aside(known, by=by, why="because")
    with pytest.raises(IntegrityError, match="nobody facilitates where"), transaction.atomic():
        Assignment(case=case, facilitator=ines, part="student").save(force_insert=True)
    actions.set_aside(known, by=by, why="mistake")
    actions.set_aside(known, by=by, why="little")
    assert (SetAside.objects.get().why, queries.known_here(case), assigned(village, case).facilitator) == ("mistake", set(), ines)
    actions.know_each_other(case, by=village.actor("ines"), facilitator=ines)
    assert (holds(case, ines), queries.known_here(case), Acquaintance.objects.count()) == (False, {ines.pk}, 2)
    with pytest.raises(CannotChange, match="somebody knows somebody; choose another"):
        assigned(village, case)
    lines = Entry.objects.filter(case_id=case.pk, verb="set_aside_known")
    assert [(str(line.actor_kind), line.detail) for line in lines] == [("staff", {"why": "mistake"})]


@pytest.mark.parametrize(("who", "status"), [("cora", 302), ("fadi", 404), ("nour", 404), ("ines", 404), ("lena", 404)])
def test_only_who_runs_the_case_sets_a_tick_aside_and_only_one_of_this_case(village, client, case, dana, who, status):
    other = opened(village).case
    actions.know_each_other(other, by=village.actor("ines"), facilitator=village.facilitator("ines"))
    actions.know_each_other(case, by=village.actor("ines"), facilitator=village.facilitator("ines"))
    village.sign_in(client, who)
    there, elsewhere = (queries.acquaintances(one).get() for one in (case, other))
    wrong = [{"acquaintance": elsewhere.pk, "why": "mistake"}, {"acquaintance": there.pk}]
    assert {client.post(reverse("close_aside", args=[case.ref]), given).status_code for given in wrong} == {422 if status == 302 else 404}
    assert SetAside.objects.count() == 0
    assert client.post(reverse("close_aside", args=[case.ref]), {"acquaintance": there.pk, "why": "asked"}).status_code == status
    assert SetAside.objects.count() == (status == 302)
