"""What was found when the request was looked at, and is not settled by that: it goes along with the case."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from setfair.cases.models import Case
from setfair.referrals.models import CHECKS, Looked, Screening

GATES = {
    "no_order": ("order", _("An order may bar contact: when the request was looked at, the answer was no.")),
    "no_coercion": ("coercion", _("There may be violence or pressure between them: when the request was looked at, the answer was no.")),
}
"""What holds a case until somebody who answers for safety has signed it off, by the check it comes from.

A no to responsibility is held by the acknowledgement.
"""

SIGNED_OFF = ("worry", *(code for code, _sentence in GATES.values()))


def screening(case: Case) -> Screening | None:
    """How the request behind this case was looked at; a case that was opened without one has none."""
    return Screening.objects.filter(referral=case.referral_id, accepted=True).first() if case.referral_id else None


def gates(case: Case) -> list[tuple[str, Any, Any]]:
    """The blocker's code, its sentence, and when it was found."""
    seen = screening(case)
    found: Any = seen.checks if seen is not None and isinstance(seen.checks, dict) else {}
    return [(code, sentence, seen.at) for check, (code, sentence) in GATES.items() if seen is not None and found.get(check) == Looked.NO]


def still_to_look_at(case: Case) -> list[tuple[Any, Any]]:
    """Every other line that was answered no or not known, or left open, with what was found."""
    seen = screening(case)
    if seen is None or not isinstance(seen.checks, dict):
        return []
    held = {check for check in GATES if seen.checks.get(check) == Looked.NO}
    rest = [(words, Looked(seen.checks.get(code, Looked.UNKNOWN))) for code, words in CHECKS if code not in held]
    return [(words, found.label) for words, found in rest if found != Looked.YES]
