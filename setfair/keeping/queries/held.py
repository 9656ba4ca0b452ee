"""What must not be forgotten before somebody has lifted a hold."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from setfair.cases.models import Case, Exclusion
from setfair.cases.ties import sealed_from
from setfair.core.actor import Actor
from setfair.referrals.models import Referral
from setfair.vault import ring

from ..models import LegalHold, Lifting, Review


def live_holds() -> QuerySet[LegalHold]:
    """Those that nobody has lifted, with the day on which each is looked at next (`next_look`)."""
    latest = Review.objects.filter(hold=OuterRef("pk")).order_by("-at", "-id").values("look_on")[:1]
    rows = LegalHold.objects.filter(~Exists(Lifting.objects.filter(hold=OuterRef("pk"))))
    return rows.annotate(next_look=Coalesce(Subquery(latest), "look_on"))


def holds_before(actor: Actor) -> QuerySet[LegalHold]:
    """Those that this actor may know of: nothing of a case that is sealed from them, or that they are kept out of."""
    return live_holds().exclude(case__in=hidden_from(actor))


def hidden_from(actor: Actor) -> QuerySet[Case]:
    """Cases that are not there for this actor, whatever their role."""
    kept_out = Exclusion.objects.filter(user=actor.id, ended_at__isnull=True)
    return Case.objects.filter(Q(pk__in=sealed_from(actor)) | Q(pk__in=kept_out.values("case_id"))).order_by().values("pk")  # type: ignore[return-value]


def holds(about: Case | Referral) -> list[LegalHold]:
    """The live holds on one case or request, the oldest first, ready to be read."""
    found = list(
        live_holds().filter(**{"case" if isinstance(about, Case) else "referral": about}).select_related("case", "referral").order_by("at", "id")
    )
    ring.gather([about.pk])
    return found


def is_held(about: Case | Referral) -> bool:
    return live_holds().filter(**{"case" if isinstance(about, Case) else "referral": about}).exists()


def looked_at_on(hold: LegalHold) -> date:
    """When a hold is looked at next."""
    return live_holds().values_list("next_look", flat=True).filter(pk=hold.pk).first() or hold.look_on
