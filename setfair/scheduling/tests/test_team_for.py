"""Who may hold a circle on a day, read from the facts in a fixed number of queries, and the page on which they are asked."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from setfair.cases import actions as cases
from setfair.cases.models import Duty
from setfair.facilitators.models import ExamDay, Facilitator
from setfair.letters.models import Letter
from setfair.scheduling import actions
from setfair.scheduling.team_for import team_for
from setfair.village.story import opened

from .conftest import TUESDAY

DAY = TUESDAY.date()


@pytest.fixture
def case(village, monday):
    with village.inside():
        yield opened(village).case


def looked_at(case):
    return reverse("team_builder", args=[case.ref]) + f"?day={DAY}&clock=08:00&minutes=60"


@pytest.mark.mission("S0.2")
def test_the_rule_of_the_programme_is_what_is_looked_for(village, case):
    found = team_for(case, DAY, DAY)
    assert found.needs.places() == ["lead", "student", "student"]
    assert [(c.part, c.who.name) for c in found.best(TUESDAY, 60).places] == [
        ("lead", "Fadi Brandt"),
        ("student", "Ines Okafor"),
        ("student", "Malik Vane"),
    ]
    cases.assign(case, by=village.actor("cora"), facilitator=village.facilitator("ines"), part="student")
    assert team_for(case, DAY, DAY).needs.places() == ["lead", "student"]


def test_why_each_of_the_others_cannot(village, case):
    who = {name: village.facilitator(name) for name in ("fadi", "mina", "ines", "malik", "tova")}
    Facilitator.objects.filter(pk=who["fadi"].pk).update(certified_until=DAY - timedelta(days=1))
    Facilitator.objects.filter(pk=who["malik"].pk).update(parent="waiting")
    ExamDay.objects.create(facilitator=who["ines"], on=DAY)
    cases.know_each_other(case, by=village.actor("ines"), facilitator=who["tova"])
    found = team_for(case, DAY, DAY)
    assert found.others == (
        ("Fadi Brandt", "not certified then"),
        ("Malik Vane", "a parent has not said yes yet"),
        ("Tova Lindqvist", "somebody knows somebody; choose another"),
    )
    assert found.best(TUESDAY, 60).refused == {who["ines"].pk: "exam"}


def test_a_time_that_is_held_is_a_turn_and_counts(village, ready, room):
    booking = actions.book(ready.case, by=village.actor("cora"), room=room, starts_at=TUESDAY, minutes=60)
    other = opened(village).case
    later = TUESDAY + timedelta(days=7)
    found = team_for(other, later.date(), later.date())
    turns = {c.name: [t.part for t in c.turns] for c in found.candidates}
    held = {a.facilitator.user.name: [a.part] for a in ready.case.assignments.filter(ended_at=None)}
    assert {name: parts for name, parts in turns.items() if parts} == held
    assert all(c.who.name not in held for c in found.best(later, 60).places if c.part == "lead")
    actions.release(booking, by=village.actor("cora"))
    assert not any(c.turns for c in team_for(other, later.date(), later.date()).candidates)


def test_few_or_many_it_takes_the_same_number_of_queries(village, case):
    def took():
        with CaptureQueriesContext(connection) as caught:
            team_for(case, DAY, DAY)
        return len(caught)

    Facilitator.objects.exclude(user__in=[village.fadi, village.ines]).update(certified_until=DAY - timedelta(days=1))
    took()
    few = took()
    for name in ("malik", "tova", "mina"):
        ExamDay.objects.create(facilitator=village.facilitator(name), on=DAY)
    assert took() == few


@pytest.mark.parametrize(("who", "status"), [("cora", 200), ("fadi", 404), ("nour", 404), ("ines", 404), ("ada", 404)])
def test_only_who_runs_the_case_puts_a_team_together(village, client, case, who, status):
    assert village.sign_in(client, who).get(looked_at(case)).status_code == status
    assert client.post(reverse("ask_next", args=[case.ref]), {}).status_code == (302 if status == 200 else 404)


@pytest.mark.mission("S0.2")
def test_the_page_says_why_and_asks_without_a_name(village, client, case):
    ExamDay.objects.create(facilitator=village.facilitator("tova"), on=DAY)
    village.sign_in(client, "cora")
    page = client.get(looked_at(case)).content.decode()
    assert "Ines Okafor: has not had a turn yet" in page
    assert "exam on Tuesday" in page
    ines, malik, fadi = (str(village.facilitator(name).pk) for name in ("ines", "malik", "fadi"))
    sent = client.post(looked_at(case), {"place_0": fadi, "place_1": malik, "place_2": ines, "goes_on": "on"})
    assert sent.status_code == 302
    assert sorted(Duty.objects.values_list("facilitator__user__name", "part", "answer")) == [
        ("Fadi Brandt", "lead", ""), ("Ines Okafor", "student", ""), ("Malik Vane", "student", ""),
    ]  # fmt: skip
    letters = Letter.objects.filter(key__startswith="duty:")
    assert letters.count() == 3
    names = [p.person.name.split()[0] for p in case.participations.select_related("person")]
    for letter in letters:
        assert "Tuesday" in letter.body
        assert not any(name in letter.body for name in [*names, case.alias, case.ref])


def test_whoever_was_asked_is_not_asked_again_and_the_next_in_turn_is(village, client, case):
    village.sign_in(client, "cora")
    duty = cases.ask_to_help(case, by=village.actor("cora"), facilitator=village.facilitator("ines"), part="student", starts_at=TUESDAY, minutes=60)
    client.post(reverse("ask_next", args=[case.ref]), {"duty": duty.pk})
    assert sorted(Duty.objects.filter(place=duty.place).values_list("facilitator__user__name", flat=True)) == ["Ines Okafor", "Malik Vane"]
