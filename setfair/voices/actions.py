"""What people say for themselves."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from setfair.cases.models import Participation
from setfair.core.actor import Actor, Kind
from setfair.journal.actions import record
from setfair.preparation import queries as preparation
from setfair.preparation.models import Consent
from setfair.preparation.refusal import CannotPrepare
from setfair.preparation.writing import open_case_of, write_once

from . import queries
from .models import Goal, Hope, OwnWords


@transaction.atomic
def hope(participation: Participation, *, by: Actor, goals: Iterable[str] = (), words: str = "") -> Hope:
    """Keep what somebody hopes for, on their own page or as they told it. Nobody has to hope for anything, and nothing waits for it."""
    open_case_of(participation)
    if not preparation.is_asked(participation):
        raise CannotPrepare(_("Whoever interprets is not asked this."))
    if by.kind == Kind.PARTICIPANT and by.id != participation.pk:
        raise CannotPrepare(_("Only they can say this."))
    chosen = [goal for goal in Goal.values if goal in set(goals)]
    method = Consent.Method.OWN if by.kind == Kind.PARTICIPANT else Consent.Method.SAID
    return write_once("hoped", Hope, participation, by, {"goals": chosen, "words": words.strip(), "method": method.value})


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
