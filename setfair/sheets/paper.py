"""Somebody's sheet as a tagged PDF, under a name and a title that say nothing."""

from __future__ import annotations

from pathlib import Path

import segno
from django.utils import translation
from django.utils.translation import gettext as _

from setfair.cases.models import Participation
from setfair.letters.paper import printed
from setfair.people.custody import custody_of
from setfair.preparation.letters import code_page

from .queries import Part, sheet_of

SHEET = Path(__file__).parent / "sheets" / "pack.typ"
NAME = "paper.pdf"


def paper(me: Participation, *, language: str, size: int, plain: bool, for_them: bool = False) -> bytes:
    """Words of the house in the language that was chosen, the questions in it too where the programme has them in it."""
    with translation.override(language):
        sheet = sheet_of(me, language, plain=plain, for_them=for_them)
        data = {
            "title": _("Our copy"),
            "heading": _("Your questions"),
            "lead": _("You may pass on any of them."),
            "questions": [_part(part) for part in sheet.questions],
            "around": [_part(part) for part in sheet.around],
            "size": size,
            "spoken": sheet.language.split("-")[0],
            "qr": "" if custody_of(me.person_id) is not None else segno.make_qr(code_page(), error="m").svg_inline(scale=4),
            "qr_says": _("The page for your code"),
        }
        return printed(SHEET, data, language=language)


def _part(part: Part) -> dict[str, object]:
    return {"title": part.title, "lines": part.lines}
