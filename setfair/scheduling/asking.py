"""The word that asks once more: one letter when the last days begin, and one more two days before, to whoever has not answered."""

from __future__ import annotations

from datetime import datetime, timedelta
from math import ceil
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from setfair.accounts.actions import issue_link
from setfair.accounts.models import Pass
from setfair.cases.journey import Stage
from setfair.cases.models import Participation
from setfair.cases.queries import here, lock
from setfair.core import clock
from setfair.core.actor import Actor
from setfair.letters.actions import write
from setfair.letters.models import Letter
from setfair.people.queries import held_address
from setfair.preparation.letters import address
from setfair.preparation.models import Invitation
from setfair.preparation.queries import break_of, has_stopped, is_let_be
from setfair.programmes import wording
from setfair.programmes.speaking import in_language

from .models import Booking
from .still import is_time, unheard

REPEATED = timedelta(days=2)
STILL = wording.letter(
    "still",
    _("To somebody who comes soon: is it still all right?"),
    _("A short question"),
    _("Hi, {programme} has a short question for you. Open {link} or call {phone}. The link works once, for 3 days."),
    fields=("programme", "link", "phone"),
)


def every_programme() -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT programme_id FROM programmes_here()")
        return [programme_id for (programme_id,) in cursor.fetchall()]


def near() -> list[Booking]:
    """Live bookings of this programme whose last days have begun."""
    rows = Booking.objects.filter(released_at__isnull=True, during__endswith__gt=clock.now(), case__stage=Stage.SCHEDULED)
    return [booking for booking in rows.select_related("case", "programme").order_by("during", "id") if is_time(booking)]


def to_ask() -> list[tuple[Booking, Participation]]:
    """Each who has not answered, with the booking that they are asked about."""
    return [(booking, person) for booking in near() for person in unheard(booking)]


@transaction.atomic
def ask_anew(booking: Booking, person: Participation, *, by: Actor) -> None:
    """Write to somebody who has not answered. Run twice it writes nothing twice: the letter's key names the booking, the person and the occasion."""
    lock(booking.case)
    booking.refresh_from_db(fields=["released_at"])
    is_asked = here(booking.case).filter(pk=person.pk).exists() and unheard(booking, [person])
    if booking.released_at is not None or not is_asked:
        return
    occasion = "again" if booking.starts_at - clock.now() <= REPEATED else "first"
    _write(booking, person, occasion, by)


def _write(booking: Booking, person: Participation, occasion: str, by: Actor) -> None:
    key = f"still:{booking.pk}:{person.pk}:"
    if not Letter.objects.filter(key=f"{key}again").exists():
        send_link(STILL, person, key=f"{key}{occasion}", by=by)


def hours_until(moment: datetime) -> int:
    """How long a link opens that asks something until then."""
    return max(1, ceil((moment - clock.now()) / timedelta(hours=1)))


def send_link(letter: wording.Letter, person: Participation, *, key: str, by: Actor, until: datetime | None = None) -> None:
    """A letter with a link of their own, if there is a safe way and they were invited; not to who stopped, takes a break or is let be.

    The same `key` writes nothing twice. What is asked `until` a moment goes no more after it, and its link opens until then.
    """
    to = held_address(person.person, opens=True)
    invited = Invitation.objects.filter(participation=person).exists()
    if to is None or Letter.objects.filter(key=key).exists() or not invited or wants_no_word(person):
        return
    lasts_with = {"reader": person.person_id, "way": to.channel} | ({"hours": hours_until(until)} if until else {})
    token = issue_link(bearer=Pass.Bearer.PARTICIPATION, bearer_id=person.pk, case=person.case_id, by=by, **lasts_with)
    with in_language(person.person.language):
        programme = person.case.programme
        said = letter.words(programme=programme.short_name, link=address(token), phone=programme.phone or programme.room)
        write(said, to=to, reader=person.person_id, case=person.case_id, key=key, by=by, until=until)


def wants_no_word(person: Participation) -> bool:
    """Whether nothing is written to them now: they stopped, take a break, or are let be."""
    return has_stopped(person) or break_of(person) is not None or is_let_be(person)
