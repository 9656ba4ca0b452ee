from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Case as Choose
from django.db.models import Exists, OuterRef, Q, QuerySet, Value, When
from django.urls import reverse
from django.utils.translation import gettext as _

from setfair.access.policy import Permission
from setfair.access.ties import held as opens
from setfair.access.ties import open_to, ways_to
from setfair.accounts.models import User
from setfair.core.actor import Actor
from setfair.core.moulds import Mould, among
from setfair.facilitators.models import Facilitator
from setfair.people.models import NoContact, Person
from setfair.people.queries import alike
from setfair.programmes.models import Membership
from setfair.programmes.models import Role as Staff
from setfair.vault import ring

from .journey import Stage
from .models import Assignment, Case, Exclusion, Hold, Named, Participation, Seal

STEPS = (Stage.PREPARING, Stage.SCHEDULED, Stage.CONVENED, Stage.FOLLOWING_UP, Stage.CLOSED)
"""The stations drawn on a case page. Ready is the last of preparing, not a station of its own."""


def frame(case: Case, tab: str) -> dict[str, Any]:
    """What `cases/frame.html` shows around every page of a case, in six queries whatever the case holds.

    `tab` is the URL name of the tab this page stands under: case, case_people,
    schedule, agreement, case_notes, case_files or case_history. A page adds its own words with `frame(case, "case") | {...}`.
    """
    present = list(here(case).values_list("person_id", flat=True))
    return around(case, tab, people=len(present), kept_apart=_pairs(present).exists(), hold=held(case), seal=sealed(case))


def around(case: Case, tab: str, *, people: int, kept_apart: bool, hold: Hold | None, seal: Seal | None) -> dict[str, Any]:
    """The same, for a page that has read the circle already and asks for nothing twice."""
    return {
        "case": case,
        "tab": tab,
        "coordinator": case.coordinator,
        "kind": case.programme.get_kind_display(),
        "kept_apart": kept_apart,
        "hold": hold,
        "seal": seal,
        "steps": steps(case),
        "tabs": _tabs(case, tab, people),
    }


def steps(case: Case) -> list[dict[str, str]]:
    """The seven stations of a case, with where it stands now."""
    at = Stage.PREPARING if case.stage == Stage.READY else Stage(case.stage)
    now = STEPS.index(at)
    drawn = [{"label": _("Asked"), "state": "done"}, {"label": _("Accepted"), "state": "done"}]
    for number, stage in enumerate(STEPS):
        label = Stage.READY.label if stage == at and case.stage == Stage.READY else stage.label
        state = "done" if number < now or at == Stage.CLOSED else "now" if number == now else "next"
        drawn.append({"label": str(label), "state": state})
    return drawn


def _tabs(case: Case, tab: str, people: int) -> list[dict[str, Any]]:
    named = (
        ("case", _("Overview"), 0, Permission.OPEN_CASE),
        ("case_people", _("People"), people, Permission.RUN_CASE),
        ("schedule", _("Schedule"), 0, Permission.BOOK),
        ("agreement", _("Agreement"), 0, Permission.DRAFT_AGREEMENT),
        ("case_notes", _("Notes"), 0, Permission.KEEP_NOTES),
        ("case_files", _("Files"), 0, Permission.OPEN_CASE),
        ("case_history", _("History"), 0, Permission.OPEN_CASE),
    )
    return [
        {"url": reverse(name, kwargs={"ref": case.ref}), "label": label, "count": count, "current": name == tab, "permission": permission}
        for name, label, count, permission in named
    ]


def open_tabs(tabs: list[dict[str, Any]], case: Case, actor: Actor) -> list[dict[str, Any]]:
    """Only the tabs whose door opens for this actor, in one query at most; a page that has asked already says so in `opens`."""
    unsure = [tab for tab in tabs if "opens" not in tab]
    if unsure:
        asked = {tab["permission"] for tab in unsure}
        said = Case.objects.filter(pk=case.pk).values("pk", **ways_to(actor, asked, Case)).get()
        for tab in unsure:
            tab["opens"] = tab["permission"] in opens(said, asked)
    return [tab for tab in tabs if tab["opens"]]


def here(case: Case) -> QuerySet[Participation]:
    """Those who stand in the circle now."""
    return Participation.objects.filter(case=case, left_at__isnull=True)


def circle(case: Case) -> list[Participation]:
    """Everyone in the circle now with their person, ready to be named, and the keys of the case: three queries, whatever their number."""
    present = CIRCLE.ask(values={"case": case.pk})
    ring.gather([case.pk, case.referral_id, *(p.person_id for p in present)])
    by_id = {p.pk: p for p in present}
    for p in present:
        p.case = case
        if p.stands_by_id in by_id:
            p.stands_by = by_id[p.stands_by_id]
    return present


CIRCLE = Mould(
    lambda *, case: Participation.objects.filter(case=case, left_at__isnull=True).select_related("person", "stands_by").order_by("added_at", "id")
)


@dataclass(frozen=True)
class Twin:
    """Somebody we know already, who may be the one being added, and where this actor knows them from."""

    person: Person
    places: tuple[Participation, ...]


def twins(case: Case, actor: Actor, *, name: str, called: str, birth_year: int | None, contacts: Mapping[str, str], **_more: Any) -> list[Twin]:
    """Who of this circle, and of the other cases that this actor may open, may be the same person. Nobody else is looked at."""
    seen = open_to(actor, Permission.OPEN_CASE, Case).order_by().values("pk")
    places = Participation.objects.filter(case__in=seen, left_at__isnull=True)
    among = Person.objects.filter(Exists(places.filter(person=OuterRef("pk")).order_by()))
    near = list(here(case).values_list("person_id", flat=True))
    found = alike(among, name=name, called=called, birth_year=birth_year, contacts=contacts, near=near)
    rows = list(places.filter(person__in=[p.pk for p in found]).select_related("case").order_by("added_at", "id"))
    return [Twin(p, tuple(row for row in rows if row.person_id == p.pk)) for p in found]


def gone(case: Case) -> list[Participation]:
    """Those who left it, the latest first."""
    left = list(
        Participation.objects.filter(case=case, left_at__isnull=False).select_related("person", "stands_by__person").order_by("-left_at", "id")
    )
    ring.gather(p.person_id for p in left)
    return left


def team(case: Case) -> QuerySet[Assignment]:
    """Who facilitates it now: the lead, those beside them, the students."""
    return _ranked(Assignment.objects.filter(case=case, ended_at__isnull=True))


def _ranked(rows: QuerySet[Assignment]) -> QuerySet[Assignment]:
    rank = Choose(When(part=Assignment.Part.LEAD, then=Value(0)), When(part=Assignment.Part.CO, then=Value(1)), default=Value(2))
    return rows.select_related("facilitator__user").order_by(rank, "since", "id")


def lock(case: Case) -> Case:
    """Hold the case until the transaction ends, and read its stage anew into the caller's own object.

    Whatever decides on a case or its circle locks it first, in every floor, so that
    two who act at the same instant go one after the other.
    """
    case.refresh_from_db(fields=["stage"], from_queryset=Case.objects.select_for_update(of=("self",)))
    return case


def now_and_change(ever: list[Assignment]) -> tuple[list[Assignment], datetime | None]:
    """Of everyone who was ever of the team (`TEAM`): who is, as `team` gives it, and when somebody last joined or left."""
    moments = [m for a in ever for m in (a.since, a.ended_at) if m is not None]
    return [a for a in ever if a.ended_at is None], max(moments, default=None)


TEAM = Mould(lambda *, case: _ranked(Assignment.objects.filter(case=case)))


def of_the_team() -> QuerySet[Facilitator]:
    """Everyone who was ever put forward: a form may name them, and the action says in words why one of them may not."""
    return Facilitator.objects.select_related("user")


def coordinators(case: Case) -> QuerySet[User]:
    """Who could take this case on, or be told of it."""
    there = coordinators_of(case.programme_id).exclude(pk__in=kept_out(case).values("user_id"))
    return there.filter(pk__in=of_seal(case).values("user_id")) if sealed(case) else there


def kept_out(case: Case) -> QuerySet[Exclusion]:
    """Who of the staff may not open it now, in the order in which it was said."""
    return Exclusion.objects.filter(case=case, ended_at__isnull=True).select_related("user").order_by("since", "id")


def staff_of(case: Case) -> QuerySet[User]:
    """Everyone with a role in its programme now, by name."""
    roles = Membership.objects.filter(programme=case.programme_id, ended_at__isnull=True)
    return User.objects.filter(pk__in=roles.values("user_id")).order_by("name", "pk")


def coordinators_of(programme_id: UUID | None) -> QuerySet[User]:
    """Who coordinates in this programme now, by name."""
    roles = Membership.objects.filter(programme=programme_id, role=Staff.COORDINATOR, ended_at__isnull=True)
    return User.objects.filter(pk__in=roles.values("user_id")).order_by("name", "pk")


def alerted(case: Case) -> list[User]:
    """Whom an alert about this case goes to: its coordinator, or every coordinator when that one is here no more."""
    present = list(coordinators(case))
    return [user for user in present if user.pk == case.coordinator_id] or present


def coordinated(user: User) -> QuerySet[Case]:
    """The cases that are open and wait for this coordinator. A sealed one stays with its team, and is not even counted."""
    under_seal = Seal.objects.filter(ended_at__isnull=True)
    return Case.objects.filter(coordinator=user).exclude(stage=Stage.CLOSED).exclude(pk__in=under_seal.values("case_id")).order_by("ref")


def held(case: Case) -> Hold | None:
    """The hold the case rests under, if it rests."""
    hold: Hold | None = HELD.first(values={"case": case.pk})
    return hold


HELD = Mould(lambda *, case: Hold.objects.filter(case=case, lifted_at__isnull=True))


def sealed(case: Case) -> Seal | None:
    """The seal that the case is under, if it is."""
    seal: Seal | None = SEALED.first(values={"case": case.pk})
    return seal


def of_seal(case: Case) -> QuerySet[Named]:
    """Whom its seal names now, in the order in which it was said."""
    return Named.objects.filter(case=case, ended_at__isnull=True).select_related("user").order_by("since", "id")


def could_be_named(case: Case) -> QuerySet[User]:
    """Of the staff of its programme those whom no seal names yet and who are not kept out."""
    return staff_of(case).exclude(pk__in=of_seal(case).values("user_id")).exclude(pk__in=kept_out(case).values("user_id"))


SEALED = Mould(lambda *, case: Seal.objects.filter(case=case, ended_at__isnull=True))


def open_cases_of(person: UUID) -> list[UUID]:
    """Every open case in whose circle somebody is now."""
    rows = Participation.objects.filter(person=person, left_at__isnull=True).exclude(case__stage=Stage.CLOSED).order_by("case__opened_at", "case_id")
    return list(dict.fromkeys(rows.values_list("case_id", flat=True)))


def kept_apart(case: Case) -> list[NoContact]:
    """Pairs of this circle who must not be brought together."""
    return walls_between(list(here(case).values_list("person_id", flat=True)))


def walls_between(people: list[UUID]) -> list[NoContact]:
    """Pairs among these people who must not be brought together."""
    return WALLS.ask(values={"people": people, "others": people})


def _walls(*, people: list[UUID], others: list[UUID]) -> QuerySet[NoContact]:
    return NoContact.objects.filter(among("one_id", people), among("other_id", others), ended_at__isnull=True).order_by("since", "id")


WALLS = Mould(_walls)


def cases_of_both(wall: NoContact) -> list[Case]:
    """The cases in which both stand now, in one order, so that two who lock them go one after the other."""
    present = Participation.objects.filter(case=OuterRef("pk"), left_at__isnull=True)
    return list(Case.objects.filter(Exists(present.filter(person=wall.one_id)), Exists(present.filter(person=wall.other_id))).order_by("pk"))


def walls(case: Case, circle: list[Participation]) -> list[dict[str, Any]]:
    """The same pairs with their names, for those who run the case."""
    named = {p.person_id: p.person for p in circle}
    return [{"pk": w.pk, "one": named[w.one_id], "other": named[w.other_id], "by_order": w.by_order} for w in kept_apart(case)]


def _pairs(people: list[UUID]) -> QuerySet[NoContact]:
    return NoContact.objects.filter(Q(one__in=people, other__in=people), ended_at__isnull=True)


def language_of(participation_id: UUID) -> str:
    """The language somebody in a circle is spoken to in; empty for nobody."""
    return Participation.objects.filter(pk=participation_id).values_list("person__language", flat=True).first() or ""
