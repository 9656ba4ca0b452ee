from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import Case as Choose
from django.db.models import DateField, DateTimeField, Exists, F, Func, OuterRef, Q, QuerySet, Subquery, UUIDField, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from setfair.accounts.models import User
from setfair.cases.models import Assignment, Case, Participation, Role
from setfair.cases.queries import team
from setfair.core import clock
from setfair.core.actor import Kind
from setfair.files.journey import THERE
from setfair.files.models import File
from setfair.files.words import described
from setfair.letters.models import Letter
from setfair.programmes.models import Membership
from setfair.vault import ring

from ..journey import SETTLED, ItemStage, Stage
from ..models import Agreement, Evidence, Extension, Item, KindWord, Sharer
from .standing import items_of, with_names

SOON = timedelta(days=3)
"""So long before its day somebody is reminded of a promise, or of a part of it."""
TAGS = {
    ItemStage.PROMISED: "plain",
    ItemStage.KEPT: "info",
    ItemStage.PARTLY: "info",
    ItemStage.WAIVED: "plain",
    ItemStage.REPLACED: "plain",
    ItemStage.MISSED: "wait",
    ItemStage.VERIFIED: "done",
}


@dataclass(frozen=True)
class Card:
    """A promise on the follow-up board."""

    item: Item
    tag: str
    when: str
    last: str


def board(agreement: Agreement) -> list[Card]:
    """Its promises by due date, each with the last thing that was said about it: five queries, whatever their number."""
    items = sorted(items_of(agreement), key=lambda i: (i.due_on, i.order))
    now = _now(items)
    said = {now[e.item_id]: e.words for e in Evidence.objects.filter(item__in=list(now)).order_by("at", "id")}
    return [Card(i, TAGS[ItemStage(i.stage)], when_due(i.due_on), said.get(i.pk, "")) for i in items]


@dataclass(frozen=True)
class Said:
    """Something that was said about a promise, by whoever makes it or somebody of the team."""

    words: str
    at: datetime
    by_owner: bool
    teller: str
    file: File | None
    what: str
    asks: bool = False


def said_about(item: Item) -> list[Said]:
    """Everything that was said about a promise, in this version and before, the latest first."""
    ring.gather([item.case_id])
    rows = list(Evidence.objects.filter(item__in=list(_now([item]))).select_related("file").order_by("-at", "-id"))
    team = User.objects.in_bulk([e.by for e in rows if e.by_kind == Kind.STAFF])
    people = Participation.objects.select_related("person").in_bulk([e.by for e in rows if e.by_kind == Kind.PARTICIPANT])
    tellers = {pk: user.name for pk, user in team.items()} | {pk: p.person.shown for pk, p in people.items()}
    return [_said(e, tellers.get(e.by, "")) for e in rows]


def _said(said: Evidence, teller: str) -> Said:
    there = said.file if said.file is not None and said.file.stage in THERE else None
    return Said(said.words, said.at, said.by_kind == Kind.PARTICIPANT, teller, there, described(said.file) if said.file else "", said.asks)


def is_open(item: Item) -> bool:
    """Whether its owner can still tell us something about it."""
    return item.stage not in SETTLED - {ItemStage.PARTLY}


def own_words(item: Item, me: UUID) -> list[Said]:
    """What this person told us of it, and what they were asked in return, the latest first. What the team noted is not theirs to read, nor what
    another told who makes it too."""
    ring.gather([item.case_id])
    theirs = Evidence.objects.filter(Q(by_kind=Kind.PARTICIPANT, by=me) | Q(asks=True), item__in=list(_now([item])))
    return [_said(e, "") for e in theirs.select_related("file").order_by("-at", "-id")]


def asked_again(item: Item, said: list[Said]) -> Said | None:
    """What its owner is asked for, where somebody looked at it and nothing was told since; of what they read of it (`own_words`)."""
    return said[0] if said and said[0].asks and item.stage == ItemStage.PROMISED else None


def _now(items: list[Item]) -> dict[UUID, UUID]:
    """Each of these, and what it was in the versions before for as long as nobody put it in other words, by which of these it is."""
    known = {item.pk: item.pk for item in items}
    if any(item.follows_id for item in items):
        rows = Item.objects.filter(case_id=items[0].case_id).values_list("pk", "follows_id", "edition")
        before = {pk: follows for pk, follows, edition in rows if edition == 1}
        for item in items:
            was = before.get(item.pk)
            while was is not None:
                known[was], was = item.pk, before.get(was)
    return known


def root_of(item: Item) -> UUID:
    """The first of the same promises, back through the versions for as long as nobody put it in other words."""
    if item.follows_id is None or item.edition > 1:
        return item.pk
    return list(_now([item]))[-1]


def made_by(participation: Participation) -> Q:
    """Promises that somebody makes, alone or with others."""
    return Q(owner=participation) | Q(pk__in=Sharer.objects.filter(participation=participation).values("item"))


def next_of(participation: Participation) -> Item | None:
    """The promise of this person that comes due first, is not settled, and is not money of which all is said to be paid."""
    mine = Item.objects.filter(~all_told(), made_by(participation), agreement__stage=Stage.IN_FORCE)
    return mine.exclude(stage__in=SETTLED | {ItemStage.KEPT, ItemStage.MISSED}).order_by("due_on", "agreement__number", "order").first()


def promised_to(participation: Participation) -> list[Item]:
    """What others promised to this person, or to everyone when they are a person harmed, in the order of what holds."""
    for_them = Q(owed_to=participation)
    if Role.HARMED in participation.roles:
        for_them |= Q(owed_to__isnull=True)
    ring.gather([participation.case_id])
    held = Item.objects.filter(for_them, case=participation.case_id, agreement__stage=Stage.IN_FORCE)
    return list(held.exclude(made_by(participation)).prefetch_related("extensions").order_by("agreement__number", "order"))


def when_due(due_on: date) -> str:
    """How far a date is, in kind words."""
    days = (due_on - timezone.localdate()).days
    if days == 0:
        return _("today")
    if days > 0:
        return ngettext("in %(n)d day", "in %(n)d days", days) % {"n": days}
    return ngettext("%(n)d day ago", "%(n)d days ago", -days) % {"n": -days}


def unsettled(case: Case) -> list[Item]:
    """Promises of all that holds that still wait for somebody, a missed one among them, the first due first."""
    waiting = Item.objects.filter(agreement__case=case, agreement__stage=Stage.IN_FORCE).exclude(stage__in=SETTLED)
    return with_names(waiting.order_by("due_on", "agreement__number", "order"))


def extensions(item: Item) -> list[Extension]:
    """When it was given more time, the first time first."""
    return list(Extension.objects.filter(item=item).order_by("at", "id"))


def days_of(item: Item) -> dict[str, date]:
    """The days on which something of a promise is due, each by what a reminder of it is about: the promise as it was first laid out, how
    often it was given more time, and which of several payments it is if it is not the last. `promises_due` in the database spells it the
    same way, so that nobody hears twice of what a newer version took over as it stood."""
    given, first = Extension.objects.filter(item=item).count(), root_of(item)
    whole = f"{first}.{given}" if given else str(first)
    earlier = {f"{whole}-{n}": part.due_on for n, part in enumerate(item.payments[:-1], 1)}
    return earlier | {whole: item.due_on}


def days_asked(item: Item) -> dict[str, date]:
    """The same, but for the days of which nobody is reminded: what is due then is said to be paid (`Item.parts_told`)."""
    return dict(list(days_of(item).items())[item.parts_told :])


def passed(item: Item) -> str:
    """What a question is about today: the day of it that passed last. Empty before there was one; once something was heard since a part of it
    was due; and once the next part is near, which is spoken of instead. `promises_due` says the same."""
    days, today = list(days_asked(item).items()), timezone.localdate()
    gone = [number for number, (_about, day) in enumerate(days) if day < today]
    if not gone:
        return ""
    about, day = days[gone[-1]]
    if gone[-1] + 1 < len(days) and (days[gone[-1] + 1][1] <= today + SOON or _heard_since(item, day)):
        return ""
    return about


def spoken_of(item: Item) -> str:
    """The day of a promise that somebody is reminded of now: the one that passed last and was not heard of, else the next one, else the last."""
    days, today = days_asked(item) or days_of(item), timezone.localdate()
    return passed(item) or next((about for about, day in days.items() if day >= today), list(days)[-1])


def kind_words(item: Item) -> int:
    """How often its owners were reminded of that day, in whatever way: what went by itself, and what somebody of the team said or sent."""
    about = spoken_of(item)
    keys = [f"{kind}:{about}:{person.pk}" for kind in ("promise_soon", "promise_past") for person in item.owners]
    sent = {key.split(":")[0] for key in Letter.objects.filter(key__in=keys).values_list("key", flat=True)}
    return len(sent) + KindWord.objects.filter(about=about).count()


def _heard_since(item: Item, day: date) -> bool:
    return Evidence.objects.filter(item__in=list(_now([item])), at__gte=clock.at(day, 0, 0, item.case.programme.zone)).exists()


BY_STAFF = ("checker_staff", "through", "answers")
"""What somebody of the team does for a promise: looks at it, passes it on, answers for a body that makes it."""


def checker_left(item: Item) -> bool:
    """Whether somebody of the circle was to look at it and is not there any more."""
    return item.checker is not None and item.checker.left_at is not None


def part_passed(today: date) -> Func:
    """Beside the rows of a question about promises, the day of the latest part of a payment that has passed; empty before the first."""
    return Func(F("due_on"), F("parts"), F("weeks"), Value(today, DateField()), function="agreements_part_passed", output_field=DateField())


def part_unheard() -> Q:
    """Whether the day of a part has passed (`part`, annotated before) and nobody has heard how it went since, under this version or one
    before it; not where all that was due until then is said to be paid. A day begins where the programme is."""
    there = Cast(Func(F("programme__zone"), F("at"), function="timezone", output_field=DateTimeField()), DateField())
    heard = Evidence.objects.annotate(day=there).filter(day__gte=OuterRef("part"))
    here, before = Exists(heard.filter(item=OuterRef("pk"))), Exists(heard.filter(item_id__in=Chain(OuterRef("programme_id"), OuterRef("pk"))))
    told_to = Func(F("due_on"), F("parts"), F("weeks"), F("parts_told"), function="agreements_told_to", output_field=DateField())
    asked = Q(parts_told=0) | Q(part__gt=told_to)
    return Q(parts__gt=1, part__isnull=False) & asked & ~here & (Q(follows__isnull=True) | ~before)


def all_told() -> Q:
    """Whether nothing of its money is asked for any more: all of it is said to be paid, or it is collected elsewhere."""
    return Q(parts_told__gt=0, parts_told=F("parts"))


def last_said(what: str) -> Combinable:
    """Beside the rows of a question about promises, one column of what was said of each last: under this version, else under one before it."""
    said = Evidence.objects.order_by("-at", "-id")
    before = said.filter(item_id__in=Chain(OuterRef("programme_id"), OuterRef("pk")))
    carried = Choose(When(follows__isnull=False, then=Subquery(before.values(what)[:1])))
    return Coalesce(Subquery(said.filter(item=OuterRef("pk")).values(what)[:1]), carried)


class Chain(Func):
    """A promise and what it was taken over from, one version after the other, as the database follows it."""

    template = "(SELECT chain.id FROM agreements_chain(%(expressions)s) chain)"
    output_field = UUIDField()


def could_take_on(case: Case) -> dict[UUID, User]:
    """Who of the staff can do so in another's stead: whoever facilitates the case or coordinates it, and is here."""
    people = {a.facilitator.user_id: a.facilitator.user for a in team(case) if a.part != Assignment.Part.STUDENT} | {
        case.coordinator_id: case.coordinator
    }
    there = set(at_work().filter(user__in=list(people)).values_list("user", flat=True))
    return {pk: user for pk, user in people.items() if pk in there}


def answers_for(item: Item) -> User | None:
    """Who of the staff answers for it, as long as they are here."""
    if item.answers is None or not at_work().filter(user=item.answers).exists():
        return None
    return User.objects.get(pk=item.answers)


def at_work() -> QuerySet[Membership]:
    return Membership.objects.filter(ended_at__isnull=True)


def wanting_a_word(most: int) -> list[tuple[UUID, UUID]]:
    """Programme and promise, ids only, of what is due soon or has passed in any programme, and has had no kind word about it yet."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT programme_id, item_id FROM promises_due(%s, %s)", [clock.now(), most])
        return list(cursor.fetchall())
