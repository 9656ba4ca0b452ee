"""The sharing log: one row for each thing about a person that left those who prepare it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from setfair.cases.models import Participation
from setfair.cases.queries import lock
from setfair.core import clock
from setfair.core.actor import Actor
from setfair.journal.actions import record
from setfair.people.models import Person
from setfair.referrals.models import Referral

from .. import queries
from ..models import Consent, Disclosure, Recipient

SAME = timedelta(hours=1)
"""A page that whoever asked opens again so soon, and that tells the same, is the same disclosure."""


class CannotShare(Exception):
    """Nobody's yes stands behind this; the sentence says whose is missing."""


@transaction.atomic
def disclose(
    about: Participation | Person,
    *,
    by: Actor,
    kind: str,
    to: Recipient | Referral | Participation | None = None,
    told: Sequence[str] = (),
) -> Disclosure:
    """Write down that something about this person goes out, in the transaction in which it does. Call it before anything leaves.

    `about` is the person's place in a case, or the person themselves for what is of no
    one case (a data copy). `to` is an office, whoever sent the request, somebody of the
    circle, or nobody for what stays in the hands of whoever made it (an export).
    `told` are codes of what was said, never words. A kind that needs a yes
    (`Disclosure.NEEDS`) finds it here, of the person and of each parent or guardian who
    decides with them, and raises `CannotShare` when one is missing: then nothing may leave.
    """
    place = about if isinstance(about, Participation) else None
    if place is not None:
        lock(place.case)
    yes = _stands_on(place, kind, to)
    shared = Disclosure.objects.create(
        person_id=about.person_id if isinstance(about, Participation) else about.pk,
        case_id=place.case_id if place is not None else None,
        kind=kind,
        told=list(told),
        recipient=to if isinstance(to, Recipient) else None,
        referral=to if isinstance(to, Referral) else None,
        receiver=to if isinstance(to, Participation) else None,
        consent=yes,
        by_kind=by.kind,
        by=by.id,
    )
    record("disclosed", about, by=by, kind=kind)
    return shared


@transaction.atomic
def show_status(referral: Referral, *, by: Actor) -> None:
    """Whoever asked opens the page of their request: it is written down for each person of its case what it tells today."""
    case = queries.case_behind(referral)
    if case is None:
        return
    lock(case)
    kind, told = queries.tells_now(case)
    lately = Disclosure.objects.filter(case=case, referral=referral, kind=kind, told=told, at__gt=clock.now() - SAME)
    seen = set(lately.values_list("person_id", flat=True))
    for place in queries.concerned(case):
        if place.person_id not in seen:
            disclose(place, by=by, kind=kind, to=referral, told=told)


def _stands_on(place: Participation | None, kind: str, to: object) -> Consent | None:
    scope = Disclosure.NEEDS.get(kind)
    if scope is None:
        return None
    office = to if isinstance(to, Recipient) else None
    missing = queries.missing_yes(place, scope=scope, recipient=office) if place is not None else None
    yes = queries.live_yes(place, scope=scope, recipient=office) if place is not None else None
    if place is None or yes is None or missing is not None:
        raise CannotShare(_("Not everyone it is about has said yes to this. Nothing was shared."))
    return yes
