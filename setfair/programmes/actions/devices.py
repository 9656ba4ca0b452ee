"""Devices that people use one after another: begun on the device itself, ended from anywhere."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from setfair.core import clock
from setfair.core.actor import Actor
from setfair.journal.actions import record

from ..bounds import CannotChange
from ..models import Device


@transaction.atomic
def share_device(*, by: Actor, name: str) -> Device:
    """From now on the device that this is said on is a shared one. Two with one name could not be told apart, and the second is refused."""
    try:
        with transaction.atomic():
            device = Device.objects.create(name=name, by=by.known_id)
    except IntegrityError as fault:
        if "device_name_once" not in str(fault):
            raise
        raise CannotChange(_("There is a shared device of this name already. Please choose another name.")) from fault
    record("shared_device", device, by=by)
    return device


@transaction.atomic
def end_device(device: Device, *, by: Actor) -> bool:
    """It is an ordinary device again, from its next page on. False when it was already."""
    ended = Device.objects.filter(pk=device.pk, ended_at__isnull=True).update(ended_at=clock.now(), ended_by=by.id) == 1
    if ended:
        record("ended_device", device, by=by)
    return ended
