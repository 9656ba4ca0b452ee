"""What puts off forgetting by itself: something is still owed to somebody.

Each thing that can stand in the way is one condition on the rows themselves, so that
many cases and requests are asked about in one question.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from setfair.access.policy import Permission
from setfair.access.ties import open_to
from setfair.agreements.journey import ItemStage
from setfair.agreements.journey import Stage as AgreementStage
from setfair.agreements.models import Item
from setfair.cases.emergencies import unreviewed
from setfair.cases.journey import Stage
from setfair.cases.models import Case, Participation
from setfair.core import clock
from setfair.core.actor import Actor
from setfair.files.models import Harm
from setfair.letters.journey import Stage as Posted
from setfair.letters.models import CameBack, CameBackRead, Letter
from setfair.preparation import apart
from setfair.preparation.models import CallWish, Complaint
from setfair.preparation.queries import unanswered
from setfair.referrals.models import Addition, Referral, Reply, Screening
from setfair.safety.models import Alarm
from setfair.safety.queries import unfinished

from ..models import LegalHold, Lifting
from .askings import open_askings
from .due import Thing

ON_ITS_WAY = (Posted.HELD, Posted.DUE, Posted.PRINTED, Posted.FAILED)
A_QUARTER = timedelta(days=90)
"""A letter that nobody could hand over for so long puts nothing off any more, nor does what nobody looked at for so long."""

PUT_OFF: dict[str, Promise] = {
    "held": _("There is a legal hold on it."),
    "elsewhere": _("Something else that is open still needs it."),
    "untold": _("Whoever asked has not been told yet."),
    "unanswered": _("Somebody asked what is kept about them, and has no answer yet."),
    "running": _("A promise still runs."),
    "unread": _("Somebody wrote past those who run the meeting, and nobody sees to it yet."),
    "alarm": _("Somebody was not safe, and nobody has written how it ended."),
    "underway": _("A letter has not arrived."),
    "came_back": _("Somebody answered a letter, and nobody has read it."),
    "added": _("Whoever asked has told us something more, and nobody has read it."),
    "emergency": _("A sealed case was opened in an emergency"),
    "harm": _("Somebody sent a file that may do harm. It was not kept"),
    "call": _("Somebody who had stopped asks us to call them"),
}
IT, ITS = OuterRef("pk"), OuterRef(OuterRef("pk"))


def postponed_by(thing: Thing) -> list[str]:
    """A sentence for each thing that has to end before this is forgotten; empty when nothing stands in the way."""
    return postponed([thing]).get(thing.pk, [])


def put_off_before(actor: Actor, thing: Thing) -> list[str]:
    """The same as this actor may see it: of what was written past them they are not told that it was written."""
    theirs = {
        "unread": open_to(actor, Permission.READ_COMPLAINT, Complaint).filter(pk__in=_unread().order_by().values("pk")),
        "alarm": open_to(actor, Permission.ANSWER_ALARM, Alarm).filter(pk__in=unfinished().order_by().values("pk")),
    }
    said = postponed_by(thing)
    hidden = {_sentence(name) for name, rows in theirs.items() if _sentence(name) in said and not rows.filter(_about(thing)).exists()}
    return list(dict.fromkeys(str(_("Something is still open that others look at.")) if sentence in hidden else sentence for sentence in said))


def _about(thing: Thing) -> Q:
    if isinstance(thing, Referral):
        return Q(referral=thing)
    return Q(case=thing) | Q(participation__case=thing) | Q(referral__cases=thing)


def postponed(things: Iterable[Thing]) -> dict[UUID, list[str]]:
    """The same for many, in two questions whatever their number; what nothing stands in the way of is not in it."""
    cases, requests = _split(things)
    found = _asked(Case.objects.filter(pk__in=cases), _of_cases()) if cases else {}
    return found | (_asked(Referral.objects.filter(pk__in=requests), _of_requests()) if requests else {})


def _split(things: Iterable[Thing]) -> tuple[list[UUID], list[UUID]]:
    cases: list[UUID] = []
    requests: list[UUID] = []
    for thing in things:
        (cases if isinstance(thing, Case) else requests).append(thing.pk)
    return cases, requests


def _asked(rows: QuerySet[Any], ways: dict[str, Exists | Q]) -> dict[UUID, list[str]]:
    told = rows.order_by().annotate(**{f"is_{name}": way for name, way in ways.items()}).values("pk", *(f"is_{name}" for name in ways))
    return {row["pk"]: said for row in told if (said := [_sentence(name) for name in ways if row[f"is_{name}"]])}


def _sentence(name: str) -> str:
    return str(PUT_OFF[name]).rstrip(".") + "."


def _of_cases() -> dict[str, Any]:
    here = Participation.objects.filter(case=IT)
    people = Participation.objects.filter(case=ITS).values("person")
    other = Participation.objects.filter(person=OuterRef("person"), left_at__isnull=True).exclude(case=OuterRef("case"))
    running = {"agreement__stage": AgreementStage.IN_FORCE, "stage__in": (ItemStage.PROMISED, ItemStage.KEPT)}
    return {
        "held": Exists(_holds().filter(Q(case=IT) | Q(referral__cases=IT))),
        "elsewhere": Exists(here.filter(Exists(other.exclude(case__stage=Stage.CLOSED)))),
        "unanswered": Exists(open_askings().filter(Q(case=IT) | Q(referral__cases=IT))),
        "running": Exists(Item.objects.filter(case=IT, **running)),
        "unread": Exists(_unread().filter(Q(case=IT) | Q(participation__case=IT) | Q(referral__cases=IT))),
        "alarm": Exists(unfinished().filter(Q(case=IT) | Q(referral__cases=IT))),
        "underway": Exists(_underway().filter(case_id=IT)),
        "came_back": Exists(_came_back().filter(Q(case_id=IT) | Q(reader_id__in=people))),
        "added": Exists(Addition.objects.filter(referral__cases=IT, read_at__isnull=True)),
        "emergency": Exists(unreviewed().filter(case=IT, at__gte=_since())),
        "harm": Exists(Harm.objects.filter(case=IT, seen_at__isnull=True, at__gte=_since())),
        "call": Exists(_wants_a_call().filter(participation__case=IT)),
    }


def _of_requests() -> dict[str, Any]:
    told = Reply.objects.filter(referral=OuterRef("referral"))
    return {
        "held": Exists(_holds().filter(referral=IT)),
        "untold": Exists(Screening.objects.filter(~Exists(told), referral=IT, to_tell=True)),
        "alarm": Exists(unfinished().filter(referral=IT)),
        "underway": Exists(_underway().filter(reader_id=IT)),
        "unanswered": Exists(open_askings().filter(referral=IT)),
        "came_back": Exists(_came_back().filter(reader_id=IT)),
        "unread": Exists(_unread().filter(referral=IT)),
        "added": Exists(Addition.objects.filter(referral=IT, read_at__isnull=True)),
    }


def _holds() -> QuerySet[LegalHold]:
    return LegalHold.objects.filter(~Exists(Lifting.objects.filter(hold=OuterRef("pk"))))


def _unread() -> QuerySet[Complaint]:
    return Complaint.objects.filter(~Exists(apart.seen_to()))


def _underway() -> QuerySet[Letter]:
    return Letter.objects.filter(stage__in=ON_ITS_WAY, made_at__gte=_since())


def _came_back() -> QuerySet[CameBack]:
    return CameBack.objects.filter(~Exists(CameBackRead.objects.filter(came_back=OuterRef("pk"))), at__gte=_since())


def _wants_a_call() -> QuerySet[CallWish]:
    """Wishes to be called that nothing answered since."""
    return unanswered(CallWish.objects.filter(at__gte=_since()))


def _since() -> datetime:
    return clock.now() - A_QUARTER
