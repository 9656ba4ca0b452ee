"""What came in from a device and waits for somebody to say which was right, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from setfair.cases.models import Participation
from setfair.programmes.models import ScriptPage

from . import queries, talking
from .bringing import LATER, LEADS, OPEN, UNWILLING, What, can_be_done, question
from .models import Brought, Conference, Heading, QuestionMark, Settled

ENDS = (What.FINISHED, What.ADJOURNED, What.STOPPED)
WAITS = (Brought.Became.ASKED, Brought.Became.REFUSED)
WRITTEN = (What.NOTED, What.PROMISED)
"""Each is a thing of its own."""
OF_THE_SCRIPT = (What.TURNED, What.ORDERED, What.SPOKE, What.TOOK)


@dataclass(frozen=True)
class Question:
    """One thing that stands twice: as the device had it, and as it stands here."""

    brought: Brought
    device: str
    here: str
    can_be_done: bool
    """Whether the answer "as it was on the device" still changes anything here."""

    @property
    def pressed_at(self) -> datetime:
        return self.brought.pressed_at

    @property
    def asks(self) -> bool:
        """Whether somebody has to say which is right. What cannot be done any more is only told of, but a promise can still be put on."""
        return self.brought.became == Brought.Became.ASKED or self.is_promise

    @property
    def is_promise(self) -> bool:
        return self.brought.what == What.PROMISED


def waiting(conference: Conference, people: list[Participation], marks: dict[Any, bool], *, leads: bool) -> list[Question]:
    """Of each thing the last press that nobody has answered for: what was pressed before it on the same thing is answered with it."""
    rows = Brought.objects.filter(conference=conference)
    rows = rows.annotate(is_settled=Exists(Settled.objects.filter(brought=OuterRef("pk")))).select_related("participation__person")
    last = {(row.taken_id, *_about(row)): row for row in rows.order_by("number")}
    open_ones = [row for row in last.values() if row.became in WAITS and not row.is_settled]
    mine = [row for row in open_ones if leads or row.what not in LEADS]
    return [_question(row, conference, people, marks) for row in mine]


def _about(row: Brought) -> tuple[str, object]:
    if row.what == What.CAME:
        return row.what, row.participation_id
    if row.what in WRITTEN:
        return row.what, row.pk
    if row.what in (What.TOOK_OFF, What.MARKED):
        return row.what, row.detail.rpartition(":")[0] or row.detail
    return ("script" if row.what in OF_THE_SCRIPT else "end" if row.what in ENDS else row.what), None


def _question(row: Brought, conference: Conference, people: list[Participation], marks: dict[Any, bool]) -> Question:
    return Question(row, _device(row, conference), _here(row, conference, people, marks), can_be_done(row, conference))


def _device(row: Brought, conference: Conference) -> str:
    if row.what in LATER:
        return LATER[row.what].device(row)
    if row.what in (What.NOTED, What.TOOK_OFF, What.MARKED):
        return f"{What(row.what).label}: {_written(row, conference)}"
    who = row.participation.person.first if row.participation is not None else ""
    if row.what == What.TURNED:
        return _("The script was turned to “%(page)s”.") % {"page": _title(conference, row.page)}
    words = {
        (What.CAME, "yes"): _("%(name)s came."),
        (What.CAME, "no"): _("%(name)s is not here."),
        (What.CAME, UNWILLING): _("%(name)s does not want to any more."),
        (What.SPOKE, "speaks"): _("%(name)s speaks now."),
        (What.SPOKE, "passed"): _("%(name)s passed."),
        (What.ORDERED, row.detail): _("%(name)s got another place in the order of talk."),
    }
    said = words.get((What(row.what), row.detail))
    return said % {"name": who} if said else str(What(row.what).label)


def _written(row: Brought, conference: Conference) -> str:
    """The words that a press was about, of a heading or of a question."""
    if row.what == What.NOTED:
        return row.words.get("words", "")
    if row.what == What.TOOK_OFF:
        heading = Heading.objects.filter(conference=conference, pk=row.detail).first()
        return heading.words if heading is not None else ""
    found, what = question(conference, row.detail)
    return f"{found.text} ({QuestionMark.What(what).label})" if found is not None else ""


def _here(row: Brought, conference: Conference, people: list[Participation], marks: dict[Any, bool]) -> str:
    if row.what == What.CAME and row.participation is not None:
        mark, name = marks.get(row.participation_id), row.participation.person.first
        return {True: _("%(name)s came."), False: _("%(name)s is not here.")}.get(mark, _("%(name)s is not marked.")) % {"name": name}  # type: ignore[arg-type]
    if row.what in LATER:
        return LATER[row.what].here(conference)
    if conference.stage not in OPEN:
        return _("The meeting was over.")
    if row.what == What.MARKED:
        found, _what = question(conference, row.detail)
        return str(QuestionMark.What((found.mark if found is not None else "") or QuestionMark.What.OPEN).label)
    if row.what == What.ORDERED:
        return ", ".join(p.person.first for p in talking.speakers(conference, people))
    held = queries.hand(conference)
    page = _("The script is open at “%(page)s”.") % {"page": _title(conference, queries.page_now(conference))}
    return page + (" " + _("%(name)s has the script.") % {"name": held.user.get_short_name()} if held is not None else "")


def _title(conference: Conference, order: int | None) -> str:
    found = ScriptPage.objects.filter(script=conference.script_id, order=order).values_list("title", flat=True).first()
    return found or str(order)
