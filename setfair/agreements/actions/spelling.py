"""A slip of the pen in words that are signed is put right; whoever signed them can say that it is more."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from setfair.cases.models import Participation
from setfair.core.actor import Actor, Kind
from setfair.journal.actions import record

from .. import letters, queries, slips
from ..checks import CannotSign, CannotWrite
from ..journey import Stage
from ..models import Agreement, Item, Spelling, SpellingBack
from ..models.spelling import MOST
from ..reach import reaches
from .objecting import say_wrong

STANDS = (Stage.SIGNING, Stage.IN_FORCE)


@transaction.atomic
def put_right(item: Item, *, by: Actor, words: Mapping[str, str], seen: str = "") -> list[Spelling]:
    """Put the spelling of a promise right without asking anybody to sign again; `words` are the parts of it as they should read.

    The signatures stand, and what each of them saw stays as they saw it. Raises `CannotWrite` for whatever may be more than spelling, and
    once the promise was put right three times. Those whose names stand under it are told that there is something to read. `seen` is the
    digest of the words that were on the page (`slips.digest`). The same promise in a version that is in hand is put right with it.
    """
    agreement = queries.lock(item.agreement)
    if agreement.stage not in STANDS:
        raise CannotWrite(_("Only in words that are being signed, or hold, a spelling is put right."))
    item = Item.objects.select_for_update(of=("self",)).get(pk=item.pk)
    had = {part: getattr(item, part) for part in Spelling.Part.values}
    if seen and seen != slips.digest(had):
        raise CannotWrite(_("Somebody else put something right meanwhile. Please read it again."))
    changed = slips.changed(had, words)
    _check(item, had, changed, queries.names_in(agreement.case))
    rows = [_written(item, part, had[part], said, by) for part, said in changed.items()]
    _in_hand_too(agreement, item, rows, by)
    record("put_spelling_right", item, by=by)
    signed = queries.signers(agreement).filter(pk__in=queries.under(agreement)).select_related("person", "stands_by")
    about = f"{agreement.pk}:spelling-{queries.told_of(agreement)}"
    letters.send(letters.NEW_VERSION, [who for who in signed if reaches(item, who)], programme=agreement.case.programme, about=about, by=by)
    return rows


@transaction.atomic
def take_spelling_back(spelling: Spelling, *, by: Actor, participation: Participation | None = None) -> SpellingBack:
    """The words stand again as they were signed: somebody whose name stands under them says that it was more than spelling, or the team does.

    Said by one of them while it is being signed, it opens the words again; once it holds, the team is told to write a new version.
    """
    agreement = queries.lock(spelling.item.agreement)
    there = SpellingBack.objects.filter(spelling=spelling).first()
    if there is not None:
        return there
    if agreement.stage not in STANDS or not (participation is None or _reads_it(agreement, spelling.item, participation)):
        raise CannotSign(_("This cannot be said just now. Nothing is asked of you."))
    team = by.id if by.kind == Kind.STAFF and participation is None else None
    back = SpellingBack.objects.create(spelling=spelling, participation=participation, case_id=agreement.case_id, by=team)
    items, _corrections = queries.as_read(agreement)
    reads = next(item for item in items if item["id"] == str(spelling.item_id))
    Item.objects.get(pk=spelling.item_id).put(**{spelling.part: reads.get(spelling.part, "")})
    record("took_spelling_back", spelling.item, by=by)
    if participation is not None:
        _open_again(agreement, spelling, participation, by)
    return back


def _reads_it(agreement: Agreement, item: Item, participation: Participation) -> bool:
    """Their name stands under it, and the promise is one whose words reach them."""
    under = participation.pk in queries.under(agreement) and queries.among(agreement, [participation.pk])
    return bool(under) and reaches(item, participation)


def _check(item: Item, had: Mapping[str, str], changed: Mapping[str, str], names: frozenset[str]) -> None:
    if not changed:
        raise CannotWrite(_("Nothing in it is different."))
    if Spelling.objects.filter(item=item).count() + len(changed) > MOST:
        raise CannotWrite(_("This promise was put right often enough. Write a new version; whoever it touches signs it."))
    reason = next((why for part, said in changed.items() if (why := slips.why_not(had[part], said, names))), "")
    if reason:
        raise CannotWrite(str(reason))


def _written(item: Item, part: str, before: str, after: str, by: Actor) -> Spelling:
    apart = sum(slips.signs(*two) for two in slips.differs(before, after))
    item.put(**{part: after})
    return Spelling.objects.create(item=item, case_id=item.case_id, part=part, before=before, after=after, signs=apart, by=by.id)  # type: ignore[misc]


def _in_hand_too(agreement: Agreement, item: Item, rows: list[Spelling], by: Actor) -> None:
    """A newer version has the same promise: it would count as changed if it kept the slip."""
    hand = queries.in_hand_of(agreement)
    if hand is None or hand.pk == agreement.pk:
        return
    for other in [other for other, was in queries.same_as(hand, agreement.stage) if was.pk == item.pk]:
        for row in [row for row in rows if getattr(other, row.part) == row.before]:
            if hand.stage == Stage.SIGNING:
                _written(other, row.part, row.before, row.after, by)
            else:
                other.put(**{row.part: row.after})


def _open_again(agreement: Agreement, spelling: Spelling, participation: Participation, by: Actor) -> None:
    """What is being signed is written anew, with their name under nothing by itself; of what holds the team is told."""
    lies = agreement if agreement.stage == Stage.SIGNING else queries.in_hand_of(agreement)
    if lies is None or lies.stage != Stage.SIGNING:
        return
    if queries.has_signed(lies, participation) or queries.still_to_sign(lies).filter(pk=participation.pk).exists():
        pairs = slips.differs(spelling.before, spelling.after)
        words = ", ".join(f"{one} → {other}" for one, other in pairs)
        say_wrong(lies, by=by, participation=participation, words=_("More than spelling: %(words)s") % {"words": words})
