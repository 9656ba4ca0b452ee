"""What lies between the people of a circle, as each of them may know it. A writer never learns whether or when something was read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from setfair.accounts.models import User
from setfair.cases import queries as cases
from setfair.cases.journey import Stage as CaseStage
from setfair.cases.models import SPEAKERS, Case, Participation, Role
from setfair.people.gate import barred_from
from setfair.people.models import Contact
from setfair.people.queries import WRITTEN
from setfair.preparation.queries import Blocker, answer_of, blockers, is_asked_anew
from setfair.programmes.ways import Way
from setfair.vault import ring
from setfair.vault.master import digest

from .journey import WITH_US, Stage
from .models import NotNow, Piece, Said, Wanting

STILL_NEEDED = ("consent", "guardian", "break", "support", "acknowledgement", "worry")
"""What must stand today, of whoever wrote it and of whoever it is for."""
FOR_ALL = ("no_contact", "route", "hold")


@dataclass(frozen=True)
class Mine:
    """One piece as its writer sees it. `told` is a sentence that is the same whatever became of it since it was handed in."""

    piece: Piece
    told: str
    returned: Said | None
    can_change: bool
    can_take_back: bool


TOLD = {
    Stage.WRITING: gettext_lazy("You are still writing. Only you see it."),
    Stage.GIVEN: gettext_lazy("You gave it to us. We hand it over if they want it. We do not tell you if or when."),
    Stage.TAKEN_BACK: gettext_lazy("You took it back."),
}


def may_write(me: Participation) -> bool:
    """Whether it is done in writing or by what we pass on, and they have said yes to that."""
    if me.role not in SPEAKERS or me.left_at is not None or me.case.stage not in (CaseStage.PREPARING, CaseStage.READY):
        return False
    said = answer_of(me)
    return cases.way(me.case) == Way.APART and said is not None and said.answer == "yes" and not is_asked_anew(said)


def written_by(me: Participation) -> list[Mine]:
    """The latest first."""
    rows = list(Piece.objects.filter(writer=me).order_by("-at", "-id"))
    said = list(Said.objects.filter(piece__in=rows).order_by("at", "id"))
    return [_mine(piece, [one for one in said if one.piece_id == piece.pk]) for piece in rows]


def _mine(piece: Piece, said: list[Said]) -> Mine:
    by_what = {one.what: one for one in said}
    stage = Stage.GIVEN if piece.stage in WITH_US else Stage(piece.stage)
    if Said.What.RECALLED in by_what:
        stage = Stage.TAKEN_BACK
    told = str(TOLD[stage])
    if Said.What.THANKED in by_what and stage == Stage.GIVEN:
        told = _("You gave it to us. They have it, and wanted you to know.")
    returned = by_what.get(Said.What.RETURNED) if stage == Stage.WRITING else None
    return Mine(piece, told, returned, stage == Stage.WRITING, stage != Stage.TAKEN_BACK)


def my_piece(me: Participation, key: UUID) -> Mine:
    """One that this person wrote, or 404."""
    piece = get_object_or_404(Piece, pk=key, writer=me)
    return _mine(piece, list(Said.objects.filter(piece=piece).order_by("at", "id")))


def for_me(me: Participation) -> list[Piece]:
    """What was offered to this person and can be handed over today, and what they have had already, the latest first."""
    rows = list(Piece.objects.filter(receiver=me, stage__in=(Stage.OFFERED, Stage.DELIVERED)).order_by("-at", "-id"))
    passes = Passing.of(me.case) if any(piece.stage == Stage.OFFERED for piece in rows) else None
    return [piece for piece in rows if piece.stage == Stage.DELIVERED or (passes is not None and not passes.shut(me.pk, piece.writer_id))]


def piece_for(me: Participation, key: UUID) -> Piece:
    """One of these, or 404."""
    piece = next((one for one in for_me(me) if one.pk == key), None)
    return piece if piece is not None else get_object_or_404(Piece.objects.none())


def left_for_later(me: Participation) -> set[UUID]:
    return set(NotNow.objects.filter(piece__receiver=me).values_list("piece_id", flat=True))


def is_thanked(piece: Piece) -> bool:
    return Said.objects.filter(piece=piece, what=Said.What.THANKED).exists()


def is_asked_back(piece: Piece) -> bool:
    """Whether whoever wrote it wanted it back after it had been read: from then on nothing more is said to them about it."""
    return Said.objects.filter(piece=piece, what=Said.What.RECALLED).exists()


def are_apart(piece: Piece) -> bool:
    """Whether the two must have no contact, not even through us."""
    return piece.receiver is not None and piece.receiver.person_id in barred_from(piece.writer.person_id)


def wants_nothing(me: Participation) -> bool:
    """Whether their latest word is that they want nothing from the others."""
    last = Wanting.objects.filter(participation=me).order_by("at", "id").last()
    return last is not None and last.wants == "never"


def refused(pieces: QuerySet[Piece]) -> QuerySet[Piece]:
    """Those of them that whoever they are for does not want, and has not asked for since."""
    since = Wanting.objects.filter(participation=OuterRef("piece__receiver"), wants="yes", at__gt=OuterRef("at"))
    return pieces.filter(Exists(Said.objects.filter(~Exists(since), piece=OuterRef("pk"), what=Said.What.REFUSED)), stage=Stage.KEPT)


def refused_by(me: Participation) -> QuerySet[Piece]:
    return refused(Piece.objects.filter(receiver=me))


def waits_to_be_brought() -> QuerySet[Piece]:
    """What was given back to somebody with no screen, and nobody has told them yet: on their page it would be read by nobody."""
    back = Said.objects.filter(piece=OuterRef("pk"), what=Said.What.RETURNED)
    told = Said.objects.filter(piece=OuterRef("piece"), what=Said.What.BROUGHT, at__gt=OuterRef("at"))
    screen = Contact.objects.filter(person=OuterRef("writer__person"), way__in=[way for way, _channel in WRITTEN], ended_at__isnull=True)
    return Piece.objects.filter(Exists(back.filter(~Exists(told))), ~Exists(screen), stage=Stage.WRITING, writer__left_at__isnull=True)


def is_to_be_brought(piece: Piece) -> bool:
    return waits_to_be_brought().filter(pk=piece.pk).exists()


def mark(piece: Piece) -> str:
    """Stands for the words as they lie here: a form that was begun from others is not taken."""
    return digest("piece", f"{piece.pk} {piece.words}").hex()[:16]


@dataclass(frozen=True)
class Passing:
    """Whether anything may pass between people of this case today, read once for all that lies there."""

    is_live: bool
    is_ready: bool
    missing: list[Blocker]

    @classmethod
    def of(cls, case: Case) -> Passing:
        return cls(cases.way(case) != Way.APART, case.stage == CaseStage.READY, blockers(case))

    def shut(self, *people: UUID) -> str:
        """Why not between these, in one sentence that names the first thing; empty when it may."""
        if self.is_live:
            return _("They mean to meet or to talk here. What was written stays with us.")
        for blocker in self.missing:
            who = blocker.participation.pk if blocker.participation is not None else None
            if blocker.code in FOR_ALL or (blocker.code in STILL_NEEDED and who in people):
                return blocker.sentence
        return "" if self.is_ready else _("Not everyone is ready yet. Until then it stays with us.")


def readers_of(piece: Piece) -> list[Participation]:
    """Whom it could go to: of those it is meant for, first; never whoever must have no contact with its writer."""
    here = [p for p in cases.circle(piece.case) if p.role in SPEAKERS and p.pk != piece.writer_id]
    barred = barred_from(piece.writer.person_id)
    near = [p for p in here if p.person_id not in barred]
    return sorted(near, key=lambda p: p.role != piece.meant)


def meant_for(me: Participation) -> list[tuple[str, str]]:
    """Whom they can write to, by what they are here and never by name."""
    others = [p.role for p in cases.circle(me.case) if p.role in SPEAKERS and p.pk != me.pk]
    return [(role.value, str(role.label)) for role in Role if role in others]


@dataclass(frozen=True)
class Line:
    """One piece as the team sees it; `by` names whoever of the team wrote it down for somebody."""

    piece: Piece
    writer: str
    receiver: str
    by: str
    told: str


THEIRS_ALONE = (Stage.WRITING, Stage.TAKEN_BACK)


def pieces_of(case: Case) -> list[Line]:
    """All of a case that were handed in, the latest first, in a fixed number of queries.

    What is still being written, or was taken back, is its writer's alone.
    """
    return _lines(Piece.objects.filter(case=case).exclude(stage__in=THEIRS_ALONE))


def line_of(piece: Piece) -> Line | None:
    """One of these; none while it is its writer's alone."""
    return next(iter(_lines(Piece.objects.filter(pk=piece.pk).exclude(stage__in=THEIRS_ALONE))), None)


def _lines(rows: QuerySet[Piece]) -> list[Line]:
    found = list(rows.select_related("writer__person", "receiver__person").order_by("-at", "-id"))
    ring.gather({p.person_id for piece in found for p in (piece.writer, piece.receiver) if p is not None})
    names: dict[Any, str] = dict(User.objects.filter(pk__in={p.by for p in found if p.by_kind == "staff"}).values_list("pk", "name"))
    return [
        Line(p, p.writer.person.shown, p.receiver.person.shown if p.receiver else "", names.get(p.by, ""), str(Stage(p.stage).label)) for p in found
    ]


def said_about(piece: Piece) -> list[Said]:
    return list(Said.objects.filter(piece=piece).order_by("-at", "-id"))


def with_nothing_wanted(case: Case) -> list[Participation]:
    """Those of the circle who want nothing from the others now."""
    latest = dict(Wanting.objects.filter(case=case).order_by("at", "id").values_list("participation_id", "wants"))
    return [p for p in cases.circle(case) if latest.get(p.pk) == "never"]


def kept_of(case: Case) -> int:
    """How many lie in trust and were never handed over."""
    return Piece.objects.filter(case=case, stage__in=(Stage.GIVEN, Stage.KEPT, Stage.OFFERED)).count()
