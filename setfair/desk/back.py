"""What came back, as its page shows it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from setfair.access.policy import Permission
from setfair.access.ties import open_to
from setfair.cases.models import Case
from setfair.core.actor import Actor
from setfair.keeping.endings import Group
from setfair.keeping.queries import days_of
from setfair.letters.incoming import waits_aside
from setfair.letters.marks import line_of
from setfair.letters.models import CameBackRead, Channel
from setfair.people.models import Contact, Person
from setfair.people.queries import is_past, way_of
from setfair.programmes.models import Role
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
        "is_past": answer.from_elsewhere and answer.reader_id is not None and is_past(answer.reader_id, str(answer.sender)),
        "names_no_letter": answer.from_elsewhere and answer.channel == Channel.EMAIL and _is_where_it_went(answer),
        "is_called": answer.is_shared and _is_called(answer),
        "is_read": answer.readings.exists(),
    }


def _is_where_it_went(answer: Answer) -> bool:
    return answer.letter is None or line_of(str(answer.sender)) == line_of(str(answer.letter.address))


def _is_called(answer: Answer) -> bool:
    """Whether a voice may still go to the number that it is about."""
    person = Person.objects.filter(pk=answer.reader_id).first()
    call = way_of(person, Contact.Way.CALL) if person is not None else None
    return call is not None and line_of(str(call.value)) == line_of(str(answer.sender))


def set_aside(actor: Actor) -> list[tuple[str, str, str, datetime, None]]:
    """A line of Today for whoever administers: something lies sealed on the server, and in no programme. Nobody may read it yet, so nobody
    is told how much it is, nor since when: each administrator of the server sees this line, whatever their programme."""
    waits = waits_aside() if actor.has(Role.ADMINISTRATOR) else None
    return [("aside", "", "", waits[1], None)] if waits else []


def unread_strays(actor: Actor) -> list[Stray]:
    """What fits nobody and nobody has read, the oldest first."""
    unread = ~Exists(CameBackRead.objects.filter(came_back=OuterRef("pk")))
    found = list(open_to(actor, Permission.READ_STRAY, Stray).filter(unread).order_by("at", "pk")[:MOST])
    ring.gather(key for stray in found for key in stray.keys())
    return found


def strays_page(actor: Actor) -> dict[str, Any]:
    """Each with the day on which it goes by itself; and whether more lies on the server that no programme is named for."""
    kept = timedelta(days=days_of(Group.STRAY))
    return {"strays": [(stray, stray.at + kept) for stray in unread_strays(actor)], "aside": waits_aside() is not None}
