"""Until when the words of somebody are kept, said to them."""

from __future__ import annotations

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from setfair.cases.models import Case

from ..endings import OF_CASES, Group
from .askings import Whose, thing_of
from .due import terms
from .rules import rules

A_YEAR = 365


def kept_until(whose: Whose) -> str:
    """In a few plain sentences: the day, once it has ended; before that, how long after the end. Of a legal hold only that there can be one."""
    thing = thing_of(whose)
    term = terms([thing]).get(thing.pk)
    if term is not None:
        day = max(term.day, term.notice.forget_on) if term.notice is not None else term.day
        told = _("We keep what you told us until %(day)s. Then it is forgotten, for us too.") % {"day": date_format(day, "DATE_FORMAT")}
    else:
        told = _of_a_case() if isinstance(thing, Case) else _of_a_request()
    later = _("It can be later if the law asks for it, or if something is still open.")
    return f"{told} {later}"


def _of_a_case() -> str:
    days = {rules()[group] for group in OF_CASES}
    known = {"fewest": _so_long(min(days)), "most": _so_long(max(days))}
    if len(days) == 1:
        return _("We keep what you told us while this goes on, and for %(most)s after the end. Then it is forgotten.") % known
    told = _("We keep what you told us while this goes on, and for %(fewest)s to %(most)s after the end. Then it is forgotten.") % known
    differs = _("How long depends on how it ends.")
    return f"{told} {differs}"


def _of_a_request() -> str:
    days = rules()
    known = {"days": _so_long(days[Group.DECLINED]), "most": _so_long(max(days[group] for group in OF_CASES))}
    declined = _("If this does not go ahead, we keep what you told us for %(days)s. Then it is forgotten.") % known
    accepted = _("If it does, we keep it for up to %(most)s after the end.") % known
    return f"{declined} {accepted}"


def _so_long(days: int) -> str:
    """Whole years as years: nobody counts to 365."""
    if days and not days % A_YEAR:
        return ngettext("%(count)d year", "%(count)d years", days // A_YEAR) % {"count": days // A_YEAR}
    return ngettext("%(count)d day", "%(count)d days", days) % {"count": days}
