"""The card of an exchange on somebody's own page."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from setfair.cases.models import Participation
from setfair.preparation.home import Card

from . import queries
from .journey import Stage


def card(me: Participation) -> Card | None:
    """Nothing here says who wrote, or what; and nobody has to look."""
    found = queries.for_me(me)
    waiting = [piece for piece in found if piece.stage == Stage.OFFERED]
    if waiting and {piece.pk for piece in waiting} - queries.left_for_later(me):
        return Card(_("Something for you is here"), _("You do not have to read it. You can read it on any day."), reverse("my_exchange"))
    if waiting:
        return Card(_("Something for you waits here"), _("You can read it on any day, or never."), reverse("my_exchange"))
    if queries.may_write(me):
        return Card(_("What you want to say"), _("You can write to the others. We read it first."), reverse("my_exchange"))
    if found or queries.written_by(me):
        return Card(_("What you wrote and got"), _("You can still read it."), reverse("my_exchange"))
    return None
