from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from setfair.core.actor import Actor
from setfair.core.text import new_code
from setfair.journal.actions import record
from setfair.vault.master import digest

from .models import Pass

KEPT = timedelta(days=7)
"""How long a pass that opens nothing is kept: longer than any stay that began with one. `passes_old` in the database says the same."""
KEPT_OVER = timedelta(days=365)
"""How long the last code of something that is over is kept, only to be told so: from then on it is as wrong as any other. The same."""


class CannotSpend(Exception):
    """The link has been used, has run out or was taken back."""


@transaction.atomic
def issue_code(*, bearer: str, bearer_id: UUID, by: Actor, case: UUID | None = None) -> str:
    """A new code for this person, shown once; every way in they had ends at once: code, links, and the stays begun with them.

    Of two at the same moment the later one stands, and both are answered. The history of `case` tells of it.
    """
    _one_at_a_time(bearer_id)
    _live(bearer, bearer_id).update(revoked_at=timezone.now())
    return _new_code(bearer, bearer_id, by, case)


@transaction.atomic
def first_code(*, bearer: str, bearer_id: UUID, by: Actor) -> str:
    """The code of somebody who has only just come to be: there is none yet that could end."""
    return _new_code(bearer, bearer_id, by, None)


@transaction.atomic
def replace_code(*, bearer: str, bearer_id: UUID, by: Actor, case: UUID | None = None, reader: UUID | None = None, way: str = "") -> str:
    """A new code in the place of the one they had, for the same invitation: a link that went out with it goes on working.

    A code that is shown to whoever opened a link has the link's `reader` and `way`, and ends with them.
    """
    _one_at_a_time(bearer_id)
    _live(bearer, bearer_id).filter(kind=Pass.Kind.CODE).update(revoked_at=timezone.now())
    return _new_code(bearer, bearer_id, by, case, reader, way)


def _new_code(bearer: str, bearer_id: UUID, by: Actor, case: UUID | None, reader: UUID | None = None, way: str = "") -> str:
    code = new_code(8)
    made = Pass.objects.create(
        kind=Pass.Kind.CODE, bearer=bearer, bearer_id=bearer_id, case_id=case, digest=digest("code", code), reader_id=reader, way=way
    )
    record("issued_code", made, by=by, bearer=bearer, bearer_id=str(bearer_id))
    return code


@transaction.atomic
def issue_link(
    *, bearer: str, bearer_id: UUID, by: Actor, case: UUID | None = None, hours: int = 72, reader: UUID | None = None, way: str = ""
) -> str:
    """The token of a link that opens once, within `hours`. A link sent earlier and not used yet stops working: one lives at a time.

    `reader` is the person it is sent to, over `way`: when that way is safe no more, the link ends with it.
    """
    _one_at_a_time(bearer_id)
    _live(bearer, bearer_id).filter(kind=Pass.Kind.LINK, spent_at__isnull=True).update(revoked_at=timezone.now())
    token = secrets.token_urlsafe(32)
    made = Pass.objects.create(
        kind=Pass.Kind.LINK,
        bearer=bearer,
        bearer_id=bearer_id,
        case_id=case,
        digest=digest("link", token),
        expires_at=timezone.now() + timedelta(hours=hours),
        reader_id=reader,
        way=way,
    )
    record("issued_link", made, by=by, bearer=bearer, bearer_id=str(bearer_id))
    return token


@transaction.atomic
def spend_link(pass_: Pass, *, by: Actor) -> Pass:
    """Use a link up. Of any number of tries at the same instant one succeeds; the others raise `CannotSpend`."""
    now = timezone.now()
    spent = Pass.objects.filter(pk=pass_.pk, kind=Pass.Kind.LINK, spent_at__isnull=True, revoked_at__isnull=True, expires_at__gt=now).update(
        spent_at=now
    )
    if not spent:
        raise CannotSpend(_("This link has been used or has run out."))
    pass_.spent_at = now
    record("spent_link", pass_, by=by, bearer=pass_.bearer, bearer_id=str(pass_.bearer_id))
    return pass_


@transaction.atomic
def tell_of_passes(*, bearer: str, bearer_id: UUID, case: UUID, by: Actor) -> None:
    """From now on the history of `case` tells of this person's ways in, and begins with the code that they have."""
    passes = list(_live(bearer, bearer_id).select_for_update())
    Pass.objects.filter(pk__in=[pass_.pk for pass_ in passes]).update(case_id=case)
    for pass_ in passes:
        pass_.case_id = case
        if pass_.kind == Pass.Kind.CODE:
            record("kept_code", pass_, by=by, bearer=bearer, bearer_id=str(bearer_id))


@transaction.atomic
def revoke_passes(*, bearer: str, bearer_id: UUID, by: Actor) -> int:
    """Take back every code and link of this person; a stay that began with one ends at its next click. Says how many there were."""
    _one_at_a_time(bearer_id)
    passes = list(_live(bearer, bearer_id).select_for_update())
    if passes:
        Pass.objects.filter(pk__in=[p.pk for p in passes]).update(revoked_at=timezone.now())
        record("revoked_passes", passes[0], by=by, bearer=bearer, bearer_id=str(bearer_id), count=len(passes))
    return len(passes)


@transaction.atomic
def pass_on(*, bearer: str, bearer_id: UUID, to: UUID, by: Actor) -> int:
    """What opened one place opens another one of the same person from now on. Says how many there were."""
    _one_at_a_time(bearer_id)
    passes = list(_live(bearer, bearer_id).select_for_update())
    if passes:
        Pass.objects.filter(pk__in=[p.pk for p in passes]).update(bearer_id=to)
        record("passed_on", passes[0], by=by, bearer=bearer, bearer_id=str(to), count=len(passes))
    return len(passes)


@transaction.atomic
def end_passes(*, bearer: str, bearer_id: UUID, by: Actor) -> int:
    """The same, because what they were for has come to its end: whoever types the code they had is told that, and not that it is wrong."""
    _one_at_a_time(bearer_id)
    _live(bearer, bearer_id).filter(kind=Pass.Kind.CODE).update(over=True)
    return revoke_passes(bearer=bearer, bearer_id=bearer_id, by=by)


@transaction.atomic
def revoke_passes_over(way: str, *, reader: UUID, by: Actor, unopened: bool = False) -> int:
    """Take back every link that was sent to this person over one way that is safe no more, the codes that were shown through
    them, and with these the stays begun from any of them. Only the `unopened` links, where nobody knows yet who said so."""
    sent = Pass.objects.select_for_update().filter(reader_id=reader, way=way, revoked_at__isnull=True)
    passes = list(sent.filter(kind=Pass.Kind.LINK, spent_at__isnull=True) if unopened else sent)
    for pass_ in passes:
        record("revoked_passes", pass_, by=by, bearer=pass_.bearer, bearer_id=str(pass_.bearer_id), count=1)
    Pass.objects.filter(pk__in=[pass_.pk for pass_ in passes]).update(revoked_at=timezone.now())
    return len(passes)


@transaction.atomic
def forget_old_passes(*, by: Actor) -> int:
    """Drop the passes of this programme that have opened nothing for `KEPT`, and for `KEPT_OVER` the codes of what is over.

    That they were issued and used stays in the journal.
    """
    now = timezone.now()
    return Pass.objects.filter(_old(now - KEPT) | Q(over=True, revoked_at__lt=now - KEPT_OVER)).delete()[0]


def _old(before: datetime) -> Q:
    """Taken back, used or run out before this moment. The code somebody comes in with now never is, nor the last one of what is over."""
    ended = Q(revoked_at__lt=before, over=False)
    return ended | Q(kind=Pass.Kind.LINK, spent_at__lt=before) | Q(kind=Pass.Kind.LINK, expires_at__lt=before)


def _live(bearer: str, bearer_id: UUID) -> QuerySet[Pass]:
    return Pass.objects.filter(bearer=bearer, bearer_id=bearer_id, revoked_at__isnull=True)


def _one_at_a_time(bearer_id: UUID) -> None:
    """Until the transaction ends, nobody else issues or revokes for this person: there may be no row yet that could be locked."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"pass {bearer_id}"])
