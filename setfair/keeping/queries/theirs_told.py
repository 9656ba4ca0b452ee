"""How much somebody wants to hear of what was promised, and by when they are told."""

from __future__ import annotations

from django.utils.translation import gettext as _

from setfair.cases.models import Participation
from setfair.outcomes.models import NewsTask, NewsWish

from .lines import Line, at


def wishes_of(me: Participation) -> list[Line]:
    """What a copy says of it: each time they said it, and what was laid down for them to hear."""
    lines = [at(wish.at, _("you want to hear: %s") % wish.get_choice_display()) for wish in NewsWish.objects.filter(participation=me).order_by("at")]
    tasks = NewsTask.objects.filter(participation=me).order_by("turned_at", "id")
    return lines + [at(task.turned_at, _("you are to be told of it: %s") % task.get_cause_display()) for task in tasks]
