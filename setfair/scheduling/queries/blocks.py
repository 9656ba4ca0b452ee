"""Why nothing fits, and which one change would open most. That somebody is booked is said of the team alone, and of no hidden case."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from setfair.cases.models import Case

from .. import solver
from ..candidates import Candidate, why_not
from ..open_days import no_days, what_shuts
from ..rooms import no_room
from ..said import listed
from ..team_for import why_not_words
from .helping import STUDENT
from .laid_out import LaidOut, lay_out
from .out import as_said

SHORTER = (60, 45, 30)
"""Lengths that are tried when the one that was asked for fits nowhere."""


@dataclass(frozen=True)
class WayOut:
    """One change, in words, how many windows it opens, and the first time that would then fit: what it lifts, or how long it is to last instead."""

    words: str
    opens: int
    first: datetime
    lift: tuple[solver.Need, ...] = ()
    minutes: int = 0


def what_blocks(case: Case, minutes: int | None = None) -> list[str]:
    """Why nothing fits, in sentences: who is busy (never with what), who cannot, which room is taken, what is closed."""
    return blocks_of(case, lay_out(case, minutes))


def blocks_of(case: Case, laid: LaidOut) -> list[str]:
    """The same of what is laid out already; nothing is asked of the database again but why no day is open."""
    if not laid.in_time:
        return [no_days(case, laid.minutes), *what_shuts(case, laid.minutes)]
    if not laid.rooms:
        return [no_room(laid.needed.people, laid.meeting.seats)]
    found = solver.explain(laid.diary, laid.meeting)
    kinds: dict[str, list[str]] = {}
    for need in map(as_said, found.blockers):
        kinds.setdefault(need.kind, []).append(need.what)
    if "seats" in kinds:
        return [no_room(laid.needed.people, laid.meeting.seats)]
    booked = {who for who in kinds.get("busy", ()) if UUID(who) not in laid.unsaid}
    away = {*kinds.get("away", ()), *({*kinds.get("busy", ())} - booked)}
    said = [_booked(laid, who) % {"name": laid.names[who]} for who in _in_order(laid, booked)]
    said += [_("%(name)s cannot come at these times.") % {"name": laid.names[who]} for who in _in_order(laid, away)]
    said += [_("%(name)s may not be out at these times.") % {"name": laid.names[who]} for who in _in_order(laid, kinds.get("out", ()))]
    said += [_too_few(laid, kind) for kind in kinds.get("helpers", ())]
    if "room" in kinds and laid.held & {room.pk for room in laid.rooms.values()}:
        said.append(_("Every room that is big enough is taken, or kept for others until they have answered."))
    elif "room" in kinds:
        said.append(_("Every room that is big enough is taken."))
    if "window" in kinds:
        said.append(_("Some windows are too short for %(minutes)s minutes.") % {"minutes": laid.minutes})
    return said


def _booked(laid: LaidOut, who: str) -> str:
    if UUID(who) in laid.held:
        return _("%(name)s is already booked, or kept free for others until they have answered.")
    return _("%(name)s is already booked.")


def _too_few(laid: LaidOut, kind: str) -> str:
    """With what mostly keeps each of those who may at all from these times."""
    they = {one: _mostly(laid, one) for one in laid.helping.candidates if one.is_student == (kind == STUDENT)}
    who = listed([f"{one.name} ({why})" for one, why in they.items() if why])
    if not who:
        return _("Too few students of the team are free.") if kind == STUDENT else _("Too few adults of the team are free.")
    said = _("Too few students of the team are free: %(who)s.") if kind == STUDENT else _("Too few adults of the team are free: %(who)s.")
    return said % {"who": who}


def _mostly(laid: LaidOut, one: Candidate) -> str:
    found = {s.starts: why_not(one, (s.starts, s.starts + laid.lasts), laid.helping.almanac) for s in laid.in_time}
    (why, _times), *_rest = Counter(found.values()).most_common(1)
    return why_not_words(why, one, next(at for at, code in found.items() if code == why), laid.helping.case.programme.zone) if why else ""


def stands_in_the_way(laid: LaidOut, stretch: solver.Stretch, hindered: dict[int, list[solver.Need]]) -> str:
    """Of the quarters of an hour of one window the one with the fewest obstacles, and those in a few words."""
    first, end = laid.almanac.windows[laid.almanac.stretches.index(stretch)]
    least = min((hindered[at] for at in range(first, end) if at in hindered), key=len, default=[solver.Need("window")])
    return listed(list(dict.fromkeys(_in_short(laid, need, stretch) for need in least)))


def _in_short(laid: LaidOut, need: solver.Need, stretch: solver.Stretch) -> str:
    need = as_said(need)
    name = {"name": laid.names.get(need.what, "")}
    words = {
        "window": _("too short"),
        "period": _("after the deadline"),
        "seats": _("no room is big enough"),
        "room": _("no room is free"),
        "busy": _("%(name)s is booked") % name,
        "out": _("%(name)s may not be out then") % name,
        "quiet": _("%(name)s cannot come") % name,
    }
    if need.kind == "helpers":
        return _("too few students are free") if need.what == STUDENT else _("too few adults of the team are free")
    if need.kind == "busy":
        return words["quiet" if UUID(need.what) in laid.unsaid else "busy"]
    if need.kind == "away" and laid.words[UUID(need.what)].get(stretch.starts) != "no":
        return words["quiet"]
    return words.get(need.kind) or _("%(name)s said no") % name


def ways_out(laid: LaidOut) -> list[WayOut]:
    """Each single change that would open a time, the one that opens most first; where no single one does, the smallest few together."""
    found = solver.explain(laid.strictly(), laid.meeting)
    if not found.openings:
        return []
    fewest = len(found.openings[0].lift)
    few = [one for one in found.openings if len(one.lift) == fewest and not any(need.kind in ("window", "seats") for need in one.lift)]
    ways = _ways(laid, few)
    for minutes in SHORTER:
        if minutes < laid.minutes and not any(need.kind == "seats" for need in found.blockers):
            shorter = laid.of_length(minutes)
            fits = [one for one in shorter.choices(99) if not one.reluctant]
            if fits:
                words = _("Plan %(minutes)s minutes instead of %(longer)s.") % {"minutes": minutes, "longer": laid.minutes}
                ways.append(WayOut(words, len(fits), shorter.almanac.moment(fits[0].placed.start), minutes=minutes))
                break
    return sorted(ways, key=lambda way: -way.opens)[:4]


def _ways(laid: LaidOut, openings: Iterable[solver.Opening]) -> list[WayOut]:
    """Each in its words; what reads the same is one, so that nothing shows what lies behind it."""
    starts, lifts = defaultdict[str, set[int]](set), dict[str, tuple[solver.Need, ...]]()
    for opening in openings:
        lift = tuple(map(as_said, opening.lift))
        words = " ".join(dict.fromkeys(_change(laid, need) for need in lift))
        starts[words].update(opening.starts)
        lifts.setdefault(words, lift)
    return [
        WayOut(words, len({laid.almanac.stretch(at) for at in opens}), laid.almanac.moment(min(opens)), lifts[words])
        for words, opens in starts.items()
    ]


def _change(laid: LaidOut, need: solver.Need) -> str:
    helps = {str(a.facilitator.user_id) for a in laid.needed.team}
    if need.kind == "period":
        return _("Meet after the deadline.")
    if need.kind == "room":
        return _("Find one more room.")
    if need.kind == "helpers":
        return _("Find one more student to help.") if need.what == STUDENT else _("Find one more adult to help.")
    name = {"name": laid.names.get(need.what, "")}
    if need.kind == "out":
        return _("Ask whether %(name)s may be out then.") % name
    return _("Ask somebody else in place of %(name)s.") % name if need.what in helps else _("Ask %(name)s again.") % name


def _in_order(laid: LaidOut, who: Iterable[str]) -> list[str]:
    wanted = set(who)
    return [name for name in laid.names if name in wanted]
