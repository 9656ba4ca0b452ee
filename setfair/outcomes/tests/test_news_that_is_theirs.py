"""A person harmed is told of what they read; Today, the case page and the door out ask it in the same way."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from setfair.agreements import actions as agreements
from setfair.agreements.models import Result
from setfair.agreements.terms import Terms
from setfair.agreements.tests.renewing import add
from setfair.cases import actions as cases
from setfair.cases.models import Case
from setfair.desk.next_step import next_step
from setfair.desk.tests.todays import rules
from setfair.exchanges import actions as exchanges
from setfair.outcomes import actions, queries
from setfair.outcomes.models import News
from setfair.programmes.reasons import Reason

pytestmark = pytest.mark.django_db
BETWEEN = "Some of what was promised is between others."


def promised(met, narrow):
    """Rami promises Hana something that all may read; the other promise is read by those alone whom it concerns. All have signed."""
    agreements.draft(met.case, by=met.lead)
    add(met, met.rami, met.hana)
    add(met, met.sol, narrow, terms=Terms(reach="some"))
    agreements.present(met.agreement, by=met.lead)
    met.sign_all()
    return met


def settled(story, number):
    item = story.items()[number]
    agreements.keep(item, by=story.lead)
    agreements.verify(item, by=story.lead)


def enough(story):
    return [each.enough for each in queries.told(Case.objects.get(pk=story.case.pk))]


def today(village):
    return [rule for rule in rules(village) if rule in ("tell", "close")]


def step(story):
    return next_step(Case.objects.get(pk=story.case.pk), None, None).button


def test_what_is_between_others_is_no_news_and_closing_does_not_wait_for_it(met, village, told):
    promised(met, met.gail)
    settled(met, 0)
    told(met)
    settled(met, 1)
    assert (enough(met), today(village), step(met)) == ([True], ["close"], "Close it")
    actions.close(Case.objects.get(pk=met.case.pk), by=met.coordinator, reason=Reason.COMPLETED)


def test_what_is_theirs_alone_is_news(met, village, told):
    promised(met, met.hana)
    settled(met, 0)
    told(met)
    settled(met, 1)
    assert (enough(met), today(village), step(met)) == ([False], ["tell"], "Tell them")


@pytest.mark.parametrize(("whose", "there"), [("gail", True), ("hana", False)])
def test_whoever_tells_them_has_it_before_them_that_something_is_between_others(met, village, client, whose, there):
    promised(met, met.people[whose])
    page = village.sign_in(client, "fadi").get(reverse("news", args=[met.case.ref])).content.decode()
    assert (BETWEEN in page) == there


def test_the_three_tries_count_from_when_there_was_something_that_they_may_hear(met, told, try_in_vain):
    promised(met, met.gail)
    settled(met, 0)
    with try_in_vain(met.hana, by=met.lead):
        settled(met, 1)
        assert told(met, way=News.Way.NOT_REACHED).way == News.Way.NOT_REACHED


def test_that_somebody_said_what_came_of_a_circle_is_no_news(met, village, told):
    told(met)
    agreements.say_result(met.case, by=met.lead, what=Result.What.NONE_NEEDED)
    assert (enough(met), today(village), step(met)) == ([True], ["close"], "Close it")


def test_a_talk_of_the_day_before_is_no_news_on_today_either(met, village, told):
    agreements.say_result(met.case, by=met.lead, what=Result.What.NONE_NEEDED)
    told(met, told_on=timezone.localdate() - timedelta(days=200))
    assert (enough(met), today(village), step(met)) == ([False], ["tell"], "Tell them")


def test_what_came_of_an_exchange_is_news(village, at_prepared, told):
    with village.inside():
        story = at_prepared
        cases.choose_route(story.case, by=story.coordinator, how="letters", why="harmed")
        story.invite_everyone()
        story.hear_every_yes()
        story.declare_ready()
        told(story)
        piece = exchanges.write(story.rami, by=story.me("rami"), meant="harmed", kind="letter", words="I am sorry.")
        piece = exchanges.keep(exchanges.hand_in(piece, by=story.me("rami")), by=story.lead, receiver=story.hana)
        exchanges.offer(piece, by=story.lead)
        agreements.say_result(Case.objects.get(pk=story.case.pk), by=story.lead, what=Result.What.DIFFER)
        assert (enough(story), today(village), step(story)) == ([False], ["tell"], "Tell them")
        told(story)
        assert (enough(story), today(village), step(story)) == ([True], ["close"], "Close it")
