"""What a console takes along: all that its pages need in a room without network, and no more than its reader may see.

First names, roles, the script and its prompts in each language of those who are here,
what was heard, asked and promised, and where the circle stands. The page on the device works out the rest (`hour.js`).
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.utils.translation import gettext as _

from setfair.access.policy import Permission
from setfair.access.ties import may
from setfair.cases.models import SPEAKERS, Participation
from setfair.core import clock
from setfair.core.actor import Actor
from setfair.programmes.models import Phase, ScriptPage
from setfair.scheduling.queries import when_words

from . import headings, queries, questions, talking
from .bringing import LATER, What
from .journey import Stage
from .live.gathering import gathered
from .live.state import CLOSING, WRITING, Kind, in_other_languages, prompts, words
from .models import Conference, Heading, QuestionMark, Turn

FILES = ("conferences/hour.js", "conferences/along.js", "conferences/live.js", "ui/setfair.css", "ui/big.css")
"""When one of them has another name, the house has changed and the device keeps its page anew."""
WORKER = ("conferences/presses.js", "conferences/worker.js")


def worker() -> str:
    """The script that keeps a console: it is one file to a browser."""
    return "\n".join(Path(str(finders.find(name))).read_text(encoding="utf-8") for name in WORKER)


def told(conference: Conference, actor: Actor) -> dict[str, Any]:
    """Everything at once, as of one beat. Who came is told to those who lead it; whoever helps is told of those who are here."""
    runs = may(actor, Permission.CONVENE, conference)
    state = gathered(conference.pk)
    people = [p for p in state.people if runs or state.marks.get(p.pk) is not False]
    said = words(state, Kind.LEAD if runs else Kind.STUDENT)
    pages = list(ScriptPage.objects.filter(script=conference.script_id)) or [state.page]
    beside = queries.beside(conference, pages, state.people, state.marks)
    unasked = {p.pk for p in queries.not_asked_at_the_door(conference)}
    return {
        "me": str(actor.id),
        "runs": runs,
        "ref": conference.case.ref if runs else "",
        "room": conference.booking.room.name,
        "when": when_words(conference.booking, conference.programme),
        "now": clock.now().isoformat(),
        "until": _until(conference).isoformat(),
        "house": " ".join(static(name) for name in FILES),
        "beat": state.conference.beat,
        "stage": state.conference.stage,
        "at": queries.page_now(conference),
        "people": [_person(p) for p in people],
        "order": [str(p.pk) for p in talking.speakers(conference, people)],
        "chosen": bool(state.chosen),
        "came": {str(key): came for key, came in state.marks.items()} if runs else {},
        "pages": [_page(page, [other for other in beside if other.key == page.key]) for page in pages],
        "turns": _turns(conference),
        "hand": said["hand"],
        "pausedAt": int(state.pause.at.timestamp() * 1000) if state.pause is not None else None,
        "chairs": [{"name": chair.name, "role": chair.role} for chair in queries.seating(conference, people)],
        "stops": [stop.sentence for stop in queries.stops(conference)] if runs and state.conference.stage == Stage.PLANNED else [],
        "asked": [str(p.pk) for p in people if p.role in SPEAKERS and p.pk not in unasked],
        "wish": state.wish,
        "headings": [_heading(one) for one in headings.standing(conference)],
        "kinds": [{"kind": kind.value, "title": str(kind.label)} for kind in Heading.Kind],
        "questions": [_question(one) for one in questions.prepared(conference, [p for p in people if state.marks.get(p.pk) is not False])],
        "draft": LATER[What.PROMISED].told(conference, actor) if runs else {},
        "words": _words(),
    }


def _words() -> dict[str, Any]:
    """What the page on the device puts together by itself."""
    return {
        "place": _("%(done)s of %(total)s"),
        "speaks": _("%(name)s speaks now."),
        "passed": _("passed, may come back"),
        "spoken": _("has spoken"),
        "everyone": _("Everyone"),
        "choose": _("Choose"),
        "more": _("By %(day)s, for %(name)s"),
        "whose": {str(whose): str(whose.label) for whose in (Heading.Whose.ALL, Heading.Whose.COMMUNITY)},
        "marks": {str(what): str(what.label) for what in QuestionMark.What},
        "pause": _("A break since %(time)s."),
    }


def _until(conference: Conference) -> datetime:
    """The end of the day after: later than that it is shown on no device."""
    zone = conference.programme.zone
    day = clock.local(clock.now(), zone).date() + timedelta(days=2)
    return datetime.combine(day, time(), tzinfo=clock.local(clock.now(), zone).tzinfo)


def _person(participation: Participation) -> dict[str, Any]:
    return {
        "who": str(participation.pk),
        "name": participation.person.first,
        "role": participation.get_role_display(),
        "roles": sorted(participation.roles),
        "speaks": participation.role in SPEAKERS,
        "beside": talking.stands_by_another(participation),
    }


def _page(page: ScriptPage, others: list[ScriptPage]) -> dict[str, Any]:
    return {
        "order": page.order,
        "title": page.title,
        "lines": page.words.splitlines(),
        "beside": in_other_languages(others),
        "phase": page.get_phase_display(),
        "prompts": prompts(page),
        "asks": page.asks,
        "voices": page.phase == Phase.VOICES,
        "shares": page.phase in headings.SHARING,
        "notes": headings.may_be_noted_on(page),
        "writes": page.phase in WRITING,
        "closes": page.phase in CLOSING,
    }


def _heading(heading: Heading) -> dict[str, str]:
    return {"key": str(heading.pk), "kind": heading.kind, "who": heading.name, "words": heading.words}


def _question(one: questions.Question) -> dict[str, str]:
    return {"key": one.key, "who": str(one.participation.pk), "words": one.text, "mark": one.mark}


def _turns(conference: Conference) -> dict[int, list[dict[str, str]]]:
    found: dict[int, list[dict[str, str]]] = {}
    for turn in Turn.objects.filter(conference=conference).order_by("number"):
        found.setdefault(turn.page, []).append({"who": str(turn.participation_id), "what": turn.what})
    return found
