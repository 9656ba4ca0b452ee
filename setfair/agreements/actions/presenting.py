from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from setfair.cases.models import HEART, Participation
from setfair.core.actor import Actor
from setfair.journal.actions import record
from setfair.journal.journey import move

from .. import letters, queries, text
from ..checks import CannotWrite, being_written, check_both_sides_go_on, check_complete, check_nobody_alone, check_nothing_bars
from ..journey import Stage
from ..models import Agreement, Carried, Signer, Spelling
from .signing import come_into_force


@transaction.atomic
def present(agreement: Agreement, *, by: Actor, first: str = "", later: Iterable[UUID] = ()) -> Agreement:
    """Lay it on the table to be signed: its words are fixed from now on, and so is who signs; each is told that there is something to read.

    For a young person whoever decides for them signs too, whether they came or not. Where
    they do not meet they agree in turn: `first` is the side that reads it first, and nobody
    else sees a word before it is passed on. Raises `CannotWrite` when it is empty, when
    somebody would be bound who was not there to agree or whose yes does not stand, when two
    would be who must have no contact (the database refuses these two as well), or by the yes
    of a young person alone. `later` are those who did not come and sign from afar.

    Where it follows a version that people have signed, only those sign again whom something new touches; the names of the others
    go on under it, and they are told that there is a new version. The one that holds holds until then.
    """
    locked = being_written(agreement)
    if locked.conference_id is None:
        check_both_sides_go_on(locked.case, locked)
    later = [*later, *(queries.under(locked.follows) if locked.follows else [])]
    items, signing = queries.items_of(locked), list(queries.signers(locked, later).select_related("person"))
    check_complete(items, signing, queries.done_before(locked))
    check_nobody_alone(signing)
    check_nothing_bars(locked, items)
    readers = signing if locked.conference_id else [p for p in signing if queries.side_of(p) == first]
    if not readers:
        raise CannotWrite(_("Please choose who reads it first."))
    locked.words = agreement.words = text.written(locked, items, signing, queries.staff_named(items))
    locked.save(update_fields=["words"])
    if locked.follows and locked.follows.stage == Stage.IN_FORCE and not queries.different(locked):
        raise CannotWrite(_("Nothing in it is different from version %(n)d, which holds.") % {"n": locked.follows.version})
    themselves = {p.pk for p in queries.asked_themselves(locked, later)}
    _give_to([p for p in readers if p.pk in themselves], locked, queries.last_round(locked) + 1)
    move(agreement, Stage.SIGNING, by=by)
    _ask(agreement, readers, by)
    return agreement


@transaction.atomic
def pass_on(agreement: Agreement, *, by: Actor) -> Agreement:
    """The side that read it first has signed: now the others read the same words. Raises `CannotWrite` before that, and where
    somebody has stopped meanwhile of whom nothing more is asked."""
    locked = queries.lock(agreement)
    waiting = queries.not_reached(locked)
    if locked.stage != Stage.SIGNING or not waiting:
        raise CannotWrite(_("It is with everyone already, or nobody can sign it now."))
    if queries.still_to_sign(locked).exists():
        raise CannotWrite(_("It is passed on when all who read it first have signed."))
    check_both_sides_go_on(locked.case, locked)
    _give_to([p for p in waiting if p.roles & HEART], locked, queries.last_round(locked))
    record("passed_agreement", agreement, by=by)
    _ask(agreement, waiting, by)
    return agreement


@transaction.atomic
def reopen(agreement: Agreement, *, by: Actor) -> Agreement:
    """Take it back to be changed. Only while nobody has signed: a signature stands for words that stay as they are.

    What was to be sent about it is not sent any more; laid out again, everyone hears of it again. What was put right in it is in the draft,
    and no correction of other words any more.
    """
    locked = queries.lock(agreement)
    if locked.stage == Stage.SIGNING and queries.signatures(locked):
        raise CannotWrite(_("Somebody has signed these words. Write a new version; whoever it touches signs that one."))
    letters.stop(locked, by=by)
    move(agreement, Stage.DRAFTING, by=by)
    Spelling.objects.filter(item__agreement=locked).delete()
    return agreement


def _ask(agreement: Agreement, readers: Sequence[Participation], by: Actor) -> None:
    """The names of those whom nothing new touches go on under it; the others are asked to sign. If nobody is left to, it holds."""
    locked = queries.lock(agreement)
    going_on = _carry(locked, readers)
    about, programme = f"{locked.pk}:{queries.last_round(locked)}", locked.case.programme
    letters.send(letters.TO_SIGN, [p for p in readers if p.pk not in going_on], programme=programme, about=about, by=by)
    letters.send(letters.NEW_VERSION, [p for p in readers if p.pk in going_on], programme=programme, about=about, by=by)
    if going_on and queries.everyone_has_signed(locked):
        come_into_force(agreement, by=by)


def _carry(agreement: Agreement, readers: Sequence[Participation]) -> set[UUID]:
    """Whose names go on: a row each, that leads to what they signed and what they had before them then."""
    if agreement.follows is None:
        return set()
    signed, touched = queries.under(agreement.follows), queries.touched(agreement, readers) | queries.found_wrong(agreement)
    going_on = [p for p in readers if p.pk in signed and p.pk not in touched]
    turn = queries.last_round(agreement)
    for p in going_on:
        Carried.objects.create(agreement=agreement, participation=p, signature=signed[p.pk], case_id=agreement.case_id, round=turn)
    return {p.pk for p in going_on}


def _give_to(readers: list[Participation], agreement: Agreement, turn: int) -> None:
    Signer.objects.bulk_create(Signer(agreement=agreement, participation=p, case_id=agreement.case_id, round=turn) for p in readers)
