from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from setfair.access.policy import Permission
from setfair.access.ties import open_to
from setfair.accounts.models import User
from setfair.cases.audience import Audience
from setfair.cases.models import Case, Participation
from setfair.core.actor import Actor
from setfair.vault import ring

from .models import Note

WHO_READS = {
    Audience.WORKING: gettext_lazy("Only you read it. It is in no copy and no export, and nobody can open it for you."),
    Audience.TEAM: gettext_lazy("Everyone who may open this case reads it. Nobody in the circle does."),
    Audience.SAFETY: gettext_lazy("Those who coordinate and supervise here read it, and you."),
    Audience.SHARED: gettext_lazy("The team reads it, and the one person you choose, on their own page. You see who before it is saved."),
}
"""What is said beside each choice, before anything is saved."""


@dataclass(frozen=True)
class Line:
    """A note as a list shows it. `is_mine` where the reader wrote it, and may correct it."""

    note: Note
    words: str
    by: str
    about: str
    is_mine: bool


def notes_of(case: Case, actor: Actor) -> list[Line]:
    """What this actor may read of a case, the newest first, each as it was last corrected."""
    return _lines(_readable(actor).filter(case=case, corrections__isnull=True), actor)


def versions(note: Note, actor: Actor) -> list[Line]:
    """The same note as it was, the latest first; whoever reads one reads what it corrected."""
    chain, seen = [note.pk], note.corrects_id
    while seen is not None:
        chain.append(seen)
        seen = Note.objects.values_list("corrects", flat=True).get(pk=seen)
    return _lines(_readable(actor).filter(pk__in=chain), actor)


def is_corrected(note: Note) -> bool:
    return Note.objects.filter(corrects=note).exists()


def shared_with(me: Participation, actor: Actor) -> QuerySet[Note]:
    """What the team wrote down for this person, the newest first."""
    return open_to(actor, Permission.TAKE_PART, Note).filter(case=me.case_id).order_by("-at", "-id")


def has_shared(me: Participation) -> bool:
    return Note.objects.filter(about=me, audience=Audience.SHARED).exists()


def _readable(actor: Actor) -> QuerySet[Note]:
    return open_to(actor, Permission.KEEP_NOTES, Note)


def _lines(rows: QuerySet[Note], actor: Actor) -> list[Line]:
    people = Prefetch("about", Participation.objects.select_related("person"))
    found = list(rows.prefetch_related(people).order_by("-at", "-id"))
    ring.gather(note.about.person_id for note in found if note.about is not None)
    names: dict[UUID, str] = dict(User.objects.filter(pk__in={note.by for note in found}).values_list("pk", "name"))
    return [Line(note, _words(note), names.get(note.by, _("a former member of the team")), _name(note), note.by == actor.id) for note in found]


def _words(note: Note) -> str:
    try:
        return str(note.words)
    except ring.WordsAreGone:
        return _("These words have been deleted.")


def _name(note: Note) -> str:
    if note.about is None:
        return ""
    try:
        return note.about.person.shown
    except ring.WordsAreGone:
        return _("Someone")


def choices() -> list[tuple[str, Any]]:
    """Who may read it, from the narrowest on; none of them is chosen for the writer."""
    order = (Audience.WORKING, Audience.SAFETY, Audience.TEAM, Audience.SHARED)
    return [(audience.value, audience.label) for audience in order]
