"""What a person harmed reads on their own page: what was said where they did not come, and what was promised to them, unless they want no news."""

from __future__ import annotations

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from setfair.agreements.journey import ItemStage
from setfair.agreements.models import Item
from setfair.agreements.queries import in_own_language, promised_to
from setfair.cases.models import Participation
from setfair.preparation.home import MORE, Card, register_card

from .models import News


def owed_card(me: Participation) -> Card | None:
    """Each thing with how it stands, in plain words; nothing of who said what about it."""
    last = News.objects.filter(participation=me).order_by("-at", "-id").first()
    items = [] if last is not None and last.way == News.Way.NOT_WANTED else promised_to(me)
    if not items:
        return None
    done = all(item.stage == ItemStage.VERIFIED for item in items)
    put = in_own_language(items)
    told = tuple((put[item.pk].words["what"] if item.pk in put else item.what, _state(item)) for item in items)
    return Card(_("What was promised to you"), _("This is how it stands."), "", done, told)


def said_card(me: Participation) -> Card | None:
    """What was said while somebody stood in for them, where they chose to read it here."""
    last = News.objects.filter(participation=me, way=News.Way.PAGE).order_by("-at", "-id").first()
    return Card(_("What was said in the talk"), str(last.words), "", True) if last is not None else None


def register() -> None:
    register_card(MORE, said_card)
    register_card(MORE, owed_card)


def _state(item: Item) -> str:
    if item.stage == ItemStage.VERIFIED:
        return _("kept")
    if item.stage == ItemStage.PARTLY:
        return _("done in part")
    if item.stage in (ItemStage.WAIVED, ItemStage.REPLACED):
        return _("no longer asked for")
    if item.stage == ItemStage.PROMISED and item.extensions.all():
        return _("given more time, until %(day)s") % {"day": date_format(item.due_on, "DATE_FORMAT")}
    return _("not yet")
