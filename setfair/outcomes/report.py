"""What a court or another office is told, and no more: whether it took place, whether it is over, whether further contact is advised."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from setfair.cases.journey import Stage
from setfair.cases.models import Case, Participation
from setfair.conferences.journey import Stage as ConferenceStage
from setfair.conferences.models import Conference
from setfair.core import clock
from setfair.journal import marks
from setfair.letters.paper import printed
from setfair.preparation.models import Recipient
from setfair.preparation.queries import concerned, missing_yes
from setfair.programmes.speaking import in_language

SHEET = Path(__file__).parent / "sheets" / "report.typ"
NAME = "paper.pdf"


@dataclass(frozen=True)
class Report:
    """The three fields. There is no place in it for a fourth."""

    took_place: bool
    ended: bool
    further: bool

    def codes(self) -> list[str]:
        """As the sharing log keeps it."""
        return [f"{name}:{'yes' if getattr(self, name) else 'no'}" for name in ("took_place", "ended", "further")]

    def rows(self) -> list[dict[str, str]]:
        """Each question with its answer, in the language that is active."""
        asked = ((_("Did it take place?"), self.took_place), (_("Is it over?"), self.ended), (_("Is further contact advised?"), self.further))
        return [{"question": question, "answer": _("Yes") if answer else _("No")} for question, answer in asked]


def report_of(case: Case, *, further: bool) -> Report:
    """What can be said of a case today; whether further contact is advised is for those who run it to say."""
    held = Conference.objects.filter(case=case, stage=ConferenceStage.CONCLUDED).exists()
    return Report(took_place=held, ended=case.stage == Stage.CLOSED, further=further)


def not_yet(case: Case, office: Recipient) -> list[Participation]:
    """Those whose yes, or a guardian's for them, is missing before this office may be told."""
    return [place for place in concerned(case) if missing_yes(place, scope="share", recipient=office) is not None]


def sheet(case: Case, office: Recipient, told: Report) -> bytes:
    """The PDF, in the programme's own language. It names nobody and says nothing of what anyone said."""
    with in_language(case.programme.language):
        return printed(SHEET, _data(case, office, told), language=translation.get_language() or "en")


def _data(case: Case, office: Recipient, told: Report) -> dict[str, Any]:
    referral = case.referral
    number = str(referral.court_number) if referral is not None else ""
    return {
        "title": _("Our copy"),
        "office": office.name,
        "labels": {"reference": _("Reference:"), "mark": _("Mark of our records:")},
        "reference": number or (referral.ref if referral is not None else case.ref),
        "heading": _("Report"),
        "rows": told.rows(),
        "from": case.programme.name,
        "day": date_format(clock.local(timezone.now(), case.programme.zone).date(), "DATE_FORMAT"),
        "mark": marks.newest(),
        "foot": _("Everyone it is about has agreed to these three answers. What was said is private, and is not part of any report."),
    }
