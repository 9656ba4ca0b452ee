"""One page for whoever takes a case on: what comes next, where each stands, what was tried and promised; and for nobody who does not prepare it."""

from datetime import time, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from setfair.cases import actions as cases
from setfair.cases.models import Participation
from setfair.core import clock
from setfair.desk.handover import handover
from setfair.people.actions import describe_way
from setfair.people.card import Card
from setfair.people.models import Contact
from setfair.preparation import actions as preparation
from setfair.preparation import queries as preparation_queries
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
        lines = [ask.item for ask in preparation_queries.list_of(story.sol)]
        assert (sol.left, "Go through their list" in sol.open) == ([str(item) for item in lines], False)
        preparation.go_through(story.sol, by=story.lead, done=[item.pk for item in lines[1:]])
        assert next(one.left for one in handover(story.case).people if one.participation == story.sol) == [str(lines[0])]
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


def test_it_says_how_to_reach_and_speak_to_each_and_who_is_kept_apart_but_no_number(client, village, at_preparing):
    """Whoever takes it on must not call at the wrong hour, in the wrong language or by the wrong name; and the page is printed."""
    story = at_preparing
    with village.inside():
        card = Card(days=[0, 2], starts=time(15, 15), may_leave_message=False, also_reads="My brother")
        describe_way(story.hana.person, by=story.lead, way="sms", value="555-0177", card=card)
        Contact.objects.filter(person=story.sol.person).update(ended_at=clock.now())
        hana = Participation.objects.get(pk=story.hana.pk)
        hana.address = "Coach Hana"
        hana.save()
        cases.bar_contact(story.case, by=story.coordinator, one=story.hana, other=story.rami, by_order=False)
        page = handover(story.case)
        hana, sol = (next(one for one in page.people if one.participation.pk == p.pk) for p in (story.hana, story.sol))
        assert (page.apart, hana.spoken, sol.reach) == (["Hana and Rami are kept apart."], "Coach Hana", [])
        assert "Text message · Mon, Wed · from 3:15 p.m. · leave no message · somebody else is there too" in hana.reach
    text = village.sign_in(client, "fadi").get(reverse("case_handover", args=[story.case.ref])).content.decode()
    said = ("Hana and Rami are kept apart.", "Coach Hana", "None is known.", "555-0177", "My brother")
    assert [words in text for words in said] == [True, True, True, False, False]


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
