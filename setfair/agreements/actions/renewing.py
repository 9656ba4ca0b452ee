"""A newer version of what people agreed, beside the one they signed."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from setfair.core.actor import Actor
from setfair.journal.actions import record

from .. import queries
from ..checks import CannotWrite
from ..journey import Stage
from ..models import Agreement, Fit, Item, Sharer, Translation
from ..terms import again_in_other_languages, sharers, terms_of
from .signing import end

SAME = ("order", "owner", "owed_to", "what", "proof_wanted", "due_on", "through", "answers", "case_id")


@transaction.atomic
def rewrite(agreement: Agreement, *, by: Actor) -> Agreement:
    """Begin the next version with the same promises, to be changed and laid out anew.

    Signatures stay with the words they were given to; under the next version go on those of whom nothing new touches (`present`).
    One that is being signed ends. One that holds goes on holding until the next one does. Asked twice, also by two at once, it gives back the
    one in hand.
    """
    locked = queries.lock(agreement)
    in_hand, open_to_change = queries.in_hand_of(locked), locked.stage in (Stage.SIGNING, Stage.IN_FORCE)
    if in_hand is not None and in_hand.pk != locked.pk and (open_to_change or in_hand.follows_id == locked.pk):
        return in_hand
    if not open_to_change:
        raise CannotWrite(_("Only what is being signed now, or holds, can be written anew."))
    items = queries.items_of(locked)
    if locked.stage == Stage.SIGNING:
        end(agreement, by=by, reason="rewritten")
    which = {"case_id": locked.case_id, "conference": locked.conference, "number": locked.number}
    fresh = Agreement.objects.create(**which, version=queries.next_version(locked), follows=agreement)
    for item in items:
        terms = terms_of(item)
        again = Item.objects.create(agreement=fresh, follows=item, **{name: getattr(item, name) for name in SAME}, **terms.columns)
        Sharer.objects.bulk_create(sharers(again, terms))
        Translation.objects.bulk_create(again_in_other_languages(item, again))
        _keep_what_was_said(item, again)
    record("drafted", fresh, by=by, version=fresh.version)
    return fresh


@transaction.atomic
def leave_as_it_was(agreement: Agreement, *, by: Actor) -> Agreement:
    """Drop a version that was to replace the one that holds, or an agreement beside another one while nobody's name stands under it.

    Nothing is asked of anybody under it, and what holds goes on.
    """
    locked = queries.lock(agreement)
    if locked.stage not in (Stage.DRAFTING, Stage.SIGNING) or not (queries.held_of(locked) or _stands_beside_another(locked)):
        raise CannotWrite(_("There is no other version that holds."))
    return end(agreement, by=by, reason="left_as_it_was")


def _stands_beside_another(agreement: Agreement) -> bool:
    others = any(one.number != agreement.number for one in queries.live(agreement.case))
    return others and queries.may_end_unsigned(agreement)


def _keep_what_was_said(item: Item, again: Item) -> None:
    """What somebody thinks of a promise is of its words: the same ones in the next version are not asked about anew."""
    said = Fit.objects.filter(item=item, edition=item.edition).order_by("at", "id")
    same = ("participation", "case_id", "word", "method", "at", "by")
    Fit.objects.bulk_create(Fit(item=again, edition=again.edition, **{name: getattr(fit, name) for name in same}) for fit in said)
