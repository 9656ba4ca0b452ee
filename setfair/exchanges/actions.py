"""The verbs of an exchange: write, hand in, give back, keep, offer, hand over; and what each side may take back."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from setfair.cases import queries as cases
from setfair.cases.journey import Stage as CaseStage
from setfair.cases.models import Participation
from setfair.cases.shared import tell_reader
from setfair.core.actor import Actor, Kind
from setfair.journal.actions import record
from setfair.journal.journey import move

from . import queries
from .journey import WITH_US, Stage
from .models import NotNow, Piece, Said, Wanting

LONGEST = 20_000


class CannotExchange(Exception):
    """Why it does not go on, in one sentence."""


@transaction.atomic
def write(me: Participation, *, by: Actor, meant: str, kind: str, words: str, form_key: UUID | None = None) -> Piece:
    """Begin to write to somebody of the circle. Nobody else sees it until it is handed in. The same `form_key` begins one."""
    there = _begun_before(me, form_key)
    if there is not None and (there.stage == Stage.WRITING or there.words == words.strip()):
        return change(there, by=by, meant=meant, kind=kind, words=words)
    return _begin(me, by, meant, kind, words, form_key if there is None else None)


@transaction.atomic
def change(piece: Piece, *, by: Actor, meant: str, kind: str, words: str, seen: str = "") -> Piece:
    """Write it anew, as long as it was not handed in. Refused where other words were kept than those it was begun from (`seen`: `queries.mark`)."""
    _own(piece, by)
    if piece.stage in WITH_US and (piece.meant, piece.words) == (meant, words.strip()):
        return piece
    _still_writing(piece)
    _check(piece.writer, meant, kind, words)
    if seen and seen != queries.mark(piece):
        raise CannotExchange(_("You wrote in two places. Your other words are below. Press again to keep these."))
    Piece.objects.filter(pk=piece.pk).update(meant=meant, kind=kind)
    piece.meant, piece.kind, piece.words = meant, kind, words.strip()
    piece.save(update_fields=["words"])
    return piece


@transaction.atomic
def hand_in(piece: Piece, *, by: Actor) -> Piece:
    """Give it to the team, who read it before anybody else does. Pressed twice it is given once."""
    _own(piece, by)
    if piece.stage in WITH_US:
        return piece
    _still_writing(piece)
    return move(piece, Stage.GIVEN, by=by)


@transaction.atomic
def note_down(writer: Participation, *, by: Actor, meant: str, kind: str, words: str, form_key: UUID | None = None) -> Piece:
    """Somebody of the team writes down what a person told them to pass on, or copies what came on paper. Somebody else of the team reads it next."""
    there = _begun_before(writer, form_key)
    if there is not None and there.words == words.strip():
        return there
    return move(_begin(writer, by, meant, kind, words, form_key if there is None else None), Stage.GIVEN, by=by)


@transaction.atomic
def take_back(piece: Piece, *, by: Actor) -> Piece:
    """Their words are theirs until they were read. Afterwards the wish is kept, and the answer is the same: so it tells nobody whether they were."""
    cases.lock(piece.case)
    piece.refresh_from_db(fields=["stage"])
    if by.kind == Kind.PARTICIPANT and by.id != piece.writer_id:
        raise CannotExchange(_("Only whoever wrote it can take it back."))
    if piece.stage == Stage.TAKEN_BACK:
        return piece
    if piece.stage != Stage.DELIVERED:
        return move(piece, Stage.TAKEN_BACK, by=by)
    if not piece.said.filter(what=Said.What.RECALLED).exists():
        _say(piece, by, Said.What.RECALLED)
        record("recalled_piece", piece, by=by)
    return piece


@transaction.atomic
def give_back(piece: Piece, *, by: Actor, why: str, words: str = "") -> Piece:
    """Not like this: the writer reads why, in kind words, and can write it anew."""
    _lock(piece)
    if why not in Said.Why.values:
        raise CannotExchange(_("Please choose why."))
    if why == Said.Why.OTHER and not words.strip():
        raise CannotExchange(_("Please write a few words for whoever wrote it."))
    _say(piece, by, Said.What.RETURNED, why, words)
    move(piece, Stage.WRITING, by=by, reason=why)
    tell_reader(piece.writer, piece.pk, by)
    return piece


@transaction.atomic
def keep(piece: Piece, *, by: Actor, receiver: Participation) -> Piece:
    """It is good as it is, and for this person. It lies in trust until they want it; nobody is told yet."""
    _lock(piece)
    if piece.by_kind == Kind.STAFF and piece.by == by.id and _another_could_read(piece, by):
        raise CannotExchange(_("You wrote this down for them. Somebody else of the team reads it first."))
    if receiver not in queries.readers_of(piece):
        raise CannotExchange(_("It cannot go to this person."))
    piece.receiver = receiver
    piece.save(update_fields=["receiver"])
    return move(piece, Stage.KEPT, by=by)


@transaction.atomic
def offer(piece: Piece, *, by: Actor) -> Piece:
    """Let the one it is for know that there is something, and nothing more. Refused while they want nothing, or either of them has not said yes."""
    _lock(piece)
    receiver = _open(piece)
    if queries.wants_nothing(receiver):
        raise CannotExchange(_("They said that they want nothing from the others. It stays in trust until they say otherwise."))
    if queries.refused_by(receiver).filter(pk=piece.pk).exists():
        raise CannotExchange(_("They said that they do not want this one. It stays in trust until they say otherwise."))
    move(piece, Stage.OFFERED, by=by)
    tell_reader(receiver, piece.pk, by)
    return piece


@transaction.atomic
def read(piece: Piece, *, by: Actor) -> Piece:
    """The one it is for wants it now. From then on they can read it again; whoever wrote it is told nothing."""
    _lock(piece)
    if by.id != piece.receiver_id:
        raise CannotExchange(_("Only the one it is for can open it."))
    if piece.stage == Stage.DELIVERED:
        return piece
    _open(piece)
    return move(piece, Stage.DELIVERED, by=by)


@transaction.atomic
def hand_over(piece: Piece, *, by: Actor) -> Piece:
    """Somebody of the team gave it to them on paper or read it to them, because they said that they want it now."""
    _lock(piece)
    _open(piece)
    return move(piece, Stage.DELIVERED, by=by, reason="by_hand")


@transaction.atomic
def not_now(piece: Piece, *, by: Actor) -> Piece:
    """Another day. It waits where it is."""
    _lock(piece)
    if by.id != piece.receiver_id or piece.stage != Stage.OFFERED:
        raise CannotExchange(_("This is not waiting for you."))
    if not NotNow.objects.filter(piece=piece).exists():
        NotNow.objects.create(case=piece.case, piece=piece)
        record("left_piece", piece, by=by)
    return piece


@transaction.atomic
def refuse(piece: Piece, *, by: Actor) -> Piece:
    """Not this one. It goes back into trust unread, is not offered again, and whoever wrote it is told nothing; others may still come."""
    _lock(piece)
    if by.kind == Kind.PARTICIPANT and by.id != piece.receiver_id:
        raise CannotExchange(_("This is not waiting for you."))
    move(piece, Stage.KEPT, by=by, reason="not_wanted")
    _say(piece, by, Said.What.REFUSED)
    return piece


@transaction.atomic
def bring_back(piece: Piece, *, by: Actor) -> Piece:
    """Its writer has no screen, and heard from one of the team that it came back and why."""
    _lock(piece)
    if not queries.is_to_be_brought(piece):
        raise CannotExchange(_("There is nothing here to tell them."))
    _say(piece, by, Said.What.BROUGHT)
    record("brought_piece", piece, by=by)
    return piece


@transaction.atomic
def want(participation: Participation, *, by: Actor, wants: str) -> Wanting | None:
    """Whether they want to be asked when something was written for them. With never, all that was offered goes back into trust, unread."""
    case = cases.lock(participation.case)
    if wants not in ("yes", "never") or not cases.here(case).filter(pk=participation.pk).exists():
        raise CannotExchange(_("Please choose one."))
    asks_again = wants == "yes" and queries.refused_by(participation).exists()
    if queries.wants_nothing(participation) == (wants == "never") and not asks_again:
        return None
    said = Wanting.objects.create(case=case, participation=participation, wants=wants, by_kind=by.kind, by=by.known_id)
    record("wanted_pieces" if wants == "yes" else "wanted_nothing", participation, by=by)
    if wants == "never":
        for piece in Piece.objects.filter(receiver=participation, stage=Stage.OFFERED):
            move(piece, Stage.KEPT, by=by, reason="not_wanted")
    return said


@transaction.atomic
def thank(piece: Piece, *, by: Actor) -> Piece:
    """The one who has it lets whoever wrote it know so. Without this they never hear."""
    _lock(piece)
    if by.id != piece.receiver_id or piece.stage != Stage.DELIVERED or queries.is_asked_back(piece) or queries.are_apart(piece):
        raise CannotExchange(_("This is not with you."))
    if not queries.is_thanked(piece):
        _say(piece, by, Said.What.THANKED)
        record("thanked_for_piece", piece, by=by)
        tell_reader(piece.writer, piece.pk, by)
    return piece


def _begun_before(writer: Participation, form_key: UUID | None) -> Piece | None:
    """What this form began, if it was sent before."""
    cases.lock(writer.case)
    return Piece.objects.filter(pk=form_key, writer=writer).first() if form_key is not None else None


def _begin(writer: Participation, by: Actor, meant: str, kind: str, words: str, form_key: UUID | None) -> Piece:
    cases.lock(writer.case)
    if not queries.may_write(writer):
        raise CannotExchange(_("Nothing can be written now. They have to say yes first to do this without a meeting."))
    _check(writer, meant, kind, words)
    said = {"meant": meant, "kind": kind, "by_kind": by.kind, "by": by.id}
    piece = Piece.objects.create(pk=form_key or uuid4(), case=writer.case, writer=writer, words=words.strip(), **said)
    record("began_piece", piece, by=by)
    return piece


def _check(writer: Participation, meant: str, kind: str, words: str) -> None:
    if kind not in Piece.Kind.values or meant not in dict(queries.meant_for(writer)):
        raise CannotExchange(_("Please choose whom it is for."))
    if not words.strip():
        raise CannotExchange(_("Please write a few words first."))
    if len(words) > LONGEST:
        raise CannotExchange(_("This is too long. Please make it shorter."))


def _own(piece: Piece, by: Actor) -> None:
    """Lock it and read it anew, as its writer: another tab may have changed it."""
    cases.lock(piece.case)
    if piece.writer_id != by.id:
        raise CannotExchange(_("Only whoever wrote it can change it."))
    piece.refresh_from_db(fields=["stage", "meant", "words"])


def _still_writing(piece: Piece) -> None:
    if piece.stage != Stage.WRITING:
        raise CannotExchange(_("You gave it to us already. You can take it back."))
    if not queries.may_write(piece.writer):
        raise CannotExchange(_("You cannot write just now. Please talk to us."))


def _lock(piece: Piece) -> None:
    case = cases.lock(piece.case)
    piece.refresh_from_db(fields=["stage", "receiver"])
    if case.stage == CaseStage.CLOSED:
        raise CannotExchange(_("This is closed."))


def _open(piece: Piece) -> Participation:
    """Whoever it is for, when it may pass today: both are here and say yes, nothing keeps them apart, and the case is done without a meeting."""
    if piece.receiver is None or piece.receiver.left_at is not None or piece.writer.left_at is not None:
        raise CannotExchange(_("They are not in the circle any more."))
    reason = queries.Passing.of(piece.case).shut(piece.writer_id, piece.receiver.pk)
    if reason:
        raise CannotExchange(reason)
    return piece.receiver


def _say(piece: Piece, by: Actor, what: str, why: str = "", words: str = "") -> Said:
    return Said.objects.create(case=piece.case, piece=piece, what=what, why=why, words=words.strip(), by_kind=by.kind, by=by.known_id)


def _another_could_read(piece: Piece, by: Actor) -> bool:
    """Whether somebody else coordinates here, or facilitates this case as staff."""
    others = {user.pk for user in cases.coordinators(piece.case)}
    others |= {a.facilitator.user_id for a in cases.team(piece.case) if a.part != "student"}
    return bool(others - {by.id})
