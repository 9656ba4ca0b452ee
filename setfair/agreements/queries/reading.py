"""The promises as they are read before signing and kept afterwards: the words that were laid out, in the language of whoever reads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from setfair.cases.models import Participation
from setfair.vault import ring

from .. import tongues
from ..amounts import Part, how_much
from ..journey import ItemStage
from ..models import Agreement
from ..reach import between_others, read_by
from .spelling import Correction, Undone, as_read
from .translating import Put, laid_out_at, put_into


@dataclass(frozen=True)
class Line:
    """One promise as it was presented, and how it stands since. `corrections` are what was put right in it, and what of that was taken back."""

    pk: str
    who: str
    for_whom: str
    what: str
    proof_wanted: str
    due_on: date
    how_much: str
    checked_by: str
    if_hard: str
    answers: str
    through: str
    mine: bool
    shared: bool
    done: bool
    narrow: bool
    language: str
    corrections: tuple[Correction | Undone, ...] = ()
    put: Put | None = None

    @property
    def title(self) -> str:
        """Whose it is, as its reader reads it."""
        return _("Your part") if self.mine else self.who

    @property
    def beside(self) -> list[tuple[str, str, str]]:
        """What stands beside what will be done, each with its label, and the language where it is not the page's: by when, for whom, how we
        will know and so on."""
        said = [
            (_("By"), date_format(self.due_on, "DATE_FORMAT"), ""),
            (_("For"), self.for_whom, ""),
            (_("How we will know:"), self.proof_wanted, self.language),
            (_("Who looks at it:"), self.checked_by, ""),
            (_("Who answers for it:"), self.answers, ""),
            (_("Passed on by"), self.through, ""),
        ]
        return [one for one in said if one[1]]

    @property
    def sentences(self) -> list[str]:
        """All that its reader reads of it, one line each."""
        together = [" ".join((_("Together:"), self.who))] if self.mine and self.shared else []
        beside = " · ".join(f"{label} {words}" for label, words, _language in self.beside)
        hard = " ".join((_("If it is hard:"), self.if_hard)) if self.if_hard else ""
        return [
            *together,
            *(words for words in (self.what, self.how_much, beside, hard, self.reach) if words),
            *(f"{c.label}: {c.words}" for c in self.corrections),
        ]

    @property
    def put_right(self) -> list[Correction]:
        """What was put right in it since it was laid out, and stands."""
        return [one for one in self.corrections if isinstance(one, Correction)]

    @property
    def reach(self) -> str:
        """Said to those who read a promise that not everybody does."""
        return _("Only those it concerns can read this.") if self.narrow else ""


def lines(agreement: Agreement, *, me: Participation | None = None, as_laid_out: bool = False) -> list[Line]:
    """What is read before signing and kept afterwards: the words as presented, the reader's own part first, and what does not
    concern them left out (`left_out` says that there is more). Without a reader it is what the team reads. Spellings that were
    put right since are shown so; `as_laid_out` without them. What the team put into the reader's language is read in it, with the words as they were
    written beside it (`Line.put`).

    Of how it goes only "done" shows here. Whatever else there is to say about a
    promise is between its owner, the person harmed and the team.
    """
    ring.gather([agreement.case_id])
    done = {str(i.pk) for i in agreement.items.all() if i.stage == ItemStage.VERIFIED}
    named = (agreement.words or {}).get("names", {})
    mine = str(me.pk) if me is not None else ""
    items, corrections = (_laid(agreement), {}) if as_laid_out else as_read(agreement)
    read = read_by(items, me)
    put = put_into(agreement, tongues.now(), read, laid_out_at(agreement) if as_laid_out else None)
    found = [
        Line(
            pk=item["id"],
            who=item["who"],
            for_whom=item["for_whom"],
            what=said["what"],
            proof_wanted=said["proof_wanted"],
            due_on=date.fromisoformat(item["due_on"]),
            how_much=_how_much(item),
            checked_by=item.get("checked_by", ""),
            if_hard=said.get("if_hard", ""),
            answers=item.get("answers", ""),
            through=item.get("through", ""),
            mine=mine in item.get("owners", [item["owner"]]) and bool(mine),
            shared=item["who"] != named.get(mine),
            done=item["id"] in done,
            narrow="concerns" in item,
            language=there.language if there else item.get("language") or agreement.programme.language,
            corrections=tuple(corrections.get(item["id"], ())),
            put=there,
        )
        for item in read
        for there in [put.get(item["id"])]
        for said in [there.words if there else item]
    ]  # fmt: skip
    return sorted(found, key=lambda line: not line.mine)


def left_out(agreement: Agreement, me: Participation) -> str:
    """What somebody of the circle reads of the promises that do not concern them: that there are some, and nothing of what is in them."""
    every = _laid(agreement)
    return between_others(len(every) - len(read_by(every, me)))


def _laid(agreement: Agreement) -> list[dict[str, Any]]:
    items: list[dict[str, Any]] = (agreement.words or {}).get("items", [])
    return items


def _how_much(item: dict[str, Any]) -> str:
    """In the language it is read in; words that were laid out before this was asked say nothing of it."""
    parts = [Part(date.fromisoformat(day), Decimal(amount)) for day, amount in item.get("parts", ())]
    amount = Decimal(item["amount"]) if item.get("amount") else None
    return how_much(amount, item.get("currency", ""), item.get("hours"), parts)
