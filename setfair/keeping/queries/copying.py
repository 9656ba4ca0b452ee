"""What is kept about one person, for them to read and to take away: all their own words and what was shared with them, and nobody else's."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from setfair.cases.models import Participation
from setfair.preparation.models import Complaint
from setfair.referrals.models import Referral
from setfair.vault import ring

from .askers import of_asker
from .circled import others_in, others_than
from .lines import Line, at
from .theirs import of_person

Section = dict[str, Any]


def copy_for(whose: Participation | Referral) -> list[Section]:
    """Sections of lines, in the language that is spoken now, as the team reads them through before they are handed over.

    Names of others are replaced by what they are in it; others' words are not in it.
    """
    return _titled(of_person(whose) if isinstance(whose, Participation) else of_asker(whose))


def apart_for(whose: Participation | Referral, until: datetime) -> list[Section]:
    """What they wrote past those who run the meeting, up to a moment: for their own eyes, and never for the team that reads the rest through."""
    mine = {"participation": whose} if isinstance(whose, Participation) else {"referral": whose}
    rows = list(Complaint.objects.filter(**mine, at__lte=until).order_by("at", "id"))
    ring.gather(row.pk for row in rows)
    hide = others_than(whose) if isinstance(whose, Participation) else others_in(whose, whose.cases.first())  # type: ignore[attr-defined]
    return _titled([("complaints", _("What you wrote past those who run the meeting"), [at(row.at, hide(row.words)) for row in rows])])


def _titled(sections: Iterable[tuple[str, str, list[Line]]]) -> list[Section]:
    return [{"key": key, "title": title, "lines": lines} for key, title, lines in sections if lines]
