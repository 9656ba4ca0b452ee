from __future__ import annotations

from collections.abc import Iterable

from django.db.models import BooleanField, CharField, Exists, F, Func, Max, OuterRef, QuerySet, Subquery
from django.db.models.functions import Cast

from setfair.access.policy import Permission
from setfair.access.ties import open_to
from setfair.cases.models import Case, Participation
from setfair.core.actor import Actor, Kind
from setfair.journal.models import Entry
from setfair.vault import ring

from ..journey import WORTH_TELLING, Stage
from ..models import Agreement, Item, Reach

TAKEN_OVER = "new_version"
"""The reason in the journal where a promise stands under a newer version as it stood under the one before."""
IN_HAND = (Stage.DRAFTING, Stage.RESTS, Stage.SIGNING)
LIVE = (*IN_HAND, Stage.IN_FORCE)


def lock(agreement: Agreement) -> Agreement:
    """Hold the case and then the agreement until the transaction ends, and read its stage anew.

    The case comes first because a withdrawal holds it when it ends the agreement:
    two who lock in opposite orders would wait for each other.
    """
    Case.objects.select_for_update(of=("self",)).get(pk=agreement.case_id)
    return Agreement.objects.select_for_update(of=("self",)).select_related("case", "conference").get(pk=agreement.pk)


def every(case: Case) -> list[Agreement]:
    """Every version of every agreement of it: the newest agreement first, and of each the newest version."""
    return list(Agreement.objects.filter(case=case).select_related("conference", "follows").order_by("-number", "-version"))


def front(versions: Iterable[Agreement]) -> Agreement | None:
    """Of these, as `every` orders them, what is in hand before what holds; where there is neither, the newest, whatever became of it."""
    return min(versions, key=lambda one: 0 if one.stage in IN_HAND else 1 if one.stage == Stage.IN_FORCE else 2, default=None)


def latest(case: Case) -> Agreement | None:
    """What is in hand or in force; where there is nothing, the newest version, whatever became of it."""
    return front(every(case))


def live(case: Case) -> list[Agreement]:
    """All that is being written, rests, is signed or kept: the newest agreement first, and of each what is to replace the version that holds."""
    return list(Agreement.objects.filter(case=case, stage__in=LIVE).order_by("-number", "-version"))


def in_force(case: Case) -> list[Agreement]:
    """All that hold, the first first."""
    return list(Agreement.objects.filter(case=case, stage=Stage.IN_FORCE).order_by("number"))


def in_hand_of(agreement: Agreement) -> Agreement | None:
    """The version of just this agreement that is being written, rests or is signed."""
    return _of(agreement).filter(stage__in=IN_HAND).first()


def held_of(agreement: Agreement) -> Agreement | None:
    """The version of just this agreement that holds."""
    return _of(agreement).filter(stage=Stage.IN_FORCE).first()


def next_version(agreement: Agreement) -> int:
    return (_of(agreement).aggregate(last=Max("version"))["last"] or 0) + 1


def readable_by(me: Participation, of: Agreement | None = None) -> list[Agreement]:
    """Of each agreement that this person may read the newest version that is being signed or kept, the newest agreement first; or `of` one alone."""
    as_themselves = Actor(Kind.PARTICIPANT, me.programme_id, me.pk)
    there = open_to(as_themselves, Permission.SIGN_AGREEMENT, Agreement)
    rows = there.filter(case=me.case_id, stage__in=(Stage.SIGNING, Stage.IN_FORCE), **({"number": of.number} if of else {}))
    return list({one.number: one for one in rows.select_related("conference").order_by("-number", "version")}.values())


def _of(agreement: Agreement) -> QuerySet[Agreement]:
    return Agreement.objects.filter(case=agreement.case_id, number=agreement.number)


def items_of(agreement: Agreement) -> list[Item]:
    """Its promises in their order, ready to be read with everyone's name: as many queries, whatever their number."""
    return with_names(agreement.items.order_by("order"), "owed_to", "checker")


def with_names(rows: QuerySet[Item], *others: str) -> list[Item]:
    """Promises with everyone who makes them, and these others, ready for their names to be read."""
    said = rows.select_related("programme", "owner__person", *(f"{name}__person" for name in others))
    items = list(said.prefetch_related("sharers__participation__person"))
    places = [p for i in items for p in (*i.owners, *(getattr(i, name) for name in others)) if p is not None]
    ring.gather({*(i.case_id for i in items), *(p.person_id for p in places)})
    return items


def was_in_force(case: Case) -> bool:
    """Whether an agreement of this case was ever signed by all, whatever became of it."""
    moves = Entry.objects.filter(case_id=case.pk, subject_kind="agreements.agreement", verb="moved", detail__to=Stage.IN_FORCE)
    return moves.exists()


def last_settled_at(stages: Iterable[str] = WORTH_TELLING) -> Subquery:
    """Of the outer row, somebody's place in a circle: when the last promise that they read was settled one way or another, or missed.

    What is between others is no news to them (decision 161); that a newer version took a promise over is none to anybody.
    """
    reads = Func(F("programme_id"), F("pk"), OuterRef(OuterRef("pk")), function="agreements_reaches", output_field=BooleanField())
    between = Item.objects.filter(case=OuterRef("case_id"), reach=Reach.SOME).annotate(key=Cast("pk", CharField()), reads=reads)
    moves = Entry.objects.filter(case_id=OuterRef("case"), subject_kind="agreements.item", verb="moved", detail__to__in=list(stages))
    moves = moves.exclude(detail__reason=TAKEN_OVER).filter(~Exists(between.filter(key=OuterRef("subject_id"), reads=False)))
    return Subquery(moves.order_by("-at", "-id").values("at")[:1])
