from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import connection

from setfair.letters.actions import Address
from setfair.letters.models import Channel

from .models import Contact, Person, contact_mark

WRITTEN = ((Contact.Way.EMAIL, Channel.EMAIL), (Contact.Way.SMS, Channel.SMS))
"""Ways over which a message can go by itself, the quieter one first."""


def ways(person: Person) -> list[Contact]:
    """Every way that person said is safe, in the order of `Contact.Way`."""
    order = list(Contact.Way.values)
    return sorted(Contact.objects.filter(person=person, ended_at__isnull=True), key=lambda c: order.index(c.way))


def safe_address(person: Person) -> Address | None:
    """Where a message may go by itself; None means paper, a voice or somebody in between."""
    known = {contact.way: contact for contact in ways(person)}
    return next((Address(channel, str(known[way].value)) for way, channel in WRITTEN if way in known), None)


def people_at(typed: str) -> list[tuple[UUID, UUID]]:
    """Programme and person, ids only, of whoever has this e-mail address or number as a safe way now. Works before any programme is known."""
    way = Contact.Way.EMAIL if "@" in typed else Contact.Way.SMS
    with connection.cursor() as cursor:
        cursor.execute("SELECT programme_id, person_id FROM people_by_mark(%s)", [contact_mark(way, typed)])
        return list(cursor.fetchall())


def reached_at(people: Iterable[Person], email: str) -> bool:
    """Whether one of these people is reached, or ever was, at this e-mail address."""
    rows = Contact.objects.filter(person__in=[p.pk for p in people], way=Contact.Way.EMAIL)
    return any(str(row.value).strip().casefold() == email.strip().casefold() for row in rows)
