"""What still stands between a case and its day, each by name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from setfair.cases.models import Assignment, Case, Participation, Role
from setfair.cases.route import WITHOUT_HARMED, How, asks
from setfair.core import clock
from setfair.facilitators.journey import Stage as Training
from setfair.people import limits
from setfair.people.models import NoContact
from setfair.programmes.ways import Way

from ..models import Consent, ObserverAnswer, Override
from .known import Circle, Known, circle
from .screened import gates


@dataclass(frozen=True)
class Blocker:
    """One thing that is missing, which is set aside by its own `code` and for its own person alone.

    `since` is the moment of the fact behind it: what was set aside before that does
    not count any more. `needs_sign_off` says that only whoever answers for safety can.
    """

    code: str
    participation: Participation | None
    sentence: str
    overridable: bool
    since: datetime | None = None
    needs_sign_off: bool = False


Source = Callable[[Circle, date], Iterator[Blocker]]

_sources: list[Source] = []


def register(source: Source) -> None:
    """Let a later floor say what it misses (in its `apps.ready`). It is asked once for the whole circle, in a fixed number of queries.

    `desk.prepared.register` takes the same question, asked of every case at once.
    """
    if source not in _sources:
        _sources.append(source)


def blockers(case: Case, on: date | None = None) -> list[Blocker]:
    """What is missing for a conference on that day (today, if none is named), without what was set aside. Empty means ready."""
    return standing(circle(case), on)


def standing(known: Circle, on: date | None = None) -> list[Blocker]:
    """The same, of a circle that was read already."""
    day = on or known.today()
    return [b for b in found(known, day) if not is_aside(b, known.overrides, day)]


def found(known: Circle, on: date) -> list[Blocker]:
    """Everything that is missing, set aside or not."""
    own = (b for k in known.people if k.asked for b in _of_one(known, k, on))
    return [*_of_the_case(known, on), *own, *_missing_from_team(known, on), *(b for source in _sources for b in source(known, on))]


def is_aside(blocker: Blocker, overrides: list[Override], on: date) -> bool:
    """Whether it was set aside for that day, or for whatever day it will be."""
    person = blocker.participation.pk if blocker.participation is not None else None
    return blocker.overridable and any(
        o.blocker == blocker.code
        and o.participation_id == person
        and (o.for_day is None or o.for_day == on)
        and (blocker.since is None or o.at > blocker.since)
        for o in overrides
    )


def _of_the_case(known: Circle, on: date) -> Iterator[Blocker]:
    roles = {role for k in known.people for role in k.participation.roles}
    for code, sentence, since in gates(known.case):
        yield Blocker(code, None, str(sentence), True, since, needs_sign_off=True)
    if known.hold is not None:
        yield Blocker("hold", None, _("It is on hold."), False)
    if known.how == How.LATER:
        yield Blocker("route", None, _("It waits for later. Choose how it goes on."), False)
    if known.how == How.STANDIN and Role.COMMUNITY not in roles:
        yield Blocker("route", None, _("Nobody of the community is in the circle who stands in for the person harmed."), False)
    if Role.HARMED not in roles and known.how not in WITHOUT_HARMED:
        yield Blocker("harmed", None, _("Nobody who was harmed is in the circle."), False)
    if Role.RESPONSIBLE not in roles:
        yield Blocker("responsible", None, _("Nobody who is responsible is in the circle."), False)
    named = {k.participation.person_id: k.participation.person.shown for k in known.people}
    for wall in known.walls:
        if any(limits.bars(wall, what, on) for what in asks(known.how)):
            names = {"one": named[wall.one_id], "other": named[wall.other_id]}
            yield Blocker("no_contact", None, _why_apart(known, wall, on) % names, False)


def _why_apart(known: Circle, wall: NoContact, on: date) -> str:
    last = limits.ran_out(wall, on)
    if last is None and limits.MEET not in asks(known.how):
        return _("Nothing may pass between %(one)s and %(other)s, also not through us.")
    if last is None:
        return _("%(one)s and %(other)s must not be brought together.")
    ran_out = _("The order between %(one)s and %(other)s ran out on {day}. Look whether it is over, then end it.")
    return ran_out.replace("{day}", date_format(last, "MONTH_DAY_FORMAT"))


def _of_one(known: Circle, k: Known, on: date) -> Iterator[Blocker]:
    person = k.participation
    name = {"name": person.person.shown}
    if k.explained is None:
        yield Blocker("meeting", person, _("%(name)s has not been met yet.") % name, True)
    if Role.RESPONSIBLE in person.roles and (k.acknowledgement is None or not k.acknowledgement.given):
        yield Blocker("acknowledgement", person, _("%(name)s has not said that they take some responsibility.") % name, False)
    if not known.still_yes(k.choice, on):
        yield Blocker("consent", person, _why_no_yes(known, k, on), False)
    if lacks_guardian(known, k, on):
        yield Blocker("guardian", person, _why_no_guardian(known, k, on), False)
    for observer in known.observers:
        if (said := k.watching.get(observer.pk)) is None or said.answer != "yes":
            yield Blocker("observer", person, _why_not_watched(person, observer, said), False)
    if k.safety is None:
        yield Blocker("safety", person, _("Safety for %(name)s has not been looked at.") % name, True)
        return
    if k.safety.level == "high":
        yield Blocker("worry", person, _("There is a high worry about safety for %(name)s.") % name, True, k.safety.at, needs_sign_off=True)
    if on > known.last_looked(k.safety):
        last = {**name, "day": date_format(known.local(k.safety), "MONTH_DAY_FORMAT")}
        yield Blocker("safety", person, _look_again(k.safety) % last, True, k.safety.at)


def _look_again(check: Any) -> str:
    if check.owner_name is None:
        return _("Safety for %(name)s was last looked at on %(day)s. Please look again.")
    words: str = _("Safety for %(name)s was last looked at on %(day)s. {owner} looks again.")
    return words.replace("{owner}", check.owner_name)


def worry(participation: Participation) -> dict[str, Any]:
    """The last safety check about this person (`check`), and whether a high worry in it waits to be signed off (`waits`)."""
    known = circle(participation.case)
    mine = next((k for k in known.people if k.participation.pk == participation.pk), None)
    waits = any((b.code, b.participation) == ("worry", participation) for b in standing(known))
    return {"check": mine.safety if mine is not None else None, "waits": waits}


def signed_off(known: Circle, k: Known) -> bool:
    """Whether somebody who answers for safety said that it can go on in spite of the last high worry."""
    at = k.safety.at if k.safety is not None else None
    return at is not None and any(o.blocker == "worry" and o.participation_id == k.participation.pk and o.at > at for o in known.overrides)


def lacks_guardian(known: Circle, k: Known, on: date) -> bool:
    """Whether a parent or guardian must still say yes. Where none who may is in the circle, a note that says why not is enough."""
    if not k.participation.needs_guardian(on):
        return False
    return not guardian_agrees(known, k, on) if k.guardians else k.without is None


def guardian_agrees(known: Circle, k: Known, on: date) -> bool:
    """Each parent or guardian who may decide says yes; with one who has not, or says anything else, nothing goes ahead."""
    said = k.said_for_them()
    return bool(said) and all(known.still_yes(answer, on) for _guardian, answer in said)


TO_ANOTHER_WAY = {
    Way.MEET: gettext_lazy("%(name)s said yes to a meeting, and not to this. Please ask."),
    Way.REENTRY: gettext_lazy("%(name)s said yes to a circle to come back, and not to this. Please ask."),
    Way.STANDIN: gettext_lazy("%(name)s said yes to a meeting with a stand-in, and not to this. Please ask."),
    Way.CALL: gettext_lazy("%(name)s said yes to a call, and not to this. Please ask."),
    Way.APART: gettext_lazy("%(name)s said yes to letters or messages, and not to this. Please ask."),
}


def _why_not_watched(person: Participation, observer: Participation, said: ObserverAnswer | None) -> str:
    names = {"name": person.person.shown, "observer": observer.person.shown}
    if said is None:
        return _("%(name)s has not said whether %(observer)s may watch.") % names
    if said.answer == ObserverAnswer.Answer.TALK:
        return _("%(name)s wants to talk first about %(observer)s, who would watch.") % names
    return _("%(name)s does not want %(observer)s there. No reason is needed: take %(observer)s out of the circle.") % names


def _why_no_yes(known: Circle, k: Known, on: date) -> str:
    who = {"name": k.participation.person.shown}
    if k.choice is None:
        return _("%(name)s has not said yes.") % who
    if k.choice.answer == Consent.Answer.YES:
        return _why_the_yes_is_over(known, k, k.choice, on)
    said = {
        Consent.Answer.NO: _("%(name)s has said no."),
        Consent.Answer.UNSURE: _("%(name)s is not sure yet."),
        Consent.Answer.WITHDRAWN: _("%(name)s has stopped for now."),
    }
    return said[Consent.Answer(k.choice.answer)] % who


def _why_the_yes_is_over(known: Circle, k: Known, said: Consent, on: date) -> str:
    """A yes that counts today, and not on that day, is told with the last day on which it does."""
    who, today = {"name": k.participation.person.shown}, known.today()
    if known.outgrown(said, on):
        if known.outgrown(said, today):
            return _("%(name)s is 18 now. Please ask for a yes of their own.") % who
        eighteen = k.participation.person.of_age_at
        day = date_format(clock.local(eighteen, known.programme.zone), "MONTH_DAY_FORMAT") if eighteen is not None else ""
        return _("%(name)s turns 18 on %(day)s. From then on a yes of their own is needed: take an earlier day, or ask on that day.") % {
            **who,
            "day": day,
        }
    if known.is_to_another_way(said):
        return str(TO_ANOTHER_WAY[said.to_way]) % who  # type: ignore[attr-defined]
    last = known.last_of_yes(said)
    if today <= last:
        return _("The yes of %(name)s ends on %(day)s. Take a day before, or ask again.") % {**who, "day": date_format(last, "MONTH_DAY_FORMAT")}
    if said.until is not None and said.until == last:
        return _("%(name)s said yes until a day that is before. Please ask again.") % who
    return _("%(name)s said yes more than %(days)d days ago. Please ask again.") % {**who, "days": known.programme.yes_days}


def _why_no_guardian(known: Circle, k: Known, on: date) -> str:
    child = k.participation.person.shown
    waited = next((g for g, answer in k.said_for_them() if not known.still_yes(answer, on)), None)
    if waited is None and k.participation.presumed_young:
        return _("%(name)s has no year of birth here. Write down the year, a parent or guardian, or that they are 18 already.") % {"name": child}
    if waited is None:
        return _("%(name)s needs a parent or guardian, or a note why not.") % {"name": child}
    return _("%(guardian)s has not said yes for %(name)s.") % {"guardian": waited.person.shown, "name": child}


def _missing_from_team(known: Circle, on: date) -> Iterator[Blocker]:
    """Each lack by its own code. Without a lead and enough staff nobody holds the hour; with fewer students it can be held, if somebody says why."""
    held = [a.part for a in known.team if _certified(a, on)]
    students = held.count(Assignment.Part.STUDENT)
    staff, since = len(held) - students, known.team_changed_at
    if Assignment.Part.LEAD not in held:
        yield Blocker("lead", None, _("Nobody leads it."), False, since)
    short = known.programme.staff_needed - staff
    if short > 0:
        words = ngettext("%(n)d more certified facilitator is needed.", "%(n)d more certified facilitators are needed.", short)
        yield Blocker("staff", None, words % {"n": short}, False, since)
    short = known.programme.students_needed - students
    if short > 0:
        words = ngettext("%(n)d more student facilitator is needed.", "%(n)d more student facilitators are needed.", short)
        yield Blocker("students", None, words % {"n": short}, True, since)


def _certified(assignment: Assignment, on: date) -> bool:
    who = assignment.facilitator
    return who.stage == Training.CERTIFIED and (who.certified_until is None or who.certified_until >= on)
