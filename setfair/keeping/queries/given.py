"""Files that somebody gave, or that were shared with them: as they go into their copy."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from setfair.cases.audience import Audience
from setfair.cases.models import Participation
from setfair.core.actor import Kind
from setfair.files.journey import THERE, Stage
from setfair.files.models import File
from setfair.files.words import NAMES, described

from .lines import Hide, Line, at

SEEN = (Stage.KEPT, Stage.REPLACED)
"""Stages in which what was shared with somebody is theirs to have."""


@dataclass(frozen=True)
class Given:
    """One file of theirs, under a name that says only which one it is and how to open it."""

    file: File
    name: str
    is_own: bool

    def line(self, hide: Hide) -> Line:
        whose = _("from you") if self.is_own else _("shared with you")
        return at(self.file.at, "\n".join(filter(None, [f"{self.name}: {described(self.file)}, {whose}", hide(self.file.words)])))


def files_of(me: Participation, until: datetime | None = None) -> list[Given]:
    """The first first, up to a moment. All are counted, so that the name of one stays what it was whatever happens to another."""
    own, shared = Q(by_kind=Kind.PARTICIPANT, by=me.pk), Q(audience=Audience.SHARED, reader=me)
    rows = File.objects.filter(own | shared, case=me.case_id).order_by("at", "id")
    rows = rows.filter(at__lte=until) if until is not None else rows
    numbered = [Given(file, f"{n}.{NAMES[file.kind].rpartition('.')[2]}", file.by == me.pk) for n, file in enumerate(rows, 1)]
    return [one for one in numbered if one.file.stage in (THERE if one.is_own else SEEN)]
