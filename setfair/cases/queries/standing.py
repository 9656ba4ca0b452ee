"""How a case stands now: held fast, resting, sealed."""

from __future__ import annotations

from django.db.models import QuerySet

from setfair.core.moulds import Mould

from ..models import Case, Hold, Named, Seal


def lock(case: Case) -> Case:
    """Hold the case until the transaction ends, and read its stage anew into the caller's own object.

    Whatever decides on a case or its circle locks it first, in every floor, so that
    two who act at the same instant go one after the other.
    """
    case.refresh_from_db(fields=["stage"], from_queryset=Case.objects.select_for_update(of=("self",)))
    return case


def held(case: Case) -> Hold | None:
    """The hold the case rests under, if it rests."""
    hold: Hold | None = HELD.first(values={"case": case.pk})
    return hold


HELD = Mould(lambda *, case: Hold.objects.filter(case=case, lifted_at__isnull=True))


def sealed(case: Case) -> Seal | None:
    """The seal that the case is under, if it is."""
    seal: Seal | None = SEALED.first(values={"case": case.pk})
    return seal


SEALED = Mould(lambda *, case: Seal.objects.filter(case=case, ended_at__isnull=True))


def of_seal(case: Case) -> QuerySet[Named]:
    """Whom its seal names now, in the order in which it was said."""
    return Named.objects.filter(case=case, ended_at__isnull=True).select_related("user").order_by("since", "id")
