from __future__ import annotations

from collections.abc import Iterable

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


def held_address(person: Person) -> Address | None:
    """The same, and nobody calls it unsafe until this transaction ends: whoever does so then finds all that was sent there."""
    list(Contact.objects.select_for_update(of=("self",)).filter(person=person, ended_at__isnull=True).order_by("id").values_list("pk"))
    return safe_address(person)


def reached_at(people: Iterable[Person], email: str) -> bool:
    """Whether one of these people is reached, or ever was, at this e-mail address."""
    rows = Contact.objects.filter(person__in=[p.pk for p in people], way=Contact.Way.EMAIL)
    return any(str(row.value).strip().casefold() == email.strip().casefold() for row in rows)
