"""What people say for themselves."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from setfair.cases.models import Participation
from setfair.cases.shared import tell_reader
from setfair.core.actor import Actor, Kind
from setfair.journal.actions import record
from setfair.preparation import queries as preparation
from setfair.preparation.models import Consent, Slip
from setfair.preparation.refusal import CannotPrepare
from setfair.preparation.writing import open_case_of, write_down, write_once

from . import companions, queries, standing_in
from .models import Companion, CompanionEnd, Goal, Hope, OwnWords, StandIn

EYES = (OwnWords.Reads.ME, OwnWords.Reads.TEAM, OwnWords.Reads.ALL)
"""From the fewest to the most."""


@transaction.atomic
def hope(participation: Participation, *, by: Actor, goals: Iterable[str] = (), words: str = "", slip: Slip | None = None) -> Hope:
    """Keep what somebody hopes for, on their own page or as they told it. Nobody has to hope for anything, and nothing waits for it."""
    open_case_of(participation)
    if not preparation.is_asked(participation):
        raise CannotPrepare(_("Whoever interprets is not asked this."))
    if by.kind == Kind.PARTICIPANT and by.id != participation.pk:
        raise CannotPrepare(_("Only they can say this."))
    chosen = [goal for goal in Goal.values if goal in set(goals)]
    method = Consent.Method.OWN if by.kind == Kind.PARTICIPANT else Consent.Method(slip.method) if slip is not None else Consent.Method.SAID
    said = {"goals": chosen, "words": words.strip(), "method": method.value, "slip_id": slip.pk if slip is not None else None}
    return write_once("hoped", Hope, participation, by, said)


@transaction.atomic
def keep_words(me: Participation, *, by: Actor, reads: str, seen: UUID | None = None, **words: str) -> OwnWords:
    """Keep what they want to say, ask and hear, and what would help; `reads` says who may read it.

    Refused where they kept other words since those that they began from (`seen`), so that a second tab takes nothing away.
    """
    open_case_of(me)
    if not preparation.is_asked(me):
        raise CannotPrepare(_("Whoever interprets is not asked this."))
    if by.kind != Kind.PARTICIPANT or by.id != me.pk:
        raise CannotPrepare(_("Only they can say this."))
    said = {name: words.get(name, "").strip() for name in ("say", "ask", "hear", "helps")} | {"reads": reads}
    last = queries.own_words(me)
    if last is not None and all(getattr(last, name) == value for name, value in said.items()):
        return last
    if seen != (last.pk if last is not None else None):
        raise CannotPrepare(_("You wrote in two places. Your other words are below. Press again to keep these."))
    kept: OwnWords = OwnWords.objects.create(participation=me, case=me.case, by_kind=by.kind, by=by.id, **said)
    record("shared_words" if kept.is_shared else "kept_words", me, by=by)
    return kept


@transaction.atomic
def take_down_words(me: Participation, *, by: Actor, slip: Slip, reads: str, **words: str) -> OwnWords:
    """The same from their slip, or as they told it where they have no screen. What the slip leaves empty stays as they said it before, unless that
    was for fewer eyes than these: then it is theirs as it was, and nobody is shown it."""
    open_case_of(me)
    if not preparation.is_asked(me):
        raise CannotPrepare(_("Whoever interprets is not asked this."))
    said = {name: words.get(name, "").strip() for name in queries.TITLES}
    last = queries.own_words(me)
    if last is not None and EYES.index(reads) <= EYES.index(last.reads):
        said = {name: value or str(getattr(last, name)) for name, value in said.items()}
    kept: OwnWords = write_down(OwnWords, me, by, slip=slip, reads=reads, **said)
    record("shared_words" if kept.is_shared else "kept_words", me, by=by)
    return kept


@transaction.atomic
def name_companion(
    me: Participation, *, by: Actor, name: str, reach: str = "", may_write: bool = False, slip: Slip | None = None
) -> Companion:  # fmt: skip
    """Say whom they would like beside them, on their own page or on a slip of theirs. Nobody is written to by this."""
    open_case_of(me)
    is_theirs = slip.participation_id == me.pk if slip is not None else by.kind == Kind.PARTICIPANT and by.id == me.pk
    if not is_theirs or not companions.may_choose(me):
        raise CannotPrepare(_("Only they can say this."))
    if not name.strip():
        raise CannotPrepare(_("Please write a name."))
    if companions.waiting().filter(participation=me).count() >= companions.MOST:
        raise CannotPrepare(_("We look at those you named first. Then you can name more."))
    said = {"name": name.strip(), "reach": reach.strip(), "may_write": may_write, "slip_id": slip.pk if slip is not None else None}
    kept: Companion = write_once("named_companion", Companion, me, by, said)
    return kept


@transaction.atomic
def take_back(companion: Companion, *, by: Actor) -> CompanionEnd:
    """They thought better of it. Whoever has a place already keeps it, and talks with us."""
    open_case_of(companion.participation)
    if by.kind != Kind.PARTICIPANT or by.id != companion.participation_id or not _waits(companion):
        raise CannotPrepare(_("This was answered already. Please talk to us."))
    return _end(companion, by, CompanionEnd.How.BACK)


@transaction.atomic
def seat(companion: Companion, *, by: Actor, place: Participation) -> CompanionEnd:
    """They were added, and stand by whoever chose them."""
    open_case_of(companion.participation)
    if place not in companions.places_beside(companion):
        raise CannotPrepare(_("Please choose somebody who stands by them."))
    return _end(companion, by, CompanionEnd.How.SEATED, place=place)


@transaction.atomic
def decline(companion: Companion, *, by: Actor, words: str) -> CompanionEnd:
    """It does not go; whoever chose them reads why, in kind words."""
    open_case_of(companion.participation)
    if not words.strip():
        raise CannotPrepare(_("Please write a few kind words. They read them on their page."))
    return _end(companion, by, CompanionEnd.How.NO, words=words.strip())


@transaction.atomic
def lend_voice(
    me: Participation, *, by: Actor, place: Participation, say: str, limits: str, back: str, when: str, method: str = Consent.Method.OWN
) -> StandIn:  # fmt: skip
    """Say who stands in for a person harmed who does not come, what may be said for them and what not, and how they hear of it afterwards.

    On their own page; or one of the team writes down what they agreed to, by voice or on paper. What they wrote themselves nobody else changes:
    the team can only take it back.
    """
    open_case_of(me)
    last = standing_in.chosen(me)
    own = by.kind == Kind.PARTICIPANT
    if own and by.id != me.pk:
        raise CannotPrepare(_("Only they can say this."))
    if not own and last is not None and last.method == Consent.Method.OWN:
        raise CannotPrepare(_("They wrote this themselves, and change it on their own page. You can take it back for them."))
    if not standing_in.may_choose(me):
        raise CannotPrepare(_("This is not asked now."))
    if place not in standing_in.could_stand_in(me.case):
        raise CannotPrepare(_("Please choose somebody who can stand in."))
    if not say.strip():
        raise CannotPrepare(_("Please write what may be said. A few words are enough."))
    how = Consent.Method.OWN if own else Consent.Method(method)
    said = {"place": place, "say": say.strip(), "limits": limits.strip(), "back": back, "when": when, "method": how}
    lent: StandIn = write_once("lent_voice", StandIn, me, by, said)
    return lent


@transaction.atomic
def take_voice_back(me: Participation, *, by: Actor) -> None:
    """Nobody speaks for them any more: said by them, or by one of the team for them. It only ever narrows, so it waits for nobody."""
    open_case_of(me)
    if by.kind == Kind.PARTICIPANT and by.id != me.pk:
        raise CannotPrepare(_("Only they can say this."))
    last = standing_in.chosen(me)
    if last is None or not standing_in.may_choose(me):
        return
    how = Consent.Method.OWN if by.kind == Kind.PARTICIPANT else Consent.Method.SAID
    write_down(StandIn, me, by, place=None, say="", limits="", back=last.back, when=last.when, method=how)
    record("took_voice_back", me, by=by)


def _waits(companion: Companion) -> bool:
    return companions.waiting().filter(pk=companion.pk).exists()


def _end(companion: Companion, by: Actor, how: str, place: Participation | None = None, words: str = "") -> CompanionEnd:
    if not _waits(companion):
        raise CannotPrepare(_("This was answered already."))
    end: CompanionEnd = write_down(CompanionEnd, companion.participation, by, companion=companion, how=how, place=place, words=words)
    record("answered_companion", companion.participation, by=by, how=how)
    if by.kind != Kind.PARTICIPANT:
        tell_reader(companion.participation, end.pk, by)
    return end
