"""One state of the circle: gathered once at each beat (`gathering.py`), said once for each kind of seat and language (decision 138).

`SAYS` has a word for each fact, and `SHOWS` which kind of seat hears it. Whoever adds
a fact to the hour adds it to both; the page paints it by its name (`live.js`).
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.utils import translation
from django.utils.formats import time_format
from django.utils.translation import get_language_info
from django.utils.translation import gettext as _

from setfair.cases.models import Participation
from setfair.core import clock
from setfair.programmes.models import Phase, ScriptPage

from .. import headings, queries, talking
from ..models import Conference, Heading, Pause, QuestionMark, ScriptHand, Turn
from ..questions import Question

WRITING = (Phase.DRAFT, Phase.READ_BACK, Phase.SIGN)
CLOSING = (Phase.CLOSE, Phase.REFRESHMENTS, Phase.DEBRIEF)


class Kind(StrEnum):
    """Who looks: two who hold the circle are told the same. At the table lies what everyone in the room may read, and nothing of the team's."""

    LEAD = "lead"
    STUDENT = "student"
    TABLE = "table"


@dataclass(frozen=True)
class State:
    """Where a circle stands at one beat. Nothing in it is of one reader alone."""

    conference: Conference
    people: list[Participation]
    marks: dict[UUID, bool]
    pages: list[ScriptPage]
    at: int
    hand: ScriptHand | None
    beside: list[ScriptPage]
    chosen: list[UUID]
    turns: list[Turn]
    pause: Pause | None
    wish: bool
    headings: list[Heading]
    questions: list[Question]
    room_code: str
    later: dict[str, Any]
    """What later floors gathered for it, each by its name."""

    @property
    def page(self) -> ScriptPage:
        return self.pages[self.at]


GATHERED_LATER: dict[str, Callable[[Conference, ScriptPage], Any]] = {}


def join(name: str, gather: Callable[[Conference, ScriptPage], Any], say: Callable[[State, Any], Any], *kinds: Kind) -> None:
    """Let a later floor add a fact, in its `apps.ready()`: gathered once for a beat and its open page, said for each kind of seat and language."""
    GATHERED_LATER[name] = gather
    SAYS[name] = lambda state: say(state, state.later[name])
    for kind in kinds:
        SHOWS[kind] = (*(shown for shown in SHOWS[kind] if shown != name), name)


def words(state: State, kind: Kind) -> dict[str, Any]:
    """What one kind of seat may be told, in the language of the moment: what a page shows when it is opened, and hears from then on."""
    return {name: SAYS[name](state) for name in SHOWS[kind]}


def told(state: State, kind: Kind, language: str) -> bytes:
    """The same on its way to a page that lies open."""
    with translation.override(language):
        said = words(state, kind)
    return json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()


def prompts(page: ScriptPage) -> list[tuple[str, list[str]]]:
    """What helps on this page, by what happens."""
    said = [
        (_("If it goes quiet"), page.if_quiet),
        (_("If somebody is upset"), page.if_upset),
        (_("If blame starts"), page.if_blame),
        (_("What helps"), page.helps),
    ]
    return [(title, words.splitlines()) for title, words in said if words]


def in_other_languages(pages: list[ScriptPage]) -> list[tuple[str, str, list[str]]]:
    """The language of each, by its code and in its own words, and what is said."""
    return [(page.script.language, get_language_info(page.script.language)["name_local"], page.words.splitlines()) for page in pages]


def _page(state: State) -> dict[str, Any]:
    page, number, total = state.page, state.at + 1, len(state.pages)
    asked = queries.asked(page, state.people, state.marks, state.chosen)
    return {
        "title": page.title,
        "lines": page.words.splitlines(),
        "beside": in_other_languages(state.beside),
        "phase": page.get_phase_display(),
        "prompts": prompts(page),
        "notes": headings.may_be_noted_on(page),
        "sums_up": state.at == headings.closes_at(state.pages),
        "writes": page.phase in WRITING,
        "closes": page.phase in CLOSING,
        "debriefs": page.phase == Phase.DEBRIEF,
        "asked": asked or ([_("Everyone")] if page.asks == "everyone" else []),
        **_voices(state),
        "number": number,
        "total": total,
        "place": _("%(done)s of %(total)s") % {"done": number, "total": total},
        "earlier": state.pages[state.at - 1].order if state.at else None,
        "later": state.pages[state.at + 1].order if number < total else None,
        "last": number == total,
    }


def _voices(state: State) -> dict[str, Any]:
    """Whose turn it is, was, and who passed, of those whom the page asks."""
    voices = talking.voices(queries.whom(state.page, state.people, state.marks, state.chosen), state.turns)
    now = next((voice.participation for voice in voices if voice.is_now), None)
    words = {True: _("passed, may come back")}
    said = [
        {
            "who": str(voice.participation.pk),
            "name": voice.participation.person.first,
            "now": voice.is_now,
            "words": words.get(voice.has_passed, _("has spoken") if voice.has_spoken else ""),
        }
        for voice in voices
    ]
    speaks = {"who": str(now.pk), "words": _("%(name)s speaks now.") % {"name": now.person.first}} if now is not None else None
    return {"voices": said, "speaks": speaks}


def _pause(state: State) -> str:
    if state.pause is None:
        return ""
    at = clock.local(state.pause.at, state.conference.programme.zone)
    return _("A break since %(time)s.") % {"time": time_format(at, "TIME_FORMAT")}


def _arrived(state: State) -> str:
    count = sum(state.marks.values())
    return translation.ngettext("%(n)s came", "%(n)s came", count) % {"n": count} if count else ""


def _turn(state: State) -> dict[str, Any]:
    """What the room hears anyway: whom the page asks, and its words in the reader's language. What the team has among itself is not for the table."""
    if state.page.phase == Phase.DEBRIEF:
        return {"names": [], "lines": [], "may_pass": False}
    asked = queries.whom(state.page, state.people, state.marks, state.chosen)
    now = [voice.participation for voice in talking.voices(asked, state.turns) if voice.is_now]
    tongue, names = translation.get_language(), [each.person.first for each in now or asked]
    page = next((other for other in state.beside if other.script.language == tongue), state.page)
    everyone = [_("Everyone")] if page.asks == "everyone" else []
    return {"names": names or everyone, "lines": page.words.splitlines(), "may_pass": bool(page.asks)}


def _headings(state: State) -> list[dict[str, Any]]:
    """For the team, each with what takes it off."""
    return [
        {"title": kind.title, "ones": [{"key": str(one.pk), "who": one.name, "words": one.words} for one in kind.ones]}
        for kind in headings.by_kind(state.headings)
    ]


def _heard(state: State) -> list[dict[str, Any]]:
    """On the page that closes the sharing it is everybody's, so that anybody can say that it is not it."""
    if state.at != headings.closes_at(state.pages):
        return []
    kinds = headings.by_kind(state.headings)
    return [{"title": kind.title, "ones": [{"who": one.name, "words": one.words} for one in kind.ones]} for kind in kinds]


def _questions(state: State) -> list[dict[str, Any]]:
    """By whose they are, each with what can be pressed: a mark that stands is taken back by another press."""
    names = {one.participation.pk: one.participation.person.first for one in state.questions}
    return [{"who": name, "ones": [_question(one) for one in state.questions if one.participation.pk == key]} for key, name in names.items()]


def _question(one: Question) -> dict[str, str]:
    said = QuestionMark.What(one.mark).label if one.mark else ""
    presses = {what.value: f"{one.key}:{what}" for what in QuestionMark.What if what not in (one.mark, QuestionMark.What.OPEN)}
    back = {"open": f"{one.key}:{QuestionMark.What.OPEN}"} if one.mark else {}
    return {"words": one.text, "mark": str(said), **presses, **back}


def _hand(state: State) -> dict[str, str] | None:
    if state.hand is None:
        return None
    holds = _("%(name)s has the script.") % {"name": state.hand.user.get_short_name()}
    return {"who": str(state.hand.user_id), "holds": holds}


def _came(state: State) -> dict[str, dict[str, bool]]:
    return {str(key): {"yes": came, "no": not came} for key, came in state.marks.items()}


def missing(people: list[Participation], marks: dict[UUID, bool]) -> dict[str, str] | None:
    """Who of the two sides is not here, in whole sentences: for the page before it begins, and for the last of the script."""
    names = {"names": ", ".join(p.person.first for p in queries.missing(people, marks))}
    if not names["names"]:
        return None
    last = _("%(names)s did not come. You can finish all the same. What you agree on binds only those who are here.")
    return {"before": _("%(names)s is not here.") % names, "last": last % names}


SAYS: dict[str, Callable[[State], Any]] = {
    "stage": lambda state: state.conference.stage,
    "page": _page,
    "arrived": _arrived,
    "came": _came,
    "hand": _hand,
    "wish": lambda state: state.wish,
    "turn": _turn,
    "headings": _headings,
    "questions": _questions,
    "room_code": lambda state: state.room_code,
    "heard": _heard,
    "pause": _pause,
    "missing": lambda state: missing(state.people, state.marks),
}
"""Each fact by its name."""

SHOWS: dict[Kind, tuple[str, ...]] = {
    Kind.LEAD: ("stage", "page", "hand", "wish", "arrived", "came", "missing", "headings", "questions", "room_code", "pause"),
    Kind.STUDENT: ("stage", "page", "hand", "wish", "arrived", "headings", "questions", "room_code", "pause"),
    Kind.TABLE: ("stage", "turn", "heard", "pause"),
}
"""Which kind of seat hears which fact: a fact that stands in no line here leaves the server nowhere."""
