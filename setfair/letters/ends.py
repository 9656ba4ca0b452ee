"""The end of an address, for everybody who is reached there: they wrote STOP, it was the wrong number, or it gave everything back."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from setfair.core import clock, tenant
from setfair.core.actor import Actor
from setfair.journal.actions import record
from setfair.vault import master

from .actions import withdraw_unsent_to
from .marks import line_of
from .models import CameBack, Channel, Quiet


@dataclass(frozen=True)
class End:
    """Which address takes nothing more, over which channel that was said, why, and to whom and about what was written last. `is_known`: whoever
    said so has the very number that was written down."""

    channel: str
    address: str
    why: str
    reader: UUID | None
    case: UUID | None
    is_known: bool = True

    @property
    def channels(self) -> tuple[str, ...]:
        """Over which the address is used no more: a wish for no messages is about them all, what is given back says nothing of other ways."""
        return (self.channel,) if self.why == CameBack.Kind.BOUNCE else (Channel.EMAIL, Channel.SMS)

    @property
    def is_a_strangers(self) -> bool:
        """Whether not even a voice may go there: somebody we do not know has it."""
        return self.why == CameBack.Kind.WRONG and self.is_known


Closer = Callable[[End, Actor], list[UUID]]
Placer = Callable[[UUID], list[UUID]]
_closers: list[Closer] = []
_placers: list[Placer] = []


def register(*, closer: Closer | None = None, placer: Placer | None = None) -> None:
    """Let a later floor end an address for those of its people who have it (`closer`: who they are), and say in which open cases somebody is
    (`placer`)."""
    if closer is not None and closer not in _closers:
        _closers.append(closer)
    if placer is not None and placer not in _placers:
        _placers.append(placer)


@transaction.atomic
def end_address(end: End, *, by: Actor) -> None:
    """Nothing goes there any more, to anybody of this programme; in each of their cases a fact says so, and no word of who said it.

    What was said about the case that was written about stands there already.
    """
    if end.why in (CameBack.Kind.STOP, CameBack.Kind.WRONG) and not is_quiet(end.address):
        Quiet.objects.create(mark=_mark(end.address))
    if end.reader is not None:
        withdraw_unsent_to(end.address, reader=end.reader, by=by)
    ended = sorted({reader for closer in _closers for reader in closer(end, by)})
    for reader in ended:
        cases = [case for placer in _placers for case in placer(reader)]
        if reader != end.reader:
            cases = cases or [None]  # type: ignore[list-item]
        elif end.case is None and end.why != CameBack.Kind.BOUNCE:
            cases = []
        for case in cases:
            if reader != end.reader or case != end.case:
                _tell(end, reader, case, by)


def is_quiet(address: str) -> bool:
    """Whether no more messages were asked for there, by whomever. Numbers that end alike count as one: it only keeps something from going there."""
    return Quiet.objects.filter(mark=_mark(address)).exists()


def _mark(address: str) -> bytes:
    return master.digest("quiet", f"{tenant.current()} {line_of(address)}")


def _tell(end: End, reader: UUID, case: UUID | None, by: Actor) -> None:
    new = uuid.uuid4()
    row = CameBack(
        id=new, owner_id=reader, reader_id=reader, case_id=case, channel=end.channel, kind=end.why, words="", sender=end.address,
        is_shared=True, mark=master.digest("came back", f"{new}"), at=clock.now(),
    )  # fmt: skip
    row.save(force_insert=True)
    record("ended_with", row, by=by, kind=str(end.why), channel=end.channel)
