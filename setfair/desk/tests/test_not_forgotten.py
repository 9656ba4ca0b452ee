"""What would be forgotten most easily stands on Today until somebody has seen to it."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from setfair.agreements import actions as agreements
from setfair.cases.models import Participation
from setfair.desk.needs import needs
from setfair.outcomes import actions as outcomes
from setfair.preparation import actions as preparation
from setfair.village.story import opened

pytestmark = pytest.mark.django_db


def told(village, key, case):
    return [n.sentence for n in needs(village.actor(key), village.school).rows if n.ref == case.ref]


@pytest.fixture
def inside(village):
    with village.inside():
        yield village


def test_somebody_who_is_not_sure_waits_for_the_call_they_were_promised(inside, at_ready):
    story = at_ready
    preparation.consent(story.sol, by=story.me("sol"), answer="unsure", method="own")
    assert "Somebody is not sure, and waits for a call" in told(inside, "cora", story.case)
    assert "Somebody is not sure, and waits for a call" in told(inside, "fadi", story.case)
    assert told(inside, "mina", story.case) == []
    preparation.consent(story.sol, by=story.lead, answer="yes", method="said")
    assert "Somebody is not sure, and waits for a call" not in told(inside, "cora", story.case)


def test_a_promise_that_was_not_kept_stays_until_it_is_talked_about(inside, at_following_up):
    story = at_following_up
    item = story.items()[0]
    agreements.miss(item, by=story.lead)
    assert "A promise was not kept" in told(inside, "cora", story.case)
    with pytest.raises(agreements.CannotFollow, match="why it is let go"):
        agreements.waive(item, by=story.lead)
    assert "A promise was not kept" in told(inside, "cora", story.case)
    agreements.waive(item, by=story.lead, words="Hana asks for it no longer.")
    assert "A promise was not kept" not in told(inside, "cora", story.case)


@pytest.mark.parametrize("answer", ["talk", "more time"])
def test_what_is_in_the_way_of_a_promise_waits_until_somebody_has_talked(inside, answer, at_following_up):
    story = at_following_up
    item = story.items()[1]
    sentence = "Somebody tells us how a promise goes: something may be in the way"
    assert sentence not in told(inside, "cora", story.case)
    agreements.say_how(item, by=story.me("rami"), words="The office is shut.")
    assert (sentence in told(inside, "cora", story.case), sentence in told(inside, "fadi", story.case)) == (True, True)
    assert told(inside, "mina", story.case) == []
    if answer == "talk":
        agreements.talk(item, by=story.lead, words="It opens on Monday.")
    else:
        agreements.give_more_time(item, by=story.lead, due_on=item.due_on + timedelta(days=60), words="It is shut.")
    assert sentence not in told(inside, "cora", story.case)


def test_a_case_with_nobody_in_it_is_named_to_the_coordinator_alone(inside):
    story = opened(inside)
    assert told(inside, "cora", story.case) == ["A new case, and nobody in it yet"]
    assert told(inside, "sven", story.case) == []
    story.add_everyone()
    assert told(inside, "cora", story.case) == []


def test_only_who_may_close_is_asked_to(inside, at_following_up):
    story = at_following_up
    story.keep_all()
    of_the_case = [words for words in told(inside, "fadi", story.case) if not words.startswith("A call of yours is due")]
    assert of_the_case == ["The person harmed has not been told how it went"]


def test_somebody_who_was_hurt_and_hurt_somebody_too_is_told_like_the_others(inside, at_following_up):
    story = at_following_up
    Participation.objects.filter(pk=story.hana.pk).update(role="responsible", also="harmed")
    story.keep_all()
    sentence = "The person harmed has not been told how it went"
    assert [sentence in told(inside, who, story.case) for who in ("cora", "fadi", "mina")] == [True, True, False]
    assert "Everything is settled" not in told(inside, "cora", story.case)
    story.hana.refresh_from_db()
    outcomes.tell(story.case, by=story.lead, participation=story.hana, way="voice", told_on=timezone.localdate())
    assert sentence not in told(inside, "cora", story.case)
    assert "Everything is settled" in told(inside, "cora", story.case)


def test_a_high_worry_leads_each_to_a_page_they_may_open_and_is_gone_once_signed_off(inside, client, at_preparing):
    story = at_preparing
    preparation.check_safety(story.rami, by=story.lead, level="high")
    for who in ("cora", "sven", "fadi"):
        page = inside.sign_in(client, who)
        row = next(n for n in needs(inside.actor(who), inside.school).rows if n.ref == story.case.ref)
        assert (row.sentence, page.get(row.url).status_code) == ("High worry about somebody's safety", 200)
        assert [page.get(url).status_code for url in linked(page.get(f"/cases/{story.case.ref}/"))] == [200] * (4 if who != "sven" else 0)
    preparation.sign_off(story.rami, by=inside.actor("sven"), reason="Two rooms, and two doors.")
    assert [told(inside, who, story.case) for who in ("cora", "sven", "fadi")] == [[], [], []]


def linked(page):
    """Where the names on a case page lead."""
    return re.findall(r'class="person-name" href="([^"]+)"', page.content.decode())


def test_an_agreement_that_is_begun_stands_there_until_it_is_laid_out(inside, at_convened):
    story = at_convened
    sentence = "An agreement is begun, and not there to be signed yet"
    assert sentence not in told(inside, "fadi", story.case)
    story.write_agreement()
    agreements.reopen(story.agreement, by=story.lead)
    assert (sentence in told(inside, "cora", story.case), sentence in told(inside, "fadi", story.case)) == (True, True)
    assert told(inside, "mina", story.case) == []
    agreements.present(story.agreement, by=story.lead)
    assert sentence not in told(inside, "fadi", story.case)


def test_one_who_stops_while_promises_are_kept_stands_there_and_is_let_be(inside, at_following_up):
    story = at_following_up
    preparation.withdraw(story.hana, by=story.me("hana"))
    sentence = "Somebody has stopped: they get no letters, and the promises go on"
    assert sentence in told(inside, "cora", story.case)
    assert "Somebody said no, or has stopped for now" not in told(inside, "cora", story.case)
    assert told(inside, "mina", story.case) == []
    preparation.consent(story.hana, by=story.lead, answer="yes", method="paper")
    assert sentence not in told(inside, "cora", story.case)


def test_what_is_said_of_two_people_of_a_case_is_one_row_that_leads_to_the_first_of_them(inside, at_ready):
    story = at_ready
    for key in ("sol", "hana"):
        preparation.consent(getattr(story, key), by=story.me(key), answer="unsure", method="own")
    sentence = "Somebody is not sure, and waits for a call"
    assert rows(inside, story, sentence) == [(f"{sentence} (2)", reverse("person", args=[story.sol.pk]))]
    preparation.consent(story.sol, by=story.lead, answer="yes", method="said")
    assert rows(inside, story, sentence) == [(sentence, reverse("person", args=[story.hana.pk]))]


def rows(village, story, sentence):
    found = needs(village.actor("cora"), village.school).rows
    return [(n.sentence, n.url) for n in found if n.ref == story.case.ref and n.sentence.startswith(sentence)]
