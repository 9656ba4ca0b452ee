"""What came back over a way: matched to its letter or its writer, sealed under their key, and what follows from it at once."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from setfair.core import clock, tenant
from setfair.core.actor import Actor, system
from setfair.journal.actions import record
from setfair.vault import master

from .actions import stop
from .ends import End, end_address
from .gate import Barrier
from .journey import Stage
from .mail_read import Came
from .marks import is_surely_one, line_of
from .models import CameBack, Channel, Letter

Finder = Callable[[str], list[tuple[UUID, UUID]]]
_finders: list[Finder] = []


@dataclass(frozen=True)
class Holding:
    """What an address is to one reader: a way of theirs now, and one that others have or read too."""

    is_theirs: bool
    is_shared: bool


Knower = Callable[[UUID, str], Holding | None]
_knowers: list[Knower] = []


def register(finder: Finder, knower: Knower) -> None:
    """Let a later floor say who has an address, programme and reader, and what it is to one of its readers."""
    if finder not in _finders:
        _finders.append(finder)
        _knowers.append(knower)


def take_in(came: Came, *, again: bool = False) -> bool:
    """Write down what came in, in the programme it belongs to. False when no programme is known for it; the caller keeps it, and brings it `again`.

    The same message taken in twice is one. An answer that a machine gave is nobody's answer, and is let fall.
    """
    named = _letter(came)
    found = named or (_writer(came) if came.bounce is None else None)
    if came.is_auto and came.bounce is None:
        return True
    if found is None:
        if not again:
            _heed(came)
        home = _home()
        return home is not None and _stray(home, came)
    programme_id, letter_id, reader = found
    is_sure = named is not None or came.channel == Channel.SMS
    with tenant.inside(programme_id):
        letter = Letter.objects.select_for_update(of=("self",)).get(pk=letter_id) if letter_id else None
        if came.bounce is not None:
            return letter is None or _given_back(letter, came, system(programme_id))
        is_new = _answered(letter, reader if letter is None else letter.reader_id, came, system(programme_id), is_sure=is_sure)
    if is_new:
        _heed(came)
    return True


def _letter(came: Came) -> tuple[UUID, UUID | None, UUID] | None:
    if not came.letters:
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT programme_id, letter_id FROM letters_written(%s)", [list(came.letters)])
        row = cursor.fetchone()
    return (row[0], row[1], row[1]) if row else None


def _writer(came: Came) -> tuple[UUID, UUID | None, UUID] | None:
    """By the address it came from: of several who have it, whoever was written to last over this way."""
    people = _having(came)
    found: list[tuple[object, tuple[UUID, UUID | None, UUID]]] = []
    for programme_id, reader in people:
        with tenant.inside(programme_id):
            last = Letter.objects.filter(reader_id=reader, channel=came.channel, stage=Stage.SENT).order_by("sent_at").last()
            found.append(((last is not None, last.sent_at if last else None), (programme_id, last.pk if last else None, reader)))
    written = [one for one in found if one[0][0]]  # type: ignore[index]
    return max(written, key=lambda one: one[0][1])[1] if written else (found[0][1] if found else None)  # type: ignore[index]


def _having(came: Came) -> list[tuple[UUID, UUID]]:
    return [one for finder in _finders for one in finder(came.sender)] if came.sender else []


def _home() -> UUID | None:
    """Whose administrators look after what fits nobody: the programme that the operator named, or the only one."""
    with connection.cursor() as cursor:
        if settings.INCOMING_PROGRAMME:
            cursor.execute("SELECT programme_by_slug(%s)", [settings.INCOMING_PROGRAMME])
        else:
            cursor.execute("SELECT min(programme_id::text)::uuid FROM programmes_here() HAVING count(*) = 1")
        row = cursor.fetchone()
    return row[0] if row else None


def _heed(came: Came) -> None:
    """A text message that asks for no more of them is heeded in every programme, also where nobody of a case has the number: whoever asked may
    have it. Where nobody is known by it, a voice may go on.
    """
    kind = _kind(came)
    if came.channel == Channel.SMS and kind in (CameBack.Kind.STOP, CameBack.Kind.WRONG):
        with connection.cursor() as cursor:
            cursor.execute("SELECT programme_id FROM programmes_here()")
            everywhere = [programme_id for (programme_id,) in cursor.fetchall()]
        known = {programme_id for programme_id, _reader in _having(came)}
        for programme_id in everywhere:
            with tenant.inside(programme_id):
                end_address(End(came.channel, came.sender, kind, None, None, is_known=programme_id in known), by=system(programme_id))


def _stray(programme_id: UUID, came: Came) -> bool:
    kind = CameBack.Kind.BOUNCE if came.bounce is not None else CameBack.Kind.UNREAD if came.is_unread else CameBack.Kind.ANSWER
    if came.bounce is not None:
        came = replace(came, words="\n\n".join(part for part in (", ".join(came.bounce.addresses), came.words) if part))
    with tenant.inside(programme_id):
        _keep(came, None, None, kind, system(programme_id))
    return True


def _answered(letter: Letter | None, reader: UUID, came: Came, by: Actor, *, is_sure: bool) -> bool:
    """Whether it was new. Anybody can write a sender into a mail: only one that names a letter of ours, from where that letter went, ends a way.

    A word that asks for messages again begins none: a phone may be shared, and each of those who hold it chooses for themselves.
    """
    is_theirs = is_sure and (letter is None or is_surely_one(came.sender, str(letter.address)))
    kind = _kind(came)
    held = next((held for knower in _knowers if (held := knower(reader, came.sender)) is not None), Holding(is_theirs=True, is_shared=False))
    from_elsewhere = not (is_theirs and held.is_theirs)
    row = _keep(came, letter, reader, kind, by, from_elsewhere=from_elsewhere, is_uncertain=held.is_shared)
    if row is not None and kind in (CameBack.Kind.STOP, CameBack.Kind.WRONG) and is_theirs:
        end_address(End(came.channel, came.sender, kind, reader, row.case_id), by=by)
    return row is not None


def _kind(came: Came) -> CameBack.Kind:
    if came.says_stop:
        return CameBack.Kind.STOP
    if came.says_wrong:
        return CameBack.Kind.WRONG
    return CameBack.Kind.START if came.says_start else CameBack.Kind.ANSWER


def _given_back(letter: Letter, came: Came, by: Actor) -> bool:
    """An address that gave it back for good is used no more; nothing is sent elsewhere, and somebody is told."""
    known = {line_of(address) for address in came.bounce.addresses} if came.bounce else set()
    if came.bounce and came.bounce.is_final and line_of(str(letter.address)) in known:
        bounced(letter, by=by)
    return True


@transaction.atomic
def bounced(letter: Letter, *, by: Actor) -> None:
    """The post office says for good that this address takes nothing."""
    if letter.stage in (Stage.SENT, Stage.DUE):
        stop(letter, by=by, barrier=Barrier.BOUNCED)
        end_address(End(letter.channel, str(letter.address), CameBack.Kind.BOUNCE, letter.reader_id, letter.case_id), by=by)


def _keep(
    came: Came, letter: Letter | None, reader: UUID | None, kind: str, by: Actor, *, from_elsewhere: bool = False, is_uncertain: bool = False
) -> CameBack | None:
    """The row, sealed under the key of who wrote; None when it is there already."""
    new = uuid.uuid4()
    row = CameBack(
        id=new,
        letter=letter,
        owner_id=reader or new,
        reader_id=reader,
        case_id=letter.case_id if letter else None,
        channel=came.channel,
        kind=kind,
        words=came.words,
        sender=came.sender,
        from_elsewhere=from_elsewhere,
        is_uncertain=is_uncertain,
        left_out=min(came.left_out, 99),
        mark=master.digest("came back", f"{came.channel} {came.reference} {came.sender}"),
        at=clock.now(),
    )
    if CameBack.objects.filter(mark=row.mark).exists():
        return None
    row.save(force_insert=True)
    record("came_back", row, by=by, kind=str(kind), channel=came.channel)
    return row
