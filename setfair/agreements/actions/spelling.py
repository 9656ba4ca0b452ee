"""A slip of the pen in words that are signed is put right; whoever signed them can say that it is more."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

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
    digest of the words that were on the page (`slips.digest`). While one version holds and another is in hand, the same promise is put right
    in both, so that nobody signs again for a slip.
    """
    agreement = queries.lock(item.agreement)
    if agreement.stage not in STANDS:
        raise CannotWrite(_("Only in words that are being signed, or hold, a spelling is put right."))
    item = Item.objects.select_for_update(of=("self",)).get(pk=item.pk)
    had = slips.parts_of(item)
    if seen and seen != slips.digest(had):
        raise CannotWrite(_("Somebody else put something right meanwhile. Please read it again."))
    changed = slips.changed(had, words)
    _check(agreement, item, had, changed)
    rows = [_written(item, part, had[part], said, by) for part, said in changed.items()]
    others = [_put_right_too(other, rows, by) for other in _the_same(agreement, item)]
    record("put_spelling_right", item, by=by)
    _tell([item, *filter(None, others)], about=f"{agreement.pk}:{rows[0].pk}", by=by)
    return rows


@transaction.atomic
def take_spelling_back(spelling: Spelling, *, by: Actor, participation: Participation | None = None) -> SpellingBack:
    """The words stand again as they were signed: somebody whose name stands under them says that it was more than spelling, or the team does.

    Said by one of them while it is being signed, it opens the words again; once it holds, the team is told to write a new version. Those
    whose names stand under it are told, as they were of the correction; the same promise of a version in hand says what it said before.
    """
    agreement = queries.lock(spelling.item.agreement)
    there = SpellingBack.objects.filter(spelling=spelling).first()
    if there is not None:
        return there
    if agreement.stage not in STANDS or not (participation is None or _reads_it(agreement, spelling.item, participation)):
        raise CannotSign(_("This cannot be said just now. Nothing is asked of you."))
    back = _back(spelling, by, participation)
    others = [other for other in _the_same(agreement, spelling.item) if _takes_back_too(other, spelling, by, participation)]
    record("took_spelling_back", spelling.item, by=by)
    _tell([spelling.item, *others], about=f"{agreement.pk}:{back.pk}", by=by)
    if participation is not None:
        _open_again(agreement, spelling, participation, by)
    for item in _the_same(agreement, spelling.item):
        _say_it_as_before(item, spelling)
    return back


def _reads_it(agreement: Agreement, item: Item, participation: Participation) -> bool:
    """Their name stands under it, and the promise is one whose words reach them."""
    under = participation.pk in queries.under(agreement) and queries.among(agreement, [participation.pk])
    return bool(under) and reaches(item, participation)


def _check(agreement: Agreement, item: Item, had: Mapping[str, str], changed: Mapping[str, str]) -> None:
    if not changed:
        raise CannotWrite(_("Nothing in it is different."))
    _check_room(item, len(changed))
    names, laid_out = queries.names_in(agreement.case), queries.laid_out(agreement, item)
    for part, said in changed.items():
        reason = slips.why_not(had[part], said, names) or slips.strays(laid_out.get(part, had[part]), said, names)
        if reason:
            raise CannotWrite(str(reason))


def _check_room(item: Item, many: int) -> None:
    if Spelling.objects.filter(item=item).count() + many > MOST:
        raise CannotWrite(_("This promise was put right often enough. Write a new version; whoever it touches signs it."))


def _written(item: Item, part: str, before: str, after: str, by: Actor) -> Spelling:
    apart = sum(slips.signs(*two) for two in slips.differs(before, after))
    item.put(**{part: after})
    return Spelling.objects.create(item=item, case_id=item.case_id, part=part, before=before, after=after, signs=apart, by=by.id)  # type: ignore[misc]


def _the_same(agreement: Agreement, item: Item) -> list[Item]:
    """The same promise where one version holds and another is in hand: what it is in the other one."""
    held, hand = queries.held_of(agreement), queries.in_hand_of(agreement)
    if held is None or hand is None or agreement.pk not in (held.pk, hand.pk):
        return []
    pairs = queries.same_as(hand, Stage.IN_FORCE)
    return [was for one, was in pairs if one.pk == item.pk] if agreement.pk == hand.pk else [one for one, was in pairs if was.pk == item.pk]


def _put_right_too(item: Item, rows: list[Spelling], by: Actor) -> Item | None:
    """It would count as changed if it kept the slip. What lies there to be read says so too, and is given back; a draft just reads right."""
    same = [row for row in rows if getattr(item, row.part) == row.before]
    if item.agreement.stage not in STANDS:
        item.put(**{row.part: row.after for row in same})
        return None
    _check_room(item, len(same))
    for row in same:
        _written(item, row.part, row.before, row.after, by)
    return item if same else None


def _back(spelling: Spelling, by: Actor, participation: Participation | None) -> SpellingBack:
    team = by.id if by.kind == Kind.STAFF and participation is None else None
    back = SpellingBack.objects.create(spelling=spelling, participation=participation, case_id=spelling.case_id, by=team)
    items, _corrections = queries.as_read(spelling.item.agreement)
    reads = next(item for item in items if item["id"] == str(spelling.item_id))
    Item.objects.get(pk=spelling.item_id).put(**{spelling.part: reads.get(spelling.part, "")})
    return back


def _takes_back_too(item: Item, spelling: Spelling, by: Actor, participation: Participation | None) -> bool:
    """Where the same was put right in the other version with it, it is taken back there by the same word, if that can be theirs."""
    if item.agreement.stage not in STANDS or not (participation is None or _reads_it(item.agreement, item, participation)):
        return False
    there = Spelling.objects.filter(item=item, part=spelling.part, backs__isnull=True)
    same = [one for one in there if (one.before, one.after) == (spelling.before, spelling.after)]
    for one in same:
        _back(one, by, participation)
    return bool(same)


def _say_it_as_before(item: Item, spelling: Spelling) -> None:
    """What is being written took the corrected words over, and nobody else has touched them since."""
    if item.agreement.stage not in STANDS and getattr(item, spelling.part) == spelling.after:
        item.put(**{spelling.part: spelling.before})


def _tell(items: Sequence[Item], *, about: str, by: Actor) -> None:
    """Those whose names stand under one of these promises, and who read it, that there is something new to read."""
    people: dict[UUID, Participation] = {}
    for item in items:
        signed = queries.signers(item.agreement).filter(pk__in=queries.under(item.agreement)).select_related("person", "stands_by__person")
        people |= {who.pk: who for who in signed if reaches(item, who)}
    letters.send(letters.SPELLING, people.values(), programme=items[0].case.programme, about=about, by=by)


def _open_again(agreement: Agreement, spelling: Spelling, participation: Participation, by: Actor) -> None:
    """What is being signed is written anew, with their name under nothing by itself; of what holds the team is told."""
    lies = agreement if agreement.stage == Stage.SIGNING else queries.in_hand_of(agreement)
    if lies is None or lies.stage != Stage.SIGNING:
        return
    if queries.has_signed(lies, participation) or queries.still_to_sign(lies).filter(pk=participation.pk).exists():
        pairs = slips.differs(spelling.before, spelling.after)
        words = ", ".join(f"{slips.bare(one)} → {slips.bare(other)}" for one, other in pairs)
        say_wrong(lies, by=by, participation=participation, words=_("More than spelling: %(words)s") % {"words": words})
