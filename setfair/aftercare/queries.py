from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import connection
from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from setfair.accounts.models import User
from setfair.agreements.journey import SETTLED
from setfair.agreements.journey import Stage as Held
from setfair.agreements.models import Agreement, Item, Sharer, Signature
from setfair.agreements.queries import at_work, could_take_on, in_force, items_of
from setfair.cases.models import Assignment, Case, Participation, Role
from setfair.cases.queries import coordinators, here, stands_as, team, walls_between
from setfair.core import clock
from setfair.preparation.models import Break, Consent
from setfair.preparation.queries import is_let_be, lasting, wants_no_notes
from setfair.preparation.queries.own import STOPPED
from setfair.programmes.days import off_for_courts, off_for_school
from setfair.programmes.models import Programme
from setfair.vault import ring

from . import quiet, rhythm
from .journey import Stage
from .models import CheckIn, CheckInNote, Helper, Rhythm

NEAR = timedelta(days=3)
"""A call on the day of a promise is not made twice within so many days."""
TRIES = 3
Purpose = CheckIn.Purpose
Said = CheckInNote.Said


def intervals(programme: Programme) -> rhythm.Intervals:
    """When this programme calls; what practice has found until it says otherwise."""
    own = Rhythm.objects.filter(programme=programme).order_by("-at", "-id").first()
    if own is None:
        return rhythm.DEFAULT[Programme.Kind(programme.kind)]
    return rhythm.Intervals(own.first, own.second, own.every, own.later)


def closed(programme: Programme) -> Container[date]:
    """The days that do not count: those of a school, or those of the courts."""
    return off_for_school() if programme.kind == Programme.Kind.SCHOOL else off_for_courts()


def today(case: Case) -> date:
    return clock.local(clock.now(), case.programme.zone).date()


@dataclass(frozen=True)
class Wanted:
    """One call that an agreement asks for."""

    purpose: str
    planned_on: date
    participation: UUID | None = None


HEARD = (Said.REACHED, Said.OTHERWISE, Said.NO_ANSWER, Said.NOT_WANTED)
"""What somebody can say of a call; the rest is written by the act itself."""
OF_WHO_STOPPED = (Said.STOPPED, Said.OTHERWISE)


def sayable(row: CheckIn) -> tuple[CheckInNote.Said, ...]:
    """What can be said of a call that is owed: of somebody who is let be only what is true of them."""
    return OF_WHO_STOPPED if row.participation is not None and is_let_be(row.participation) else HEARD


def begins(agreement: Agreement) -> date:
    """The day on which what was agreed came into force: with the last name under the first of its versions that everyone signed."""
    names = Signature.objects.filter(agreement__case=agreement.case_id, agreement__number=agreement.number)
    first = names.filter(agreement__stage__in=(Held.IN_FORCE, Held.SUPERSEDED)).order_by("agreement__version").values("agreement")[:1]
    at = names.filter(agreement__in=first).aggregate(last=Max("at"))["last"]
    return clock.local(at, agreement.case.programme.zone).date() if at is not None else today(agreement.case)


def wanted(agreement: Agreement, *, begins: date) -> list[Wanted]:
    """The calls that an agreement asks for now: to each who makes a promise on its day, and, counted from the day on which it came into
    force (`begins`), to them and to each person harmed, as far as those days lie ahead."""
    there = {p.pk: p for p in here(agreement.case)}
    items = [item for item in items_of(agreement) if item.stage not in SETTLED]
    due = [Wanted(Purpose.DUE, item.due_on, p.pk) for item in items for p in item.owners if p.pk in there]
    due += [Wanted(Purpose.DUE, item.due_on) for item in items if not item.owners]
    makers = [p.pk for item in items for p in item.owners if p.pk in there]
    harmed = here(agreement.case).filter(stands_as(Role.HARMED)).order_by("added_at", "id").values_list("pk", flat=True)
    people: list[UUID | None] = list(dict.fromkeys([*makers, *harmed])) or [None]
    left_out = not_called(agreement.case, set(makers))
    more = _of_the_rhythm(agreement, items, [person for person in people if person is None or person not in left_out], begins, due)
    return list(dict.fromkeys([*due, *(one for one in more if one.planned_on > today(agreement.case))]))


def want_none(case: Case) -> set[UUID]:
    """Who of the circle said that they want no calls. The day of a promise is another matter."""
    said = CheckInNote.objects.filter(case=case, said=Said.NOT_WANTED, check_in__participation__isnull=False)
    return set(said.values_list("check_in__participation", flat=True))


def not_called(case: Case, makers: set[UUID]) -> set[UUID]:
    """Who is called on no day but that of a promise: whoever wants no calls, whoever wants no news and makes no promise themselves, and whoever
    has stopped."""
    gone = here(case).filter(stopped(OuterRef("pk"))).values_list("pk", flat=True)
    return want_none(case) | (quiet.of(case) - makers) | set(gone)


def _of_the_rhythm(agreement: Agreement, items: list[Item], people: list[UUID | None], begins: date, due: list[Wanted]) -> Iterator[Wanted]:
    every = intervals(agreement.case.programme)
    days = rhythm.early(begins, max((item.due_on for item in items), default=begins), every)
    for person in people:
        own = [one.planned_on for one in due if one.participation == person]
        yield from (Wanted(Purpose.EARLY, day, person) for day in days if not any(abs(day - other) <= NEAR for other in own))
        yield Wanted(Purpose.LATER, begins + timedelta(days=every.later), person)


def caller_for(case: Case) -> UUID | None:
    """Who calls: whoever leads the case, else who coordinates it; nobody, if neither of them is here any more."""
    leads = [a.facilitator.user_id for a in team(case) if a.part == Assignment.Part.LEAD]
    there = set(at_work().filter(user__in=[*leads, case.coordinator_id]).values_list("user", flat=True))
    return next((user for user in [*leads, case.coordinator_id] if user in there), None)


def lock(row: CheckIn) -> CheckIn:
    """Hold one call until the transaction ends, read anew."""
    return CheckIn.objects.select_for_update(of=("self",)).select_related("case__programme", "participation__person").get(pk=row.pk)


def owed(case: Case) -> QuerySet[CheckIn]:
    return CheckIn.objects.filter(case=case, stage=Stage.OWED)


def next_calls(case: Case, most: int = 6) -> list[CheckIn]:
    """The calls of a case that are owed, the next one first, ready to be named."""
    rows = list(owed(case).select_related("participation__person")[:most])
    ring.gather({p.person_id for row in rows if (p := row.participation) is not None})
    return rows


def notes_of(row: CheckIn) -> list[CheckInNote]:
    """What was written of it, the latest first."""
    ring.gather([row.case_id])
    return list(row.notes.order_by("-at", "-id"))


def is_first(row: CheckIn) -> bool:
    """Whether nobody has spoken with them on a call before."""
    return not CheckIn.objects.filter(case=row.case_id, participation=row.participation_id, stage=Stage.DONE).exists()


def without_notes(row: CheckIn) -> bool:
    """Whether whoever is called said that nothing is to be written about them."""
    return row.participation is not None and wants_no_notes(row.participation)


def days_in_vain(row: CheckIn) -> set[date]:
    """The days on which nobody answered."""
    moments = row.notes.filter(said=CheckInNote.Said.NO_ANSWER).values_list("at", flat=True)
    return {clock.local(at, row.case.programme.zone).date() for at in moments}


def named(users: list[UUID | None]) -> dict[UUID, str]:
    """The names of those of the staff."""
    return {user.pk: user.name for user in User.objects.filter(pk__in=[u for u in users if u is not None])}


def could_call(case: Case) -> dict[UUID, User]:
    """Who of the staff can make a call: whoever works on the case; where none of them is left, whoever coordinates here."""
    return could_take_on(case) or {user.pk: user for user in coordinators(case)}


def could_stand_by(participation: Participation) -> list[Participation]:
    """Who else of the circle could be beside somebody: grown or not, but nobody of the other side or beside it, nobody who has stopped, and
    nobody kept apart from them."""
    other_side = {Role.HARMED: Role.RESPONSIBLE, Role.RESPONSIBLE: Role.HARMED}
    across = {other_side[Role(role)] for role in participation.roles if role in other_side}
    there = here(participation.case).exclude(pk=participation.pk).filter(~let_be(OuterRef("pk")))
    rows = list(there.select_related("person").order_by("added_at", "id"))
    opposite = {p.pk for p in rows if across & p.roles}
    people = [p for p in rows if p.pk not in opposite and p.stands_by_id not in opposite and p.role != Role.INTERPRETER]
    walls = walls_between([participation.person_id, *(p.person_id for p in people)])
    apart = {frozenset((wall.one_id, wall.other_id)) for wall in walls}
    ring.gather(p.person_id for p in people)
    return [p for p in people if frozenset((participation.person_id, p.person_id)) not in apart]


def helpers_of(case: Case) -> list[Helper]:
    """Who is beside somebody of this case now, and who was and has left, ready to be named."""
    now = Q(ended_at__isnull=True) | Q(why=Helper.Why.LEFT, answered=False)
    rows = list(Helper.objects.filter(now, case=case).select_related("participation__person", "other__person").order_by("since", "id"))
    ring.gather({p.person_id for row in rows for p in (row.participation, row.other) if p is not None})
    return rows


def makers(case: Case) -> list[Participation]:
    """Everyone who makes a promise that holds and is here, the first named first."""
    items = [item for agreement in in_force(case) for item in items_of(agreement)]
    found = {p.pk: p for item in items for p in item.owners if p.left_at is None}
    return list(found.values())


def unplanned() -> QuerySet[Agreement]:
    """Agreements that hold, of which a call is missing: none of its case at all, or none on the day of a promise that is open."""
    rows = CheckIn.objects.filter(case=OuterRef("case"))
    on_its_day = CheckIn.objects.filter(purpose=Purpose.DUE).exclude(stage=Stage.ENDED)
    of_one = on_its_day.filter(case=OuterRef("case"), planned_on=OuterRef("due_on"), participation=OuterRef("owner"))
    of_a_body = on_its_day.filter(case=OuterRef("case"), planned_on=OuterRef("due_on"), participation__isnull=True)
    of_a_sharer = on_its_day.filter(case=OuterRef("case"), planned_on=OuterRef("item__due_on"), participation=OuterRef("participation"))
    uncalled = Sharer.objects.filter(~Exists(of_a_sharer), item=OuterRef("pk"), participation__left_at__isnull=True)
    missing = Q(owner__isnull=False, owner__left_at__isnull=True) & ~Exists(of_one) | Q(owner__isnull=True) & ~Exists(of_a_body) | Exists(uncalled)
    bare = Item.objects.filter(missing, agreement=OuterRef("pk")).exclude(stage__in=SETTLED)
    return Agreement.objects.filter(stage=Held.IN_FORCE).filter(~Exists(rows) | Exists(bare)).select_related("case__programme")


def needless(case: Case) -> QuerySet[CheckIn]:
    """Calls that are owed on the day of a promise, though nothing that is open has that day."""
    open_ = Item.objects.filter(case=case, agreement__stage=Held.IN_FORCE).exclude(stage__in=SETTLED)
    theirs = Q(owner=OuterRef("participation")) | Q(sharers__participation=OuterRef("participation"))
    on_its_day = open_.filter(due_on=OuterRef("planned_on"))
    of_one, of_a_body = on_its_day.filter(theirs), on_its_day.filter(owner__isnull=True)
    without = Q(participation__isnull=False) & ~Exists(of_one) | Q(participation__isnull=True) & ~Exists(of_a_body)
    return owed(case).filter(without, purpose=Purpose.DUE)


def let_be(participation: OuterRef) -> Q:
    """Whether whoever is to be called has stopped, or asked for a break: beside the rows of a question, as `is_let_be` says it of one person."""
    return Q(stopped(participation)) | Q(Exists(lasting(Break.objects.filter(participation=participation))))


def stopped(participation: OuterRef) -> Exists:
    """Whether they said no, or take part no more: a break is another matter, since it ends."""
    newer = Consent.objects.filter(participation=OuterRef("participation"), giver=OuterRef("giver"), scope=OuterRef("scope"))
    newer = newer.filter(Q(at__gt=OuterRef("at")) | Q(at=OuterRef("at"), pk__gt=OuterRef("pk")))
    said = Consent.objects.filter(participation=participation, scope=Consent.Scope.TAKE_PART, answer__in=STOPPED)
    return Exists(said.filter(~Exists(newer)))


def astray() -> QuerySet[CheckIn]:
    """Calls that are owed by somebody who is not here any more, or of whom nobody knew who makes them, though now somebody could."""
    there = at_work().filter(user=OuterRef("caller"))
    return CheckIn.objects.filter(stage=Stage.OWED).filter(~Exists(there)).select_related("case__programme")


def programmes() -> list[UUID]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT programme_id FROM programmes_here()")
        return [row[0] for row in cursor.fetchall()]
