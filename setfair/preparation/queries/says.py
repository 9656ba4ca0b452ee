"""A guardian's no, and whether it still stands when somebody wants their say taken."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from setfair.cases.models import Participation

from ..models import Consent
from ..says import SayAnswered, SayDoubted
from .own import answer_of


def no_of(guardian: Participation) -> Consent | None:
    """What this guardian last said for the young person, if it is anything but a yes and counts today."""
    child = guardian.stands_by
    if not guardian.has_authority or child is None or child.left_at is not None or child.decides_alone:
        return None
    said = answer_of(child, giver=guardian)
    return said if said is not None and said.answer != Consent.Answer.YES else None


def stands(guardian: Participation) -> str:
    """Why their say cannot be taken now, in one sentence; empty when it can."""
    if no_of(guardian) is None or SayAnswered.objects.filter(participation=guardian, taken=True).exists():
        return ""
    return _("%(name)s has not said yes for %(child)s, and that stands. A second person has to look at it before their say is taken.") % {
        "name": guardian.person.shown,
        "child": guardian.stands_by.person.shown,  # type: ignore[union-attr]
    }


def doubts() -> QuerySet[SayDoubted]:
    """Those that nobody has answered, of people who are still here."""
    return SayDoubted.objects.filter(~Exists(SayAnswered.objects.filter(doubt=OuterRef("pk"))), participation__left_at__isnull=True)


def doubt_about(guardian: Participation) -> SayDoubted | None:
    return doubts().filter(participation=guardian).order_by("-at").first()
