"""What stands on somebody's sheet, worked out anew each time from what is so now; and what they were given."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from setfair.cases import queries as cases
from setfair.cases.journey import Stage
from setfair.cases.models import Case, Participation, Role
from setfair.cases.queries import here, team
from setfair.cases.route import WITHOUT_MEETING
from setfair.people.custody import custody_of
from setfair.preparation.letters import code_page
from setfair.preparation.models import Consent
from setfair.preparation.queries import is_asked, questions
from setfair.programmes.scripts import running_script
from setfair.programmes.wording import told
from setfair.scheduling.queries import coming, length_of, lies_ahead, live_booking, may_know
from setfair.scheduling.said import clock_of, place
from setfair.voices.queries import in_parts, own_words, shared_words
from setfair.voices.standing_in import for_whom
from setfair.voices.standing_in import in_parts as standing_in_parts

from .models import Given

NAMED_FROM = (Stage.READY, Stage.SCHEDULED, Stage.CONVENED)
"""From here on people read first names; before, they read only which places there are."""
ASKS = ("?", "؟", "？", ";")
"""By which a line that asks is known, in the scripts that are written here."""


@dataclass(frozen=True)
class Part:
    title: str
    lines: list[str]


@dataclass(frozen=True)
class Sheet:
    """Its parts in the order in which they are read. `language` is that of the questions, which may be another than that of the page."""

    questions: list[Part]
    around: list[Part]
    language: str


def sheet_of(me: Participation, language: str, *, plain: bool = False, for_them: bool = False, is_named: bool = True) -> Sheet:
    """Theirs and nobody else's: no answer of anybody, and no question that another place is asked.

    What they want to say and ask stands on it; where it is not `for_them`, only when they shared it. Where nobody
    of the circle `is_named`, none of their own words do either, nor what they may say for another: these may name anybody.
    """
    found = questions(me, language)
    asked = [Part(page.title, _lines(page.words, plain)) for page in found]
    words = (own_words(me) if for_them else shared_words(me)) if is_named else None
    own = [Part(title, said.splitlines()) for title, said in in_parts(words)]
    lent = [Part(part.title, part.words.splitlines()) for one in (for_whom(me) if is_named else ()) for part in standing_in_parts(one)]
    around = [*own, *lent, _who(me, is_named), Part(_("How long"), [_how_long(me)]), Part(_("When and where"), _when(me)), _stopping(me)]
    return Sheet([part for part in asked if part.lines], around, found[0].script.language if found else language)


def last_given(me: Participation) -> Given | None:
    """What they were given last, if it is still theirs."""
    last = Given.objects.filter(participation=me).select_related("script").order_by("at", "id").last()
    return last if last is not None and is_current(last, me) else None


def is_current(given: Given, me: Participation) -> bool:
    script = running_script(me.programme, given.language, way=cases.way(me.case))
    return given.role == me.role and script is not None and given.script_id == script.pk


def given_in(case: Case) -> dict[object, Given]:
    """The last of each person of a case, in one query."""
    return {row.participation_id: row for row in Given.objects.filter(case=case).order_by("at", "id")}


def _lines(words: str, plain: bool) -> list[str]:
    lines = [line.strip() for line in words.splitlines() if line.strip()]
    return ([line for line in lines if line.endswith(ASKS)] or lines) if plain else lines


def _who(me: Participation, is_named: bool) -> Part:
    """First names of those who said yes, once everyone is ready, for whoever said yes too and where they meet; else only which places there are.

    Who helps as an interpreter is named by that.
    """
    others = [p for p in here(me.case).select_related("person").order_by("added_at", "id") if p.pk != me.pk]
    meets = cases.how(me.case) not in WITHOUT_MEETING
    said_yes = set(willing(me.case)) if meets and me.case.stage in NAMED_FROM else set()
    said_yes = said_yes if is_named and me.pk in said_yes else set()
    named = [f"{p.person.first} ({p.get_role_display()})" for p in others if p.pk in said_yes]
    unnamed = list(dict.fromkeys(str(Role(p.role).label) for p in others if p.pk not in said_yes))
    helpers = [a.facilitator.user.get_short_name() for a in team(me.case)]
    leads = [_("Who leads it: %(names)s") % {"names": ", ".join(helpers)}] if helpers else []
    return Part(_("Who will be there"), [_("You: %(part)s") % {"part": me.get_role_display()}, *named, *unnamed, *leads])


def willing(case: Case) -> list[object]:
    """The places of those whose last word of their own is yes, in one query."""
    said = Consent.objects.filter(case=case, scope=Consent.Scope.TAKE_PART).order_by("at", "id").values_list("participation", "giver", "answer")
    own = {participation: answer for participation, giver, answer in said if participation == giver}
    return [participation for participation, answer in own.items() if answer == Consent.Answer.YES]


def _how_long(me: Participation) -> str:
    booking = live_booking(me.case)
    minutes = int((booking.ends_at - booking.starts_at).total_seconds()) // 60 if booking is not None else length_of(me.case).minutes
    return _("About %(n)d minutes. We take a break when anyone wants one.") % {"n": minutes}


def _when(me: Participation) -> list[str]:
    booking = live_booking(me.case)
    if booking is None or not lies_ahead(booking) or not may_know(booking, me):
        return [_("We will tell you when there is a day.")]
    mine, where, theirs = coming(booking, me), booking.room, clock_of(me, me.programme)
    come = _("Please come at: %(time)s") % {"time": theirs.time(mine.at)}
    waits = _("You wait here: %(place)s") % {"place": mine.waits} if mine.waits else ""
    way = where.venue.way if where.venue else ""
    lines = (theirs.when(booking.starts_at, booking.ends_at), come, place(where, me.programme), way, str(told(where.directions)), waits)
    return [line for line in lines if line]


def _stopping(me: Participation) -> Part:
    lines = [_("You can stop at any time, in the room too. You do not have to say why.")] if is_asked(me) else []
    if custody_of(me.person_id) is not None:
        return Part(_("How to stop, or talk to us"), [*lines, _("Tick it on the paper for your answers, or tell whoever of us comes to see you.")])
    lines.append(_("On your page, %(page)s, type your code. Press: I want to stop.") % {"page": code_page()})
    if me.programme.phone:
        lines.append(_("Or call %(phone)s. You can also just talk to us.") % {"phone": me.programme.phone})
    return Part(_("How to stop, or talk to us"), lines)
