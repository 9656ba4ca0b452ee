from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from setfair.agreements import actions as agreements
from setfair.agreements.journey import Stage as Held
from setfair.agreements.terms import Terms
from setfair.restitution import queries


def standing(item):
    """What was promised, came and waits, in the smallest coin."""
    stands = queries.book(item.case_id).standing(item)
    return stands.promised, stands.came, stands.waits


@pytest.fixture
def holding(village, at_following_up):
    """An agreement in force: a letter, and forty dollars in two parts, both Rami's and owed to Hana."""
    with village.inside():
        yield at_following_up


@pytest.fixture
def money(holding):
    return holding.items()[1]


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def promised(village, at_convened):
    """Somebody promises money and everyone signs; how much, in which currency and by whom is for the test to say."""
    with village.inside():

        def made(amount, currency="USD", beside=(), parts=1, **more):
            story = at_convened
            agreement = agreements.draft(story.case, by=story.lead)
            agreements.promise(
                agreement, by=story.lead, owner=story.rami, owed_to=story.hana, what="Pay for the window.",
                due_on=timezone.localdate() + timedelta(days=90), proof_wanted="The office has it.",
                terms=Terms(kind="payment", amount=Decimal(amount), currency=currency, parts=parts, beside=tuple(beside)), **more,
            )  # fmt: skip
            agreements.present(agreement, by=story.lead)
            story.sign_all()
            assert story.agreement.stage == Held.IN_FORCE
            return story.items()[0]

        yield made
