"""The calls that were made to somebody, and those that are planned. What the team noted of them is the team's."""

from __future__ import annotations

from django.utils.translation import gettext as _

from setfair.aftercare.journey import Stage
from setfair.aftercare.models import CheckIn, CheckInNote, Helper
from setfair.cases.models import Participation

from .lines import Line, at, on


def calls_of(me: Participation) -> list[Line]:
    """What a copy says of them: when somebody called and what came of it in a word, when the next one is planned, and who was named for them."""
    notes = CheckInNote.objects.filter(check_in__participation=me).exclude(said=CheckInNote.Said.TAKEN_OVER).order_by("at", "id")
    ahead = CheckIn.objects.filter(participation=me, stage=Stage.OWED).order_by("due_on", "id")
    lines = [at(note.at, _("a call to you: %s") % note.get_said_display()) for note in notes]
    lines += [at(row.since, _("somebody was named for you: %s") % row.get_kind_display()) for row in Helper.objects.filter(participation=me)]
    lines += [at(row.since, _("you were named to be beside somebody")) for row in Helper.objects.filter(other=me)]
    return lines + [on(row.due_on, _("a call to you is planned: %s") % row.get_purpose_display()) for row in ahead]
