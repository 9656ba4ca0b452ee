"""What a request is not taken or answered with, in a sentence."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.utils.translation import gettext as _

from setfair.programmes.matters import NONE, listed

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


def check_matters(referral: Referral, matters: Collection[str]) -> None:
    """Each kind that the programme does not take lightly was asked about; none is among them that it does not take, or not without a supervisor."""
    programme, found = referral.programme, set(matters)
    blocked, specialist = found & set(programme.matters_blocked), found & set(programme.matters_specialist)
    asked = {*programme.matters_blocked, *programme.matters_specialist}
    if not found <= asked | {NONE} or (asked and not found) or (NONE in found and len(found) > 1):
        raise CannotScreen(_("Please say which of these matters it is, or that it is none of them."))
    if blocked:
        what = {"what": listed(blocked)}
        raise CannotScreen(_("This is not taken here: %(what)s. Choose Not going ahead: whoever asked is told kindly, with other ways.") % what)
    if specialist and not referral.clearances.exists():  # type: ignore[attr-defined]
        what = {"what": listed(specialist)}
        raise NeedsClearance(_("This needs a specialist: %(what)s. A supervisor looks at it first, and writes on this page why it can go on.") % what)


def check_gates(referral: Referral, checks: Mapping[str, str]) -> None:
    """What must be fine is, or a supervisor has written why it can go on."""
    stop = [str(words) for code, words in CHECKS if code in HARD and checks.get(code) == Looked.NO]
    if stop and not referral.clearances.exists():  # type: ignore[attr-defined]
        what = {"lines": "; ".join(stop)}
        raise NeedsClearance(_("The answer is no here: %(lines)s. A supervisor looks at it first, and writes on this page why it can go on.") % what)
