from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from setfair.access.policy import Permission
from setfair.access.ties import open_to
from setfair.cases.journey import Stage as CaseStage
from setfair.cases.models import HEART, SPEAKERS, Assignment, Case, Participation, Role
from setfair.cases.queries import here, team
from setfair.core import clock
from setfair.core.actor import Actor
from setfair.core.moulds import Mould
from setfair.preparation.models import Still
from setfair.preparation.queries import Blocker, blockers
from setfair.programmes.models import ScriptPage
from setfair.programmes.scripts import in_use_first

from .journey import Stage
from .models import Attendance, BreakWish, Conference, PageTurn, ScriptHand, WishHeard
from .talking import as_they_speak, in_order, order, stands_by_another

OVER_TIME = timedelta(hours=1)
"""A circle may last longer than was booked."""


@dataclass(frozen=True)
class Chair:
    """One seat of the circle, by first name alone."""

    name: str
    role: str
    shape: str
    participation: Participation | None = None


def open_conference(case: Case) -> Conference | None:
    """The circle that is planned or under way."""
    return Conference.objects.filter(case=case, stage__in=(Stage.PLANNED, Stage.LIVE)).select_related("booking__room").first()


def held_stage(conference: Conference) -> str:
    """Hold the circle until the transaction ends, and read where it stands into the caller's object."""
    conference.refresh_from_db(fields=["stage"], from_queryset=Conference.objects.select_for_update(of=("self",)))
    return conference.stage


def moment(at: datetime | None) -> datetime:
    """When it was pressed, where that was before it came here; nothing of a circle lies ahead of the clock."""
    return clock.now() if at is None else min(at, clock.now())


def latest_conference(case: Case) -> Conference | None:
    return Conference.objects.filter(case=case).order_by("-planned_at").first()


def near(actor: Actor) -> list[Conference]:
    """The circles that this member of the team holds or helps to hold, planned or under way, the next one first."""
    mine = open_to(actor, Permission.READ_SCRIPT, Conference).filter(stage__in=(Stage.PLANNED, Stage.LIVE))
    return list(mine.select_related("booking__room", "case").order_by("booking__during", "id"))


def _must(blocker: Blocker) -> bool:
    """Those who hold the hour are there with it, and a high worry is signed off; other practical things may be missing."""
    return not blocker.overridable or blocker.needs_sign_off or blocker.code == "students"


def day_of(conference: Conference, at: datetime | None = None) -> date:
    """The day on which it is held: the day that was booked, or today (the day of `at`) when that is later."""
    zone = conference.programme.zone
    return max(clock.local(conference.booking.starts_at, zone).date(), clock.local(at or clock.now(), zone).date())


def is_early(conference: Conference) -> bool:
    """Whether the day that was booked has not come."""
    return day_of(conference) > clock.local(clock.now(), conference.programme.zone).date()


def held_until(conference: Conference) -> datetime | None:
    """While it is held, an hour from now and an hour past what was booked, whichever is later; otherwise nothing."""
    if conference.stage != Stage.LIVE:
        return None
    return max(conference.booking.ends_at, clock.now()) + OVER_TIME


def stops(conference: Conference, at: datetime | None = None) -> list[Blocker]:
    """What it cannot begin with, asked anew for the day: what nobody may set aside, and a team short by the programme's rule (S0.2).

    Whether each still wants to is asked at the door (`not_asked_at_the_door`).
    """
    return [b for b in blockers(conference.case, on=day_of(conference, at)) if _must(b) and b.code != "still"]


def not_asked_at_the_door(conference: Conference, at: datetime | None = None) -> list[Participation]:
    """Those who speak in the circle and have neither said today, here, that they still want to, nor are marked as not here."""
    said = Still.objects.filter(case=conference.case_id, moment=Still.Moment.DOOR, for_day=day_of(conference, at)).values("participation")
    speakers = here(conference.case).filter(role__in=SPEAKERS).exclude(pk__in=said).select_related("person").order_by("added_at", "id")
    marks = came(conference)
    return [p for p in speakers if marks.get(p.pk) is not False]


def worries(conference: Conference) -> list[Blocker]:
    """What has grown old since it was ready, such as a safety check: shown on the day, and the lead decides."""
    return [b for b in blockers(conference.case, on=day_of(conference)) if not _must(b)]


def came(conference: Conference) -> dict[UUID, bool]:
    """By participation: whether they came. Who has not been marked is not in it; the latest mark counts."""
    return dict(CAME.ask(values={"conference": conference.pk}))


CAME = Mould(
    lambda *, conference: Attendance.objects.filter(conference=conference).order_by("number").values_list("participation", "came")
)  # fmt: skip


def has_anybody(conference: Conference) -> bool:
    """Whether at least one person is marked as having come."""
    return any(came(conference).values())


def may_mark(conference: Conference) -> bool:
    """Whether it can still be marked who came: before and during it, and afterwards until everyone has signed."""
    if conference.stage == Stage.CONCLUDED:
        return conference.case.stage == CaseStage.CONVENED
    return conference.stage in (Stage.PLANNED, Stage.LIVE)


def is_another_day(conference: Conference) -> bool:
    """Whether it is booked for a day that is not today, on the programme's clock."""
    zone = conference.programme.zone
    return clock.local(conference.booking.starts_at, zone).date() != clock.local(clock.now(), zone).date()


def missing(people: list[Participation], marks: dict[UUID, bool]) -> list[Participation]:
    """Those harmed or responsible who are marked as not here: it can go on without them, and says so."""
    return [p for p in people if p.roles & HEART and marks.get(p.pk) is False]


def page_now(conference: Conference) -> int:
    """The page the script is open at; the first until it was turned."""
    return PAGE_NOW.first(values={"conference": conference.pk}) or 1


PAGE_NOW = Mould(
    lambda *, conference: PageTurn.objects.filter(conference=conference).order_by("-number").values_list("page", flat=True)[:1]
)  # fmt: skip


def hand(conference: Conference) -> ScriptHand | None:
    """Who turns the pages: whoever began, until somebody took the script."""
    return HAND.first(values={"conference": conference.pk})


HAND = Mould(
    lambda *, conference: ScriptHand.objects.filter(conference=conference).select_related("user").order_by("-number")[:1]
)  # fmt: skip


def has_wish(conference: Conference) -> bool:
    """Whether somebody would like a break, and nobody of the team has read it yet."""
    return bool(WISH.ask(values={"conference": conference.pk}))


def _unheard(*, conference: UUID) -> QuerySet[BreakWish]:
    heard = WishHeard.objects.filter(conference=conference, number__gt=OuterRef("number"))
    return BreakWish.objects.filter(~Exists(heard), conference=conference)[:1]


WISH = Mould(_unheard)


def sits_in(me: Participation) -> Conference | None:
    """The circle that is under way, for whoever is marked as having come to it."""
    conference = Conference.objects.filter(case=me.case_id, stage=Stage.LIVE).first()
    return conference if conference is not None and came(conference).get(me.pk) else None


def opened_at(shown: list[ScriptPage], order: int) -> int:
    """Which of the pages shown is open when the script was turned to this one: the next that is not passed over, else the last."""
    here = next((n for n, page in enumerate(shown) if page.order == order), None)
    return here if here is not None else next((n for n, page in enumerate(shown) if page.order >= order), len(shown) - 1)


def laid_open(conference: Conference, people: list[Participation], marks: dict[UUID, bool], at: int) -> tuple[list[ScriptPage], int, list[UUID]]:
    """The pages in the order that was chosen, which of them is open when the script was turned to this one, and that order."""
    chosen = order(conference)
    shown = in_turn(pages(conference, people, marks), people, chosen)
    return shown, opened_at(shown, at), chosen


def in_turn(shown: list[ScriptPage], people: list[Participation], chosen: list[UUID]) -> list[ScriptPage]:
    """The pages in the order in which those whom they ask were chosen to speak."""
    return as_they_speak(shown, in_order(people, chosen)) if chosen else shown


def pages(conference: Conference, people: list[Participation], marks: dict[UUID, bool]) -> list[ScriptPage]:
    """The pages of the script that have somebody to ask: a role that nobody here has is passed over."""
    return with_somebody_to_ask(PAGES.ask(values={"script": conference.script_id}), people, marks)


PAGES = Mould(lambda *, script: ScriptPage.objects.filter(script=script))


def with_somebody_to_ask(every: list[ScriptPage], people: list[Participation], marks: dict[UUID, bool]) -> list[ScriptPage]:
    """Of all pages of a script; one that says so where there are none."""
    roles = {role for p in people if marks.get(p.pk) is not False for role in p.roles} | {"", "everyone"}
    shown = [page for page in every if page.asks in roles]
    return shown or [ScriptPage(order=1, title=_("The script"), words=_("This script has no pages yet."))]


def beside(conference: Conference, shown: list[ScriptPage], people: list[Participation], marks: dict[UUID, bool]) -> list[ScriptPage]:
    """The same pages in each other language of those who are here, from the script in use for this way."""
    others = ScriptPage.objects.filter(key__in=[page.key for page in shown], script__way=conference.script.way, script__retired_at__isnull=True)
    return in_use_beside(list(others.select_related("script")), conference, people, marks)


BESIDE = Mould(
    lambda *, key, way: ScriptPage.objects.filter(key=key, script__way=way, script__retired_at__isnull=True).select_related("script")
)  # fmt: skip
"""One page in every script for this way."""


def in_use_beside(every: list[ScriptPage], conference: Conference, people: list[Participation], marks: dict[UUID, bool]) -> list[ScriptPage]:
    """Of all scripts for this way: those in use in each other language of those who are here."""
    spoken = {p.person.language for p in people if marks.get(p.pk) is not False} - {conference.script.language}
    pages = [page for page in every if page.script.language in spoken]
    used = {script.language: script for script in reversed(in_use_first({page.script for page in pages}))}
    return sorted((page for page in pages if page.script == used[page.script.language]), key=lambda page: page.script.language)


def whom(page: ScriptPage, people: list[Participation], marks: dict[UUID, bool], chosen: Sequence[UUID] = ()) -> list[Participation]:
    """Those whom a page asks, in the order that was chosen; without one, those who came with the person harmed before others."""
    here = [p for p in people if marks.get(p.pk) is not False]
    asked = [p for p in here if page.asks in p.roles or (page.asks == "everyone" and p.role in SPEAKERS)]
    return in_order(asked, chosen) if chosen else sorted(asked, key=stands_by_another)


def asked(page: ScriptPage, people: list[Participation], marks: dict[UUID, bool], chosen: Sequence[UUID] = ()) -> list[str]:
    """Their first names; none where it asks everyone."""
    return [] if page.asks == "everyone" else [p.person.first for p in whom(page, people, marks, chosen)]


def seating(conference: Conference, people: list[Participation]) -> list[Chair]:
    """Around the circle from the lead's left: those harmed with who came beside them, the others, then those responsible with theirs.

    So the two sides sit apart, with the lead between them on one side and the
    community on the other (practice.md 2.7). An interpreter sits by whom they speak for.
    """
    helpers = list(team(conference.case))
    lead = [_helper(a) for a in helpers if a.part == Assignment.Part.LEAD]
    others = [_helper(a) for a in helpers if a.part != Assignment.Part.LEAD]
    sides = {role: [p for main in people if main.role == role for p in (main, *_beside(main, people))] for role in (Role.HARMED, Role.RESPONSIBLE)}
    placed = {p.pk for side in sides.values() for p in side}
    between = [p for p in people if p.pk not in placed]
    middle = (len(others) + 1) // 2
    harmed, responsible = ([_chair(p) for p in sides[role]] for role in (Role.HARMED, Role.RESPONSIBLE))
    return [*lead, *harmed, *others[:middle], *(_chair(p) for p in between), *others[middle:], *reversed(responsible)]


def _beside(main: Participation, people: list[Participation]) -> list[Participation]:
    return [p for p in people if p.stands_by_id == main.pk]


def _chair(participation: Participation) -> Chair:
    role = participation.get_role_display()
    if participation.person.interpreter:
        role = _("%(role)s, needs an interpreter") % {"role": role}
    return Chair(participation.person.first, role, participation.shape, participation)


def _helper(assignment: Assignment) -> Chair:
    return Chair(assignment.facilitator.user.get_short_name(), str(Assignment.Part(assignment.part).label), "ring")
