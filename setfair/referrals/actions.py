from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext as _

from setfair.access.limits import allow
from setfair.access.policy import Permission
from setfair.access.ties import may
from setfair.accounts.actions import first_code, issue_code
from setfair.accounts.models import Pass
from setfair.core import clock, tenant
from setfair.core.actor import Actor, Kind
from setfair.core.moulds import Mould
from setfair.core.text import TellingWords
from setfair.journal.actions import record
from setfair.journal.journey import move
from setfair.letters.actions import Address, Words, withdraw_unsent, write
from setfair.letters.models import Channel
from setfair.programmes.models import Programme
from setfair.programmes.speaking import in_language

from . import heard, letters, queries
from .journey import Reason, Stage
from .models import Addition, Clearance, Halt, Referral, Reply, Screening
from .refusal import CannotAsk, CannotScreen, NeedsClearance, check, check_gates

EACH = 3
"""Letters a day to one address that was typed into the public form: it may be a stranger's."""
__all__ = [
    "CannotAsk", "CannotScreen", "NeedsClearance", "accept", "add", "ask", "clear", "decline", "halt", "read", "reply", "withdraw",
]  # fmt: skip
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
        known = {code for code, _name in settings.LANGUAGES}
        referral = Referral.objects.create(
            ref=ref,
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
            language=language if language in known else programme.language,
            needs=needs,
            office=office,
            court_number=court_number,
            legal_stage=legal_stage,
            orders=orders,
            wanted_back=wanted_back,
            deadline=deadline,
            entered_by=entered_by,
        )
        record("asked", referral, by=by, source=source)
        number, code = 1, first_code(bearer=Pass.Bearer.REFERRAL, bearer_id=referral.pk, by=by)
    _acknowledge(referral, programme, code, number, by=by)
    return referral, code


HERE = Mould(lambda *, programme: Programme.objects.select_for_update(of=("self",), no_key=True).filter(pk=programme))


@transaction.atomic
def read(referral: Referral, *, by: Actor) -> Referral:
    """A member of the team opens a request: the journal says so. What was added to it counts as read only when somebody who can act on it did."""
    if may(by, Permission.SCREEN_REFERRAL, referral):
        referral.additions.filter(read_at__isnull=True).update(read_at=clock.now())
    record("read", referral, by=by)
    return referral


@transaction.atomic
def accept(referral: Referral, *, by: Actor, checks: Mapping[str, str], note: str = "") -> Referral:
    """Say yes. Whoever listens opens the case in the same transaction.

    `checks` says of each check what was found; one that is left open takes a note,
    and a no to what must be fine (`HARD`) the word of a supervisor (`clear`).
    Whoever asked hears that there is news, or somebody is asked to tell them.
    Of two who answer at the same moment one is heard; the other gets `WrongStep`.
    """
    check(checks, note)
    check_gates(referral, checks)
    move(referral, Stage.ACCEPTED, by=by)
    knows = _answer(referral, by, letters.news)
    _screen(referral, by, accepted=True, checks=dict(checks), note=note, to_tell=not knows)
    return referral


@transaction.atomic
def decline(referral: Referral, *, by: Actor, reason: str, note: str = "") -> Referral:
    """Say that it is not going ahead. The reason is a code for us; whoever asked gets the same neutral words whatever it is."""
    if reason not in Reason.values:
        raise CannotScreen(_("Please choose a reason. Only the team sees it."))
    move(referral, Stage.DECLINED, by=by, reason=reason)
    knows = _answer(referral, by, letters.not_going_ahead)
    _screen(referral, by, accepted=False, reason=reason, note=note, to_tell=not knows)
    return referral


@transaction.atomic
def reply(referral: Referral, *, by: Actor, how: str) -> Reply:
    """Write down that whoever asked was told how it was answered, or that it was tried: then nobody is asked to any more."""
    if _locked(referral).is_open:
        raise CannotScreen(_("Nobody has answered this yet."))
    if how not in Reply.How.values:
        raise CannotScreen(_("Please choose one of the answers."))
    there: Reply | None = referral.replies.filter(how=how).first()
    if there is None:
        there = Reply.objects.create(referral=referral, how=how, by=by.id)  # type: ignore[misc]
        record("replied", referral, by=by, how=how)
    return there


@transaction.atomic
def halt(referral: Referral, *, by: Actor) -> Halt:
    """Have it stand on Today of every supervisor that a request waits for their word. Stopped again before they have written, it is one line."""
    there: Halt | None = _locked(referral).halts.first()
    if there is None:
        there = Halt.objects.create(referral=referral, by=by.id)  # type: ignore[misc]
        record("halted", referral, by=by)
    return there


@transaction.atomic
def clear(referral: Referral, *, by: Actor, reason: str) -> Clearance:
    """A supervisor writes why this can be accepted in spite of a no to what must be fine."""
    if not _locked(referral).is_open:
        raise CannotScreen(_("This has been answered already."))
    if not reason.strip():
        raise CannotScreen(_("Please write why it can go on."))
    clearance = Clearance.objects.create(referral=referral, reason=reason.strip(), by=by.id)  # type: ignore[misc]
    record("cleared", referral, by=by)
    return clearance


@transaction.atomic
def withdraw(referral: Referral, *, by: Actor) -> Referral:
    """Take a request back. What was to be sent about it does not go any more."""
    move(referral, Stage.WITHDRAWN, by=by)
    withdraw_unsent(reader=referral.pk, case=None, by=by)
    return referral


@transaction.atomic
def add(referral: Referral, *, by: Actor, words: str) -> Addition:
    """Whoever asked lets us know something more; the request waits to be read again. Sent twice in a row it is one."""
    Referral.objects.select_for_update(of=("self",)).get(pk=referral.pk)
    last: Addition | None = referral.additions.last()
    if last is not None and last.read_at is None and last.words == words:
        return last
    addition = Addition.objects.create(referral=referral, words=words)
    record("added_to", referral, by=by)
    _have_them_look(referral, by)
    return addition


def _locked(referral: Referral) -> Referral:
    """Hold it until the transaction ends, with the stage it stands at now."""
    referral.refresh_from_db(fields=["stage"], from_queryset=Referral.objects.select_for_update(of=("self",)))
    return referral


def _sent_before(form_key: UUID, programme: Programme) -> tuple[Referral | None, str]:
    """What this form has made already, and the next free number; whoever calls holds the programme's row, so that two at once get different ones."""
    with connection.cursor() as cursor:
        cursor.execute(LAST, [form_key])
        last, there = cursor.fetchone()
    return Referral.objects.get(pk=there) if there else None, f"R-{max(last or FIRST - 1, programme.last_request) + 1}"


LAST = """
    SELECT (SELECT max(substring(ref, 3)::integer) FROM referrals_referral), (SELECT id FROM referrals_referral WHERE form_key = %s)
"""


def _screen(referral: Referral, by: Actor, **decided: Any) -> None:
    if by.id is None:
        raise CannotScreen(_("A coordinator answers a request."))
    Screening.objects.create(referral=referral, by=by.id, **decided)


def _sent_again(referral: Referral, by: Actor) -> tuple[int, str]:
    """Stop the letter with the code before, if it has not gone yet, and give another; says how many codes there are with it."""
    withdraw_unsent(reader=referral.pk, case=None, by=by)
    given = Pass.objects.filter(bearer=Pass.Bearer.REFERRAL, bearer_id=referral.pk, kind=Pass.Kind.CODE).count()
    case = queries.case_of(referral)
    return given + 1, issue_code(bearer=Pass.Bearer.REFERRAL, bearer_id=referral.pk, by=by, case=case.pk if case else None)


def _acknowledge(referral: Referral, programme: Programme, code: str, number: int, *, by: Actor) -> None:
    """One letter for each code."""
    key, reply_by = f"request-received:{referral.pk}:{number}", queries.reply_by(programme, referral.received_at)
    way = letters.way_to(referral)
    if way is None or not _may_write(way.address, programme, by):
        return
    with in_language(referral.language):
        words = letters.received(programme, code, reply_by) if way.has_room else letters.received_by_text(programme, reply_by)
        _send(words, way.address, referral, key, by)


def _may_write(to: Address, programme: Programme, by: Actor) -> bool:
    """What anybody can set off goes to one address three times a day, whoever asks for it; nobody is told that it went no more."""
    return by.kind == Kind.STAFF or allow(f"asked for {programme.pk} {to.value.strip().casefold()}", limit=EACH, per=timedelta(days=1))


def _answer(referral: Referral, by: Actor, with_room: Callable[[Programme], Words]) -> bool:
    """Have whoever asked hear that there is an answer. False where nobody can be written to: then somebody has to tell them.

    Whoever asked not to be contacted comes back with their code.
    """
    if (referral.reach or {}).get("none"):
        return True
    way, programme = letters.way_to(referral), referral.programme
    if way is None:
        return False
    with in_language(referral.language):
        words = with_room(programme) if way.has_room else letters.news(programme)
        return _send(words, way.address, referral, f"request-{referral.stage}:{referral.pk}", by)


def _have_them_look(referral: Referral, by: Actor) -> None:
    """Whoever answers for it is told that there is something, once a day and without a word of it."""
    for reader in heard.readers(referral, by):
        with in_language(reader.language):
            key = f"added:{referral.pk}:{clock.now():%Y%m%d}:{reader.pk}"
            write(letters.look(referral.programme), to=Address(Channel.EMAIL, reader.email), reader=reader.pk, key=key, by=by)


def _send(words: Words, to: Address, referral: Referral, key: str, by: Actor) -> bool:
    """Whether it goes. A request is never lost because of a letter: one whose words would say too much stays behind, and the journal says so."""
    try:
        write(words, to=to, reader=referral.pk, key=key, by=by)
    except TellingWords:
        record("left_unsaid", referral, by=by, channel=to.channel)
        return False
    return True
