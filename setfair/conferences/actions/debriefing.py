"""Three minutes after a circle for those who held it."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from setfair.cases.audience import Audience
from setfair.cases.models import Participation
from setfair.core.actor import Actor
from setfair.journal.actions import record
from setfair.notes import actions as notes
from setfair.safety import actions as safety
from setfair.safety.models import Alarm
from setfair.safety.queries import Whence, about

from ..debriefs import SAT
from ..models import Conference, Debrief, DebriefRead
from .refusals import CannotGoOn
from .standing import held_stage


@transaction.atomic
def debrief(
    conference: Conference,
    *,
    by: Actor,
    form_key: UUID,
    how: str,
    words: str = "",
    pass_on: str = "",
    worried: bool = False,
    whom: Participation | None = None,
    worry: str = "",
) -> Debrief:
    """Say how one is, pass something on, and tell of a worry: each goes its own way, in one transaction.

    How they are is for whoever supervises. What they pass on is a note for those who run the case, also of a
    student, who does not read it again. A worry is told at once to whoever looks after safety; without `whom` it
    is about somebody who is not named. The same form sent twice is one; another one is another, whenever it is sent.
    """
    if held_stage(conference) not in SAT:
        raise CannotGoOn(_("This is asked once you have met."))
    said, is_new = Debrief.objects.get_or_create(
        form_key=form_key, defaults={"conference": conference, "case": conference.case, "user_id": by.known_id, "how": how, "words": words.strip()}
    )
    if not is_new:
        return said
    record("debriefed", said, by=by)
    if pass_on.strip():
        notes.write(conference.case, by=by, words=pass_on, audience=Audience.TEAM)
    if worried:
        whence = about(whom) if whom is not None else Whence(Alarm.Place.STAFF, case=conference.case)
        safety.raise_alarm(whence, by=by, form_key=form_key, words=worry)
    return said


@transaction.atomic
def have_read(debrief: Debrief, *, by: Actor) -> DebriefRead:
    """Whoever supervises has read it; twice is once."""
    read, is_new = DebriefRead.objects.get_or_create(debrief=debrief, defaults={"case": debrief.case, "by": by.known_id})
    if is_new:
        record("read_debrief", debrief, by=by)
    return read
