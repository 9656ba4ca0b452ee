"""Lines of Today about files that came with a request: one that may do harm, and those that nobody has laid to the case yet."""

from __future__ import annotations

from django.db.models import CharField, Exists, F, OuterRef, Subquery, Value
from django.utils.translation import gettext_lazy as _

from setfair.access.policy import Permission
from setfair.access.ties import open_to
from setfair.cases.models import Case
from setfair.enclosures.journey import THERE
from setfair.enclosures.models import Enclosure, SentHarm
from setfair.referrals.models import Referral

from .asked import OPEN, Asked, Lines, lines_of
from .telling import CHASE, READY, Told, ago, on_case

NOBODY = Value("", output_field=CharField())


def sent_harm(by: Asked) -> Lines:
    """Somebody sent a file with a request that may do harm. It was not kept, and nobody who answers it has read so yet."""
    found = SentHarm.objects.filter(referral=OuterRef("pk"), seen_at__isnull=True).order_by("at")
    rows = open_to(by.actor, Permission.SCREEN_REFERRAL, Referral).filter(Exists(found))
    return lines_of(rows, "sent_harm", since=Subquery(found.values("at")[:1]), ref=F("ref"), alias=NOBODY)


def to_lay(by: Asked) -> Lines:
    """The request became a case, and a file that came with it lies there still: somebody says for whom it is, or takes it away."""
    lies = Enclosure.objects.filter(referral=OuterRef("pk"), stage__in=THERE).order_by("at")
    became = Case.objects.filter(referral=OuterRef("pk"), stage__in=OPEN)
    rows = open_to(by.actor, Permission.SCREEN_REFERRAL, Referral).filter(Exists(lies), Exists(became))
    return lines_of(rows, "to_lay", since=Subquery(lies.values("at")[:1]), ref=F("ref"), alias=NOBODY)


RULES = (sent_harm, to_lay)
TOLD = {
    "sent_harm": Told(
        READY, _("Somebody sent a file that may do harm with a request. It was not kept"), _("Read about it"), on_case("request_files"), ago
    ),
    "to_lay": Told(CHASE, _("A file came with the request: say for whom it is"), _("Look at it"), on_case("request_files"), ago),
}
