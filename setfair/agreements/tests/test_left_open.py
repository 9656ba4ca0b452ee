"""What an agreement in part leaves open is not forgotten when they meet once more."""

import pytest
from django.test import Client
from django.urls import reverse

from setfair.agreements import actions, queries
from setfair.agreements.models import Result
from setfair.agreements.tests.test_race import at_once
from setfair.cases.journey import Stage
from setfair.journal.journey import move
from setfair.outcomes import queries as outcomes
from setfair.preparation import actions as preparation
from setfair.village.story import case_at
from setfair.village.time import at

HEADINGS = ("the seat in class", "the phone")
LOOK = "We looked again, it stays open"
FIRST = "They agreed in part. Look again at what is still open first."


def left_open(story):
    return actions.say_result(story.case, by=story.lead, what=Result.What.PARTLY, still_open=HEADINGS)


@pytest.fixture
def once_more(met):
    """They agreed in part, and are to meet a second time."""
    left_open(met)
    move(met.case, Stage.PREPARING, by=met.lead)
    return met


def prepare_again(story):
    """Somebody has looked at everyone's safety anew, and there is a day."""
    for person in story.people.values():
        preparation.check_safety(person, by=story.lead, level="low")
    story.declare_ready()
    story.book()


def reads(client, name, story):
    words = client.get(reverse(name, args=[story.case.ref])).content.decode()
    return [heading in words for heading in HEADINGS]


@pytest.mark.django_db
class TestWhileTheNextIsPrepared:
    def test_the_team_reads_what_it_is_about(self, once_more, village):
        for who in ("fadi", "cora"):
            client = village.sign_in(Client(), who)
            assert [reads(client, name, once_more) for name in ("agreement", "case")] == [[True, True]] * 2

    def test_nobody_else_does(self, once_more, village):
        page = reverse("agreement", args=[once_more.case.ref])
        assert [village.sign_in(Client(), who).get(page).status_code for who in ("nour", "mina", "ines")] == [404] * 3
        homes = [village.enter(Client(), person).get(reverse("home")).content.decode() for person in once_more.people.values()]
        assert [heading in home for home in homes for heading in HEADINGS] == [False] * 8

    def test_it_is_looked_at_again_before_it_closes_and_stays_there_to_read(self, once_more, village):
        client = village.sign_in(Client(), "fadi")
        assert FIRST in outcomes.missing(once_more.case)
        assert LOOK in client.get(reverse("agreement", args=[once_more.case.ref])).content.decode()
        assert client.post(reverse("look_again", args=[once_more.case.ref])).status_code == 302
        assert FIRST not in outcomes.missing(once_more.case)
        words = client.get(reverse("agreement", args=[once_more.case.ref])).content.decode()
        assert (LOOK in words, reads(client, "agreement", once_more)) == (False, [True, True])

    def test_a_second_circle_of_which_nothing_is_said_is_no_answer(self, once_more, village):
        prepare_again(once_more)
        with at(once_more.booking.starts_at):
            once_more.hold_conference()
            once_more.case.refresh_from_db()
            assert (queries.result_of(once_more.case), FIRST in outcomes.missing(once_more.case)) == (None, True)
            assert reads(village.sign_in(Client(), "fadi"), "agreement", once_more) == [True, True]
            actions.say_result(once_more.case, by=once_more.lead, what=Result.What.AGREED)
            assert FIRST not in outcomes.missing(once_more.case)
            assert reads(village.sign_in(Client(), "fadi"), "agreement", once_more) == [False, False]

    def test_while_the_second_circle_is_under_way_nothing_is_closed_for_the_first(self, met):
        actions.say_result(met.case, by=met.lead, what=Result.What.NONE_NEEDED)
        move(met.case, Stage.PREPARING, by=met.lead)
        prepare_again(met)
        with at(met.booking.starts_at):
            met.begin()
            assert not queries.is_without(met.case)


@pytest.mark.django_db(transaction=True)
def test_two_at_once_of_whom_one_says_it_anew_and_the_other_looks_again(village):
    with village.inside():
        story = case_at(village, Stage.CONVENED)
        left_open(story)
    client = village.sign_in(Client(), "fadi")
    look = reverse("look_again", args=[story.case.ref])
    _said, answer = at_once(village, lambda: actions.say_result(story.case, by=story.lead, what=Result.What.AGREED), lambda: client.post(look))
    assert (answer.status_code, "Something else came of it meanwhile." in answer.content.decode()) == (422, True)
