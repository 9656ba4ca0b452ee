"""A case whose promises are being kept, with what was said of its money."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from django.utils import timezone

from setfair.agreements import actions as agreements
from setfair.cases.journey import Stage
from setfair.restitution import actions as restitution
from setfair.village.build import Village
from setfair.village.story import Story, case_at


def following(village: Village) -> Story:
    """The first promise is said to be done; of the second a part came, another one is said to be paid."""
    story = case_at(village, Stage.FOLLOWING_UP, began=timedelta(days=6))
    agreements.send_proof(story.items()[0], by=story.me("rami"), words="I gave the letter to Ms Castell.")
    money, said = story.items()[1], {"amount": Decimal(10), "paid_on": timezone.localdate()}
    restitution.note_payment(money, by=story.lead, payer=story.rami.pk, **said)
    restitution.say_paid(money, by=story.me("rami"), **said)
    return story
