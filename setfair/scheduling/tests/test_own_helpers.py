"""Who leads the talk is told to those who come, and to nobody who said no, stopped, or is on a break."""

from datetime import timedelta

import pytest
from django.urls import reverse

from setfair.cases.models import Acquaintance
from setfair.preparation import actions as preparation
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
