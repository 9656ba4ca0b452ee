"""Where what people say for themselves is reached: their own home, and their page for the team."""

from __future__ import annotations

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from setfair.cases.journey import Stage
from setfair.cases.models import Participation
from setfair.preparation import queries as preparation
from setfair.preparation.beside import Beside
from setfair.preparation.home import Card

from .models import Hope
from .queries import hope_of


def own_card(me: Participation) -> Card | None:
    if not preparation.is_asked(me) or me.case.stage == Stage.FOLLOWING_UP:
        return None
    said = hope_of(me)
    return Card(_("What you hope for"), _in_short(said) or _("You can tell us. You do not have to."), reverse("hopes"), bool(_in_short(said)))


def beside_the_person(participation: Participation) -> Beside | None:
    if not preparation.is_asked(participation):
        return None
    said = hope_of(participation)
    lines = [*map(capfirst, said.named()), *([str(said.words)] if said.words else [])] if said is not None else []
    return Beside(_("What they hope for"), lines, _("Write down what they hope for"), reverse("told_hopes", args=[participation.pk]))


def _in_short(said: Hope | None) -> str:
    if said is None:
        return ""
    return capfirst(", ".join(said.named())) or str(said.words)
