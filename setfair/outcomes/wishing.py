"""How much a person harmed wants to hear of what was promised, as they said it last; and until they said something, as practice has it."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from setfair.agreements.journey import ItemStage
from setfair.cases.journey import Stage
from setfair.cases.models import Case, Participation, Role

from .models import News, NewsWish

Choice = NewsWish.Choice
WRONG = (ItemStage.MISSED, ItemStage.PARTLY, ItemStage.WAIVED, ItemStage.REPLACED)
"""Where a promise comes to stand that was not done as it was promised. That it is let go is a press of the team: nothing says that whoever it
was for wanted it."""


def wish_of(me: Participation) -> NewsWish | None:
    """What they said last."""
    return NewsWish.objects.filter(participation=me).order_by("-at", "-id").first()


def last_wish(place: str) -> QuerySet[NewsWish]:
    """Of an outer row the last wish of the one whose place in the circle it names."""
    return NewsWish.objects.filter(participation=OuterRef(place)).order_by("-at", "-id")


def may_choose(me: Participation) -> bool:
    """Whether it is theirs to choose: harmed and here, from the day on which something holds until it is closed, also while they meet again."""
    if Role.HARMED not in me.roles or me.left_at is not None or me.case.stage == Stage.CLOSED:
        return False
    return me.case.stage == Stage.FOLLOWING_UP or wish_of(me) is not None


def that_count() -> QuerySet[News]:
    """News as far as it counts: that somebody of the team wrote down that none is wanted does so until they said themselves what they want."""
    said = NewsWish.objects.filter(participation=OuterRef("participation"))
    return News.objects.filter(~Q(way=News.Way.NOT_WANTED) | ~Exists(said))


def who_want_none(case: Case) -> set[UUID]:
    """Whose places in the circle these are: they want no news at all, as `wants_none` says it of one."""
    said = dict(NewsWish.objects.filter(case=case).order_by("at", "id").values_list("participation", "choice"))
    last = dict(News.objects.filter(case=case).order_by("at", "id").values_list("participation", "way"))
    written = {place for place, way in last.items() if way == News.Way.NOT_WANTED and place not in said}
    return written | {place for place, choice in said.items() if choice == Choice.NONE}


def wants_none(me: Participation) -> bool:
    """Whether they want no news at all: as they said, or as the team wrote down where they never said anything."""
    said = wish_of(me)
    if said is not None:
        return said.choice == Choice.NONE
    last = News.objects.filter(participation=me).order_by("-at", "-id").first()
    return last is not None and last.way == News.Way.NOT_WANTED
