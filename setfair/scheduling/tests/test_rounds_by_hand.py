"""Whoever no link reaches is not forgotten in a round: paper with the times, and their names on the card of the team."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse

from setfair.accounts.models import Pass
from setfair.cases import actions as cases
from setfair.letters.actions import stop
from setfair.letters.gate import Barrier
from setfair.letters.models import Letter
from setfair.people.actions import reach
from setfair.people.models import Contact
from setfair.preparation import actions as preparation
from setfair.scheduling import rounds
from setfair.scheduling.open_days import open_between
from setfair.scheduling.queries import times_of
from setfair.scheduling.tasks import chase_times
from setfair.village.time import at

from .conftest import MONDAY, ZONE

pytestmark = pytest.mark.django_db
FIRST, LAST = datetime(2027, 1, 19, tzinfo=ZONE).date(), datetime(2027, 1, 29, tzinfo=ZONE).date()
UNTIL = datetime(2027, 1, 18, tzinfo=ZONE)


def test_each_link_opens_as_long_as_the_round_asks(ready):
    ready.invite_everyone()
    asked = rounds.ask(ready.case, by=ready.coordinator, times=open_between(ready.programme, FIRST, LAST)[:3], until=UNTIL)
    link = Pass.objects.get(bearer_id=ready.hana.pk, kind=Pass.Kind.LINK, revoked_at=None, spent_at=None)
    letter = Letter.objects.get(key=f"times:{asked.pk}:{ready.hana.pk}:0")
    assert timedelta() <= link.expires_at - UNTIL < timedelta(hours=1)
    assert (letter.until, "as long as the question is open" in letter.body) == (UNTIL, True)


def without_a_link(ready, who, **way):
    Contact.objects.filter(person=ready.people[who].person).update(ended_at=MONDAY)
    if way:
        reach(ready.people[who].person, by=ready.coordinator, **way)


def test_who_has_no_link_is_asked_on_paper_once_and_named_to_the_team(ready, village, client):
    ready.invite_everyone()
    without_a_link(ready, "sol", way=Contact.Way.POST, value="1 Mill Lane")
    without_a_link(ready, "gail")
    asked = rounds.ask(ready.case, by=ready.coordinator, times=open_between(ready.programme, FIRST, LAST)[:3], until=UNTIL)
    papers = {letter.reader_id: letter for letter in Letter.objects.filter(key__startswith="times:", channel="paper")}
    assert set(papers) == {ready.sol.person_id, ready.gail.person_id}
    body = papers[ready.sol.person_id].body
    assert (body.count("[  ]"), "Please tick the times that work for you" in body, "/c/" in body, "Hana" in body) == (3, True, False, False)
    with at(MONDAY + timedelta(days=3, hours=1)):
        chase_times()
        assert Letter.objects.filter(key__startswith="times:", channel="paper").count() == 2
    page = village.sign_in(client, "cora").get(reverse("schedule", args=[ready.case.ref])).content.decode()
    card = page.split("No message asks these people.")[1].split("</ul>")[0]
    assert [name for name in ("Hana", "Rami", "Sol", "Gail") if name in card] == ["Sol", "Gail"]
    assert (card.count("a letter on paper has the times"), reverse("times_for", args=[ready.sol.pk]) in card) == (2, True)
    rounds.answer(asked, ready.sol, by=ready.me("sol"), times={times_of(asked)[0].starts: "yes"})
    for letter in Letter.objects.filter(reader_id=ready.hana.person_id, key__startswith="times:"):
        stop(letter, by=ready.coordinator, barrier=Barrier.BOUNCED)
    page = client.get(reverse("schedule", args=[ready.case.ref])).content.decode()
    card = page.split("No message asks these people.")[1].split("</ul>")[0]
    assert [name for name in ("Hana", "Rami", "Sol", "Gail") if name in card] == ["Hana", "Gail"]


def test_where_everyone_has_a_link_nobody_is_named_and_on_a_break_nothing_is_printed(ready, village, client):
    ready.invite_everyone()
    without_a_link(ready, "gail")
    with at(MONDAY + timedelta(minutes=5)):
        preparation.withdraw(ready.gail, by=ready.me("gail"))
        ready.case.refresh_from_db()
        rounds.ask(ready.case, by=ready.coordinator, times=open_between(ready.programme, FIRST, LAST)[:3], until=UNTIL)
        assert not Letter.objects.filter(key__startswith="times:", reader_id=ready.gail.person_id).exists()
        page = village.sign_in(client, "cora").get(reverse("schedule", args=[ready.case.ref])).content.decode()
    assert "No message asks these people." not in page


def named(client, ready):
    """Whom the card sends the team to."""
    page = client.get(reverse("schedule", args=[ready.case.ref])).content.decode()
    card = page.split("No message asks these people.")[1].split("</ul>")[0] if "No message asks these people." in page else ""
    return [name for name in ("Hana", "Rami", "Sol", "Gail") if name in card]


@pytest.fixture
def gail_without_a_link(ready, village, client):
    ready.invite_everyone()
    without_a_link(ready, "gail")
    rounds.ask(ready.case, by=ready.coordinator, times=open_between(ready.programme, FIRST, LAST)[:3], until=UNTIL)
    return village.sign_in(client, "cora")


@pytest.mark.parametrize("says", [preparation.withdraw, preparation.take_a_break])
def test_nobody_is_sent_to_call_somebody_who_stopped_or_asked_for_a_break_meanwhile(ready, gail_without_a_link, says):
    client = gail_without_a_link
    assert named(client, ready) == ["Gail"]
    with at(MONDAY + timedelta(minutes=5)):
        says(ready.gail, by=ready.me("gail"))
        assert named(client, ready) == []


def test_while_it_rests_nobody_is_sent_to_call_anybody(ready, gail_without_a_link):
    cases.hold(ready.case, by=ready.coordinator, reason="away")
    assert named(gail_without_a_link, ready) == []


def test_whose_address_is_safe_no_more_since_the_letter_is_named(ready, gail_without_a_link):
    without_a_link(ready, "hana", way=Contact.Way.CALL, value="+15550100")
    assert named(gail_without_a_link, ready) == ["Hana", "Gail"]
