"""Who leads the talk is told to those who come, and to nobody who said no, stopped, or is on a break."""

from datetime import timedelta

import pytest
from django.urls import reverse

from setfair.cases import actions as cases
from setfair.cases.models import Acquaintance
from setfair.preparation import actions as preparation
from setfair.scheduling.actions.knowing import CannotKnow, know
from setfair.scheduling.own_helpers import card_of
from setfair.village.time import at

from .conftest import MONDAY

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("how", ["no", "stopped", "on a break"])
def test_whoever_does_not_come_reads_no_helper_and_takes_none_off(ready, village, client, how):
    helper = ready.case.assignments.filter(ended_at=None, part="student").first()
    hana, there, name = village.enter(client, ready.hana), reverse("helpers"), helper.facilitator.user.get_short_name()
    assert (name in hana.get(there).content.decode(), card_of(ready.hana) is not None) == (True, True)
    with at(MONDAY + timedelta(minutes=5)):
        if how == "no":
            preparation.consent(ready.hana, by=ready.lead, answer="no")
        elif how == "stopped":
            preparation.withdraw(ready.hana, by=ready.me("hana"))
        else:
            preparation.take_a_break(ready.hana, by=ready.me("hana"))
    ready.hana.refresh_from_db()
    assert [hana.get(there).status_code, hana.post(there, {"helper": helper.pk}).status_code] == [302, 302]
    assert (card_of(ready.hana), Acquaintance.objects.count()) == (None, 0)


def ticks(ready, client):
    """Somebody says that they know the first student there is."""
    helper = ready.case.assignments.filter(ended_at=None, part="student").first()
    answer = client.post(reverse("helpers"), {"helper": helper.pk})
    return answer.status_code


def test_after_two_ticks_in_a_case_they_call_us_and_read_no_name_more(ready, village, client):
    hana = village.enter(client, ready.hana)
    assert ([ticks(ready, hana) for _ in range(2)], Acquaintance.objects.count()) == ([302, 302], 2)
    third = cases.assign(ready.case, by=ready.coordinator, facilitator=village.facilitator("tova"), part="student")
    page = hana.get(reverse("helpers")).content.decode()
    assert ("Please call us." in page, "Tova" in page, "I know" in page) == (True, False, False)
    assert (hana.post(reverse("helpers"), {"helper": third.pk}).status_code, Acquaintance.objects.count()) == (422, 2)
    with pytest.raises(CannotKnow):
        know(ready.rami, by=ready.me("rami"), helper=third)
    cora, one = village.sign_in(type(client)(), "cora"), Acquaintance.objects.order_by("at").first()
    assert cora.post(reverse("close_aside", args=[ready.case.ref]), {"acquaintance": one.pk, "why": "mistake"}).status_code == 302
    assert "Tova" in hana.get(reverse("helpers")).content.decode()


@pytest.mark.parametrize("how", ["no", "stopped"])
def test_the_act_itself_asks_whether_they_come(ready, how):
    helper = ready.case.assignments.filter(ended_at=None, part="student").first()
    with at(MONDAY + timedelta(minutes=5)):
        if how == "no":
            preparation.consent(ready.hana, by=ready.lead, answer="no")
        else:
            preparation.withdraw(ready.hana, by=ready.me("hana"))
        with pytest.raises(CannotKnow):
            know(ready.hana, by=ready.me("hana"), helper=helper)
    assert Acquaintance.objects.count() == 0
