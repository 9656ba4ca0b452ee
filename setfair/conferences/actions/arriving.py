"""Who comes, asked again at the door."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from setfair.cases.models import Participation
from setfair.cases.queries import lock
from setfair.core.actor import Actor
from setfair.journal.actions import record
from setfair.preparation.actions import CannotPrepare, say_still
from setfair.preparation.models import Still
from setfair.preparation.queries import is_asked

from .. import queries
from ..journey import Stage
from ..models import Attendance, Conference
from .refusals import CannotGoOn
from .rooms import change_the_code
from .standing import held_stage, moment


@transaction.atomic
def welcome(conference: Conference, participation: Participation, /, *, by: Actor, at: datetime | None = None) -> Attendance:
    """They came and, asked alone at the door, still want to. Once it is over, and of whoever is not asked, only that they came."""
    if conference.stage in (Stage.PLANNED, Stage.LIVE) and is_asked(participation):
        try:
            say_still(participation, by=by, for_day=queries.day_of(conference, at), moment=Still.Moment.DOOR)
        except CannotPrepare as reason:
            raise CannotGoOn(str(reason)) from reason
    return mark_attendance(conference, participation, by=by, came=True, at=at)


@transaction.atomic
def mark_attendance(conference: Conference, participation: Participation, /, *, by: Actor, came: bool, at: datetime | None = None) -> Attendance:
    """Write down that somebody came, or did not. A later mark counts before an earlier one; the same twice is one.

    What was marked wrongly can be put right after the meeting too, until everyone has signed.
    """
    lock(conference.case)
    held_stage(conference)
    if not queries.may_mark(conference):
        raise CannotGoOn(_("This meeting is over."))
    if participation.case_id != conference.case_id:
        raise CannotGoOn(_("This person belongs to another meeting."))
    last = Attendance.objects.filter(conference=conference, participation=participation).order_by("-number").first()
    if last is not None and last.came == came:
        return last
    mark = Attendance.objects.create(conference=conference, participation=participation, came=came, by=by.id, at=moment(at))
    record("marked_attendance", mark, by=by, came=came)
    if last is not None and not came:
        change_the_code(conference, by=by)
    return mark
