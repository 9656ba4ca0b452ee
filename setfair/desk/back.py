"""What came back, as its page shows it."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from setfair.access.policy import Permission
from setfair.access.ties import open_to
from setfair.cases.models import Case
from setfair.core.actor import Actor
from setfair.letters.marks import line_of
from setfair.letters.models import CameBackRead
from setfair.vault import ring

from .models import Answer, Stray
from .post import KINDS, names, prefix

MOST = 50


def one(answer: Answer) -> dict[str, Any]:
    """Its words, from whom, to which letter, and what followed from it."""
    case = Case.objects.filter(pk=answer.case_id).first()
    return {
        "answer": answer,
        "case": case,
        "who": names([answer]).get(answer.owner_id, _("whoever asked")),
        "letter_kind": KINDS.get(prefix(answer.letter), _("A message")) if answer.letter else "",
        "names_no_letter": answer.from_elsewhere and (answer.letter is None or line_of(str(answer.sender)) == line_of(str(answer.letter.address))),
        "is_read": answer.readings.exists(),
    }


def unread_strays(actor: Actor) -> list[Stray]:
    """What fits nobody and nobody has read, the oldest first."""
    unread = ~Exists(CameBackRead.objects.filter(came_back=OuterRef("pk")))
    found = list(open_to(actor, Permission.READ_STRAY, Stray).filter(unread).order_by("at", "pk")[:MOST])
    ring.gather(stray.owner_id for stray in found)
    return found
