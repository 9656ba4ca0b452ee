"""What whoever takes a case on must know, on one page: where each stands, what was promised, what comes next and when."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from setfair.agreements.models import Item
from setfair.agreements.queries import unsettled
from setfair.cases.journey import Stage
from setfair.cases.models import Case, Participation
from setfair.core import clock
from setfair.people.custody import lasting, planned
from setfair.people.models import Clearance, Contact, Person
from setfair.people.queries import hours_in_words
from setfair.preparation import queries as preparation
from setfair.preparation.arranged import Arrangement
from setfair.preparation.models import Attempt, Break, CallWish
from setfair.preparation.queries.barred import conditions
from setfair.preparation.queries.progress import DONE
from setfair.scheduling import queries as scheduling
from setfair.vault import ring

from .next_step import Step, next_step

MOST_TRIES = 3
"""Of each person the latest that failed; the rest stands on their own page."""


@dataclass(frozen=True)
class Standing:
    """One person: what they said, what is still to be done with them, and what weighs on it."""

    participation: Participation
    spoken: str
    reach: list[str]
    needs: list[str]
    said: str
    open: list[str]
    left: list[str]
    arranged: list[str]
    worry: str
    plan: str
    waits_for: list[str]
    tries: list[str]


@dataclass(frozen=True)
class Act:
    """Something that comes, on its day."""

    on: date
    what: str


@dataclass(frozen=True)
class Handover:
    step: Step
    acts: list[Act]
    apart: list[str]
    people: list[Standing]
    promised: list[Item]


def handover(case: Case) -> Handover:
    """Read anew each time, in as many queries for twelve people as for two."""
    known = preparation.circle(case)
    promised = unsettled(case)
    before = case.stage in (Stage.PREPARING, Stage.READY)
    step = next_step(case, known.hold, known if before else None)
    return Handover(step, _acts(case, known, promised), _apart(known), _people(known), promised)


def _apart(known: preparation.Circle) -> list[str]:
    """Who must not be brought together, and whom a rule keeps from meetings: first of all to know, before anybody is called."""
    people = {k.participation.person_id: k.participation.person.shown for k in known.people}
    told = sorted([name for whose, name in people.items() if whose in (w.one_id, w.other_id)] for w in known.walls)
    pairs = [_("%(one)s and %(other)s are kept apart.") % {"one": one, "other": other} for one, other in told]
    return [*pairs, *(blocker.sentence for blocker in conditions(known, known.today()))]


def _people(known: preparation.Circle) -> list[Standing]:
    failed, waiting, reach = _failed(known.case), _waiting(known.case), _reach(known)
    found, day = [], preparation.day_of(known)
    for k, progress in zip(known.people, preparation.of_all(known), strict=True):
        worry = k.safety if k.safety is not None and k.safety.level != "low" else None
        found.append(
            Standing(
                k.participation,
                spoken=" · ".join(filter(None, [k.participation.address, str(k.participation.person.pronouns)])),
                reach=reach[k.participation.person_id],
                needs=_needs(k.participation.person, known.programme.language),
                said=f"{k.choice.get_answer_display()}, {_short(known.local(k.choice))}" if k.choice is not None else "",
                open=[task.title for task in progress.tasks if task.status != DONE and task.code != "ready" and not task.is_of_the_list],
                left=preparation.open_asks(known, k, day),
                arranged=[_arranged(row) for row in k.arranged.values() if row.state != Arrangement.State.NOT_NEEDED],
                worry=str(worry.get_level_display()) if worry is not None else "",
                plan=str(worry.plan) if worry is not None else "",
                waits_for=waiting[k.participation.pk],
                tries=failed[k.participation.pk][:MOST_TRIES],
            )
        )
    return found


def _reach(known: preparation.Circle) -> dict[UUID, list[str]]:
    """Each safe way and its hours, never the number or the address: the page is printed, and these stand on their own page."""
    people, lines = [k.participation.person_id for k in known.people], defaultdict(list)
    ring.gather(people)
    for way in Contact.objects.filter(person__in=people, ended_at__isnull=True).order_by("way", "id"):
        message = _("OK to leave a message") if way.may_leave_message else _("leave no message")
        shared = _("somebody else is there too") if way.is_shared else ""
        told = message if way.way in Contact.OF_ONES_OWN else ""
        lines[way.person_id].append(" · ".join(filter(None, [str(way.get_way_display()), hours_in_words(way), told, shared])))
    return lines


def _needs(person: Person, ours: str) -> list[str]:
    """How to speak with them: in which language, with whose help, and what they need."""
    spoken = dict(settings.LANGUAGES).get(person.language, person.language) if person.language != ours else ""
    told = [str(spoken), _("needs an interpreter") if person.interpreter else "", "" if person.reads_print else _("does not read print")]
    return [line for line in (*told, str(person.needs)) if line]


def _arranged(row: Arrangement) -> str:
    what = f"{capfirst(str(row.get_kind_display()))}: {row.get_state_display()}"
    return f"{what}, {_short(row.for_day)}" if row.for_day is not None else what


def _failed(case: Case) -> dict[UUID, list[str]]:
    """Tries in which nobody was reached, and meetings that did not happen, the latest first."""
    rows: dict[UUID, list[str]] = defaultdict(list)
    for row in Attempt.objects.filter(case=case).exclude(result=Attempt.Result.SPOKE).order_by("-on", "-at", "-id"):
        missed = _("a meeting that did not happen: %s") % row.get_why_not_display()
        what = f"{row.get_way_display()}: {row.get_result_display()}" if row.way else missed
        rows[row.participation_id].append(f"{_short(row.on)} · {what}")
    return rows


def _waiting(case: Case) -> dict[UUID, list[str]]:
    """What they asked for, and nobody has answered as yet."""
    rows: dict[UUID, list[str]] = defaultdict(list)
    for begun in preparation.lasting(Break.objects.filter(case=case)).order_by("at", "id"):
        rows[begun.participation_id].append(_("Asked for a break on %s") % _short(clock.local(begun.at, case.programme.zone).date()))
    for wish in preparation.unanswered(CallWish.objects.filter(case=case)).order_by("at", "id"):
        rows[wish.participation_id].append(_("Asked on %s to be called") % _short(clock.local(wish.at, case.programme.zone).date()))
    return rows


def _acts(case: Case, known: preparation.Circle, promised: list[Item]) -> list[Act]:
    """What has a day, the next one first."""
    names: dict[Any, str] = {k.participation.person_id: k.participation.person.shown for k in known.people}
    booking = scheduling.live_booking(case)
    acts = [Act(case.deadline, _("Deadline"))] if case.deadline else []
    acts += [Act(known.hold.look_on, _("Look again at why it rests"))] if known.hold is not None and known.hold.look_on else []
    if booking is not None and scheduling.lies_ahead(booking):
        acts.append(Act(clock.local(booking.starts_at, case.programme.zone).date(), _("They meet: %s") % booking.room.name))
    acts += [Act(item.due_on, _("%(name)s: %(what)s") % {"name": item.whose, "what": item.what}) for item in promised]
    return sorted([*acts, *_from_closed_places(known, names)], key=lambda act: act.on)


def _from_closed_places(known: preparation.Circle, names: dict[Any, str]) -> list[Act]:
    stays = {stay.person_id: stay for stay in lasting(list(names))}
    acts = [Act(stay.release_on, _("%s comes out") % names[key]) for key, stay in stays.items() if stay.release_on]
    asked = set(Clearance.objects.filter(custody__in=list(stays.values())).values_list("person_id", "for_day"))
    for visit in planned(known.case.pk).filter(person__in=list(stays), on__gte=known.today()).order_by("on", "starts"):
        acts.append(Act(visit.on, _("A visit to %s") % names[visit.person_id]))
        if (visit.person_id, visit.on) not in asked:
            by = visit.on - timedelta(days=stays[visit.person_id].where.lead_days)
            acts.append(Act(by, _("Ask the place in which %s is") % names[visit.person_id]))
    return acts


def _short(day: date) -> str:
    return date_format(day, "MONTH_DAY_FORMAT")
