"""All that one case page shows, read in a fixed number of queries whoever is in the circle."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from setfair.access.policy import Permission
from setfair.access.ties import held as opens
from setfair.access.ties import stands_in, ways_to
from setfair.agreements.came_of_it import still_open
from setfair.agreements.queries import left_open
from setfair.cases import queries as cases
from setfair.cases.journey import Stage
from setfair.cases.models import Case, Participation
from setfair.core import addresses, clock
from setfair.core.actor import Actor, Kind
from setfair.core.moulds import Mould
from setfair.preparation import queries as preparation
from setfair.preparation.models import Consent
from setfair.programmes.models import Programme
from setfair.referrals.changed import in_a_line
from setfair.referrals.models import Addition
from setfair.scheduling import queries as scheduling
from setfair.vault import ring

from .next_step import next_step
from .rows import own_answer

BEFORE = (Stage.PREPARING, Stage.READY)
AHEAD = (*BEFORE, Stage.SCHEDULED)
ASKED = (
    Permission.OPEN_CASE,
    Permission.RUN_CASE,
    Permission.SEAL_CASE,
    Permission.KEEP_NOTES,
    Permission.PREPARE,
    Permission.BOOK,
    Permission.DRAFT_AGREEMENT,
    Permission.SEE_KEEPING,
)
"""What the buttons and tabs of the page stand behind."""
ANSWER_TAGS = {Consent.Answer.YES: "done", Consent.Answer.NO: "wait", Consent.Answer.UNSURE: "wait", Consent.Answer.WITHDRAWN: "wait"}


@dataclass(frozen=True)
class PersonRow:
    """Somebody of the circle, as far as they have come."""

    participation: Participation
    url: str
    answer: str
    tag: str
    note: str


@dataclass(frozen=True)
class ToldWords:
    """What was told, by whom and when; nobody has checked it."""

    words: str
    by: str
    on: Any


def overview(case: Case, actor: Actor, programme: Programme) -> dict[str, Any]:
    """The context of W6."""
    case.programme = programme
    held = _with_what_hangs_on_it(case, actor)
    known = preparation.circle(case) if case.stage in BEFORE else None
    around = _frame(case, known)
    for tab in around["tabs"]:
        tab["opens"] = tab["permission"] in held
    return around | {
        "step": next_step(case, around["hold"], known),
        "people": _prepared(known) if known is not None else _later(case),
        "unseated": _unseated(case) if case.stage == Stage.SCHEDULED and Permission.BOOK in held else [],
        "team": known.team if known is not None else list(cases.team(case)),
        "told": told_words(case),
        "added": _added(case),
        "still_open": still_open(case) if _goes_on_with_it(case, held) else [],
        "closed": case.stage == Stage.CLOSED,
        "may_work": Permission.PREPARE in held,
        "may_seal": Permission.SEAL_CASE in held,
        "may_run": Permission.RUN_CASE in held,
        "may_keep": Permission.SEE_KEEPING in held,
        "may_read_request": stands_in(actor, Permission.READ_REFERRAL, Programme) is not None,
    }


def _with_what_hangs_on_it(case: Case, actor: Actor) -> set[Permission]:
    """Fetch the coordinator and the request, and say what this actor may do here, all with one query."""
    values = {"programme": actor.programme_id, "me": actor.id, "case": case.pk}
    row: Any = HELD.first(values=values, kind=actor.kind, roles=actor.roles)
    for carried in ("coordinator", "referral", "screened_checks", "screened_at", "more", "in_part"):
        setattr(case, carried, getattr(row, carried))
    return opens(vars(row), ASKED)


def _held(*, kind: Kind, roles: frozenset[str], programme: UUID, me: UUID, case: UUID) -> QuerySet[Case]:
    actor = Actor(kind, programme, me, roles)
    more = {"more": Exists(Addition.objects.filter(referral=OuterRef("referral"))), "in_part": Exists(left_open().filter(case=OuterRef("pk")))}
    carried = ways_to(actor, ASKED, Case) | preparation.with_screening() | more
    return Case.objects.select_related("coordinator", "referral").annotate(**carried).filter(pk=case)


HELD = Mould(_held)


def _frame(case: Case, known: preparation.Circle | None) -> dict[str, Any]:
    if known is None:
        return cases.frame(case, "case")
    return preparation.around(known, "case")


def _prepared(known: preparation.Circle) -> list[PersonRow]:
    rows = []
    for mine, progress in zip(known.people, preparation.of_all(known), strict=True):
        note = _("%(done)d of %(total)d done") % {"done": progress.done, "total": progress.total} if progress.total else ""
        said = mine.choice
        rows.append(_row(mine.participation, said.answer if said else None, said.at if said else None, note, known.programme))
    return rows


def _later(case: Case) -> list[PersonRow]:
    said = Consent.objects.filter(participation=OuterRef("pk"), giver=OuterRef("pk"), scope=Consent.Scope.TAKE_PART).order_by("-at", "-id")
    people = list(
        cases.here(case).select_related("person").annotate(answer=own_answer(), said_at=Subquery(said.values("at")[:1])).order_by("added_at", "id")
    )
    ring.gather(p.person_id for p in people)
    return [_row(p, p.answer, p.said_at, "", case.programme) for p in people]  # type: ignore[attr-defined]


def _goes_on_with_it(case: Case, held: set[Permission]) -> bool:
    """Whether what the last circle left open is what this one is prepared for, for whoever writes agreements."""
    return case.in_part and case.stage in AHEAD and Permission.DRAFT_AGREEMENT in held  # type: ignore[attr-defined]


def _unseated(case: Case) -> list[dict[str, Any]]:
    """Who joined after the booking, and whether they have said that they come."""
    return [{"participation": p, "willing": scheduling.is_willing(p)} for p in scheduling.unseated(case)]


def _row(participation: Participation, answer: str | None, at: Any, note: str, programme: Programme) -> PersonRow:
    url = addresses.of_key("person", participation.pk)
    if answer is None:
        words = _("not asked") if not preparation.is_asked(participation) else _("no answer yet")
        return PersonRow(participation, url, words, "plain", note)
    words = f"{Consent.Answer(answer).label}, {date_format(clock.local(at, programme.zone), 'MONTH_DAY_FORMAT')}"
    return PersonRow(participation, url, words, ANSWER_TAGS[Consent.Answer(answer)], note)


def _added(case: Case) -> list[ToldWords]:
    """What whoever asked has told us since, the latest first. To have it on this page does not count as read: that is the request's own page."""
    if case.referral is None or not case.more:  # type: ignore[attr-defined]
        return []
    later = case.referral.additions.all()  # type: ignore[attr-defined]
    try:
        return [ToldWords(in_a_line(one), "" if one.read_at else _("not read by the coordinator yet"), one.at) for one in reversed(later)]
    except ring.WordsAreGone:
        return []


def told_words(case: Case) -> ToldWords | None:
    """What was told about it: the summary, or the words of the request."""
    referral = case.referral
    if case.summary or referral is None:
        return ToldWords(case.summary, "", case.opened_at) if case.summary else None
    try:
        return ToldWords(referral.story, referral.get_source_display(), referral.received_at)
    except ring.WordsAreGone:
        return ToldWords(_("These words have been deleted."), referral.get_source_display(), referral.received_at)
