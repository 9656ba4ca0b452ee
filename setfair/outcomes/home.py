"""What came of it, for those who were there; and what a person harmed reads on their own page: what was said where they did not come, and what
was promised to them. Whoever wants no news reads neither the first nor the last."""

from __future__ import annotations

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from setfair.agreements.journey import ItemStage
from setfair.agreements.models import Item, Result
from setfair.agreements.queries import in_own_language, promised_to, result_for
from setfair.cases.models import Participation
from setfair.preparation.home import AGREEMENT, MORE, Card, register_card
from setfair.preparation.queries import is_let_be
from setfair.voices import standing_in

from . import wishing
from .models import News

IN_PART = gettext_lazy("You agreed on a part. You can talk about the rest later.")
MET = {
    Result.What.NONE_NEEDED: gettext_lazy("You talked it over. Nothing has to be done now."),
    Result.What.DIFFER: gettext_lazy("You heard each other. You each see it in your own way."),
    Result.What.PARTLY: IN_PART,
}
APART = {
    Result.What.NONE_NEEDED: gettext_lazy("You did this without a meeting. Nothing has to be done now."),
    Result.What.DIFFER: gettext_lazy("You did this without a meeting. You each see it in your own way."),
    Result.What.PARTLY: IN_PART,
}
"""Not what is open: somebody else may look at the page."""


CHOICES = {
    wishing.Choice.EACH: gettext_lazy("Tell me each time something is done, or is not done"),
    wishing.Choice.END: gettext_lazy("Tell me once, at the end"),
    wishing.Choice.WRONG: gettext_lazy("Tell me only if something is not done"),
    wishing.Choice.NONE: gettext_lazy("Tell me nothing"),
}
"""As they read it themselves."""


def without_card(me: Participation) -> Card | None:
    """That it ended without an agreement, for those who were there."""
    return _result_card(me, Result.NOTHING_OWED)


def partly_card(me: Participation) -> Card | None:
    """That they agreed in part, beside the agreement itself."""
    return _result_card(me, (Result.What.PARTLY,))


def _result_card(me: Participation, these: tuple[Result.What, ...]) -> Card | None:
    said = result_for(me)
    if said is None or said.what not in these or wishing.wants_none(me):
        return None
    return Card(_("What came of it"), str((MET if said.conference_id else APART)[Result.What(said.what)]), "", True)


def owed_card(me: Participation) -> Card | None:
    """Each thing with how it stands, in plain words; nothing of who said what about it."""
    items = [] if wishing.wants_none(me) else promised_to(me)
    if not items:
        return None
    done = all(item.stage == ItemStage.VERIFIED for item in items)
    put = in_own_language(items)
    told = tuple((put[item.pk].words["what"] if item.pk in put else item.what, _state(item)) for item in items)
    return Card(_("What was promised to you"), _("This is how it stands."), "", done, told)


def said_card(me: Participation) -> Card | None:
    """What was written for them to read here: of a talk to which they did not come, or how it stands with what was promised."""
    last = News.objects.filter(participation=me, way=News.Way.PAGE).order_by("-at", "-id").first()
    if last is None:
        return None
    return Card(_("What was said in the talk") if standing_in.chosen(me) else _("News for you"), str(last.words), "", True)


def wish_card(me: Participation) -> Card | None:
    """How much they want to hear: asked once, and theirs to change as long as it goes on. Who stopped, or wanted no news, is not asked."""
    if not wishing.may_choose(me):
        return None
    said = wishing.wish_of(me)
    if said is not None:
        return Card(_("How much you want to hear"), str(CHOICES[wishing.Choice(said.choice)]), reverse("my_news"), True)
    if wishing.wants_none(me):
        return Card(_("How much you want to hear"), _("We wrote down that you want no news. You can change it any day."), reverse("my_news"), True)
    asked = _("Some things were promised. You choose what we tell you.")
    return Card(_("How much you want to hear"), asked, reverse("my_news"), is_your_turn=not is_let_be(me))


def register() -> None:
    register_card(AGREEMENT, without_card)
    register_card(MORE, partly_card)
    register_card(MORE, said_card)
    register_card(MORE, owed_card)
    register_card(MORE, wish_card)


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
