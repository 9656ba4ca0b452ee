"""Files that somebody gave, or that were shared with them: as they go into their copy."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from setfair.cases.audience import Audience
from setfair.cases.models import Participation
from setfair.core.actor import Kind
from setfair.files.journey import THERE, Stage
from setfair.files.models import File
from setfair.files.words import NAMES, described
from setfair.referrals.models import Referral

from ..models import Copy
from .lines import Hide, Line, at

SEEN = (Stage.KEPT, Stage.REPLACED)
"""Stages in which what was shared with somebody is theirs to have."""


@dataclass(frozen=True)
class Given:
    """One file of theirs, under a name that says only which one it is and how to open it."""

    file: File
    number: int
    is_own: bool

    @property
    def name(self) -> str:
        return f"{self.number}.{NAMES[self.file.kind].rpartition('.')[2]}"

    def line(self, hide: Hide) -> Line:
        whose = _("from you") if self.is_own else _("shared with you")
        return at(self.file.at, "\n".join(filter(None, [f"{self.name}: {described(self.file)}, {whose}", hide(self.file.words)])))


def files_of(whose: Participation | Referral) -> list[Given]:
    """What can be had now, the first first. All are counted, so that the name of one stays what it was whatever happens to another."""
    return _files_of(whose) if isinstance(whose, Participation) else []


def files_in(copy: Copy) -> list[Given]:
    """Those that were chosen when the copy was put together, whatever came or went since."""
    return [Given(row.file, row.number, row.is_own) for row in copy.files.select_related("file").order_by("number")]


def _files_of(me: Participation) -> list[Given]:
    own, shared = Q(by_kind=Kind.PARTICIPANT, by=me.pk), Q(audience=Audience.SHARED, reader=me)
    rows = File.objects.filter(own | shared, case=me.case_id).order_by("at", "id")
    numbered = [Given(file, n, file.by == me.pk) for n, file in enumerate(rows, 1)]
    return [one for one in numbered if one.file.stage in (THERE if one.is_own else SEEN)]
