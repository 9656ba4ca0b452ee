"""What speaks for a time and what against it, in words."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from setfair.programmes.models import Room
from setfair.programmes.wording import told

from .. import candidates as pure
from .. import solver
from ..said import listed
from ..team_for import language_words, why_not_words
from .laid_out import LaidOut


def for_and_against(laid: LaidOut, choice: solver.Choice, team: pure.Team) -> tuple[list[str], list[str]]:
    """Of one time with its room, and the team that would be found for it: first what was said, then lessons, the room, whose turn it is."""
    starts, stretch = laid.almanac.moment(choice.placed.start), laid.almanac.stretch(choice.placed.start)
    parts = [_answers(laid, choice, stretch), _lessons(laid, starts, team), _room(laid, laid.rooms[choice.placed.room]), ([], _turns(laid, starts))]
    parts.append(([], [_unspoken(laid, code) for code in sorted(team.unspoken)]))
    return [told(stretch.name), *(word for good, _bad in parts for word in good)], [word for _good, bad in parts for word in bad]


def _unspoken(laid: LaidOut, code: str) -> str:
    """Who speaks it cannot come then; or nobody does."""
    speak = [one.name for one in laid.helping.candidates if code in one.speaks]
    words = _("%(names)s: speaks %(languages)s, and cannot come then.") if speak else _("Nobody of the team speaks %(languages)s.")
    return words % {"languages": language_words(code), "names": listed(speak)}


def _answers(laid: LaidOut, choice: solver.Choice, stretch: solver.Stretch) -> tuple[list[str], list[str]]:
    words = {who for who, said in laid.words.items() if stretch.starts in said}
    silent = len({p.person_id for p in laid.needed.people} - words)
    against = []
    if choice.reluctant:
        against.append(_("If needed: %(names)s.") % {"names": listed([laid.names[who] for who in choice.reluctant])})
    if silent:
        waiting = ngettext("%(count)s person has not answered yet.", "%(count)s people have not answered yet.", silent)
        against.append(waiting % {"count": silent})
    return ([] if against or not words else [_("Everybody said yes.")]), against


def _lessons(laid: LaidOut, starts: datetime, team: pure.Team) -> tuple[list[str], list[str]]:
    """Each misses what lies between when they are asked to come and the end."""
    pupils = [(name, laid.pupils[who]) for who, name in laid.needed.names.items() if who in laid.pupils]
    pupils += [(place.who.name, laid.helping.case.programme.early_team) for place in team.places if place.part == pure.STUDENT]
    if not pupils or not laid.lessons or starts > laid.lessons[-1][2]:
        return [], []
    who_misses: dict[tuple[str, ...], list[str]] = {}
    for name, early in pupils:
        comes, ends = starts - timedelta(minutes=early), starts + laid.lasts
        if missed := tuple(lesson for lesson, first, last in laid.lessons if first < ends and comes < last):
            who_misses.setdefault(missed, []).append(name)
    return ([] if who_misses else [_("Nobody misses a lesson.")]), [_misses(names, missed) for missed, names in who_misses.items()]


def _misses(names: list[str], missed: tuple[str, ...]) -> str:
    words = ngettext("%(names)s would miss a lesson: %(lessons)s.", "%(names)s would miss lessons: %(lessons)s.", len(missed))
    return words % {"names": listed(names), "lessons": listed(missed)}


def _room(laid: LaidOut, room: Room) -> tuple[list[str], list[str]]:
    good, bad = [], []
    if room.waiting_places > 1:
        good.append(_("Each side can wait apart."))
    elif any(other.waiting_places > 1 for other in laid.rooms.values()):
        bad.append(_("There is one place to wait: one side goes straight in."))
    if room.venue is not None and room.venue.minutes:
        bad.append(_("%(venue)s is %(minutes)s minutes away.") % {"venue": room.venue.name, "minutes": room.venue.minutes})
    return good, bad


def _turns(laid: LaidOut, starts: datetime) -> list[str]:
    """Of those who hold it already: nobody is exchanged for it, and it is said."""
    found, zone, span = laid.helping, laid.helping.case.programme.zone, (starts, starts + laid.lasts)
    said: dict[str, list[str]] = {}
    for one in found.holding:
        running = pure.RUNNING if pure.runs_twice(one, span, found.almanac) else ""
        if why := pure.full(one, starts, found.almanac) or running:
            said.setdefault(why_not_words(why, one, starts, zone), []).append(one.name)
    return [_("%(names)s: %(why)s.") % {"names": listed(names), "why": why} for why, names in said.items()]
