"""No case closes while two people say different things of money: whoever it was for would never hear how that ended."""

from decimal import Decimal

import pytest
from django.db import IntegrityError
from django.urls import reverse
from django.utils import timezone

from setfair.cases.models import Case
from setfair.outcomes import actions, queries
from setfair.outcomes.tests.test_all_told import LeftOpen, close_past_the_action
from setfair.restitution import actions as restitution
from setfair.restitution.models import Unclear

pytestmark = pytest.mark.django_db
DIFFERS = "Rami: two people say different things about a payment. Look into it first."
WAITS = "Rami: nobody has said whether money came. Nobody asks any more."


def fresh(story):
    return Case.objects.get(pk=story.case.pk)


@pytest.fixture
def paid(holding):
    """Rami has said that he paid all of it."""
    return restitution.say_paid(holding.items()[1], by=holding.me("rami"), amount=Decimal(40), paid_on=timezone.localdate())


@pytest.fixture
def differs(holding, paid, told):
    """Hana says that it did not come; and still all of it is checked, and she is told."""
    restitution.answer(paid, by=holding.me("hana"), amount=Decimal(0))
    holding.keep_all()
    told(holding)
    return paid


def test_it_is_named_and_nothing_closes_until_somebody_has_looked(holding, differs, village, client):
    assert queries.missing(fresh(holding)) == [DIFFERS]
    with pytest.raises(actions.CannotClose, match="two people say different things"):
        actions.close(fresh(holding), by=holding.coordinator, reason="completed")
    assert DIFFERS in village.sign_in(client, "cora").get(reverse("close", args=[holding.case.ref])).text
    restitution.settle(differs, by=holding.lead, amount=Decimal(40), words="The office has the receipt.")
    assert queries.missing(fresh(holding)) == []
    actions.close(fresh(holding), by=holding.coordinator, reason="completed")
    assert fresh(holding).stage == "closed"


def test_the_database_closes_it_for_nobody_else_either(holding, differs):
    with pytest.raises(IntegrityError, match="two people say different things about money"):
        close_past_the_action(holding)
    restitution.settle(differs, by=holding.lead, amount=Decimal(40), words="The office has the receipt.")
    with pytest.raises(LeftOpen):
        close_past_the_action(holding)


def test_that_nobody_said_whether_it_came_is_named_before_it_ends_and_stops_nothing(holding, paid, told):
    holding.keep_all()
    told(holding)
    assert (queries.missing(fresh(holding)), queries.still_open(fresh(holding))) == ([], [WAITS])
    actions.close(fresh(holding), by=holding.coordinator, reason="completed")
    assert not Unclear.objects.filter(case=holding.case, ended_at__isnull=True).exists()
