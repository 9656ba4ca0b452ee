"""A prepared question is marked."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from setfair.core.actor import Actor
from setfair.journal.actions import record

from .. import questions
from ..journey import Stage
from ..models import Conference, QuestionMark
from ..questions import Question
from .hand import in_hand_of
from .refusals import CannotGoOn
from .standing import held_stage


@transaction.atomic
def mark_question(conference: Conference, question: Question, /, *, by: Actor, what: str, brought: bool = False) -> None:
    """It was asked, it was answered, or it is not wanted any more; `open` takes that back. The same twice is one.

    One that is `brought` from a device without network was marked with its script in hand.
    """
    if held_stage(conference) != Stage.LIVE:
        raise CannotGoOn(_("Questions are marked while the meeting is under way."))
    if not brought:
        in_hand_of(conference, by=by)
    there = next((one for one in questions.prepared(conference, [question.participation]) if one.key == question.key), None)
    if there is None:
        raise CannotGoOn(_("This question is not here any more."))
    if there.mark == ("" if what == QuestionMark.What.OPEN else what):
        return
    said = {"words": there.words, "line": there.line, "what": what, "by": by.known_id}
    record("marked_question", QuestionMark.objects.create(conference=conference, case=conference.case, **said), by=by)
