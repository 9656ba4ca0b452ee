"""Who asked for a break, and who asked to be called: both stand until something answers them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from setfair.cases.models import Case, Participation

from ..models import Break, BreakEnd, CallWish, Consent, Meeting
from .blockers import Blocker
from .known import Circle


def lasting(rows: QuerySet[Break] | None = None) -> QuerySet[Break]:
    """Breaks that have not ended, of people who are in the circle."""
    rows = Break.objects.all() if rows is None else rows
    return rows.filter(~Exists(BreakEnd.objects.filter(ended=OuterRef("pk"))), participation__left_at__isnull=True, giver__left_at__isnull=True)


def break_of(me: Participation, about: Participation | None = None) -> Break | None:
    """The break that they asked for, for themselves or for whom they are guardian of; of the two the earlier."""
    rows = lasting(Break.objects.filter(giver=me)).select_related("participation")
    return (rows.filter(participation=about) if about is not None else rows).order_by("at", "id").first()


def breaks_about(participation: Participation) -> list[Break]:
    """Every break that lasts about this person, for those who prepare the case."""
    return list(lasting(Break.objects.filter(participation=participation)).select_related("giver__person").order_by("at", "id"))


def rests_on_a_break(case: Case) -> bool:
    return lasting(Break.objects.filter(case=case)).exists()


def asked_for_time(known: Circle, on: date) -> Iterator[Blocker]:
    """A break that lasts stands between the case and any day; it is theirs to end, and is never set aside."""
    people = {k.participation.pk: k.participation for k in known.people}
    for row in lasting(Break.objects.filter(case=known.case)).order_by("at", "id"):
        if row.participation_id in people and row.giver_id in people:
            sentence = _("%(name)s has asked for a break.") % {"name": people[row.giver_id].person.shown}
            yield Blocker("break", people[row.participation_id], sentence, False, row.at)


def unanswered(rows: QuerySet[CallWish]) -> QuerySet[CallWish]:
    """Wishes to be called that still stand: nobody has met with them since, or with whom they speak for, or wrote down an answer they told us.

    What they answer on their own page leaves the wish as it is: whoever asks for a call gets one.
    """
    whose, since = OuterRef("participation"), {"at__gt": OuterRef("at")}
    told = Consent.objects.filter(giver=whose, method=Consent.Method.SAID, **since)
    met = Meeting.objects.filter(participation=whose, **since)
    of_child: Any = Exists(Meeting.objects.filter(participation=OuterRef("participation__stands_by"), **since))
    return rows.filter(~Exists(told), ~Exists(met)).exclude(Q(participation__has_authority=True) & of_child)


def call_wish(me: Participation) -> CallWish | None:
    """Their wish to be called, as long as it stands."""
    return unanswered(CallWish.objects.filter(participation=me)).order_by("at", "id").last()
