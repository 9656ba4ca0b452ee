"""Times that were offered: what each said, which could be booked, and which are held for another case."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Q
from django.utils.translation import gettext as _

from setfair.cases.models import Assignment, Case, Participation
from setfair.cases.queries import circle
from setfair.core import clock
from setfair.programmes.models import Room

from ..models import HELD, Booking, Offer, OfferAnswer, OfferedTime, Seat
from ..solver import Span
from .booked import is_willing
from .needed import occupants
from .promised import promised_spans

Word = OfferAnswer.Word
SUITS = (Word.YES, Word.IF_NEEDED)


@dataclass(frozen=True)
class Standing:
    """How one offered time stands: what each of the circle last said about it, and nothing for whoever has not."""

    time: OfferedTime
    words: dict[Participation, str]

    def who(self, *words: str) -> list[Participation]:
        return [person for person, word in self.words.items() if word in words]

    @property
    def suits_all(self) -> bool:
        return len(self.who(*SUITS)) == len(self.words)

    @property
    def is_open(self) -> bool:
        """Nobody has said that it cannot be."""
        return not self.who(Word.NO)


def live_offer(case: Case) -> Offer | None:
    """The offer that the case has out, whether or not its last day has gone by."""
    return Offer.objects.filter(case=case, ended_at__isnull=True).first()


def asks_now(offer: Offer) -> bool:
    """Whether somebody can still answer it: it has not ended, and one of its times lies ahead."""
    return offer.ended_at is None and clock.now() < offer.answer_by


def standing(offer: Offer) -> list[Standing]:
    """Each of its times, the earliest first. A fixed number of queries, whatever was offered and however many answer."""
    people = circle(offer.case)
    said: dict[tuple[UUID, UUID], str] = {
        (time, who): word
        for time, who, word in OfferAnswer.objects.filter(time__offer=offer).order_by("at", "id").values_list("time", "participation", "word")
    }
    times = OfferedTime.objects.filter(offer=offer).select_related("room").order_by("during")
    return [Standing(time, {p: said.get((time.pk, p.pk), "") for p in people}) for time in times]


def offered_to(me: Participation) -> Offer | None:
    """The offer about which this person is asked now, if any: they stand in the circle and have said yes to taking part."""
    offer = live_offer(me.case)
    return offer if offer is not None and me.left_at is None and asks_now(offer) and is_willing(me) else None


def own_words(offer: Offer, me: Participation) -> dict[UUID, str]:
    """By offered time: this person's last word about it, and nobody else's."""
    mine = OfferAnswer.objects.filter(time__offer=offer, participation=me).order_by("at", "id")
    return dict(mine.values_list("time", "word"))


def taken_then(case: Case, room: Room, during: DateTimeTZRange, besides: Iterable[UUID] = ()) -> str:
    """Whether room or people are booked then, by others. Who asks looks, so that nobody is asked in vain; a booking leaves it to the database.

    `besides` are users who are to come too, and hold no place in the team yet.
    """
    live = {"released_at__isnull": True, "during__overlap": during}
    held = Booking.objects.annotate(held=HELD).filter(~Q(case=case), room=room, released_at__isnull=True)
    if held.filter(held__overlap=DateTimeTZRange(during.lower, during.upper + room.between)).exists():
        return _("That room is not free then. Please choose another time or room.")
    if Seat.objects.filter(~Q(booking__case=case), occupant__in=[*occupants(case), *besides], **live).exists():
        return _("Somebody who is needed cannot come then. Please choose another time.")
    return ""


def held_spans(case: Case, after: datetime, rooms: Iterable[UUID], occupants: Iterable[UUID]) -> dict[UUID, list[Span]]:
    """By room, and by the id that a seat holds: times kept for other cases until people have answered, the team's too. Never for which."""
    others = OfferedTime.objects.filter(
        ~Q(case=case), offer__ended_at__isnull=True, offer__held_until__gt=after, during__endswith__gt=after
    )  # fmt: skip
    who = list(occupants)
    found = promised_spans(case, who)
    people = others.filter(case__participations__left_at__isnull=True, case__participations__person__in=who)
    helpers = others.filter(case__assignments__ended_at__isnull=True, case__assignments__facilitator__user__in=who)
    for room, during, minutes in others.filter(room__in=list(rooms)).values_list("room", "during", "room__turnaround"):
        found[room].append((during.lower, during.upper + timedelta(minutes=minutes)))
    for what, during in (
        *people.values_list("case__participations__person", "during"),
        *helpers.values_list("case__assignments__facilitator__user", "during"),
    ):
        found[what].append((during.lower, during.upper))
    return found


def held_for_another(case: Case, room: Room, starts_at: datetime, ends_at: datetime) -> str:
    """Why another case has the first word on this time: its room or one of those who are needed is held for it. Never for which."""
    held = OfferedTime.objects.filter(~Q(case=case), offer__ended_at__isnull=True, offer__held_until__gt=clock.now())
    if held.filter(room=room, during__overlap=DateTimeTZRange(starts_at - room.between, ends_at + room.between)).exists():
        return _("That room is kept for somebody else until they have answered. Please choose another time or room.")
    others = held.filter(during__overlap=DateTimeTZRange(starts_at, ends_at))
    ours = Assignment.objects.filter(case=case, ended_at__isnull=True).values("facilitator")
    people = Participation.objects.filter(case=case, left_at__isnull=True).values("person")
    helpers = Q(case__assignments__ended_at__isnull=True, case__assignments__facilitator__in=ours)
    shared = Q(case__participations__left_at__isnull=True, case__participations__person__in=people)
    if others.filter(helpers | shared).exists():
        return _("Somebody who is needed is kept free for another time until people have answered. Please choose another time.")
    return ""
