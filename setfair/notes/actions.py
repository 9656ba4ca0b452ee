from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from setfair.cases import queries as cases
from setfair.cases.audience import Audience
from setfair.cases.models import Case, Participation
from setfair.cases.shared import tell_reader
from setfair.core.actor import Actor
from setfair.journal.actions import record

from . import queries
from .models import Note
from .unwanted import unwanted

LONGEST = 5_000


class CannotNote(Exception):
    """Why it is not written down, in one sentence."""


@transaction.atomic
def write(case: Case, *, by: Actor, words: str, audience: str, about: Participation | None = None) -> Note:
    """Write something down for the readers that `audience` names. It is never changed, and never read by more."""
    cases.lock(case)
    if audience not in Audience.values:
        raise CannotNote(_("Please choose who may read it."))
    if audience == Audience.SHARED and about is None:
        raise CannotNote(_("Please choose the one person who may read it."))
    if about is not None and not cases.here(case).filter(pk=about.pk).exists():
        raise CannotNote(_("They are not in the circle any more."))
    if about is not None and unwanted(about):
        raise CannotNote(_("They said no to notes about them."))
    return _keep(Note(case=case, about=about, audience=audience), words, by)


@transaction.atomic
def correct(note: Note, *, by: Actor, words: str) -> Note:
    """Say it anew, for the same readers. What stood there before is kept beside it."""
    cases.lock(note.case)
    if note.by != by.id:
        raise CannotNote(_("Only whoever wrote it can correct it."))
    if queries.is_corrected(note):
        raise CannotNote(_("This was corrected already. Correct the latest one."))
    if note.about is not None and unwanted(note.about):
        raise CannotNote(_("They said no to notes about them."))
    return _keep(Note(case=note.case, about=note.about, audience=note.audience, corrects=note), words, by)


def _keep(note: Note, words: str, by: Actor) -> Note:
    """What is not for the whole team leaves no line in the history that the team reads."""
    if not words.strip():
        raise CannotNote(_("Please write something."))
    if by.id is None:
        raise CannotNote(_("A note is written by somebody of the team."))
    note.words, note.by = words.strip()[:LONGEST], by.id
    note.save(force_insert=True)
    if note.audience == Audience.SHARED and note.about is not None:
        tell_reader(note.about, note.pk, by)
    record("noted" if note.is_for_the_team else "noted_apart", note, by=by, audience=str(note.audience))
    return note
