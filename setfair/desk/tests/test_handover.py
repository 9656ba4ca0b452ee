"""One page for whoever takes a case on: what comes next, where each stands, what was tried and promised; and for nobody who does not prepare it."""

from datetime import time, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from setfair.cases import actions as cases
from setfair.desk.handover import handover
from setfair.preparation import actions as preparation
from setfair.programmes.actions.places import NewPlace
from setfair.village.time import today

pytestmark = pytest.mark.django_db

JAIL = NewPlace("Marsh County Jail", lead_days=2)


def test_it_says_where_each_stands_what_was_tried_and_what_comes_next(client, village, at_preparing):
    story = at_preparing
    with village.inside():
        day = today(story.programme)
        preparation.consent(story.hana, by=story.lead, answer="unsure")
        preparation.ask_call(story.hana, by=story.me("hana"))
        preparation.check_safety(story.rami, by=story.lead, level="medium", plan="Sit by the door.")
        preparation.note_try(story.rami, by=story.lead, on=day, way="person", result="no_answer")
        preparation.arrange(story.sol, by=story.lead, kind="transport", state="needed")
        cases.take_in(story.rami, by=story.lead, new=JAIL, release_on=day + timedelta(days=30))
        cases.plan_visit(story.rami, by=story.lead, on=day + timedelta(days=6), starts=time(10), ends=time(11))
        page = handover(story.case)
        people = {one.participation.pk: one for one in page.people}
        hana, rami, sol = (people[one.pk] for one in (story.hana, story.rami, story.sol))
        assert (hana.said.split(",")[0], len(hana.waits_for), rami.worry, rami.plan) == ("Not sure", 1, "some", "Sit by the door.")
        assert ([line.split(" · ")[1] for line in rami.tries], sol.arranged) == (["in person: nobody answered"], ["A way to get here: needed"])
        assert ("They choose: take part?" in rami.open, page.promised) == (True, [])
        days = [(act.on - day).days for act in page.acts if story.rami.person.shown in act.what]
        assert days == [4, 6, 30]
    there = reverse("case_handover", args=[story.case.ref])
    who = {"cora": 200, "fadi": 200, "sven": 404, "mina": 404, "nour": 404, "ines": 404}
    assert {name: village.sign_in(Client(), name).get(there).status_code for name in who} == who
    text = village.sign_in(client, "fadi").get(there).content.decode()
    assert [words in text for words in ("Sit by the door.", "in person: nobody answered", "Still to do:")] == [True] * 3
    giving = village.sign_in(Client(), "cora").get(reverse("hand_over", args=[story.case.ref]))
    assert there in giving.content.decode()


def test_what_was_promised_stands_on_it_until_it_is_settled(village, at_following_up):
    with village.inside():
        page = handover(at_following_up.case)
        assert len(page.promised) > 0
        assert [act.on for act in page.acts] == sorted(act.on for act in page.acts)
        assert {item.due_on for item in page.promised} <= {act.on for act in page.acts}


def test_it_asks_the_database_as_often_for_a_large_circle_as_for_a_small_one(village, at_preparing, django_assert_max_num_queries):
    with village.inside():
        story = at_preparing
        with django_assert_max_num_queries(60) as first:
            handover(story.case)
        for n in range(3):
            cases.add_person(story.case, by=story.coordinator, name=f"Somebody {n}", role="community")
            preparation.note_try(story.hana, by=story.lead, on=today(story.programme), way="person", result="message")
        with django_assert_max_num_queries(len(first)):
            handover(story.case)
