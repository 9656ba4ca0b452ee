"""People who belong to no case: a programme on its first day, and somebody with an account and no programme."""

from __future__ import annotations

import uuid

from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from setfair.accounts.models import User
from setfair.core import tenant
from setfair.core.actor import system
from setfair.programmes.actions import open_programme
from setfair.programmes.models import Membership, Offer, Programme, Role
from setfair.village.build import Village


def open_an_empty_one(village: Village) -> Programme:
    """A programme on its first day: everything is set up and nothing has come."""
    key = uuid.uuid4()
    with tenant.inside(key):
        new = open_programme(
            slug="quiet-hill", kind=Programme.Kind.SCHOOL, name="Quiet Hill conferencing", short_name="Quiet Hill", by=system(key), is_demo=True
        )
        village.users["wren"] = User.objects.create_user("wren@hill.example", "Wren Abbott")
        for role in (Role.COORDINATOR, Role.ADMINISTRATOR):
            Membership.objects.create(user=village.users["wren"], role=role)
    return new


def strangers(village: Village) -> None:
    """Somebody with an account and no programme, and somebody who signs in with a second step."""
    village.users["newcomer"] = User.objects.create_user("bram@hill.example", "Bram Eldridge")
    village.users["asked"] = User.objects.create_user("lior@hill.example", "Lior Penn")
    with village.inside():
        Offer.objects.create(user=village.users["asked"], role=Role.FACILITATOR, name="Lior Penn")
    TOTP.activate(village.sven, generate_totp_secret())
    RecoveryCodes.activate(village.sven)
