"""What came back on paper, or was said in its place, typed in for somebody; and the paper laid beside it by somebody else."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from setfair.cases.models import Participation
from setfair.core import clock
from setfair.core.actor import Actor
from setfair.journal.actions import record
from setfair.preparation.models import Slip, SlipLook
from setfair.preparation.refusal import CannotPrepare
from setfair.preparation.writing import latest_today, open_case_of, write_once

from .. import checks
from ..foot import is_before_spelling
from ..slip import OWN_WORDS, SUPPORT, TIMES, slip_of, words_of
from ..written_down import Writing


@transaction.atomic
def type_in(
    me: Participation, *, by: Actor, method: str, on: date, seen_by: str, language: str, said: dict[str, Any], foot: str = ""
) -> Slip:  # fmt: skip
    """Write down a slip and every answer on it.

    `said` is by the name of each `Ask`, with `words_of` beside it; what is left out is no answer.
    Where a yes and a stop are both ticked nothing is written: somebody asks them. Nor is a yes where they said something else since, or
    where the words under it were others than those of today. Of paper the `foot` says whose it is, and in which words.
    """
    open_case_of(me)
    if not clock.EARLIEST <= on <= latest_today(me.case):
        raise CannotPrepare(_("Please check the date."))
    if not seen_by.strip():
        raise CannotPrepare(_("Please write who saw it."))
    if not any(said.values()):
        raise CannotPrepare(_("Nothing is filled in yet."))
    asked = [ask for ask in slip_of(me) if said.get(ask.name) or said.get(words_of(ask.name))]
    checks.not_both(me, asked, said)
    if method == Slip.Method.PAPER:
        language = checks.read_in(me, foot, language, any(checks.is_yes(ask, said) for ask in asked))
    older = method == Slip.Method.PAPER and is_before_spelling(me, foot)
    checks.no_newer_words(me, asked, on)
    for ask in asked:
        if checks.is_yes(ask, said):
            checks.nothing_since(ask, me, on)
    times = said.get(words_of(TIMES), "")
    more = [said.get(words_of(OWN_WORDS), ""), _("Times: %s") % times if times else ""]
    beside = {"support": said.get(SUPPORT, ""), "support_name": said.get(words_of(SUPPORT), ""), "words": "\n".join(filter(None, more))}
    slip: Slip = write_once("typed_in", Slip, me, by, {"method": method, "on": on, "seen_by": seen_by.strip(), "language": language, **beside})
    Writing(slip, me, by, said, older).write(asked)
    return slip


@transaction.atomic
def compare(slip: Slip, *, by: Actor) -> SlipLook:
    """Somebody else has laid the paper beside what was typed in, and it is the same."""
    open_case_of(slip.participation)
    if by.id is None or slip.by == by.id:
        raise CannotPrepare(_("Somebody else than whoever typed it in compares it."))
    look, made = SlipLook.objects.get_or_create(slip=slip, defaults={"by": by.id})
    if made:
        record("compared", slip.participation, by=by)
    return look
