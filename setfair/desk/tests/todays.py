"""What Today says to somebody, for the tests that ask."""

import uuid

from setfair.core.actor import anyone
from setfair.desk.asking import lines
from setfair.desk.needs import needs
from setfair.desk.told import TOLD
from setfair.referrals import actions as referrals
from setfair.village.story import asked


def rules(village, who="cora"):
    """The rules that speak to this person, in the order of the page."""
    actor = village.actor(who)
    with village.inside(village.place_of(who)):
        found = lines(actor, village.place_of(who), everyones=False)
    return [line[0] for line in sorted(found, key=lambda line: (TOLD[line[0]].rank, line[3]))]


def told(village, who="cora"):
    with village.inside(village.place_of(who)):
        return needs(village.actor(who), village.place_of(who)).rows


def worry(village):
    asked(village)
    return referrals.ask(
        by=anyone(village.school.pk), form_key=uuid.uuid4(), source="self_harmed", story="I am afraid.", safety="He waits outside.", safety_worry=True
    )[0]
