"""Lines of Today about times that were offered, and about who cannot come to one that is booked."""

from __future__ import annotations

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext_lazy as _

from setfair.access.policy import Permission
from setfair.cases.journey import Stage
from setfair.cases.models import Participation
from setfair.scheduling.models import Booking, NoLonger, Offer, OfferAnswer, OfferedTime

from .asked import Asked, Lines, of_case
from .telling import CHASE, READY, STOPPED, Told, ago, on_case

SUITS = (OfferAnswer.Word.YES, OfferAnswer.Word.IF_NEEDED)


def _here() -> QuerySet[Participation]:
    """Of an offered time: those in its circle now, with their last word about it."""
    last = OfferAnswer.objects.filter(time=OuterRef(OuterRef("pk")), participation=OuterRef("pk")).order_by("-at", "-id").values("word")[:1]
    return Participation.objects.filter(case=OuterRef("case"), left_at__isnull=True).annotate(word=Subquery(last))


def _live(by: Asked) -> QuerySet[Offer]:
    return Offer.objects.filter(ended_at__isnull=True, case__in=by.cases(Permission.BOOK, Stage.READY).values("pk"))


def _times() -> QuerySet[OfferedTime]:
    return OfferedTime.objects.filter(offer=OuterRef("pk"), during__startswith__gt=OuterRef("at"))


def _fits() -> Exists:
    return Exists(_times().filter(~Exists(_here().filter(Q(word__isnull=True) | ~Q(word__in=SUITS)))))


def waits_for_answers(by: Asked) -> Exists:
    """Of a case: times are offered, and people still have days to answer."""
    return Exists(Offer.objects.filter(case=OuterRef("pk"), ended_at__isnull=True, answer_by__gt=by.now))


def can_be_booked(by: Asked) -> Lines:
    """Everybody has said that one of the offered times works."""
    return of_case(_live(by).filter(_fits()), "offer_fits", since=F("at"), key=F("pk"))


def does_not_work(by: Asked) -> Lines:
    """Somebody cannot come at any of them, or the last day to answer has gone by: they are offered others, or asked by voice."""
    still_open = Exists(_times().filter(~Exists(_here().filter(word=OfferAnswer.Word.NO))))
    rows = _live(by).filter(~_fits()).filter(Q(answer_by__lte=by.now) | ~still_open)
    return of_case(rows, "offer_stuck", since=F("at"), key=F("pk"))


def no_longer(by: Asked) -> Lines:
    """Somebody cannot come to a meeting that lies ahead, and the team has not said yet what becomes of it."""
    ahead = Booking.objects.filter(case=OuterRef("case"), released_at__isnull=True, during__endswith__gt=by.now).values("pk")[:1]
    said = NoLonger.objects.filter(participation=OuterRef("pk"), booking=Subquery(ahead)).order_by("-at", "-id")
    there = Participation.objects.filter(case__in=by.cases(Permission.BOOK, Stage.SCHEDULED).values("pk"), left_at__isnull=True)
    rows = there.annotate(word=Subquery(said.values("word")[:1]), said_at=Subquery(said.values("at")[:1]))
    return of_case(rows.filter(word=NoLonger.Word.CANNOT), "no_longer", since=F("said_at"), key=F("pk"))


RULES = (no_longer, can_be_booked, does_not_work)
TOLD = {
    "no_longer": Told(STOPPED, _("Somebody cannot come at the booked time: say what becomes of it"), _("Look at it"), on_case("schedule"), ago),
    "offer_fits": Told(READY, _("One of the offered times works for everyone: it can be booked"), _("Book it"), on_case("schedule"), ago),
    "offer_stuck": Told(CHASE, _("The offered times do not work for everyone, or are over"), _("Look at it"), on_case("schedule"), ago),
}
