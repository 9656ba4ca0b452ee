"""The way in: a request is taken, numbered, and whoever asked gets a code and a letter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext as _

from setfair.access.limits import allow
from setfair.accounts.actions import first_code, issue_code, issue_link
from setfair.accounts.models import Pass
from setfair.core import clock, tenant
from setfair.core.actor import Actor
from setfair.core.moulds import Mould
from setfair.journal.actions import record
from setfair.letters.actions import Address, withdraw_unsent
from setfair.letters.models import Channel
from setfair.programmes.models import Programme, Role
from setfair.programmes.speaking import in_language

from .. import letters, queries
from ..likeness import note
from ..models import Referral
from ..refusal import CannotAsk
from ..telling import send
from ..tongue import written_in
from .keeping_out import keep_out_those_named

EACH = 3
"""Letters a day to one address that was typed into the public form: it may be a stranger's."""

FIRST = 1001
"""Requests are counted from here in every programme: a short number would say how few there are."""


@transaction.atomic
def ask(
    *,
    by: Actor,
    form_key: UUID,
    source: str,
    story: str,
    when: str = "",
    people: Sequence[Mapping[str, Any]] | None = None,
    others_know: str = "",
    safety: str = "",
    safety_worry: bool = False,
    reach: Mapping[str, Any] | None = None,
    asker: str = "",
    language: str = "",
    needs: str = "",
    office: str = "",
    court_number: str = "",
    legal_stage: str = "",
    orders: str = "",
    wanted_back: str = "",
    deadline: date | None = None,
    entered_by: UUID | None = None,
    for_whom: str = "",
    wish: str = Referral.Wish.CONFERENCE,
) -> tuple[Referral, str]:
    """Take a request in and give whoever asked a code to follow it with, over the way they said is safe too.

    Requests are numbered one by one in each programme. The same form sent twice is
    one request with one living code, the one given last.
    """
    if source not in Referral.Source.values:
        raise CannotAsk(_("Please say who you are."))
    (programme,) = HERE.ask(values={"programme": tenant.scope().programme_id})
    referral, ref = _sent_before(form_key, programme)
    if referral is not None:
        number, code = _sent_again(referral, by)
    else:
        referral = _written(
            ref,
            programme,
            by,
            form_key=form_key,
            source=source,
            story=story,
            when=when,
            people=[dict(person) for person in people or ()],
            others_know=others_know,
            safety=safety,
            safety_worry=safety_worry,
            reach=dict(reach or {}),
            asker=asker,
            for_whom=for_whom,
            wish=wish,
            language=language,
            needs=needs,
            office=office,
            court_number=court_number,
            legal_stage=legal_stage,
            orders=orders,
            wanted_back=wanted_back,
            deadline=deadline,
            entered_by=entered_by,
        )
        number, code = 1, first_code(bearer=Pass.Bearer.REFERRAL, bearer_id=referral.pk, by=by)
    _acknowledge(referral, programme, code, number, by=by)
    return referral, code


@transaction.atomic
def bring_in(*, by: Actor, form_key: UUID, source: str, received_on: date | None = None, is_trial: bool = False, **said: Any) -> Referral:
    """Take in a request that came before Setfair did, out of a list. It is read and answered like any other.

    Whoever asked is not written to and has no code: they asked somebody else, some other way. The same row is one request.
    A trial, which is rolled back, takes no number: nobody who asks meanwhile waits for it.
    """
    if source not in Referral.Source.values:
        raise CannotAsk(_("Please say who you are."))
    (programme,) = (NOW_HERE if is_trial else HERE).ask(values={"programme": tenant.scope().programme_id})
    there, ref = (None, NO_NUMBER) if is_trial else _sent_before(form_key, programme)
    if there is not None:
        return there
    if received_on is not None:
        said["received_at"] = min(clock.now(), clock.at(received_on, 12, 0, programme.zone))
    return _written(ref, programme, by, form_key=form_key, source=source, entered_by=by.id, **said)


def _written(ref: str, programme: Programme, by: Actor, *, source: str, story: str, language: str = "", **said: Any) -> Referral:
    spoken = language if language in dict(settings.LANGUAGES) else programme.language
    referral = Referral.objects.create(ref=ref, source=source, story=story, language=spoken, written=written_in(story, spoken), **said)
    record("asked", referral, by=by, source=source)
    note(referral, is_new=True)
    keep_out_those_named(referral, by=by)
    return referral


HERE = Mould(lambda *, programme: Programme.objects.select_for_update(of=("self",), no_key=True).filter(pk=programme))
NOW_HERE = Mould(lambda *, programme: Programme.objects.filter(pk=programme))
NO_NUMBER = "R-0"


def _sent_before(form_key: UUID, programme: Programme) -> tuple[Referral | None, str]:
    """What this form has made already, and the next free number; whoever calls holds the programme's row, so that two at once get different ones."""
    with connection.cursor() as cursor:
        cursor.execute(LAST, [form_key])
        last, there = cursor.fetchone()
    return Referral.objects.get(pk=there) if there else None, f"R-{max(last or FIRST - 1, programme.last_request) + 1}"


LAST = """
    SELECT (SELECT max(substring(ref, 3)::integer) FROM referrals_referral), (SELECT id FROM referrals_referral WHERE form_key = %s)
"""


def _sent_again(referral: Referral, by: Actor) -> tuple[int, str]:
    """Stop the letter with the code before, if it has not gone yet, and give another; says how many codes there are with it."""
    withdraw_unsent(reader=referral.pk, case=None, by=by)
    given = Pass.objects.filter(bearer=Pass.Bearer.REFERRAL, bearer_id=referral.pk, kind=Pass.Kind.CODE).count()
    return given + 1, give_code(referral, by=by)


@transaction.atomic
def give_code(referral: Referral, *, by: Actor) -> str:
    """Another code in the place of the one they lost or that somebody else has seen; every way in from before ends."""
    Referral.objects.select_for_update(of=("self",)).get(pk=referral.pk)
    case = queries.case_of(referral)
    return issue_code(bearer=Pass.Bearer.REFERRAL, bearer_id=referral.pk, by=by, case=case.pk if case else None)


def _acknowledge(referral: Referral, programme: Programme, code: str, number: int, *, by: Actor) -> None:
    """One letter for each code. To an office a link goes instead: it asks whether the request came from there."""
    key, reply_by = f"request-received:{referral.pk}:{number}", queries.reply_by(programme, referral.received_at)
    way = letters.way_to(referral)
    if way is None or not _may_write(way.address, programme, by):
        return
    with in_language(referral.language):
        if referral.sender is not None and way.address.channel == Channel.EMAIL:
            words = letters.received_from_office(programme, issue_link(bearer=Pass.Bearer.OFFICE, bearer_id=referral.sender, by=by), reply_by)
        else:
            words = letters.received(programme, code, reply_by) if way.has_room else letters.received_by_text(programme, reply_by)
        send(words, way.address, referral, key, by=by)


def _may_write(to: Address, programme: Programme, by: Actor) -> bool:
    """What anybody but a coordinator can set off goes to one address three times a day, whoever asks for it; nobody is told that it went no more."""
    return by.has(Role.COORDINATOR) or allow(f"asked for {programme.pk} {to.value.strip().casefold()}", limit=EACH, per=timedelta(days=1))
