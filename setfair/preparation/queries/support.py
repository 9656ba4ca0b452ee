"""Who is affected, or of the community, and has not said that they support it: without that they are not seated (S0.10)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from django.utils.translation import gettext as _

from ..asked import SUPPORTS
from ..models import Consent
from .blockers import Blocker
from .known import Circle, Known
from .progress import DOING, DONE, TODO, Of, Task


def unsupported(known: Circle, on: date) -> Iterator[Blocker]:
    """Theirs to say, and never set aside."""
    for k in known.people:
        said = k.answers.get((k.participation.pk, Consent.Scope.SUPPORT))
        if k.participation.role in SUPPORTS and not known.still_yes(said, on):
            sentence = _("%(name)s has not said that they support this.") % {"name": k.participation.person.shown}
            yield Blocker("support", k.participation, sentence, False)


def to_be_asked(known: Circle) -> Of:
    """The same as a thing to do."""

    def tasks(k: Known, on: date) -> Iterable[Task]:
        if k.participation.role not in SUPPORTS:
            return []
        said = k.answers.get((k.participation.pk, Consent.Scope.SUPPORT))
        status = DONE if known.still_yes(said, on) else TODO if said is None else DOING
        return [Task("supports", _("They support it, without taking sides"), status, said.get_answer_display() if said is not None else "")]

    return tasks
