"""Who is to be told of what, and by which day. A row stays what it is; whether it is still owed is worked out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from setfair.aftercare.queries import closed
from setfair.agreements.journey import WORTH_TELLING
from setfair.agreements.journey import Stage as AgreementStage
from setfair.agreements.models import Item
from setfair.agreements.queries import TAKEN_OVER, is_without, nothing_owed
from setfair.agreements.reach import reaches
from setfair.cases.journey import Stage
from setfair.cases.models import Case, Participation
from setfair.core import clock
from setfair.journal.models import Entry

from . import queries, wishing
from .models import NewsTask, NewsWish
from .wishing import Choice

Cause = NewsTask.Cause
DAYS = {Cause.WELL: 3, Cause.WRONG: 1, Cause.END: 5}
"""Open days until somebody is told: at once, by voice, of what was not kept; of what was, while it is news; and of the end within a week."""
OF_EACH = {Choice.EACH: (Cause.WELL, Cause.WRONG), Choice.WRONG: (Cause.WRONG,)}
AT_THE_END = (None, Choice.END, Choice.EACH)


@dataclass(frozen=True)
class Turn:
    """That a promise came to be settled, or was missed."""

    item: Item
    cause: str
    at: datetime


def wanted(case: Case) -> list[NewsTask]:
    """Of all that is still to be told in this case a row for each, as those it is for wish it now; none of them is written by this."""
    people = list(queries.untold().filter(case=case).select_related("case", "stands_by__person"))
    if not people:
        return []
    turns, over = list(_turns(case)), is_over(case)
    return [row for person in people for row in _of_one(case, person, turns, over)]


def _of_one(case: Case, person: Any, turns: list[Turn], over: bool) -> Iterator[NewsTask]:
    wish = wishing.wish_of(person)
    choice = Choice(wish.choice) if wish is not None else None
    mine = [turn for turn in turns if turn.cause in OF_EACH.get(choice or Choice.END, ()) and reaches(turn.item, person)]
    new = [turn for turn in mine if person.told_at is None or turn.at >= person.told_at or local(case, turn.at) > person.told_on]
    yield from (_task(case, person, wish, turn.cause, turn.at, turn.item) for turn in new)
    if over and not new and choice in AT_THE_END and person.turned is not None:
        yield _task(case, person, wish, Cause.END, person.turned, None)


def _task(case: Case, person: Participation, wish: NewsWish | None, cause: str, turned: datetime, item: Item | None) -> NewsTask:
    """With its day: so many open days after it turned, or after they wished to hear of it, if that was later."""
    since = max(turned, wish.at) if wish is not None else turned
    due = clock.add_days(local(case, since), DAYS[Cause(cause)], closed=closed(case.programme))
    return NewsTask(case=case, participation=person, wish=wish, cause=cause, item=item, turned_at=turned, turned_on=local(case, turned), due_on=due)


def _turns(case: Case) -> Iterator[Turn]:
    """Of each promise the last time that it was settled, and the last time that it was not kept; that a newer version took it over is none."""
    moves = Entry.objects.filter(case_id=case.pk, subject_kind=Item._meta.label_lower, verb="moved", detail__to__in=list(WORTH_TELLING))
    last = {
        (UUID(move.subject_id), Cause.WRONG if move.detail["to"] in wishing.WRONG else Cause.WELL): move.at
        for move in moves.exclude(detail__reason=TAKEN_OVER).order_by("at", "id")
    }
    items = Item.objects.filter(case=case).select_related("owner", "owed_to", "checker").prefetch_related("sharers__participation")
    known = {item.pk: item for item in items} if last else {}
    yield from (Turn(known[key], cause, at) for (key, cause), at in last.items() if key in known)


def local(case: Case, moment: datetime) -> date:
    """Its day on the programme's own clock."""
    return clock.local(moment, case.programme.zone).date()


def is_over(case: Case) -> bool:
    """Whether everything is settled or missed, or it ended well without an agreement: the time at which those are told who hear of it at the end."""
    if case.stage == Stage.FOLLOWING_UP:
        held = Item.objects.filter(case=case, agreement__stage=AgreementStage.IN_FORCE)
        return not held.exclude(stage__in=WORTH_TELLING).exists()
    return case.stage in (Stage.CONVENED, Stage.READY) and is_without(case)


def tasks() -> QuerySet[NewsTask]:
    """What is owed now, of any case: laid down under the wish that counts, to somebody who has still to be told, and with no news since. Of the
    end nobody is told while something is open again."""
    heard = wishing.that_count().filter(participation=OuterRef("participation"), at__gt=OuterRef("turned_at"), told_on__gte=OuterRef("turned_on"))
    newest = wishing.last_wish("participation").values("pk")[:1]
    rows = NewsTask.objects.alias(newest=Subquery(newest)).filter(Q(wish=F("newest")) | Q(wish__isnull=True, newest__isnull=True), ~Exists(heard))
    return rows.filter(~Q(cause=Cause.END) | _over(), Exists(queries.untold().filter(pk=OuterRef("participation"))))


def due_days(case: Case) -> dict[UUID, date]:
    """By when each who has still to be told of something is told, the first day of each."""
    return {row.participation_id: row.due_on for row in tasks().filter(case=case).order_by("-due_on")}


def with_days(case: Case) -> list[queries.Told]:
    """What each has been told, as `queries.told`, with the day by which those who have still to hear something are told."""
    days = due_days(case)
    return [replace(one, by=days.get(one.participation.pk)) for one in queries.told(case)]


def not_laid_down(most: int) -> list[Case]:
    """Cases in which something is owed that stands nowhere: what was said of an exchange, or came to be in another way."""
    has = NewsTask.objects.filter(participation=OuterRef("pk"), turned_at=OuterRef("turned"))
    keys = queries.untold().filter(_over(), ~Exists(has), turned__isnull=False).order_by("case_id").values_list("case_id", flat=True)
    return list(Case.objects.filter(pk__in=list(keys.distinct()[:most])).select_related("programme").order_by("pk"))


def _over() -> Q:
    """Beside rows of a case, the same as `is_over`."""
    held = Item.objects.filter(case=OuterRef("case"), agreement__stage=AgreementStage.IN_FORCE).exclude(stage__in=WORTH_TELLING)
    without = Q(case__stage__in=(Stage.CONVENED, Stage.READY)) & Exists(nothing_owed().filter(case=OuterRef("case")))
    return without | Q(case__stage=Stage.FOLLOWING_UP) & ~Exists(held)
