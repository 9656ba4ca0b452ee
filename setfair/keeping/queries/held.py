"""What must not be forgotten before somebody has lifted a hold."""

from __future__ import annotations

from datetime import date

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
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
    hidden = hidden_from(actor)
    requests = Case.objects.filter(pk__in=hidden, referral__isnull=False).order_by().values("referral_id")
    return live_holds().exclude(case__in=hidden).exclude(referral__in=requests)


def hidden_from(actor: Actor) -> QuerySet[Case]:
    """Cases that are not there for this actor, whatever their role."""
    kept_out = Exclusion.objects.filter(user=actor.id, ended_at__isnull=True)
    return Case.objects.filter(Q(pk__in=sealed_from(actor)) | Q(pk__in=kept_out.values("case_id"))).order_by().values("pk")  # type: ignore[return-value]


def holds(about: Case | Referral) -> list[LegalHold]:
    """The live holds on one case or request, the oldest first, ready to be read."""
    found = list(live_holds().filter(_on(about)).select_related("case", "referral").order_by("at", "id"))
    ring.gather([about.pk, *(hold.thing_id for hold in found)])
    return found


def is_held(about: Case | Referral) -> bool:
    return live_holds().filter(_on(about)).exists()


def also_held() -> Exists:
    """Whether what another row is about (its `case` or `referral`) is held now; a case is held by a hold on its request too."""
    same = Q(case=OuterRef("case")) | Q(referral=OuterRef("referral"))
    same |= Q(referral__cases=OuterRef("case")) | Q(case__referral=OuterRef("referral"))
    return Exists(LegalHold.objects.filter(same).filter(~Exists(Lifting.objects.filter(hold=OuterRef("pk")))))


def _on(about: Case | Referral) -> Q:
    """What was said of a request goes on for the case that came of it."""
    if isinstance(about, Referral):
        return Q(referral=about)
    return Q(case=about) | Q(referral=about.referral_id, referral__isnull=False)


def looked_at_on(hold: LegalHold) -> date:
    """When a hold is looked at next."""
    return live_holds().values_list(F("next_look"), flat=True).filter(pk=hold.pk).first() or hold.look_on
