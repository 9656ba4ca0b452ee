"""What puts off forgetting by itself: something is still owed to somebody."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from setfair.agreements.journey import ItemStage
from setfair.agreements.journey import Stage as AgreementStage
from setfair.agreements.models import Item
from setfair.cases.emergencies import unreviewed
from setfair.cases.journey import Stage
from setfair.cases.models import Case, Participation
from setfair.core import clock
from setfair.files.queries import unseen_harm
from setfair.letters.journey import Stage as Posted
from setfair.letters.models import CameBack, CameBackRead, Letter
from setfair.preparation.models import CallWish, Complaint, TakenUp
from setfair.preparation.queries import call_wish
from setfair.referrals.models import Addition, Referral, Reply, Screening

from .askings import open_askings
from .due import Thing
from .held import is_held

ON_ITS_WAY = (Posted.HELD, Posted.DUE, Posted.PRINTED, Posted.FAILED)
A_QUARTER = timedelta(days=90)
"""A letter that nobody could hand over for so long puts nothing off any more, nor does what nobody looked at for so long."""


UNANSWERED = gettext_lazy("Somebody asked what is kept about them, and has no answer yet.")

CAME_BACK = gettext_lazy("Somebody answered a letter, and nobody has read it.")


def postponed_by(thing: Thing) -> list[str]:
    """A sentence for each thing that has to end before this is forgotten; empty when nothing stands in the way."""
    found = _of_case(thing) if isinstance(thing, Case) else _of_request(thing)
    held = [_("There is a legal hold on it.")] if is_held(thing) else []
    return held + [str(sentence) for is_so, sentence in found if is_so]


def _of_case(case: Case) -> list[tuple[bool, Any]]:
    here = Participation.objects.filter(case=case)
    elsewhere = Participation.objects.filter(person__in=here.values("person"), left_at__isnull=True).exclude(case=case)
    wrote = Q(case=case) | Q(participation__in=here.values("pk")) | Q(referral__cases=case)
    running = Item.objects.filter(case=case, agreement__stage=AgreementStage.IN_FORCE, stage__in=(ItemStage.PROMISED, ItemStage.KEPT))
    return [
        (elsewhere.exclude(case__stage=Stage.CLOSED).exists(), _("Something else that is open still needs it.")),
        (_unanswered(Q(case=case) | Q(referral__cases=case)), UNANSWERED),
        (running.exists(), _("A promise still runs.")),
        (_unread(wrote), _("Somebody wrote past those who run the meeting, and nobody sees to it yet.")),
        (_underway(Q(case_id=case.pk)), _("A letter has not arrived.")),
        (_came_back(Q(case_id=case.pk) | Q(reader_id__in=here.values("person"))), CAME_BACK),
        (_added(Q(referral=case.referral_id)), _("Whoever asked has told us something more, and nobody has read it.")),
        (unreviewed().filter(case=case, at__gte=_since()).exists(), _("A sealed case was opened in an emergency") + "."),
        (unseen_harm(case).filter(at__gte=_since()).exists(), _("Somebody sent a file that may do harm. It was not kept") + "."),
        (_wants_a_call(case), _("Somebody who had stopped asks us to call them") + "."),
    ]


def _of_request(request: Referral) -> list[tuple[bool, Any]]:
    untold = Screening.objects.filter(referral=request, to_tell=True).exists() and not Reply.objects.filter(referral=request).exists()
    return [
        (untold, _("Whoever asked has not been told yet.")),
        (_underway(Q(reader_id=request.pk)), _("A letter has not arrived.")),
        (_unanswered(Q(referral=request)), UNANSWERED),
        (_came_back(Q(reader_id=request.pk)), CAME_BACK),
        (_unread(Q(referral=request)), _("Somebody wrote past those who run the meeting, and nobody sees to it yet.")),
        (_added(Q(referral=request)), _("Whoever asked has told us something more, and nobody has read it.")),
    ]


def _unread(of_it: Q) -> bool:
    return Complaint.objects.filter(of_it).filter(~Exists(TakenUp.objects.filter(complaint=OuterRef("pk")))).exists()


def _unanswered(of_it: Q) -> bool:
    return open_askings().filter(of_it).exists()


def _underway(of_it: Q) -> bool:
    return Letter.objects.filter(of_it, stage__in=ON_ITS_WAY, made_at__gte=_since()).exists()


def _came_back(of_it: Q) -> bool:
    return CameBack.objects.filter(of_it, at__gte=_since()).filter(~Exists(CameBackRead.objects.filter(came_back=OuterRef("pk")))).exists()


def _wants_a_call(case: Case) -> bool:
    """A wish that was answered since, or that is older than a quarter, is none."""
    asked = CallWish.objects.filter(participation=OuterRef("pk"), at__gte=_since())
    return any(call_wish(me) is not None for me in Participation.objects.filter(Exists(asked), case=case))


def _since() -> datetime:
    return clock.now() - A_QUARTER


def _added(of_it: Q) -> bool:
    return Addition.objects.filter(of_it, referral__isnull=False, read_at__isnull=True).exists()
