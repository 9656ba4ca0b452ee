"""What a request is not taken or answered with, in a sentence."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from .models import CHECKS, HARD, Looked, Referral


class CannotAsk(Exception):
    """A request cannot be taken as it is; the sentence says which part."""


class CannotScreen(Exception):
    """A request cannot be answered like this; the sentence says why."""


class CannotTalk(Exception):
    """A talk cannot be planned or written down like this; the sentence says why."""


class NeedsClearance(CannotScreen):
    """A no to what must be fine: a supervisor writes first why it can go on (`halt` tells them)."""


def check(checks: Mapping[str, str], note: str) -> None:
    """Each line is answered, or a note says why not."""
    known = {code for code, _words in CHECKS}
    if not set(checks) <= known or not set(checks.values()) <= set(Looked.values):
        raise CannotScreen(_("One of the answers is not on our list. Please look at them again."))
    if set(checks) < known and not note.strip():
        raise CannotScreen(_("Please answer each line: yes, no or not known. Or write in the note why one is left open."))


def check_gates(referral: Referral, checks: Mapping[str, str]) -> None:
    """What must be fine is, or a supervisor has written why it can go on."""
    stop = [str(words) for code, words in CHECKS if code in HARD and checks.get(code) == Looked.NO]
    if stop and not referral.clearances.exists():  # type: ignore[attr-defined]
        what = {"lines": "; ".join(stop)}
        raise NeedsClearance(_("The answer is no here: %(lines)s. A supervisor looks at it first, and writes on this page why it can go on.") % what)
