"""The agreement on paper: the same words as on the page, tagged, under a name that says nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from setfair.cases.models import Participation
from setfair.core.text import shown
from setfair.journal import marks
from setfair.letters.paper import direction, printed, printed_to_last, undrawn
from setfair.programmes.speaking import in_language

from . import queries
from .journey import Stage
from .models import Agreement

SHEET = Path(__file__).parent / "sheets" / "agreement.typ"
SHEETS = Path(__file__).parent / "sheets" / "to_sign.typ"
NAME = "paper.pdf"


class CannotPrint(Exception):
    """Some of the words hold a sign that none of our fonts can draw; `words` says which."""

    def __init__(self, words: list[str]) -> None:
        super().__init__(_("Our paper copy cannot show: %(words)s") % {"words": ", ".join(words)})
        self.words = words


def copy(agreement: Agreement, *, language: str = "") -> bytes:
    """The PDF of what was presented, with who has signed; while it is being signed, a sheet for each to sign with a pen. Raises
    `CannotPrint` rather than leave a gap in a name."""
    with translation.override(language or translation.get_language()):
        return _to_sign(agreement) if agreement.stage == Stage.SIGNING else _printed(agreement, names(agreement))


def own_copy(agreement: Agreement, *, of: Participation) -> bytes:
    """The same for somebody of the circle, with `own_names` under it."""
    return _printed(agreement, own_names(agreement, of=of), of=of)


def to_last(agreement: Agreement, *, of: Participation | None, code: str) -> bytes:
    """What is sealed and kept: somebody's own copy, or the team's, always within the standard, with the code by which anybody
    asks whether it is ours. Raises `CannotPrint`."""
    return _printed(agreement, own_names(agreement, of=of) if of else names(agreement), of=of, code=code)


def cannot_show(agreement: Agreement) -> list[str]:
    """Names and words that no copy on paper could show, while they can still be written otherwise, in whatever language."""
    rows = queries.all_translations(queries.items_of(agreement)).values()
    put = [{"name": "", "words": getattr(row, part)} for row in rows for part in queries.PARTS if getattr(row, part)]
    under = ({"name": name, "words": ""} for name in (agreement.words or {}).get("names", {}).values())
    return _strange(_written(_data(agreement), [*put, *under]))


def names(agreement: Agreement) -> list[dict[str, str]]:
    """Who has signed and on which day, with what they wrote under their name for everyone."""
    return [_signed(mark, mark.words) for mark in _marks(agreement)]


def own_names(agreement: Agreement, *, of: Participation) -> list[dict[str, str]]:
    """What somebody of the circle reads under it. Unless it is in force that is their own name alone: a missing one would tell who said no."""
    mine, others = queries.remarks(agreement).get(of.pk), agreement.stage not in (Stage.SIGNING, Stage.ENDED)
    own = mine.words if mine else ""
    return [_signed(mark, own if mark.whose == of.pk else mark.words) for mark in _marks(agreement) if others or mark.whose == of.pk]


def _written(data: dict[str, Any], under: list[dict[str, str]]) -> list[str]:
    """All that people wrote themselves on one sheet."""
    rows = (
        [row["who"], row["for_whom"], row["what"], row["proof"], *(more["words"] for more in row["more"]), *row["written"]["words"]]
        for row in data["rows"]
    )
    return [*(part for row in rows for part in row), *(words for name in under for words in (name["name"], name["words"]))]


def _strange(written: list[str]) -> list[str]:
    return undrawn(list(dict.fromkeys(written)))


def _to_sign(agreement: Agreement) -> bytes:
    """For each who is asked to sign, and is here, the words that they read, in their own language, over one line for their name: who has
    signed already is not told. Whoever's name goes on from an earlier version is asked for nothing.

    A sheet that went round would show everybody what is between two of them. All of them are looked through at once, as that takes a moment.
    """
    sheets: list[dict[str, Any]] = []
    written: list[str] = []
    for person in [hand.participation for hand in queries.hands(agreement) if hand.since is None and hand.participation.left_at is None]:
        with in_language(person.person.language):
            under = [{"name": queries.called(agreement, person), "at": "", "words": ""}]
            sheet = _data(agreement, person) | {"names": under, "code": ""} | direction(translation.get_language() or "en")
        sheets.append(sheet)
        written += _written(sheet, under)
    _refuse(_strange(written))
    return printed(SHEETS, {"title": _("Our copy"), "sheets": sheets}, language=translation.get_language() or "en")


def _printed(agreement: Agreement, under: list[dict[str, str]], *, of: Participation | None = None, code: str = "") -> bytes:
    data = _data(agreement, of) | {"names": under, "code": shown(code)}
    _refuse(_strange(_written(data, under)))
    return (printed_to_last if code else printed)(SHEET, data, language=translation.get_language() or "en")


def _refuse(strange: list[str]) -> None:
    if strange:
        raise CannotPrint(strange)


def _data(agreement: Agreement, of: Participation | None = None) -> dict[str, Any]:
    """What the sheet says: of a person of the circle, what they read; else all of it, and where not everybody reads all of it, that it is
    nobody's of the circle."""
    return {
        "title": _("Our copy"),
        "heading": _("This is what everyone said they will do."),
        "labels": {
            "who": _("Who"),
            "what": _("What"),
            "for_whom": _("For"),
            "due": _("By"),
            "proof": _("How we will know"),
            "signed": _("Signed"),
            "mark": _("Mark of our records:"),
            "check": _("Is this copy from us? Type its code at %(page)s:") % {"page": f"{settings.SITE_ADDRESS}{reverse('check')}"},
        },
        "rows": [
            {
                "who": line.who,
                "for_whom": line.for_whom or _("Everyone"),
                "what": line.what,
                "proof": line.proof_wanted or "–",
                "more": _more(line),
                "due": date_format(line.due_on, "DATE_FORMAT"),
                "language": _tagged(line.language),
                "written": _as_written(line),
            }
            for line in queries.lines(agreement, me=of)
        ],
        "others": queries.left_out(agreement, of) if of else "",
        "note": _("For the team alone: not everyone may read all of it.") if of is None and agreement.is_between_some else "",
        "mark": marks.newest(),
        "foot": _("Version %(n)d. It is a promise between people, not an order of a court.") % {"n": agreement.version},
    }


def _more(line: queries.Line) -> list[dict[str, str]]:
    """What else is said of a promise, each with its label; in what people wrote themselves the language they wrote it in."""
    here = translation.get_language() or "en"
    said = [
        (_("How much"), line.how_much, here),
        (_("Who looks at it"), line.checked_by, here),
        (_("Who answers for it"), line.answers, here),
        (_("Passed on by"), line.through, here),
        (_("If it is hard"), line.if_hard, line.language),
        (_("Who reads it"), _("only those it concerns") if line.narrow else "", here),
        *((one.label, one.words, line.put.written_in if line.put else line.language) for one in line.corrections),
    ]
    return [{"label": label, "words": words, "language": _tagged(language)} for label, words, language in said if words]


def _as_written(line: queries.Line) -> dict[str, Any]:
    """Under the words in the reader's language, as they were written."""
    if line.put is None:
        return {"words": []}
    return {"note": line.put.note, "label": line.put.label, "words": line.put.sentences, "language": _tagged(line.put.written_in)}


def _tagged(language: str) -> str:
    return str(direction(language)["language"])


def _marks(agreement: Agreement) -> list[queries.Mark]:
    with timezone.override(agreement.case.programme.zone):
        return queries.marks(agreement)


def _signed(mark: queries.Mark, words: str) -> dict[str, str]:
    day = date_format(mark.day, "DATE_FORMAT")
    return {"name": mark.name, "at": " · ".join((day, _("version %(n)d") % {"n": mark.since})) if mark.since else day, "words": words}
