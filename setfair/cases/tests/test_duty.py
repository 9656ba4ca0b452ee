"""One of the team is asked to help on a day, without a name of anybody: yes, no, too late, or they know somebody there."""

import re
import threading
from datetime import timedelta

import pytest
from django.db import connections
from django.test import Client
from django.urls import reverse

from setfair.cases import actions
from setfair.cases.actions import CannotChange
from setfair.cases.letters_of_duty import when_of
from setfair.cases.models import Acquaintance, Assignment, Duty, Named
from setfair.cases.tasks import see_to_duties
from setfair.core import clock
from setfair.facilitators.models import Facilitator
from setfair.letters.models import Letter
from setfair.village.story import opened
from setfair.village.time import at


@pytest.fixture
def case(village):
    with village.inside():
        yield opened(village).case


def ask(village, case, who, **said):
    soon = clock.now() + timedelta(days=20)
    given = {"part": "student", "starts_at": soon, "minutes": 60} | said
    return actions.ask_to_help(case, by=village.actor("cora"), facilitator=village.facilitator(who), **given)


def link(duty):
    letter = Letter.objects.filter(key__startswith=f"duty:{duty.pk}:").exclude(key__endswith=":off").order_by("due_at").last()
    return re.search(r"/p/\S+/day/\S+", letter.body)[0]


def on_it(case):
    return sorted(Assignment.objects.filter(case=case, ended_at=None).values_list("facilitator__user__name", flat=True))


def answers(case):
    return {d.facilitator.user.name: d.answer for d in Duty.objects.filter(case=case).select_related("facilitator__user")}


@pytest.mark.mission("S0.2")
def test_yes_by_the_link_makes_them_of_the_team_and_looking_does_not(village, case):
    duty = ask(village, case, "ines")
    assert ask(village, case, "ines") == duty
    stranger = Client()
    page = stranger.get(link(duty)).content.decode()
    assert "Two sides" in page
    assert case.alias not in page
    assert on_it(case) == []
    for _twice in range(2):
        assert "You help on this day" in stranger.post(link(duty), {"answer": "yes"}).content.decode()
    assert on_it(case) == ["Ines Okafor"]
    assert stranger.get("/mine/").status_code == 302


def test_a_no_needs_no_reason_and_the_next_in_turn_is_asked(village, case):
    duty = ask(village, case, "ines", goes_on=True)
    assert "No reason is needed" in Client().post(link(duty), {"answer": "no"}).content.decode()
    assert answers(case) == {"Ines Okafor": "no", "Malik Vane": ""}
    assert Duty.objects.filter(place=duty.place).count() == 2
    actions.say_no_to(Duty.objects.get(answer=""), by=village.actor("malik"))
    actions.say_no_to(Duty.objects.get(answer=""), by=village.actor("tova"))
    assert answers(case) == {"Ines Okafor": "no", "Malik Vane": "no", "Tova Lindqvist": "no"}


def test_of_two_for_one_place_the_first_has_it_and_the_other_hears_it_kindly(village, case):
    ines = ask(village, case, "ines")
    malik = ask(village, case, "malik", place=ines.place)
    actions.say_yes_to(malik, by=village.actor("malik"))
    assert answers(case) == {"Ines Okafor": "taken", "Malik Vane": "yes"}
    assert "You keep your turn" in Client().post(link(ines), {"answer": "yes"}).content.decode()
    assert on_it(case) == ["Malik Vane"]


@pytest.mark.parametrize("who", ["student", "person"])
def test_whichever_side_knows_somebody_it_looks_the_same(village, client, case, who):
    duty = ask(village, case, "ines")
    if who == "student":
        village.sign_in(client, "ines").post(reverse("duty", args=[duty.pk]), {"answer": "known"})
    else:
        actions.know_each_other(case, by=village.actor("ines"), facilitator=village.facilitator("ines"))
    assert (answers(case), Acquaintance.objects.count()) == ({"Ines Okafor": "off"}, 1)
    with pytest.raises(CannotChange, match="somebody knows somebody; choose another"):
        ask(village, case, "ines")


def test_somebody_of_the_circle_says_on_their_own_page_that_they_know_a_helper(village, client, at_ready):
    with village.inside():
        case = at_ready.case
        dana = case.participations.order_by("added_at").first()
        ines = case.assignments.filter(ended_at=None, part="student").first()
        village.enter(client, dana)
        there, name = reverse("helpers"), ines.facilitator.user.get_short_name()
        assert f"I know {name}" in client.get(there).content.decode()
        assert client.post(there, {"helper": "x"}).status_code == 422
        assert client.post(there, {"helper": ines.pk}).status_code == 302
        assert f"I know {name}" not in client.get(there).content.decode()


def test_a_helper_steps_out_of_what_they_hold_without_a_reason(village, client, case):
    assignment = actions.assign(case, by=village.actor("cora"), facilitator=village.facilitator("ines"), part="student")
    village.sign_in(client, "ines")
    assert case.alias in client.get(reverse("duties")).content.decode()
    assert client.post(reverse("known_there", args=[assignment.pk])).status_code == 302
    assert on_it(case) == []


@pytest.mark.parametrize("who", ["malik", "fadi", "cora", "lena"])
def test_nobody_answers_for_another(village, client, case, who):
    duty = ask(village, case, "ines")
    assignment = actions.assign(case, by=village.actor("cora"), facilitator=village.facilitator("tova"), part="student")
    village.sign_in(client, who)
    assert client.get(reverse("duty", args=[duty.pk])).status_code == 404
    assert client.post(reverse("known_there", args=[assignment.pk])).status_code == 404
    assert client.post(reverse("duty_off", args=[duty.pk])).status_code == (302 if who == "cora" else 404)


def test_a_link_of_nobody_opens_nothing(village, case):
    assert Client().get(f"/p/{village.school.slug}/day/{'x' * 43}/").status_code == 404
    assert Client().get(f"/p/{village.county.slug}/day/{link(ask(village, case, 'ines')).split('/')[-2]}/").status_code == 404


def test_a_parent_who_has_not_said_yes_yet_is_waited_for(village, case):
    Facilitator.objects.filter(pk=village.facilitator("ines").pk).update(parent="waiting")
    with pytest.raises(CannotChange, match="^A parent of Ines Okafor has not said yes yet.$"):
        ask(village, case, "ines")


def test_they_are_reminded_once_and_then_it_lapses_and_the_next_is_asked(village):
    with village.inside():
        case = opened(village).case
        duty = ask(village, case, "ines", goes_on=True)
        first = link(duty)
    for hours, written, open_ones in ((1, 1, 1), (40, 2, 1), (41, 2, 1), (73, 2, 1)):
        with at(clock.now() + timedelta(hours=hours)):
            see_to_duties()
        with village.inside():
            assert Letter.objects.filter(key__startswith=f"duty:{duty.pk}:").count() == written
            assert Duty.objects.filter(answer="").count() == open_ones
    with village.inside():
        assert answers(case) == {"Ines Okafor": "lapsed", "Malik Vane": ""}
        assert Client().get(first).status_code == 404
        assert "This question is over" in Client().get(link(duty)).content.decode()


def test_taken_back_they_are_told_that_the_day_is_free(village, case):
    duty = actions.take_back(ask(village, case, "ines"), by=village.actor("cora"))
    assert Letter.objects.get(key=f"duty:{duty.pk}:off").body.startswith("Hello,\n\nyour help is not needed")
    assert "This question is over" in Client().post(link(duty), {"answer": "yes"}).content.decode()
    assert on_it(case) == []


@pytest.mark.django_db(transaction=True)
def test_two_say_yes_to_one_place_at_the_same_instant(village):
    with village.inside():
        case = opened(village).case
        ines = ask(village, case, "ines")
        links = [link(ines), link(ask(village, case, "malik", place=ines.place))]
    gate, found = threading.Barrier(2), []

    def go(there):
        try:
            gate.wait()
            found.append(Client(raise_request_exception=False).post(there, {"answer": "yes"}).content.decode())
        finally:
            connections.close_all()

    threads = [threading.Thread(target=go, args=(there,)) for there in links]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert sorted(("You help on this day" in page, "You keep your turn" in page) for page in found) == [(False, True), (True, False)]
    with village.inside():
        assert sorted(answers(case).values()) == ["taken", "yes"]
        assert len(on_it(case)) == 1


@pytest.mark.parametrize("how", ["kept out", "sealed", "not named any more"])
def test_whoever_may_not_open_the_case_any_more_is_not_asked_and_their_link_is_shut(village, case, how):
    cora, ines = village.actor("cora"), village.facilitator("ines")
    if how == "not named any more":
        actions.seal(case, by=cora, why="office", team=[village.cora, village.ines])
    there = link(duty := ask(village, case, "ines"))
    assert Client().get(there).status_code == 200
    if how == "kept out":
        actions.keep_out(case, by=cora, user=village.ines, why="close")
    elif how == "sealed":
        actions.seal(case, by=cora, why="office", team=[village.cora])
    else:
        actions.unname(Named.objects.get(user=village.ines), by=cora)
    assert answers(case) == {"Ines Okafor": "off"}
    assert Letter.objects.filter(key=f"duty:{duty.pk}:off").count() == 1
    assert [Client().get(there).status_code, Client().post(there, {"answer": "known"}).status_code] == [404, 404]
    assert not Acquaintance.objects.filter(facilitator=ines).exists()


@pytest.mark.parametrize("answer", ["yes", "no"])
def test_once_answered_the_link_tells_no_day(village, case, answer):
    duty = ask(village, case, "ines")
    stranger, day = Client(), when_of(duty)
    assert [day in page.content.decode() for page in (stranger.get(link(duty)), stranger.post(link(duty), {"answer": answer}))] == [True, True]
    page = stranger.get(link(duty)).content.decode()
    assert (day in page, "student facilitator" in page, "Thank you" in page) == (False, False, True)
