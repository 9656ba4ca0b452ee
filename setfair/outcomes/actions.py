from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from setfair.aftercare.actions import call_as_wished
from setfair.cases.journey import Stage
from setfair.cases.models import Case, Participation, Role
from setfair.cases.queries import lock
from setfair.core import clock
from setfair.core.actor import Actor, Kind
from setfair.journal.actions import record
from setfair.journal.journey import move
from setfair.preparation.actions import CannotShare, disclose
from setfair.preparation.models import Consent, Recipient
from setfair.preparation.queries import concerned, is_let_be
from setfair.preparation.writing import write_down
from setfair.programmes.own_reasons import chosen
from setfair.programmes.reasons import Step

from . import letters, owed, queries, wishing
from .models import Closure, News, NewsTask, NewsWish
from .report import report_of, sheet


class CannotTell(Exception):
    """This does not stand as news told; the sentence says why."""


class CannotClose(Exception):
    """Something is still owed to somebody. `missing` says what and to whom, a sentence each."""

    def __init__(self, missing: list[str]) -> None:
        super().__init__(" ".join(missing))
        self.missing = missing


class CannotWish(Exception):
    """How much somebody wants to hear is not written down so; the sentence says why."""


BY_THE_TEAM = (Consent.Method.SAID, Consent.Method.PAPER)
"""How somebody of the team heard of it."""


@transaction.atomic
def wish_news(participation: Participation, *, by: Actor, choice: str, method: str = Consent.Method.OWN) -> NewsWish:
    """Keep how much a person harmed wants to hear of what was promised: on their own page, or written down as they said it. The same again is no
    new row.

    It counts from this moment until they choose again. Who wants nothing is owed nothing, also for closing, and is not called to be asked how it
    goes; who wants something again is owed all that happened since they heard last.
    """
    case = lock(participation.case)
    if not wishing.may_choose(participation):
        raise CannotWish(_("This can be chosen by whoever was harmed, while promises are kept."))
    if by.kind == Kind.PARTICIPANT and by.id != participation.pk:
        raise CannotWish(_("Only they can say this."))
    if choice not in NewsWish.Choice.values or (by.kind == Kind.STAFF and method not in BY_THE_TEAM):
        raise CannotWish(_("Please choose one."))
    last = wishing.wish_of(participation)
    if last is not None and (last.choice, last.method) == (choice, method):
        return last
    was = wishing.wants_none(participation)
    wish: NewsWish = write_down(NewsWish, participation, by, choice=choice, method=method)
    record("wished_news", participation, by=by)
    plan_news(case, by=by)
    _call_as_wished(participation, was, by)
    return wish


@transaction.atomic
def plan_news(case: Case, *, by: Actor) -> int:
    """Lay down what is owed to each person harmed, as they wish to hear, each with its day: how many rows are new, however often it is asked."""
    known = NewsTask.objects.filter(case=lock(case)).values_list("participation_id", "wish_id", "cause", "item_id", "turned_at")
    there = set(known)
    new = [row for row in owed.wanted(case) if (row.participation_id, row.wish_id, row.cause, row.item_id, row.turned_at) not in there]
    NewsTask.objects.bulk_create(new)
    if new and by.kind == Kind.SYSTEM:
        record("planned_news", case, by=by, count=len(new))
    return len(new)


@transaction.atomic
def tell(case: Case, *, by: Actor, participation: Participation, way: str, told_on: date, words: str = "") -> News:
    """Write down that a person harmed was told how it went, how and on which day. The same words twice in a row are one.

    `words` are what was said, for somebody who did not come: they are kept, and read on their own page where that is the way. That nobody
    could be reached stands only on three tries, each on a day of its own and written down since there was something to tell.
    """
    lock(case)
    if case.stage == Stage.CLOSED:
        raise CannotTell(_("This is closed."))
    if participation.case_id != case.pk or Role.HARMED not in participation.roles:
        raise CannotTell(_("Please choose a person harmed of this case."))
    if way not in News.Way.values:
        raise CannotTell(_("Please choose how they were told."))
    if not clock.EARLIEST <= told_on <= timezone.localdate():
        raise CannotTell(_("Please choose the day it happened: today or before."))
    if way == News.Way.LETTER and is_let_be(participation):
        raise CannotTell(_("They have stopped, so nothing is sent to them. Please choose another way, or that they did not want news."))
    _as_they_wish(participation, way)
    if way == News.Way.PAGE and not words.strip():
        raise CannotTell(_("Please write what they read on their page."))
    if way == News.Way.NOT_REACHED and len(queries.days_tried(participation)) < queries.TRIES:
        raise CannotTell(_("Please try three times first, on three different days, and write each try down on their page."))
    before = next((t for t in queries.told(case) if t.participation.pk == participation.pk), None)
    if before is not None and before.enough and before.last is not None and (
        (before.last.way, before.last.told_on, before.last.words) == (way, told_on, words.strip())
    ):  # fmt: skip
        return before.last
    was = wishing.wants_none(participation)
    news = News.objects.create(case=case, participation=participation, way=way, told_on=told_on, words=words.strip(), by=by.known_id)
    record("told", news, by=by, way=way)
    _call_as_wished(participation, was, by)
    if way == News.Way.LETTER or (way == News.Way.PAGE and not is_let_be(participation)):
        letters.send(news, by=by)
    return news


def _call_as_wished(participation: Participation, wanted_none: bool, by: Actor) -> None:
    if wishing.wants_none(participation) != wanted_none:
        call_as_wished(participation, by=by)


def _as_they_wish(participation: Participation, way: str) -> None:
    wish = wishing.wish_of(participation)
    if wish is None:
        return
    if wish.choice == NewsWish.Choice.NONE and way in (News.Way.LETTER, News.Way.PAGE):
        raise CannotTell(_("They want no news, so nothing is sent to them. If they want some again, write down first how much."))
    if wish.choice != NewsWish.Choice.NONE and way == News.Way.NOT_WANTED:
        raise CannotTell(_("They said how much they want to hear. If they want nothing now, write that down as what they choose."))


@transaction.atomic
def close(case: Case, *, by: Actor, reason: str) -> Closure:
    """End a case with its reason from the list: a code of ours, or the id of one of the programme's own.

    It closes only when every promise is settled, or missed and the reason says so, and
    every person harmed has been told, or wants no news; raises `CannotClose` with all that is missing. From then
    on the codes of its circle say only that it is over, and whoever knew of it, is not let be and wants news hears so.
    """
    lock(case)
    refusals, why = queries.refusals(case, reason), chosen(Step.END, reason)
    if refusals or why is None:
        raise CannotClose(refusals)
    closure = Closure.objects.create(case=case, **why, by=by.known_id)
    told = letters.to_be_told(case)
    move(case, Stage.CLOSED, by=by, reason=why["reason"])
    letters.say_goodbye(told, case.programme, by=by)
    return closure


@transaction.atomic
def report(case: Case, *, by: Actor, office: Recipient, further: bool) -> bytes:
    """The report for this office, as a PDF, written into the sharing log of everyone it is about, each on their own yes; else `CannotShare`."""
    lock(case)
    told, people = report_of(case, further=further), concerned(case)
    if not people or office.closed_at is not None:
        raise CannotShare(_("Not everyone it is about has said yes to this. Nothing was shared."))
    for place in people:
        disclose(place, by=by, kind="report", to=office, told=told.codes())
    return sheet(case, office, told)
