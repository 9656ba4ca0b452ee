"""What is kept at the doors, and for how long."""

from __future__ import annotations

from datetime import timedelta

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session

from setfair.accounts import devices
from setfair.core import clock

from .models import Bucket, Denial, Founding

COUNTED = timedelta(days=2)
"""Longer than any stretch of time that something is counted in."""
REMEMBERED = timedelta(days=90)
"""Doors that stayed shut: long enough to look back at an attack that was noticed late."""
UNUSED = timedelta(days=30)


def ended_stays() -> int:
    """Sessions past their last moment, and where staff were signed in with one; says how many rows went."""
    gone, _by_model = Session.objects.filter(expire_date__lt=clock.now()).delete()
    lost, _by_model = UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
    return gone + lost


def old_devices() -> int:
    """Browsers that nobody has signed in with for longer than they would be known again."""
    return devices.forget_old()


def old_counters() -> int:
    return Bucket.objects.filter(since__lt=clock.now() - COUNTED).delete()[0]


def old_denials() -> int:
    return Denial.objects.filter(at__lt=clock.now() - REMEMBERED).delete()[0]


def old_foundings() -> int:
    """Links to found a programme that have been of no use for a month, used or not."""
    return Founding.objects.filter(expires_at__lt=clock.now() - UNUSED).delete()[0]
