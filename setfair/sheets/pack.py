"""Everything that one person needs who has no screen, as one tagged PDF: what this is, their questions, the day, a code, and a slip for answers."""

from __future__ import annotations

from typing import Any

import segno
from django.utils import translation
from django.utils.translation import gettext as _

from setfair.cases.models import Participation
from setfair.cases.queries import way
from setfair.core.text import shown
from setfair.letters.paper import printed
from setfair.people.custody import custody_of
from setfair.preparation import words
from setfair.preparation.asked import explained
from setfair.preparation.letters import code_page
from setfair.preparation.queries import is_asked

from .foot import foot_of
from .paper import SHEET
from .queries import Part, Sheet, sheet_of
from .slip import Ask, slip_of


def pack(me: Participation, *, language: str, size: int, plain: bool, code: str = "") -> bytes:
    """Nobody of the circle is named on it but its reader: paper is read by others too. A `code` is printed where one was just made."""
    with translation.override(language):
        sheet = sheet_of(me, language, plain=plain, is_named=False)
        return printed(SHEET, _data(me, sheet, plain, code, language) | {"size": size}, language=language)


def _data(me: Participation, sheet: Sheet, plain: bool, code: str, language: str) -> dict[str, Any]:
    return {
        "title": _("Our copy"),
        "heading": _("Hi %(name)s") % {"name": me.greeted},
        "lead": _("This is for you. The other people do not get it."),
        "before": [_part(part) for part in _before(me, plain)],
        "questions_heading": _("Your questions"),
        "questions_lead": _("You may pass on any of them."),
        "questions": [_part(part) for part in sheet.questions],
        "around": [_part(part) for part in sheet.around],
        "spoken": sheet.language.split("-")[0],
        "has_screen": custody_of(me.person_id) is None,
        "code": _code(code),
        "qr": segno.make_qr(code_page(), error="m").svg_inline(scale=4),
        "qr_says": _("The page for your code"),
        "slip": _slip(me, language),
    }


def _before(me: Participation, plain: bool) -> list[Part]:
    if not is_asked(me):
        return [Part(_("What this is"), [_("You are here to help people understand each other. If you cannot come, please tell us soon.")])]
    opened, told = explained(way(me.case))
    free = [str(line) % {"name": me.person.first} for line in (*words.FREELY[words.ME], *words.FREE)]
    more = opened if plain else (*told[:-2], *opened, *told[-2:])
    return [Part(_("You choose freely"), free), *(Part(str(heading), [str(said)]) for heading, said in more)]


def _code(code: str) -> dict[str, Any]:
    """Without a new one the old code still works, which we do not know any more."""
    lines = [_("Your code opens your own page: %(page)s") % {"page": code_page()}]
    return {"title": _("Your code"), "lines": lines, "code": shown(code), "none": _("It is the one that you have. Lost it? Ask us for a new one.")}


def _slip(me: Participation, language: str) -> dict[str, Any]:
    place = " · ".join(part for part in (me.programme.room, me.programme.phone) if part)
    return {
        "heading": _("Your answers"),
        "lead": [
            _("Tick what is right for you. You can leave out what you like, and change it later."),
            _("Then give this part to us, or send it: %(place)s") % {"place": place or me.programme.short_name},
        ],
        "asks": [_ask(ask) for ask in slip_of(me)],
        "signed": [_("Your name"), _("The day"), _("Did somebody help you, or see you write this? Their name")],
        "mark": _("For our team: %(mark)s") % {"mark": foot_of(me, language)},
    }


def _ask(ask: Ask) -> dict[str, Any]:
    return {"title": ask.title, "told": list(ask.told), "choices": [label for _value, label in ask.choices], "lines": ask.lines}


def _part(part: Part) -> dict[str, object]:
    return {"title": part.title, "lines": part.lines}
