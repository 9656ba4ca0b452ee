"""The verbs of a round of asking: open it, answer in it, close it, take it back. Nobody who is asked learns who else is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from setfair.calendars.actions import add_to_week
from setfair.cases.journey import Stage
from setfair.cases.models import Case, Participation
from setfair.cases.queries import held, here, how, lock
from setfair.cases.route import WITHOUT_MEETING
from setfair.core import clock
from setfair.core.actor import Actor, Kind
from setfair.journal.actions import record
from setfair.preparation.actions import ask_call
from setfair.preparation.models import Slip
from setfair.preparation.writing import latest_today

from . import chasing, queries
from .models import UNKNOWN, Round, RoundAnswer, RoundTime, TimeAnswer
from .models.rounds import MOST
from .open_days import without_visits
from .solver import Stretch

ANSWERS = ("yes", "if_needed", "no")


class CannotAsk(Exception):
    """This cannot be asked, or not now; the sentence says why."""


class IsOver(Exception):
    """The round is closed, taken back or past its day; nothing that was said before is lost."""


@transaction.atomic
def ask(case: Case, *, by: Actor, times: Sequence[Stretch], until: datetime) -> Round:
    """Ask everyone who wants to take part about the same times, each for themselves, and write to those who may be written to.

    A round that is live already ends with it. Whoever joins or says yes later is asked too, as long as it is open.
    """
    lock(case)
    times = sorted({t.starts: t for t in times}.values(), key=lambda t: t.starts)
    refusal = _not_now(case) or _unfit(times, until)
    if refusal or by.id is None:
        raise CannotAsk(refusal or _("Times are asked about by somebody of the team."))
    before = queries.live_round(case)
    if before is not None:
        _end(before, Round.Ended.ASKED_ANEW, by)
    asked = Round.objects.create(case=case, by=by.id, until=until)
    RoundTime.objects.bulk_create(
        RoundTime(round=asked, place=place, name=t.name, starts_at=t.starts, ends_at=t.ends) for place, t in enumerate(without_visits(times), 1)
    )
    record("asked_times", asked, by=by)
    for person in queries.asked_in(asked):
        chasing.tell(asked, person, by=by)
    return asked


@transaction.atomic
def answer(
    asked: Round, participation: Participation, *, by: Actor, times: Mapping[datetime, str], means: str = RoundAnswer.Means.TIMES,
    call: bool = False, weekly: bool = False, said_by: str = "", said_on: date | None = None, slip: Slip | None = None,
) -> RoundAnswer:  # fmt: skip
    """Write down what one person says in a round; they may say something else until it is closed, and the latest counts.

    `times` is by moment, only of those that are asked about. `NONE` says no to them all. With `call` somebody calls them, and
    alone it is an answer too. `weekly` takes what suits them over into every week. What the team writes down from a call says who
    said it and on which day. Raises `IsOver` for a round that is no longer open, `CannotAsk` for what is no answer.
    """
    lock(asked.case)
    asked.refresh_from_db(fields=["ended_at", "until"])
    if not asked.is_open or not here(asked.case).filter(pk=participation.pk).exists():
        raise IsOver(over_words(asked))
    means = _meant(asked, times, queries.answers_of(participation), means, call)
    if by.kind == Kind.STAFF and slip is None and (not said_by or said_on is None):
        raise CannotAsk(_("Please say who told you, and on which day."))
    if said_on is not None and not clock.EARLIEST <= said_on <= latest_today(asked.case):
        raise CannotAsk(_("Please check the date."))
    said = dict.fromkeys((t.starts for t in queries.times_of(asked)), "no") if means == RoundAnswer.Means.NONE else dict(times)
    last = queries.own_word(asked, participation)
    changed = _write_times(participation, said, by)
    if call:
        ask_call(participation, by=by, slip=slip)
    if weekly and participation.person_id:
        add_to_week(participation.person_id, by=by, times=_weekly(asked, said), zone=asked.programme.zone)
    if last is not None and last.means == means and not changed:
        return last
    row: RoundAnswer = RoundAnswer.objects.create(
        round=asked, participation=participation, means=means, by_kind=by.kind, by=by.id, slip=slip,
        **({"said_by": said_by, "said_on": said_on} if said_by else {}),
    )  # fmt: skip
    chasing.stop(asked, participation, by=by)
    record("answered_times", participation, by=by)
    return row


@transaction.atomic
def close(asked: Round, *, by: Actor) -> Round:
    """Take no more answers; what was said stays."""
    return _ended(asked, Round.Ended.CLOSED, by, "closed_times")


@transaction.atomic
def take_back(asked: Round, *, by: Actor) -> Round:
    """It was not to be asked. What has not left is stopped, and each page says kindly that there is nothing to do."""
    return _ended(asked, Round.Ended.TAKEN_BACK, by, "took_back_times")


@transaction.atomic
def end_by_booking(case: Case, *, by: Actor) -> None:
    """A time is booked, so nobody is asked any more."""
    live = queries.live_round(case)
    if live is not None:
        _end(live, Round.Ended.BOOKED, by)


def over_words(asked: Round) -> str:
    """What stands on the page of somebody who comes after the end. Kind, and the same for all."""
    if asked.ended == Round.Ended.TAKEN_BACK:
        return _("We do not need your times any more. Thank you. You do not have to do anything.")
    return _("We have stopped asking about these times. If you want to tell us something, call us.")


def _ended(asked: Round, how: Round.Ended, by: Actor, verb: str) -> Round:
    lock(asked.case)
    asked.refresh_from_db()
    if asked.ended_at is None:
        _end(asked, how, by)
        record(verb, asked, by=by)
    return asked


def _end(asked: Round, how: Round.Ended, by: Actor) -> None:
    asked.ended_at, asked.ended, asked.ended_by = clock.now(), how, by.id
    asked.save(update_fields=["ended_at", "ended", "ended_by"])
    chasing.stop(asked, None, by=by)


def _not_now(case: Case) -> str:
    if case.stage not in (Stage.PREPARING, Stage.READY):
        return _("Times are asked about while a case is prepared, and until one is booked.")
    if how(case) in WITHOUT_MEETING:
        return _("They do not meet here, so there is no time to book.")
    return _("This rests for now. Take it up again first.") if held(case) is not None else ""


def _unfit(times: Sequence[Stretch], until: datetime) -> str:
    if not times:
        return _("No open day lies in these weeks. Please choose others.")
    if len(times) > MOST:
        one = ngettext("That makes %(n)s time.", "That makes %(n)s times.", len(times)) % {"n": len(times)}
        return _("%(many)s Please ask about %(most)s at most: fewer windows, or fewer weeks.") % {"many": one, "most": MOST}
    if until <= clock.now():
        return _("The last day to answer is over. Please choose a later one.")
    return _("The first of these times is before the last day to answer. Please choose an earlier day.") if until > times[0].starts else ""


def _meant(asked: Round, times: Mapping[datetime, str], before: Mapping[datetime, str], means: str, call: bool) -> str:
    """What a page says as a whole. `before` is what they had said of each time: it stands ticked there, and cannot be unticked."""
    known = {t.starts for t in queries.times_of(asked)}
    if not known >= times.keys() or not set(times.values()) <= {*ANSWERS, UNKNOWN}:
        raise CannotAsk(_("Please choose yes, if needed, or no."))
    if means == RoundAnswer.Means.NONE:
        if any(word not in ("no", UNKNOWN) and before.get(moment) != word for moment, word in times.items()):
            raise CannotAsk(_("A time is ticked, and also that none of them works. Please choose one or the other."))
        return means
    if times:
        return RoundAnswer.Means.TIMES
    if call:
        return RoundAnswer.Means.CALL
    raise CannotAsk(_("Nothing is chosen yet."))


def _write_times(participation: Participation, said: Mapping[datetime, str], by: Actor) -> bool:
    last = queries.answers_of(participation)
    new = {moment: word for moment, word in said.items() if last.get(moment, UNKNOWN) != word}
    TimeAnswer.objects.bulk_create(
        TimeAnswer(participation=participation, starts_at=moment, answer=word, by_kind=by.kind) for moment, word in new.items()
    )
    return bool(new)


def _weekly(asked: Round, said: Mapping[datetime, str]) -> list[tuple[datetime, datetime, str]]:
    return [(t.starts, t.ends, said[t.starts]) for t in queries.times_of(asked) if said.get(t.starts) in ("yes", "if_needed")]
