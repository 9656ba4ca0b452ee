"""Who may hold the circle of one case in a span of days, who may not and why, and in words why these.

`team_for` reads everything in a fixed number of queries and gives it in the shape of
`candidates`, which the solver takes as it is: nothing of it asks the database again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import get_language_info, ngettext
from django.utils.translation import gettext as _

from setfair.calendars.queries import known_of
from setfair.cases.models import Assignment, Case, Duty, Participation, Role
from setfair.cases.queries import circle, kept_out, of_seal, sealed, team, too_close
from setfair.core import clock
from setfair.facilitators.models import Closeness, Entrance, Facilitator
from setfair.facilitators.queries import everyone, here_now
from setfair.people.custody import lasting
from setfair.people.queries import mailboxes
from setfair.programmes.models import Term

from . import candidates as pure
from .candidates import Almanac, Away, Candidate, Needs, Span, Turn
from .models import Booking
from .queries.exams import exams_of
from .queries.needed import Needed
from .queries.turns import turns_of

ADULTS_IN_CUSTODY = 2
AROUND = timedelta(weeks=8)
"""How far before and after the days in question the programme's other meetings are looked at, to see who had the last one."""


@dataclass(frozen=True)
class TeamFor:
    """`others` are those who may not take this case at all, by name, and why, in words; `on_it` is who holds it already, and `holding` the
    same as candidates."""

    case: Case
    needs: Needs
    candidates: tuple[Candidate, ...]
    others: tuple[tuple[str, str], ...]
    almanac: Almanac
    on_it: tuple[Assignment, ...]
    spoken: frozenset[str]
    holding: tuple[Candidate, ...] = ()

    def but(self, away: Mapping[UUID, Iterable[Span]]) -> TeamFor:
        """The same with more hours, by user, at which somebody cannot."""
        more = {one.occupant: tuple(Away(span, pure.AWAY) for span in away.get(one.occupant, ())) for one in self.candidates}
        return replace(self, candidates=tuple(replace(one, away=(*one.away, *more[one.occupant])) for one in self.candidates))

    def besides(self, turns: Mapping[UUID, Iterable[Turn]]) -> TeamFor:
        """The same where these turns, by user, are theirs too: they are not free then, and each counts as any other."""
        meetings = sorted({*self.almanac.meetings, *(turn.span[0] for some in turns.values() for turn in some)})
        return replace(
            self, almanac=replace(self.almanac, meetings=meetings),
            candidates=tuple(_besides(one, turns) for one in self.candidates), holding=tuple(_besides(one, turns) for one in self.holding),
        )  # fmt: skip

    def without_students(self) -> TeamFor:
        """The same where no student is asked for any more: somebody said why."""
        return replace(self, needs=replace(self.needs, student=0))

    def best(self, starts_at: datetime, minutes: int) -> pure.Team:
        return pure.best_team(self.candidates, self.needs, (starts_at, starts_at + timedelta(minutes=minutes)), self.almanac, self.spoken)


def team_for(case: Case, first: date, last: date, needed: Needed | None = None) -> TeamFor:
    """Everything about who could hold this circle on one of these days. Whoever counts as away on a day may still be free on another.

    Whoever has read who is `needed` says so, and looks for a time: where no place is empty then, nobody is looked at but those on it.
    """
    people, on_it, zone = needed.people if needed else circle(case), tuple(needed.team if needed else team(case)), case.programme.zone
    places = {custody.where_id for custody in lasting([p.person_id for p in people])}
    needs, present = _needs(case, people, on_it, places), {a.facilitator_id for a in on_it}
    looks = needed is None or bool(needs.places())
    they = list(everyone()) if looks else [a.facilitator for a in on_it]
    away = _away(they, places, first, last, zone)
    for who, span in _said_no(case) if looks else ():
        away.setdefault(who, []).append(Away(span, pure.AWAY))
    reasons = _reasons(case, people, they, first, places, present) if looks else dict.fromkeys(present, "")
    free = known_of([f.user_id for f in they], first, last, zone)
    turns = turns_of(f.user_id for f in they)
    shunned = _shunned(they)
    they_are = [
        Candidate(
            id=f.pk, occupant=f.user_id, name=f.user.name, kind=f.kind, speaks=spoken_by(f.languages),
            turns=tuple(turns.get(f.user_id, ())),
            away=(
                *away.get(f.pk, ()),
                *(Away(t.span, pure.AWAY if t.hidden else pure.BOOKED) for t in turns.get(f.user_id, ())),
                *(Away(span, pure.AWAY) for span in free[f.user_id].busy),
            ),
            suits=pure.joined((begins, ends) for begins, ends, _answer in free[f.user_id].suits),
            a_week=f.a_week, a_term=f.a_term, may_not_with=frozenset(shunned.get(f.pk, ())),
        )
        for f in they if f.pk not in reasons or f.pk in present
    ]  # fmt: skip
    may = tuple(one for one in they_are if one.id not in reasons)
    holding = tuple(one for one in they_are if one.id in present)
    others = tuple((f.user.name, reasons[f.pk]) for f in they if f.pk in reasons and f.pk not in present)
    speak = frozenset(code for a in on_it for code in spoken_by(a.facilitator.languages))
    return TeamFor(case, needs, may, others, _almanac(first, last, zone), on_it, speak, holding)


def needs_of(case: Case) -> Needs:
    """What is still to be found for this circle now."""
    people = circle(case)
    return _needs(case, people, tuple(team(case)), {custody.where_id for custody in lasting([p.person_id for p in people])})


def _besides(one: Candidate, turns: Mapping[UUID, Iterable[Turn]]) -> Candidate:
    more = tuple(turns.get(one.occupant, ()))
    return replace(one, turns=(*one.turns, *more), away=(*one.away, *(Away(turn.span, pure.BOOKED) for turn in more))) if more else one


def spoken_by(languages: str) -> frozenset[str]:
    """The codes that stand in "en, es"."""
    return frozenset(languages.replace(",", " ").casefold().split())


def _needs(case: Case, people: list[Participation], on_it: tuple[Assignment, ...], places: set[UUID]) -> Needs:
    """What the programme's rule asks for and nobody does yet. In a closed place two adults whom it lets in hold it."""
    parts = [a.part for a in on_it]
    staff = max(case.programme.staff_needed, ADULTS_IN_CUSTODY) if places else case.programme.staff_needed
    lead = Assignment.Part.LEAD not in parts
    adults = max(0, staff - (len(parts) - parts.count(Assignment.Part.STUDENT)))
    students = 0 if places else max(0, case.programme.students_needed - parts.count(Assignment.Part.STUDENT))
    return Needs(int(lead), max(0, adults - int(lead)), students, _languages(case, people))


def _languages(case: Case, people: list[Participation]) -> frozenset[str]:
    """What is spoken in the circle beside the programme's own language, unless somebody comes who interprets."""
    if any(Role.INTERPRETER in p.roles for p in people):
        return frozenset()
    return frozenset(p.person.language for p in people) - {case.programme.language}


def _reasons(case: Case, people: list[Participation], they: list[Facilitator], first: date, places: set[UUID], on_it: set[UUID]) -> dict[UUID, str]:
    boxes = mailboxes(p.person for p in people)
    out = set(kept_out(case).values_list("user", flat=True))
    named = set(of_seal(case).values_list("user", flat=True)) if sealed(case) else None
    let_in = set(Entrance.objects.filter(place__in=places).values_list("facilitator", "place")) if places else set()
    close, here = too_close(case), set(here_now().values_list("pk", flat=True))
    parts = Assignment.objects.filter(case=case).order_by("facilitator_id", "-since", "-id").distinct("facilitator_id")
    stepped_out = {who for who, out in parts.values_list("facilitator", "stepped_out") if out}
    found = {}
    for f in they:
        if f.pk in on_it:
            found[f.pk] = _("is on this team")
        elif not f.is_certified(first):
            found[f.pk] = _("not certified then")
        elif f.pk not in here:
            found[f.pk] = _("has no role here any more")
        elif f.parent == Facilitator.Parent.WAITING:
            found[f.pk] = _("a parent has not said yes yet")
        elif f.user_id in out or (named is not None and f.user_id not in named):
            found[f.pk] = _("may not open this case")
        elif f.user.email.strip().casefold() in boxes:
            found[f.pk] = _("part of what happened")
        elif f.pk in stepped_out:
            found[f.pk] = _("cannot help there any more")
        elif f.pk in close:
            found[f.pk] = close[f.pk]
        elif any((f.pk, place) not in let_in for place in places):
            found[f.pk] = _("is not let into the closed place")
    return found


def _away(they: list[Facilitator], places: set[UUID], first: date, last: date, zone: str) -> dict[UUID, list[Away]]:
    found: dict[UUID, list[Away]] = {f.pk: [] for f in they}
    for who, days in exams_of(they, first, last).items():
        found[who] += [Away(_days(on, on, zone), pure.EXAM) for on in sorted(days)]
    ends = [(f.pk, f.certified_until) for f in they if f.certified_until is not None]
    if places:
        ends += Entrance.objects.filter(place__in=places, until__isnull=False).values_list("facilitator", "until")
    for who, until in ends:
        if until < last:
            found[who].append(Away(_days(max(first, until + timedelta(days=1)), last, zone), pure.UNTIL))
    return found


def _said_no(case: Case) -> list[tuple[UUID, Span]]:
    """Of which times in this case somebody said that they cannot help: they are not asked again about the same."""
    return [(duty.facilitator_id, (duty.starts_at, duty.ends_at)) for duty in Duty.objects.filter(case=case, answer=Duty.Answer.NO)]


def _shunned(they: list[Facilitator]) -> dict[UUID, set[UUID]]:
    rows = Closeness.objects.filter(facilitator__in=[f.pk for f in they], ended_at__isnull=True).exclude(kind__in=Closeness.SOFT)
    found: dict[UUID, set[UUID]] = {}
    for who, person in rows.values_list("facilitator", "person"):
        found.setdefault(who, set()).add(person)
    return found


def _almanac(first: date, last: date, zone: str) -> Almanac:
    begins, ends = _days(first, last, zone)
    near = Booking.objects.filter(released_at__isnull=True, during__startswith__range=(begins - AROUND, ends + AROUND)).order_by("during")
    terms = [_days(one, other, zone) for one, other in Term.objects.order_by("starts_on").values_list("starts_on", "ends_on")]
    monday = first - timedelta(days=first.weekday())
    weeks = [monday + timedelta(weeks=n) for n in range((last - monday).days // 7 + 1)]
    return Almanac(list(near.values_list("during__startswith", flat=True)), terms, [_days(m, m + timedelta(days=6), zone) for m in weeks])


def _days(first: date, last: date, zone: str) -> Span:
    return clock.at(first, 0, 0, zone), clock.at(last + timedelta(days=1), 0, 0, zone)


def why_not_words(why: str, who: Candidate, starts_at: datetime, zone: str) -> str:
    """One code of `candidates`, in a few words about this day."""
    day = date_format(clock.local(starts_at, zone), "l")
    said = {
        pure.EXAM: _("exam on %(day)s") % {"day": day},
        pure.BOOKED: _("has another meeting then"),
        pure.AWAY: _("not free then"),
        pure.UNTIL: _("certificate or clearance ends before"),
        pure.WEEK: ngettext("has %(n)s meeting that week already", "has %(n)s meetings that week already", who.a_week) % {"n": who.a_week},
        pure.TERM: ngettext("has had %(n)s meeting this term", "has had %(n)s meetings this term", who.a_term) % {"n": who.a_term},
        pure.RUNNING: _("would have two in a row"),
    }
    return said[why]


def why_words(chosen: pure.Chosen, among: Iterable[Candidate], needs: Needs, starts_at: datetime, zone: str) -> str:
    """Why this one: how long without a turn, and what they speak that is needed."""
    who = chosen.who
    rivals = [one for one in among if one.is_student == who.is_student and one.id != who.id]
    last = who.last(starts_at)
    said = []
    if last is None:
        said.append(_("has not had a turn yet"))
    elif all((other := one.last(starts_at)) is not None and other >= last for one in rivals):
        said.append(_("longest without a turn"))
    else:
        said.append(_("last turn %(day)s") % {"day": date_format(clock.local(last, zone), "MONTH_DAY_FORMAT")})
    speaks = sorted(who.speaks & needs.languages)
    if speaks:
        said.append(_("speaks %(languages)s") % {"languages": ", ".join(language_words(code) for code in speaks)})
    said += [why_not_words(why, who, starts_at, zone) for why in chosen.despite]
    return "; ".join(said)


def language_words(code: str) -> str:
    """A language by its name in the reader's own; a code we do not know stays as it is."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code
