"""What came of it."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from setfair.cases.models import Case
from setfair.cases.queries import lock as lock_case
from setfair.conferences.models import LONGEST_HEADING
from setfair.core.actor import Actor
from setfair.journal.actions import record

from .. import queries
from ..checks import CannotWrite
from ..models import MOST_OPEN, LookedAgain, Result, StillOpen
from .signing import end


@transaction.atomic
def say_result(case: Case, *, by: Actor, what: str, still_open: Sequence[str] = ()) -> Result:
    """Write down what came of the circle that is over, or of the exchange. Said anew, the newer one counts; the same twice is one.

    `still_open` names in headings what an agreement in part leaves open. That nothing is owed is not said beside an agreement: what
    was begun and what nobody has signed ends by it; for any other `CannotWrite` says why not.
    """
    lock_case(case)
    over = queries.ended(case)
    headings = _headings(what, still_open)
    if over is None:
        raise CannotWrite(_("This is said once the meeting is over or, without one, once something has reached the other side."))
    if what in Result.NOTHING_OWED:
        _leave_nothing_behind(case, by)
    last = queries.result_of(case)
    if last is not None and last.what == what and [one.words for one in queries.headings_of(last)] == headings:
        return last
    result = Result.objects.create(case=case, conference=over.conference, what=what, open=len(headings), by=by.known_id)
    StillOpen.objects.bulk_create(StillOpen(result=result, case=case, words=words, order=n) for n, words in enumerate(headings, 1))
    record("said_result", result, by=by, what=what)
    return result


@transaction.atomic
def look_again(result: Result, *, by: Actor) -> LookedAgain:
    """What is still open was looked at again with those it is about, and can stay so. Twice is once."""
    lock_case(result.case)
    there = LookedAgain.objects.filter(result=result).first()
    if there is not None:
        return there
    if queries.to_look_at(result.case) != result:
        raise CannotWrite(_("Something else came of it meanwhile. Please read it again."))
    looked = LookedAgain.objects.create(result=result, case_id=result.case_id, by=by.known_id)
    record("looked_at_what_is_open", result, by=by)
    return looked


def _headings(what: str, said: Sequence[str]) -> list[str]:
    if what not in Result.What.values:
        raise CannotWrite(_("Please choose what came of it."))
    headings = list(dict.fromkeys(" ".join(words.split()) for words in said if words.strip())) if what == Result.What.PARTLY else []
    if what == Result.What.PARTLY and not headings:
        raise CannotWrite(_("Please name in a few words what is still open."))
    if len(headings) > MOST_OPEN:
        raise CannotWrite(_("That is a lot to leave open. Please name the most important ones, up to %(n)d.") % {"n": MOST_OPEN})
    if any(len(words) > LONGEST_HEADING for words in headings):
        raise CannotWrite(_("Please keep each line short: up to %(n)d letters, and nothing of what was said.") % {"n": LONGEST_HEADING})
    return headings


def _leave_nothing_behind(case: Case, by: Actor) -> None:
    there = queries.live(case)
    if not all(queries.may_end_unsigned(one) for one in there):
        raise CannotWrite(_("Somebody has signed an agreement of this. Say that they agreed, or agreed in part."))
    for one in there:
        end(one, by=by, reason="nothing_owed")
