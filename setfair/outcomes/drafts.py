"""What somebody could be told: put together from what has come of the promises that they read, for a person to look at, change and say.

Nobody's words about a promise are in it, only its own and a few plain ones for how it stands; and nothing that is between others.
"""

from __future__ import annotations

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from setfair.agreements.journey import ItemStage, Stage
from setfair.agreements.models import Item
from setfair.agreements.queries import in_own_language, made_by
from setfair.agreements.reach import reaches
from setfair.cases.models import Participation
from setfair.vault import ring

from . import wishing


def draft(participation: Participation) -> str:
    """A line for each promise that others make and that this person reads; of those alone that went wrong, where they want to hear of no others.
    Empty where nothing of it is for them."""
    ring.gather([participation.case_id])
    held = Item.objects.filter(case=participation.case_id, agreement__stage=Stage.IN_FORCE).exclude(made_by(participation))
    held = held.select_related("owner", "owed_to", "checker").prefetch_related("sharers__participation", "extensions")
    items = [item for item in held.order_by("agreement__number", "order") if reaches(item, participation)]
    wish = wishing.wish_of(participation)
    if wish is not None and wish.choice == wishing.Choice.WRONG:
        items = [item for item in items if item.stage in wishing.WRONG or _has_more_time(item)]
    put = in_own_language(items)
    lines = [f"{put[item.pk].words['what'] if item.pk in put else item.what}\n{stands(item)}" for item in items]
    return "\n\n".join(lines)


def stands(item: Item) -> str:
    """How a promise stands, in a few plain words."""
    if item.stage == ItemStage.VERIFIED:
        return _("This was kept.")
    if item.stage == ItemStage.PARTLY:
        return _("This was kept in part.")
    if item.stage in (ItemStage.WAIVED, ItemStage.REPLACED):
        return _("This is no longer asked for.")
    if item.stage == ItemStage.MISSED:
        return _("This has not been kept so far.")
    if item.stage == ItemStage.KEPT:
        return _("This is being looked at.")
    if item.due_on < timezone.localdate():
        return _("Its day was %(day)s. It is not settled yet.") % {"day": date_format(item.due_on, "DATE_FORMAT")}
    if _has_more_time(item):
        return _("There is more time for this, until %(day)s.") % {"day": date_format(item.due_on, "DATE_FORMAT")}
    return _("This is still ahead, until %(day)s.") % {"day": date_format(item.due_on, "DATE_FORMAT")}


def _has_more_time(item: Item) -> bool:
    return item.stage == ItemStage.PROMISED and bool(item.extensions.all())
