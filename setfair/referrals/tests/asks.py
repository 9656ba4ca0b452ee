"""A request as tests send it."""

import uuid

from setfair.core.actor import anyone
from setfair.referrals import actions
from setfair.referrals.models import Referral


def ask(programme, **said):
    """Call it inside the programme; gives the request and its code."""
    said = {"by": anyone(programme.pk), "form_key": uuid.uuid4(), "source": Referral.Source.SELF_HARMED, "story": "There was shoving.", **said}
    return actions.ask(**said)
