"""The list of what each person has to have been asked is gone through: ticked, said not to apply, taken back."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from setfair.cases.models import Participation
from setfair.core.actor import Actor
from setfair.journal.actions import record

from .. import queries
from ..refusal import CannotPrepare
from ..ticked import Tick
from ..writing import open_case_of, write_down

DONE, NOT_FOR_THEM, TAKEN_BACK = Tick.Answer.DONE, Tick.Answer.NOT_FOR_THEM, Tick.Answer.TAKEN_BACK


@transaction.atomic
def go_through(
    participation: Participation, *, by: Actor, done: Collection[UUID] = (), back: Collection[UUID] = (), not_for: UUID | None = None,
    why: str = "", words: str = "",
) -> list[Tick]:  # fmt: skip
    """Write down what was done of somebody's list (`done`), what does not apply to them and why (`not_for`), and what was ticked wrongly (`back`).

    Each by the key of its line as it stood on the page. What stands already as it is said is not written twice, and what is not on their
    list is refused: `CannotPrepare`.
    """
    open_case_of(participation)
    now = {ask.item.pk: ask for ask in queries.list_of(participation)}
    given = [(key, DONE) for key in done] + [(key, TAKEN_BACK) for key in back] + ([(not_for, NOT_FOR_THEM)] if not_for is not None else [])
    if not {key for key, _answer in given} <= set(now):
        raise CannotPrepare(_("The list has been changed in the meantime. Please look at it again."))
    if not_for is not None:
        _check_why(participation, why, words)
    found = []
    for key, answer in given:
        ask = now[key]
        if answer == (ask.tick.answer if ask.tick is not None else TAKEN_BACK):
            continue
        more = {"why": why, "words": words.strip()} if answer == NOT_FOR_THEM else {}
        found.append(write_down(Tick, participation, by, item=ask.item, answer=answer, **more))
    if found:
        record("went_through_list", participation, by=by)
    return found


def _check_why(participation: Participation, why: str, words: str) -> None:
    if why not in Tick.Why.values:
        raise CannotPrepare(_("Please choose why it does not apply."))
    if words.strip() and queries.wants_no_notes(participation):
        raise CannotPrepare(_("They said no to notes. Please leave the words empty: the reason is still written down."))
