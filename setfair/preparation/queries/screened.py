"""What was found when the request was looked at, and is not settled by that: it goes along with the case."""

from __future__ import annotations

from typing import Any

from django.db.models import OuterRef, Subquery
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


def with_screening() -> dict[str, Any]:
    """Annotations for a page that reads its case anyway; what carries them is asked for nothing twice."""
    seen = Screening.objects.filter(referral=OuterRef("referral"), accepted=True).order_by()
    return {"screened_checks": Subquery(seen.values("checks")[:1]), "screened_at": Subquery(seen.values("at")[:1])}


def screening(case: Case) -> tuple[dict[str, str] | None, Any]:
    """What was found for each check of the request behind this case, and when; None for a case that was opened without one."""
    if not hasattr(case, "screened_at"):
        row: Any = Case.objects.filter(pk=case.pk).values(**with_screening()).get()
        checks, at = row["screened_checks"], row["screened_at"]
    else:
        checks, at = case.screened_checks, case.screened_at  # type: ignore[attr-defined]
    return (checks if isinstance(checks, dict) else None), at


def gates(case: Case) -> list[tuple[str, Any, Any]]:
    """The blocker's code, its sentence, and when it was found."""
    checks, at = screening(case)
    return [(code, sentence, at) for check, (code, sentence) in GATES.items() if checks and checks.get(check) == Looked.NO]


def still_to_look_at(case: Case) -> list[tuple[Any, Any]]:
    """Every other line that was answered no or not known, or left open, with what was found."""
    checks, _at = screening(case)
    if checks is None:
        return []
    held = {check for check in GATES if checks.get(check) == Looked.NO}
    rest = [(words, Looked(checks.get(code, Looked.UNKNOWN))) for code, words in CHECKS if code not in held]
    return [(words, found.label) for words, found in rest if found != Looked.YES]
