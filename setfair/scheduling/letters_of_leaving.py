"""To one of the team who is needed no more at a time of which they know."""

from __future__ import annotations

from dataclasses import replace

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from setfair.accounts.models import User
from setfair.core.actor import Actor
from setfair.journal.journey import move
from setfair.letters.actions import Address, write
from setfair.letters.journey import NOT_GONE, Stage
from setfair.letters.models import Channel, Letter
from setfair.programmes import wording
from setfair.programmes.speaking import in_language

from .calendar_file import not_needed_file
from .models import Booking, Seat
from .queries import when_words

NOT_NEEDED = wording.letter(
    "time_not_needed",
    _("To one of the team who is not needed at a booked time any more"),
    _("You have a message"),
    _("Hello,\n\nYou are not needed at this time any more: {when}\nThank you for having kept it free.\n\nQuestions? {phone}"),
    fields=("when", "phone"),
)


def not_needed(booking: Booking, user: User, seat: Seat, *, by: Actor) -> None:
    """What has not gone yet goes no more. Whoever had theirs hears it, with the entry that takes the time out of their calendar; never why."""
    written = Letter.objects.filter(Q(key__startswith=f"booked:{booking.pk}:") | Q(key__startswith=f"soon:{booking.pk}:"), reader_id=user.pk)
    for letter in written.filter(stage__in=NOT_GONE):
        move(letter, Stage.WITHDRAWN, by=by)
    if not written.exclude(stage=Stage.WITHDRAWN).exists():
        return
    programme = booking.programme
    with in_language(user.language):
        words = NOT_NEEDED.words(when=when_words(booking, programme), phone=programme.phone or programme.room)
        words = replace(words, calendar=not_needed_file(booking, user))
        to = Address(Channel.EMAIL, user.email)
        write(words, to=to, reader=user.pk, key=f"not_needed:{booking.pk}:{user.pk}:{seat.pk.hex[:8]}", by=by, case=booking.case_id)
