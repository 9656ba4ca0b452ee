"""What is different in a version from the one it follows, and whose names go on under it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from setfair.cases.models import Participation, Role
from setfair.cases.queries import here, stands_as

from ..journey import SETTLED, ItemStage, Stage
from ..models import Agreement, Carried, Concern, Item, Reach, Signature, Signer
from ..reach import concerned, places_of, read_by
from .reading import Line, lines
from .spelling import as_read
from .standing import items_of


def carried(agreement: Agreement) -> QuerySet[Carried]:
    """Whose names go on under it, as it was laid out last, and who did not take theirs off since."""
    last = Signer.objects.filter(agreement=OuterRef("agreement")).order_by("-round").values("round")[:1]
    same = {"agreement": OuterRef("agreement"), "participation": OuterRef("participation")}
    taken_off = Concern.objects.filter(**same, kind__in=Concern.NO, at__gte=OuterRef("at"))
    return Carried.objects.filter(~Exists(taken_off), agreement=agreement, round=Subquery(last))


def carried_of(agreement: Agreement, participation: Participation) -> Carried | None:
    return carried(agreement).filter(participation=participation).select_related("signature__agreement").first()


def under(agreement: Agreement) -> dict[UUID, Signature]:
    """By whose it is, each signature that stands under a version, whether it was given to this one or goes on under it."""
    given = {s.participation_id: s for s in Signature.objects.filter(agreement=agreement)}
    gone_on = {c.participation_id: c.signature for c in carried(agreement).select_related("signature")}
    return gone_on | given


def different(agreement: Agreement) -> list[Item]:
    """The promises of a laid out version that are new or not the same as in the one it follows, and those of that one that are so no more.

    The same is what nobody put in other words and what reads the same, names and days too. The database asks the first again.
    """
    if agreement.follows is None:
        return []
    now, was = items_of(agreement), {item.pk: item for item in items_of(agreement.follows)}
    read, had = _bare(agreement), _bare(agreement.follows)
    same = {i.follows_id: i.pk for i in now if i.edition == 1 and i.follows_id in was and read.get(i.pk) == had.get(i.follows_id)}
    return [*(i for i in now if i.pk not in same.values()), *(i for pk, i in was.items() if pk not in same)]


def same_as(agreement: Agreement, stage: str) -> list[tuple[Item, Item]]:
    """Each promise that nobody put in other words since the version that stands at this stage, with what it is there."""
    chain = {item.pk: item for item in Item.objects.filter(case_id=agreement.case_id).select_related("agreement")}
    found = []
    for item in [item for item in chain.values() if item.agreement_id == agreement.pk]:
        was: Item | None = item
        while was is not None and was.edition == 1 and was.follows_id is not None:
            was = chain.get(was.follows_id)
            if was is not None and was.agreement.stage == stage:
                found.append((item, was))
                break
    return found


def done_before(agreement: Agreement) -> set[UUID]:
    """The promises of a version that wait for nobody: under the one that holds, the same ones were done or let go."""
    return {item.pk for item, was in same_as(agreement, Stage.IN_FORCE) if was.stage in SETTLED | {ItemStage.KEPT}}


def touched(agreement: Agreement, people: Iterable[Participation]) -> set[UUID]:
    """Of these, whom something different touches: who makes it or made it, whom it is or was for, who checks it, and whoever decides for
    one of them. What is for everyone touches everyone, and so does another way of agreeing, and what would else be nobody's to say yes to."""
    there, new = list(people), different(agreement)
    other_way = agreement.follows is None or bool(agreement.conference_id) != bool(agreement.follows.conference_id)
    if other_way or any(item.owed_to_id is None for item in new):
        return {p.pk for p in there}
    theirs = {pk for item in new for pk in concerned(item)}
    of_all = {pk for item in new if item.reach == Reach.ALL for pk in concerned(item)}
    in_turn = here(agreement.case).filter(stands_as(Role.HARMED) | stands_as(Role.RESPONSIBLE)) if agreement.conference_id is None else ()
    reached = {p.pk for p in (*there, *in_turn)}
    if new and not theirs & reached:
        return {p.pk for p in there}
    deciding = [p for p in there if p.role == Role.GUARDIAN and p.stands_by_id in theirs]
    return {p.pk for p in there if p.pk in theirs} | {p.pk for p in deciding if p.stands_by_id in of_all or theirs & places_of(p)}


def has_read_before(agreement: Agreement, me: Participation) -> bool:
    """Whether the version it follows ever lay there for this person: else how it was before is not theirs to read."""
    if agreement.follows is None:
        return False
    theirs = {me.pk, me.stands_by_id} if me.role == Role.GUARDIAN and me.has_authority else {me.pk}
    rounds = Signer.objects.filter(agreement=agreement.follows_id)
    last = rounds.order_by("-round").values("round")[:1]
    return rounds.filter(round=Subquery(last), participation__in=theirs - {None}).exists() or me.pk in under(agreement.follows)


def found_wrong(agreement: Agreement) -> set[UUID]:
    """Who said after they had signed the version before, or of this one, that something is not right, or no to this one: their name does
    not go on by itself."""
    said_no = Concern.objects.filter(agreement=agreement, kind__in=Concern.NO).values_list("participation", flat=True)
    return {concern.participation_id for concern in wrong_in(agreement)} | set(said_no)


def wrong_in(agreement: Agreement) -> list[Concern]:
    """What was found wrong in a version, or by whoever had signed it in the one that it follows; the first said first."""
    said = Concern.objects.filter(agreement__in=[agreement.pk, agreement.follows_id], kind=Concern.Kind.WRONG).order_by("at", "id")
    signed = under(agreement.follows) if agreement.follows else {}
    there = said.select_related("participation__person")
    return [one for one in there if one.agreement_id == agreement.pk or _after(one, signed.get(one.participation_id))]


def _after(said: Concern, signed: Signature | None) -> bool:
    """What somebody found wrong before they signed was answered by that."""
    return signed is not None and said.at >= signed.at


def new_in(agreement: Agreement, me: Participation | None = None) -> tuple[set[str], list[Line]]:
    """For whoever reads a version that follows another: by their keys the promises that are new, and those that are gone or read otherwise now.
    Somebody of the circle (`me`) is told nothing of what does not concern them, nor how that was before."""
    if agreement.follows is None or not agreement.words:
        return set(), []
    there = different(agreement)
    keys = {str(item.pk) for item in there}
    read = {item["id"] for item in read_by(agreement.words["items"], me)}
    kept_from_them = {str(item.follows_id) for item in there if item.agreement_id == agreement.pk and str(item.pk) not in read}
    return keys & read, [line for line in lines(agreement.follows, me=me) if line.pk in keys - kept_from_them]


def _bare(agreement: Agreement) -> dict[UUID, dict[str, Any]]:
    """Each promise as it is read, without its key: a spelling that was put right is no difference."""
    return {UUID(item["id"]): {name: said for name, said in item.items() if name != "id"} for item in as_read(agreement)[0]}
