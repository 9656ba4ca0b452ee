"""What was promised in all cases, and the calls that are owed, in five columns that follow from the dates alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Case as Choose
from django.db.models import CharField, F, OuterRef, Q, QuerySet, TextChoices, Value, When, Window
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from setfair.access.policy import Permission
from setfair.access.ties import open_to
from setfair.aftercare import queries as calls
from setfair.aftercare.journey import Stage as Owed
from setfair.aftercare.models import CheckIn
from setfair.aftercare.shown import whom
from setfair.agreements import queries as agreed
from setfair.agreements.journey import ItemStage
from setfair.agreements.journey import Stage as AgreementStage
from setfair.agreements.models import Item
from setfair.cases.journey import Stage
from setfair.cases.models import Assignment
from setfair.core import clock
from setfair.core.actor import Actor, Kind
from setfair.programmes.models import Programme, Term
from setfair.vault import ring

MOST = 20
"""Cards of a column; the first to come due stand there, and the column says when there are more."""


NEAR = timedelta(weeks=4)
"""What lies further ahead is on the page of its case."""


class Column(TextChoices):
    TALK = "talk", gettext_lazy("Needs a talk")
    DUE = "due", gettext_lazy("Due now")
    PROOF = "proof", gettext_lazy("To be checked")
    AHEAD = "ahead", gettext_lazy("In the next four weeks")
    DONE = "done", gettext_lazy("Done")


@dataclass(frozen=True)
class Card:
    """A promise or a call: whose it is, of which case, when, and where somebody sees to it."""

    column: str
    on: date
    who: str
    what: str
    ref: str
    alias: str
    url: str
    when: str
    checker: str = ""
    last: str = ""
    is_call: bool = False


@dataclass(frozen=True)
class Shown:
    label: str
    cards: list[Card]
    is_full: bool


def board(actor: Actor, programme: Programme, *, mine: bool, about: str = "") -> list[Shown]:
    """The five columns over everything they may follow up, or over the cases they hold themselves. `about` leaves promises or calls alone,
    or the promises whose day falls between this term and the next, so that somebody sees to them before."""
    today = clock.local(clock.now(), programme.zone).date()
    cards = [] if about == "calls" else _promises(actor, mine, programme, about)
    cards += _calls(actor, mine, today) if about in ("", "calls") else []
    return [_column(column, [card for card in cards if card.column == column]) for column in Column]


def holidays(today: date) -> tuple[date, date] | None:
    """The last day of this term and the first of the next; nothing where either is not known."""
    now = Term.objects.filter(starts_on__lte=today, ends_on__gte=today).order_by("ends_on").first()
    then = Term.objects.filter(starts_on__gt=now.ends_on).order_by("starts_on").first() if now is not None else None
    return (now.ends_on, then.starts_on) if now is not None and then is not None else None


def _in_the_holidays(today: date) -> Q:
    between = holidays(today)
    return Q(due_on__gt=between[0], due_on__lt=between[1], stage=ItemStage.PROMISED) if between is not None else Q(pk__in=[])


def _column(column: Column, cards: list[Card]) -> Shown:
    in_turn = sorted(cards, key=lambda card: (card.on, card.ref, card.who), reverse=column == Column.DONE)
    return Shown(str(column.label), in_turn[:MOST], len(in_turn) > MOST)


def _theirs(actor: Actor) -> Q:
    helped = Assignment.objects.filter(facilitator__user=actor.id, ended_at__isnull=True).values("case_id")
    return Q(case__coordinator=actor.id) | Q(case__in=helped)


def _first_of_each(rows: QuerySet[Any]) -> QuerySet[Any]:
    """One more than a column shows, so that it can say that there are more: the first to come due, and of what is done the latest."""
    first, last = (Window(RowNumber(), partition_by=[F("column")], order_by=turn) for turn in (["due_on", "id"], ["-due_on", "-id"]))
    shown = ~Q(column=Column.DONE) & Q(first__lte=MOST + 1) | Q(column=Column.DONE, last__lte=MOST + 1)
    return rows.annotate(first=first, last=last).filter(shown)


def _promises(actor: Actor, mine: bool, programme: Programme, about: str) -> list[Card]:
    today = clock.local(clock.now(), programme.zone).date()
    column = Choose(
        When(Q(stage=ItemStage.MISSED) | Q(stage=ItemStage.PROMISED, last_by=Kind.PARTICIPANT), then=Value(Column.TALK.value)),
        When(Q(stage=ItemStage.KEPT) | Q(stage=ItemStage.PROMISED) & agreed.all_told(), then=Value(Column.PROOF.value)),
        When(Q(stage=ItemStage.PROMISED) & (Q(due_on__lte=today) | agreed.part_unheard()), then=Value(Column.DUE.value)),
        When(stage=ItemStage.PROMISED, then=Value(Column.AHEAD.value)),
        default=Value(Column.DONE.value), output_field=CharField(),
    )  # fmt: skip
    rows = open_to(actor, Permission.FOLLOW_UP, Item).filter(agreement__stage=AgreementStage.IN_FORCE, case__stage=Stage.FOLLOWING_UP)
    rows = rows.filter(_theirs(actor)) if mine else rows
    rows = rows.annotate(last_by=agreed.last_said("by_kind"), last_at=agreed.last_said("at"), part=agreed.part_passed(today))
    rows = rows.annotate(near=agreed.part_passed(today + NEAR), column=column)
    far = Q(column=Column.AHEAD, due_on__gt=today + NEAR) & (Q(near__isnull=True) | Q(near__lte=today))
    rows = rows.filter(_in_the_holidays(today) if about == "holidays" else ~far)
    items = agreed.with_names(_first_of_each(rows).select_related("case"), "checker")
    staff = calls.named([item.checker_staff for item in items])
    return [_of_promise(item, staff, programme.zone) for item in items]


def _of_promise(item: Any, staff: Any, zone: str) -> Card:
    checker = item.checker.person.shown if item.checker else staff.get(item.checker_staff, "")
    last = date_format(clock.local(item.last_at, zone), "DATE_FORMAT") if item.last_at else ""
    url = reverse("item", args=[item.pk])
    when = f"{date_format(item.due_on, 'DATE_FORMAT')} · {agreed.when_due(item.due_on)}"
    return Card(item.column, item.due_on, item.whose, item.what, item.case.ref, item.case.alias, url, when, checker, last)


def _calls(actor: Actor, mine: bool, today: date) -> list[Card]:
    column = Choose(When(due_on__lte=today, then=Value(Column.DUE.value)), default=Value(Column.AHEAD.value), output_field=CharField())
    rows = open_to(actor, Permission.FOLLOW_UP, CheckIn).filter(stage=Owed.OWED, case__stage=Stage.FOLLOWING_UP, due_on__lte=today + NEAR)
    rows = rows.filter(~calls.let_be(OuterRef("participation")))
    rows = rows.filter(_theirs(actor)) if mine else rows
    found = list(_first_of_each(rows.annotate(column=column)).select_related("case", "participation__person"))
    ring.gather({row.participation.person_id for row in found if row.participation is not None})
    staff = calls.named([row.caller for row in found])
    return [_of_call(row, staff) for row in found]


def _of_call(row: Any, staff: Any) -> Card:
    when = f"{date_format(row.due_on, 'DATE_FORMAT')} · {agreed.when_due(row.due_on)}"
    what = _("A call: %(why)s") % {"why": row.get_purpose_display()}
    url = reverse("check_in", args=[row.pk])
    return Card(row.column, row.due_on, whom(row), what, row.case.ref, row.case.alias, url, when, staff.get(row.caller, ""), is_call=True)


def shown_any(columns: Iterable[Shown]) -> bool:
    return any(column.cards for column in columns)
