from __future__ import annotations

from collections.abc import Iterable

from django.db.models.expressions import RawSQL

from setfair.letters.actions import Address
from setfair.letters.models import Channel

from .models import Contact, Person

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


def reached_at(people: Iterable[Person], email: str) -> bool:
    """Whether one of these people is reached, or ever was, at this e-mail address."""
    rows = Contact.objects.filter(person__in=[p.pk for p in people], way=Contact.Way.EMAIL)
    return any(str(row.value).strip().casefold() == email.strip().casefold() for row in rows)


def named(tokens: list[bytes]) -> RawSQL:
    """The ids of this programme's people whose name has all these tokens (`models.name_tokens`).

    A function says them, because behind row-level security PostgreSQL looks for `@>`
    in every row and not in the index.
    """
    return RawSQL("SELECT person_id FROM people_named(%s::bytea[])", [tokens])
