"""Whether a promise can stand as it is said, and whether all of them can be laid out to be signed."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from setfair.cases.models import SPEAKERS, Case, Participation
from setfair.core.bank_numbers import holds_bank_number
from setfair.letters.paper import undrawn

from . import queries
from .amounts import CURRENCIES, MOST_PARTS, in_parts, smallest
from .journey import Stage
from .models import Agreement, Item, Reach
from .models.remark import LONGEST as LONGEST_REMARK
from .terms import Terms


class CannotWrite(Exception):
    """The agreement does not take these words; the sentence says why."""


class CannotSign(Exception):
    """This name does not go under these words; the sentence says why."""


class SignedAlready(CannotSign):
    """They have signed these words, and the one signature stands."""


class ChangedMeanwhile(CannotWrite):
    """Somebody else has put this promise in other words since it was opened; `now` is how it stands."""

    def __init__(self, now: Item) -> None:
        super().__init__(_("Somebody else changed this promise while you were writing. Both are shown here. Save again to keep yours."))
        self.now = now


def being_written(agreement: Agreement) -> Agreement:
    """Hold it while it is being written. Raises `CannotWrite` once its words are fixed."""
    locked = queries.lock(agreement)
    if locked.stage != Stage.DRAFTING:
        raise CannotWrite(_("These words are fixed now. Take them back first to change them."))
    return locked


def check(
    agreement: Agreement, owner: Participation | None, what: str, due_on: date, owed_to: Participation | None, through: UUID | None, terms: Terms
) -> None:
    """Raises `CannotWrite` with the one thing that cannot be."""
    if not what.strip():
        raise CannotWrite(_("Please write what will be done."))
    if owner is None and not terms.body.strip():
        raise CannotWrite(_("Please choose who does it, or write which school, office or group does."))
    if not all(_stands_in(agreement, p) for p in (owner, *terms.beside) if p is not None):
        raise CannotWrite(_("Please choose somebody of this circle to do it."))
    if owed_to is not None and not _stands_in(agreement, owed_to):
        raise CannotWrite(_("Please choose somebody of this circle whom it is for."))
    if due_on < timezone.localdate():
        raise CannotWrite(_("That day has passed. Please choose today or a later day."))
    if terms.reach == Reach.SOME and owed_to is None:
        raise CannotWrite(_("What is for everyone is read by everyone. Choose for whom it is, if only those it concerns are to read it."))
    if through is not None and through not in queries.carriers(agreement):
        raise CannotWrite(_("Please choose somebody of the team to pass it on."))
    _check_checker(agreement, terms)
    _check_amount(terms, due_on)


def check_no_account(terms: Terms, *words: str) -> None:
    """Raises `CannotWrite` where the number of an account or a card would stand in a promise of money: many read it, and nobody needs it here."""
    if terms.amount is not None and any(holds_bank_number(each) for each in (*words, terms.if_hard)):
        raise CannotWrite(_("This looks like the number of an account or a card. Please leave it out: nobody needs it here."))


def check_complete(items: Sequence[Item], signing: Sequence[Any], done: Collection[UUID] = ()) -> None:
    """Raises `CannotWrite` when nothing is on it, nobody could sign, or somebody would be bound who does not.

    `done` are promises that wait for nobody any more: whoever made them may have left.
    """
    if not items:
        raise CannotWrite(_("There is nothing on it yet. Write down at least one promise."))
    if not signing:
        raise CannotWrite(_("Nobody is marked as having come, so nobody could sign. Please mark who came."))
    there = {p.pk for p in signing}
    missing = (p for i in items for p in i.owners if p.pk not in there and (i.pk not in done or p.left_at is None))
    absent = next((p.person.shown for p in missing), None)
    if absent is not None:
        raise CannotWrite(_("%(name)s was not there to sign. Please choose somebody else to promise this.") % {"name": absent})


def check_remark(words: str) -> None:
    """Raises `CannotSign` for what is too long to stand under a name, or holds a sign that no copy on paper could show."""
    if len(words) > LONGEST_REMARK:
        raise CannotSign(_("Please write less: %(n)d letters at most.") % {"n": LONGEST_REMARK})
    strange = undrawn([words])
    if strange:
        raise CannotSign(_("Our paper copy cannot show: %(words)s. Please write it without.") % {"words": ", ".join(strange)})


def check_nobody_alone(signing: Sequence[Participation]) -> None:
    """Raises `CannotWrite` when a young person would sign whom nobody here decides for."""
    young = next(iter(queries.alone(signing)), None)
    if young is not None:
        raise CannotWrite(_("%(name)s needs a parent or guardian who signs too, or a note why not.") % {"name": young.person.shown})


def check_both_sides_go_on(case: Case, agreement: Agreement | None = None) -> None:
    """Raises `CannotWrite` when somebody of either side has stopped: without a meeting something more is agreed by both of them or not at all."""
    gone = queries.on_a_side(case).filter(pk__in=queries.stopped_since(case, agreement)).select_related("person").first()
    if gone is not None:
        raise CannotWrite(
            _("%(name)s has stopped and is asked nothing more. Without a meeting, something more needs both sides.") % {"name": gone.person.shown}
        )


def check_nothing_bars(agreement: Agreement, items: Sequence[Item]) -> None:
    """Raises `CannotWrite` when a bar stands in the way of one of them."""
    bar = next(iter(queries.barred(agreement, items)), None)
    if bar is not None:
        raise CannotWrite(bar.sentence)


def _check_checker(agreement: Agreement, terms: Terms) -> None:
    if terms.checker is not None and not _stands_in(agreement, terms.checker):
        raise CannotWrite(_("Please choose somebody of this circle or of the team to check it."))
    if terms.checker_staff is not None and terms.checker_staff not in queries.carriers(agreement):
        raise CannotWrite(_("Please choose somebody of this circle or of the team to check it."))


def _check_amount(terms: Terms, due_on: date) -> None:
    if terms.amount is None:
        return
    if terms.amount <= 0 or terms.currency not in CURRENCIES:
        raise CannotWrite(_("Please say how much money, and in which currency."))
    if not (1 <= terms.parts <= MOST_PARTS and 1 <= terms.weeks <= 8):
        raise CannotWrite(_("That is too many parts, or they lie too far apart."))
    if terms.amount % smallest(terms.currency):
        raise CannotWrite(_("This money has no smaller coins. Please write a whole number."))
    first = in_parts(terms.amount, terms.currency, terms.parts, terms.weeks, due_on)[0]
    if not first.amount:
        raise CannotWrite(_("That is too little for so many parts. Choose fewer parts."))
    if first.due_on < timezone.localdate():
        raise CannotWrite(_("With so many parts the first one would lie behind us. Choose fewer parts, or a later day."))


def _stands_in(agreement: Agreement, participation: Participation) -> bool:
    return participation.case_id == agreement.case_id and participation.left_at is None and participation.role in SPEAKERS
