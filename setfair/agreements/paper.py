"""The agreement on paper: the same words as on the page, tagged, under a name that says nothing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from setfair.cases.models import Participation
from setfair.letters.paper import printed, undrawn

from . import queries
from .journey import Stage
from .models import Agreement, Signature

SHEET = Path(__file__).parent / "sheets" / "agreement.typ"
NAME = "paper.pdf"


class CannotPrint(Exception):
    """Some of the words hold a sign that none of our fonts can draw; `words` says which."""

    def __init__(self, words: list[str]) -> None:
        super().__init__(_("Our paper copy cannot show: %(words)s") % {"words": ", ".join(words)})
        self.words = words


def copy(agreement: Agreement, *, language: str = "") -> bytes:
    """The PDF of what was presented, with the signatures under it so far. Raises `CannotPrint` rather than leave a gap in a name."""
    with translation.override(language or translation.get_language()):
        return _printed(agreement, _names(agreement, agreement.case.programme.zone))


def own_copy(agreement: Agreement, *, of: Participation) -> bytes:
    """The same for somebody of the circle. Unless it is in force it shows their own signature alone: a missing name would tell who said no."""
    if agreement.stage not in (Stage.SIGNING, Stage.ENDED):
        return copy(agreement)
    mine = [s for s in queries.signatures(agreement) if s.participation_id == of.pk]
    return _printed(agreement, [_signed(s, agreement.case.programme.zone) for s in mine])


def _printed(agreement: Agreement, names: list[dict[str, str]]) -> bytes:
    data = _data(agreement) | {"names": names}
    strange = undrawn([part for row in data["rows"] for part in (row["who"], row["for_whom"], row["what"], row["proof"])])
    strange += undrawn([name["name"] for name in names])
    if strange:
        raise CannotPrint(list(dict.fromkeys(strange)))
    return printed(SHEET, data, language=translation.get_language() or "en")


def _data(agreement: Agreement) -> dict[str, Any]:
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
        },
        "rows": [
            {
                "who": line.who,
                "for_whom": line.for_whom or _("Everyone"),
                "what": line.what,
                "proof": line.proof_wanted or "–",
                "due": date_format(line.due_on, "DATE_FORMAT"),
            }
            for line in queries.lines(agreement)
        ],
        "foot": _("Version %(n)d. It is a promise between people, not an order of a court.") % {"n": agreement.version},
    }


def _names(agreement: Agreement, zone: str) -> list[dict[str, str]]:
    """Who has signed and when; while it is being signed, an empty line for everyone else, to be signed with a pen."""
    signed = [_signed(s, zone) for s in queries.signatures(agreement)]
    waiting = queries.hands(agreement) if agreement.stage == Stage.SIGNING else []
    return signed + [{"name": hand.participation.person.shown, "at": ""} for hand in waiting if hand.signature is None]


def _signed(signature: Signature, zone: str) -> dict[str, str]:
    with timezone.override(zone):
        return {"name": signature.typed_name, "at": date_format(timezone.localtime(signature.at), "DATETIME_FORMAT")}
