"""A word some days before the day, once for each of the programme's intervals, to those who sit there and still mean to come."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from setfair.cases.journey import Stage
from setfair.cases.models import Participation
from setfair.cases.queries import held, lock
from setfair.core import clock
from setfair.core.actor import Actor
from setfair.core.hours import first_moment
from setfair.journal.journey import move
from setfair.letters.journey import NOT_GONE
from setfair.letters.journey import Stage as Post
from setfair.letters.models import Channel, Letter
from setfair.preparation.queries import break_of, has_stopped, is_let_be
from setfair.programmes import wording
from setfair.programmes.speaking import in_language

from .letters import Reader, may_be_told, readers_of, send, words_for
from .models import Booking

SOON = wording.letter(
    "time_soon",
    _("To everyone who comes, some days before the day"),
    _("A short reminder"),
    _("Hello,\n\nThis is a reminder.\n\nDay and time: {when}\nPlease come at: {come}\nPlace: {place}\n\nIs something in the way? {phone}"),
    fields=("when", "come", "place", "phone"),
)


def to_remind() -> list[tuple[Booking, int]]:
    """Live bookings of this programme of which a word is due now, each with how many days before: only the nearest, however late we are."""
    ahead = Booking.objects.filter(released_at__isnull=True, case__stage=Stage.SCHEDULED, during__startswith__gt=clock.now())
    rows = ahead.select_related("case", "programme").order_by("during", "id")
    return [(booking, days) for booking in rows if (days := _nearest(booking)) is not None]


def _nearest(booking: Booking) -> int | None:
    """Of those whose moment has come. One that lies before the booking itself is none: they have just been told."""
    moments = {days: booking.starts_at - timedelta(days=days) for days in booking.programme.remind_days}
    return min((days for days, moment in moments.items() if booking.made_at < moment <= clock.now()), default=None)


@transaction.atomic
def remind(booking: Booking, days: int, *, by: Actor) -> None:
    """Write to each who comes; run twice it writes nothing twice. A word of days ago that is still waiting goes no more."""
    case = lock(booking.case)
    booking.refresh_from_db(fields=["released_at"])
    if booking.released_at is not None or case.stage != Stage.SCHEDULED or held(case) is not None:
        return
    for reader in readers_of(booking, may_be_told(booking)):
        if reader.to.channel != Channel.PAPER and not reader.is_quick and not _wants_no_word(reader):
            with in_language(reader.language):
                _write(booking, reader, days, by)


def _write(booking: Booking, reader: Reader, days: int, by: Actor) -> None:
    earlier = Letter.objects.filter(key__startswith=f"soon:{booking.pk}:{reader.id}:")
    if earlier.filter(key__endswith=f":{days}").exists():
        return
    for letter in earlier.filter(stage__in=NOT_GONE):
        move(letter, Post.WITHDRAWN, by=by)
    by_day = first_moment(clock.now(), reader.clock.own, booking.programme.by_day) or clock.now()
    send(words_for(SOON, booking, reader), reader, f"soon:{days}", booking, by, due_at=by_day, until=reader.comes)


def _wants_no_word(reader: Reader) -> bool:
    mine = reader.mine
    return isinstance(mine, Participation) and (has_stopped(mine) or break_of(mine) is not None or is_let_be(mine))
