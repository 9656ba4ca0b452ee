"""Whoever stops once all have signed is let be: no more letters to them, and what everyone signed goes on for the others."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from setfair.agreements import actions
from setfair.agreements.journey import Stage
from setfair.agreements.tasks import remind_of_promises
from setfair.cases.journey import Stage as CaseStage
from setfair.cases.models import Case
from setfair.journal.models import Entry
from setfair.letters.models import Letter
from setfair.outcomes import actions as outcomes
from setfair.outcomes.models import News
from setfair.preparation import actions as preparation
from setfair.preparation.queries import is_let_be
from setfair.village.time import at

pytestmark = pytest.mark.django_db
HOW = ["no", "withdrawn"]


def noon_before(item):
    day = item.due_on - timedelta(days=1)
    return datetime(day.year, day.month, day.day, 12, 0, tzinfo=ZoneInfo("America/New_York"))


def to(person, *kinds):
    return [letter.stage for letter in Letter.objects.filter(reader_id=person.person_id).order_by("made_at") if letter.key.split(":")[0] in kinds]


@pytest.mark.parametrize("who", ["hana", "rami", "sol", "gail"])
def test_what_everyone_signed_holds_for_the_others(holding, who):
    preparation.withdraw(holding.people[who], by=holding.me(who))
    assert (holding.agreement.stage, Case.objects.get(pk=holding.case.pk).stage) == (Stage.IN_FORCE, CaseStage.FOLLOWING_UP)
    assert not Entry.objects.filter(verb="moved", detail__to__in=["preparing", "ended"]).exists()
    actions.verify(actions.send_proof(holding.items()[0], by=holding.me("rami"), words="Done."), by=holding.lead)
    assert holding.items()[0].stage == "verified"


@pytest.mark.parametrize("answer", HOW)
def test_no_letter_goes_to_whoever_stopped_and_the_others_get_theirs(holding, answer):
    preparation.consent(holding.rami, by=holding.lead, answer=answer)
    preparation.invite(holding.rami, by=holding.lead)
    preparation.invite(holding.sol, by=holding.lead)
    with at(noon_before(holding.items()[0])):
        remind_of_promises()
    assert set(to(holding.rami, "all_signed", "promise_soon", "invitation")) <= {"sent", "withdrawn"}
    assert (to(holding.rami, "promise_soon"), to(holding.rami, "invitation")) == ([], [])
    assert to(holding.sol, "invitation") == ["due"]


def test_one_who_takes_it_back_is_written_to_again(holding):
    preparation.withdraw(holding.rami, by=holding.me("rami"))
    preparation.consent(holding.rami, by=holding.lead, answer="yes", method="paper")
    assert not is_let_be(holding.rami)
    with at(noon_before(holding.items()[0])):
        remind_of_promises()
    assert to(holding.rami, "promise_soon") == ["due", "due"], "the letter, and the first part of what he pays"


def test_a_guardian_stops_the_letters_to_their_child_and_not_their_own(holding):
    preparation.withdraw(holding.rami, by=holding.me("gail"))
    assert (is_let_be(holding.rami), is_let_be(holding.gail), is_let_be(holding.hana)) == (True, False, False)


def test_no_news_by_letter_goes_to_a_person_harmed_who_stopped(holding):
    preparation.withdraw(holding.hana, by=holding.me("hana"))
    today = holding.conference.booking.starts_at.date()
    with pytest.raises(outcomes.CannotTell, match="They have stopped"):
        outcomes.tell(holding.case, by=holding.lead, participation=holding.hana, way=News.Way.LETTER, told_on=today)
    outcomes.tell(holding.case, by=holding.lead, participation=holding.hana, way=News.Way.NOT_WANTED, told_on=today)
    assert (News.objects.get().way, to(holding.hana, "news")) == ("not_wanted", [])


@pytest.mark.parametrize("who", ["rami", "gail"])
def test_while_it_is_being_signed_it_does_not_hold_without_them(signing, who):
    preparation.withdraw(signing.people[who], by=signing.me(who))
    assert (signing.agreement.stage, Case.objects.get(pk=signing.case.pk).stage) == (Stage.ENDED, CaseStage.PREPARING)


@pytest.mark.parametrize("page", ["stop", "choice"])
def test_the_page_says_beforehand_what_stopping_means_now(client, village, holding, page):
    words = village.enter(client, holding.hana).get(reverse(page)).content.decode()
    assert "Everyone has signed the plan. If you stop now, the plan stays, and the others go on with their part." in words
    assert "We will send you no more messages." in words
    assert "it does not start" not in words


def test_a_guardian_reads_it_about_their_child(client, village, holding):
    words = village.enter(client, holding.gail).get(reverse("stop_child")).content.decode()
    assert "We will send Rami no more messages. What Rami said they will do still stands in the plan." in words


def test_while_it_is_being_signed_the_page_says_that_it_does_not_start(client, village, signing):
    words = village.enter(client, signing.hana).get(reverse("stop")).content.decode()
    assert "The plan needs a yes from everyone who was there. If you stop now, it does not start." in words
    assert "the plan stays" not in words
