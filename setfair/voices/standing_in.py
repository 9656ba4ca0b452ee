"""Who speaks for a person harmed who does not come, and what may be said: chosen by that person, and nobody else's to widen."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.translation import gettext as _

from setfair.cases import queries as cases
from setfair.cases.journey import Stage
from setfair.cases.models import Case, Participation, Role
from setfair.cases.route import How
from setfair.preparation.models import Consent
from setfair.preparation.queries import has_stopped

from .models import StandIn

AHEAD = (Stage.PREPARING, Stage.READY, Stage.SCHEDULED)
"""Until they have met, it can be chosen and changed."""


def chosen(me: Participation) -> StandIn | None:
    """What they said last of it; None where they never did, or took it back."""
    last = StandIn.objects.filter(participation=me).select_related("place__person").order_by("at", "id").last()
    return last if last is not None and last.place_id is not None else None


def latest() -> QuerySet[StandIn]:
    """Of each person harmed the last one, unless it was taken back."""
    newest = StandIn.objects.filter(participation=OuterRef("participation")).order_by("-at", "-id").values("pk")[:1]
    return StandIn.objects.filter(pk=Subquery(newest), place__isnull=False)


def is_asked(me: Participation) -> bool:
    """Whether this person is asked who stands in for them: harmed, and in a meeting to which they do not come."""
    return Role.HARMED in me.roles and me.left_at is None and cases.how(me.case) == How.STANDIN


def may_choose(me: Participation) -> bool:
    return me.case.stage in AHEAD and is_asked(me)


def could_stand_in(case: Case) -> list[Participation]:
    """Community members of the circle, who are there for that."""
    return [p for p in cases.circle(case) if p.role == Role.COMMUNITY]


def for_whom(me: Participation) -> list[StandIn]:
    """What whoever stands in may say now, for each who chose them: of nobody who has stopped or is gone, and only while it is to be so."""
    if me.role != Role.COMMUNITY or me.case.stage not in (*AHEAD, Stage.CONVENED) or cases.how(me.case) != How.STANDIN:
        return []
    rows = latest().filter(place=me, participation__left_at__isnull=True).select_related("participation__person").order_by("at", "id")
    return [row for row in rows if not has_stopped(row.participation)]


@dataclass(frozen=True)
class Part:
    title: str
    words: str


def in_parts(said: StandIn) -> list[Part]:
    """As whoever stands in reads it; not by whom it was said."""
    limits = str(said.limits) or _("No more than this. If you are asked more, say that you do not know.")
    return [Part(_("What you may say"), str(said.say)), Part(_("What you must not say"), limits)]


def as_told(said: StandIn) -> list[str]:
    """The same for those who prepare it, with how and when they want to hear of it."""
    how = _("They hear of it: %(how)s, %(when)s.") % {"how": said.told_how, "when": said.told_when}
    hears = _("They do not want to hear of it.") if said.back == StandIn.Back.NONE else how
    named = _("They chose: %(name)s") % {"name": said.place.person.shown if said.place is not None else ""}
    words = [f"{said._meta.get_field(name).verbose_name}:\n{getattr(said, name)}" for name in ("say", "limits") if getattr(said, name)]  # type: ignore[union-attr]
    source = _("They wrote it on their own page.") if said.method == Consent.Method.OWN else _("Written down as they agreed to it.")
    return [named, *(word[:1].upper() + word[1:] for word in words), hears, source]
