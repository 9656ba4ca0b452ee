"""Who else may be named in the words of somebody of a case, or of whoever asked for it."""

from __future__ import annotations

import re

from django.utils.translation import gettext as _

from setfair.cases.models import Assignment, Case, Participation
from setfair.people.models import Contact, Person
from setfair.preparation.queries.looking import HELPER, STUDENT, WHOSE
from setfair.programmes.models import Role
from setfair.referrals.models import Referral
from setfair.vault import ring

from .others import Others, Somebody, reach

WHO = frozenset("my our the his her their a an mi mis su sus nuestro nuestra un una el la".split())
BIG = r"[^\W\d_a-zß-ÿ][\w'’-]*"
SMALL = "|".join(sorted(WHO))
NAMED = re.compile(rf"(?!(?i:{SMALL})\b){BIG}(?:\s+(?:(?:de|del|la|las|los|y|van|von|der)\s+)*{BIG})*")
"""Words that begin with a capital letter, as far as they stand together."""


def others_than(me: Participation) -> Others:
    """For somebody of a case: all the others of it, those who were, the team, and whom the request named."""
    case, person = me.case, me.person
    known = _circle(case, without=person)
    asked = case.referral
    ring.gather([case.referral_id])
    named = _named_in(asked) + [Somebody(_("somebody"), (asked.asker,), listed=True)] if asked is not None else []
    return Others([*known, *_team(case), *named], (person.name, person.called))


def others_in(request: Referral, case: Case | None) -> Others:
    """For whoever sent a request: all who are of the case that came of it, but themselves, and whom they named."""
    known = [*_circle(case), *_team(case)] if case is not None else []
    mine = {request.asker.casefold()}
    return Others([one for one in known if not mine & {name.casefold() for name in one.names}] + _named_in(request), (request.asker,))


def _circle(case: Case, *, without: Person | None = None) -> list[Somebody]:
    """The others, each with what they are called and the ways to them that are not the reader's too."""
    rows = list(Participation.objects.filter(case=case).exclude(person=without).select_related("person"))
    ring.gather(row.person_id for row in rows)
    ways: dict[object, list[str]] = {}
    for contact in Contact.objects.filter(person__in=[*(row.person_id for row in rows), *([without] if without else [])]):
        ways.setdefault(contact.person_id, []).append(contact.value)
    mine = {reach(way) for way in ways.get(without.pk, ())} if without else set()
    return [_somebody(row, tuple(way for way in ways.get(row.person_id, ()) if reach(way) not in mine)) for row in rows]


def _somebody(row: Participation, ways: tuple[str, ...]) -> Somebody:
    return Somebody(str(row.get_role_display()), tuple(name for name in (row.person.name, row.person.called) if name), ways)


def _team(case: Case) -> list[Somebody]:
    """Whoever runs it or leads its meeting: named to everybody, and not in what is handed over."""
    helpers = Assignment.objects.filter(case=case).select_related("facilitator__user")
    found = [Somebody(str(WHOSE[Role.COORDINATOR]), (case.coordinator.name,))]
    return found + [Somebody(str(STUDENT if a.part == Assignment.Part.STUDENT else HELPER), (a.facilitator.user.name,)) for a in helpers]


def _named_in(request: Referral) -> list[Somebody]:
    written = [str(one.get("name", "")) for one in request.people or ()]
    return [Somebody(_("somebody"), (name,), listed=True) for words in (*written, request.for_whom) for name in _names_in(words)]


def _names_in(words: str) -> list[str]:
    """What of these words can be a name: `My son Tom Reed` names `Tom Reed`."""
    return NAMED.findall(words)
