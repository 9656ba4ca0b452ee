import uuid
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from setfair.cases.journey import Stage
from setfair.core.actor import anyone
from setfair.desk.asked import MOST
from setfair.desk.needs import PAGE
from setfair.preparation import actions as preparation
from setfair.preparation.models import CallWish
from setfair.programmes.models import Membership, Role
from setfair.referrals import actions as referrals
from setfair.village.story import case_at

from .todays import rules, told, worry

pytestmark = pytest.mark.django_db


def coordinate(village, key):
    """Somebody of the school coordinates beside Cora."""
    with village.inside():
        Membership.objects.create(user=village.users[key], role=Role.COORDINATOR)


def test_beside_another_coordinator_work_is_ones_own_and_worries_are_everyones(village, client, at_ready):
    coordinate(village, "sven")
    with village.inside():
        stopped = case_at(village, Stage.READY, matter=1)
        preparation.withdraw(stopped.hana, by=stopped.me("hana"))
    assert rules(village, "cora") == ["stopped", "timeless"]
    assert rules(village, "sven") == ["stopped"]
    page = village.sign_in(client, "sven").get("/today/?whose=all")
    assert [n.button for n in page.context["needs"]] == ["Call them", "See times"]
    assert [w["current"] for w in page.context["whose"]] == [False, True]


def test_the_work_of_a_coordinator_who_left_falls_to_the_others(village, at_ready):
    coordinate(village, "sven")
    with village.inside():
        Membership.objects.filter(user=village.cora).update(ended_at=timezone.now())
    assert rules(village, "sven") == ["timeless"]


def test_somebody_alone_has_no_choice_to_make(village, client):
    assert village.sign_in(client, "cora").get("/today/").context["whose"] == []


def test_a_page_holds_what_comes_first_and_says_that_there_is_more(village, client):
    with village.inside():
        for number in range(PAGE + 3):
            referrals.ask(by=anyone(village.school.pk), form_key=uuid.uuid4(), source="parent", story=f"Story {number}.")
        worry(village)
    page = village.sign_in(client, "cora").get("/today/")
    assert len(page.context["needs"]) == PAGE
    assert page.context["needs"][0].sentence == "New request, and a worry about safety was told"
    assert "The others follow as these are done." in page.content.decode()


def test_one_statement_serves_every_programme_and_every_day(village, at_ready):
    with village.inside():
        mine = at_ready.case.ref
    with village.inside(village.county):
        case_at(village, Stage.READY, programme=village.county)
        theirs = case_at(village, Stage.CONVENED, programme=village.county, matter=1).case.ref
    assert [n.ref for n in told(village)] == [mine]
    assert theirs in [n.ref for n in told(village, "nour")]
    with time_machine.travel(timezone.now() + timedelta(days=8), tick=False):
        assert rules(village) == ["timeless"]


def test_one_case_with_very_much_in_it_does_not_hide_that_there_is_more(village, client, at_ready):
    """Hana asked for a call again and again: one row, and the page does not say that it knows all."""
    with village.inside():
        CallWish.objects.bulk_create(CallWish(case=at_ready.case, participation=at_ready.hana) for _ in range(MOST + 2))
    page = village.sign_in(client, "cora").get("/today/")
    calls = [need.sentence for need in page.context["needs"] if need.sentence.startswith("Somebody asks us to call them")]
    assert (calls, page.context["is_full"]) == ([f"Somebody asks us to call them ({MOST})"], True)
    assert "The others follow as these are done." in page.content.decode()
