from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from setfair.cases.journey import Stage as CaseStage
from setfair.cases.models import Participation
from setfair.core.actor import Actor, Kind, system
from setfair.journal.actions import record
from setfair.journal.journey import move
from setfair.programmes.speaking import in_language

from .. import letters, names, queries, text
from ..checks import CannotSign, SignedAlready
from ..journey import Stage
from ..models import Agreement, Signature
from ..seen import before
from .remarking import remark as write_under
from .replacing import make_room, take_over

ON_A_SCREEN = (Signature.Method.OWN_DEVICE, Signature.Method.TABLET)
"""Where they set ticks before they sign."""


@transaction.atomic
def sign(
    agreement: Agreement,
    *,
    by: Actor,
    participation: Participation,
    method: str,
    typed_name: str,
    seen: str = "",
    language: str = "",
    before_spelling: bool = False,
    remark: str = "",
    remark_shown: bool = False,
) -> Signature:
    """Write one person's signature; with the last one the agreement comes into force and the follow-up begins.
    Where they agree in turn, nobody's is the last before it was passed on to all. While a young person has nobody who decides for
    them any more, it waits for the team.

    Case and agreement are locked, so that of two last signers at the same instant
    exactly one brings it into force. What the person had before them is kept with the
    signature; `seen` is the digest of what was on their
    page: words that have changed since, or stand there in another language, are not signed.
    What the team writes down for somebody is of the words on the team's page, corrections and all (`seen.now`).
    `language` is the one they read it in, if not that of the moment. On their own page only
    they themselves sign; any other way somebody of the team was there, and is named. `before_spelling` says of a paper that it was printed
    before spellings were put right. `remark` is what they say under their name, if they say anything (`remarking`).
    """
    locked = queries.lock(agreement)
    with in_language(language or translation.get_language() or participation.person.language):
        read = before(locked, participation, as_laid_out=before_spelling)
    _check_name(typed_name.strip(), participation, method)
    _check_who(by, participation, method)
    _check(locked, participation, seen, text.digest(read) if method in ON_A_SCREEN else queries.team_digest(locked))
    signature = Signature.objects.create(
        agreement=locked,
        participation=participation,
        case_id=locked.case_id,
        method=method,
        typed_name=typed_name.strip(),
        text_digest=text.digest(locked.words or {}),
        language=read["language"],
        seen=read if method in ON_A_SCREEN else read | {"ticks": []},
        witness=None if method == Signature.Method.OWN_DEVICE else by.id,
    )
    letters.let_rest_go(locked, participation, by=by)
    record("signed", agreement, by=by, method=method)
    if remark.strip():
        write_under(signature, by=by, words=remark, shown=remark_shown)
    if queries.everyone_has_signed(locked):
        come_into_force(agreement, by=by)
    return signature


@transaction.atomic
def hand_round(agreement: Agreement, *, by: Actor) -> list[UUID]:
    """Write down that the tablet goes round, and say for whom: everyone who signs. Who has done so already is not to be read off it."""
    record("handed_tablet", agreement, by=by)
    return [person.pk for person in queries.signers(agreement)]


@transaction.atomic
def shut_tablet(agreement: Agreement, *, by: Actor) -> None:
    """Write down that the tablet closed because its number was guessed at. `by` is whoever had handed it over."""
    record("shut_tablet", agreement, by=by)


@transaction.atomic
def end(agreement: Agreement, *, by: Actor, reason: str = "") -> Agreement:
    """It holds no more, and nothing further is asked of anybody under it."""
    letters.stop(agreement, by=by)
    return move(agreement, Stage.ENDED, by=by, reason=reason)


@transaction.atomic
def come_into_force(agreement: Agreement, *, by: Actor) -> None:
    """Nobody's yes is missing any more: it holds, in the place of the version that held before, the follow-up begins, and everyone is told."""
    locked = queries.lock(agreement)
    held = make_room(agreement, by=by)
    move(agreement, Stage.IN_FORCE, by=by)
    if held is not None:
        take_over(agreement, by=system(locked.case.programme.pk))
    if locked.case.stage in (CaseStage.CONVENED, CaseStage.READY):
        move(locked.case, CaseStage.FOLLOWING_UP, by=by)
    everyone = queries.signers(locked).select_related("person")
    letters.send(letters.ALL_SIGNED, everyone, programme=locked.case.programme, about=str(locked.pk), by=by)


def _check_who(by: Actor, participation: Participation, method: str) -> None:
    """Nobody signs for somebody else: a page is signed by whose it is, and what is said, written or tapped in the room is told by the team."""
    theirs = by.kind == Kind.PARTICIPANT and by.id == participation.pk
    if theirs != (method == Signature.Method.OWN_DEVICE) or (not theirs and by.kind != Kind.STAFF):
        raise CannotSign(_("Only they themselves can sign this."))


def _check(agreement: Agreement, participation: Participation, seen: str, now: str) -> None:
    if queries.has_signed(agreement, participation):
        raise SignedAlready(_("You have signed this already. Thank you."))
    if agreement.stage != Stage.SIGNING:
        raise CannotSign(_("This cannot be signed just now. Nothing is asked of you."))
    if not queries.still_to_sign(agreement).filter(pk=participation.pk).exists():
        raise CannotSign(_("This is not yours to sign."))
    if seen and seen != now:
        raise CannotSign(_("The words have changed since you read them. Please read them again."))
    opened = queries.open_for(agreement, participation.pk)
    if not opened.now:
        raise CannotSign(opened.why_not)


def _check_name(typed: str, participation: Participation, method: str) -> None:
    """On paper whatever stands there is written down; a cross is a signature too."""
    if not typed:
        raise CannotSign(_("Please type your name."))
    if method in (Signature.Method.PAPER, Signature.Method.SPOKEN) or names.is_theirs(typed, participation.person):
        return
    if not names.could_be_one(typed):
        raise CannotSign(_("Please type your own name, the way people call you."))
