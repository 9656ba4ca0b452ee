"""Whoever has not answered an offer is asked again, with a link that opens as long as the offer asks; nobody else is."""

from datetime import time, timedelta

import pytest
from django.db.models import F
from django.urls import reverse

from setfair.accounts.models import Pass
from setfair.cases import actions as cases
from setfair.letters.actions import mark_sent
from setfair.letters.journey import Stage as Letters
from setfair.letters.models import Letter
from setfair.people.actions import reach
from setfair.people.models import Contact
from setfair.preparation import actions as preparation
from setfair.programmes.models import Programme
from setfair.scheduling import actions
from setfair.scheduling.said import until
from setfair.scheduling.tasks import chase_times
from setfair.village.time import at

from .conftest import MONDAY, TUESDAY
from .offered import DAY, EVERYONE, offered, say

pytestmark = pytest.mark.django_db
FIRST = TUESDAY + 7 * DAY


@pytest.fixture
def asked(ready, room):
    """About a time in a week, with a week to answer."""
    made = offered(ready, room, FIRST, answer_by=MONDAY + 7 * DAY)
    for letter in Letter.objects.filter(key__startswith="offered:", stage=Letters.DUE):
        mark_sent(letter, by=ready.coordinator)
    return made


def written(asked):
    """By person: how many letters about this offer."""
    readers = list(Letter.objects.filter(key__startswith=f"offered:{asked.pk}:").values_list("reader_id", flat=True))
    return {who: readers.count(who) for who in readers}


def live_link(person):
    return Pass.objects.get(bearer_id=person.pk, kind=Pass.Kind.LINK, revoked_at=None, spent_at=None)


@pytest.mark.mission("S0.2")
def test_who_has_not_answered_is_asked_again_at_the_programmes_intervals_and_nobody_else(ready, asked):
    everyone = {ready.people[key].person_id for key in EVERYONE}
    chase_times()
    assert written(asked) == dict.fromkeys(everyone, 1)
    say(ready, "hana", asked.times.get(), "call")
    with at(MONDAY + timedelta(days=2, hours=23)):
        chase_times()
        assert written(asked) == dict.fromkeys(everyone, 1)
    Programme.objects.update(chase_days=4)
    with at(MONDAY + timedelta(days=3, hours=1)):
        chase_times()
        assert written(asked) == dict.fromkeys(everyone, 1)
    with at(MONDAY + timedelta(days=4, hours=1)):
        chase_times()
        chase_times()
        assert written(asked) == dict.fromkeys(everyone, 2) | {ready.hana.person_id: 1}
    with at(MONDAY + timedelta(days=7, hours=1)):
        chase_times()
        assert max(written(asked).values()) == 2


def test_each_link_opens_until_the_last_moment_to_answer_and_the_one_before_ends(ready, asked):
    first = live_link(ready.rami)
    assert first.expires_at - asked.answer_by < timedelta(hours=1) and first.expires_at >= asked.answer_by
    with at(MONDAY + timedelta(days=3, hours=1)):
        chase_times()
        again = live_link(ready.rami)
    assert (again != first, again.expires_at >= asked.answer_by, again.expires_at - asked.answer_by < timedelta(hours=1)) == (True, True, True)
    bodies = {letter.body for letter in Letter.objects.filter(key__startswith="offered:")}
    assert {"as long as the question is open" in body and "3 days" not in body for body in bodies} == {True}


def test_an_answer_stops_what_has_not_left_and_what_comes_too_late_never_goes(ready, asked):
    with at(MONDAY + timedelta(days=3, hours=1)):
        chase_times()
        mine = Letter.objects.filter(key__startswith=f"offered:{asked.pk}:{ready.rami.person_id}:").get()
        assert (mine.stage != Letters.WITHDRAWN, mine.until) == (True, asked.answer_by)
        say(ready, "rami", asked.times.get(), "no")
        mine.refresh_from_db()
        others = Letter.objects.filter(key__startswith=f"offered:{asked.pk}:", stage=Letters.WITHDRAWN).exclude(reader_id=ready.rami.person_id)
        assert (mine.stage, others.count()) == (Letters.WITHDRAWN, 0)


def test_a_reminder_waits_for_its_hour(ready, asked):
    Programme.objects.update(letters_from=time(8), letters_until=time(20))
    with at(MONDAY + timedelta(days=3, hours=14)):
        chase_times()
        waiting = Letter.objects.filter(key__endswith=":3", due_at__gt=F("made_at") + timedelta(hours=8))
        assert waiting.count() == Letter.objects.filter(key__endswith=":3").count() == 4


@pytest.mark.parametrize("how", ["no", "stopped", "on a break", "taken back", "resting"])
def test_who_wants_no_word_and_what_is_over_is_left_in_peace(ready, asked, how):
    with at(MONDAY + timedelta(hours=1)):
        if how == "no":
            preparation.consent(ready.rami, by=ready.lead, answer="no")
        elif how == "stopped":
            preparation.withdraw(ready.rami, by=ready.me("rami"))
        elif how == "on a break":
            preparation.take_a_break(ready.rami, by=ready.me("rami"))
        elif how == "taken back":
            actions.take_back(asked, by=ready.coordinator)
        else:
            cases.hold(ready.case, by=ready.coordinator, reason="away", look_on=(MONDAY + 9 * DAY).date())
    with at(MONDAY + timedelta(days=3, hours=1)):
        chase_times()
    assert written(asked)[ready.rami.person_id] == 1


def test_where_it_is_and_until_which_hour_stand_on_the_page(ready, room, village, client):
    offered(ready, room, TUESDAY, answer_by=TUESDAY - timedelta(minutes=30))
    page = village.enter(client, ready.hana).get(reverse("own_offer")).content.decode()
    assert ("until Tuesday, 12 Jan 2027, 7:30 a.m." in page, room.name in page) == (True, True)
    assert until(MONDAY.replace(hour=23, minute=59), "America/New_York") == "Monday, 11 Jan 2027"


def test_the_paper_says_where_and_goes_out_once(ready, room):
    Contact.objects.filter(person=ready.sol.person).update(ended_at=MONDAY)
    reach(ready.sol.person, by=ready.coordinator, way=Contact.Way.POST, value="1 Mill Lane")
    made = offered(ready, room, FIRST, answer_by=MONDAY + 7 * DAY)
    paper = Letter.objects.get(key=f"offered:{made.pk}:{ready.sol.person_id}")
    assert (paper.channel, f"8 a.m. to 9 a.m., {room.name}" in paper.body) == ("paper", True)
    with at(MONDAY + timedelta(days=3, hours=3)):
        chase_times()
        assert (written(made)[ready.sol.person_id], written(made)[ready.rami.person_id]) == (1, 2)
