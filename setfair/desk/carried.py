"""What Today says of what people write to each other."""

from __future__ import annotations

from django.db.models import Case as Choose
from django.db.models import CharField, F, OuterRef, Q, Subquery, Value, When
from django.utils.translation import gettext_lazy as _

from setfair.access.policy import Permission
from setfair.access.ties import open_to
from setfair.cases.journey import Stage
from setfair.exchanges.journey import Stage as Passing
from setfair.exchanges.models import Piece, Wanting
from setfair.exchanges.queries import refused, waits_to_be_brought

from .asked import Asked, Lines, of_case
from .telling import CHASE, READY, Told, ago, on_row, untold


def pieces(by: Asked) -> Lines:
    """Something was handed in and nobody has read it; or it lies in trust where all have said yes, and nobody asked whether it is wanted."""
    last = Wanting.objects.filter(participation=OuterRef("receiver")).order_by("-at", "-id").values("wants")[:1]
    rule = Choose(When(stage=Passing.GIVEN, then=Value("piece_given")), default=Value("piece_kept"), output_field=CharField())
    rows = open_to(by.actor, Permission.PREPARE, Piece).filter(by.mine(Stage.PREPARING, Stage.READY)).annotate(wants=Subquery(last))
    unasked = Q(stage=Passing.KEPT, case__stage=Stage.READY) & (Q(wants__isnull=True) | ~Q(wants="never"))
    rows = rows.filter(Q(stage=Passing.GIVEN) | unasked).exclude(pk__in=refused(Piece.objects.all()).values("pk"))
    return of_case(rows, rule, since=F("at"), key=F("pk"))


def given_back(by: Asked) -> Lines:
    """Something went back to somebody who has no screen to read why, and nobody has told them."""
    rows = open_to(by.actor, Permission.PREPARE, Piece).filter(by.mine(Stage.PREPARING, Stage.READY), pk__in=waits_to_be_brought().values("pk"))
    return of_case(rows, "piece_back", since=F("at"), key=F("pk"))


RULES = (pieces, given_back)
TOLD = {
    "piece_back": Told(READY, _("Somebody without a screen: tell them why what they wrote came back"), _("Tell them"), on_row("piece"), untold),
    "piece_given": Told(READY, _("Somebody handed in what they want to say to another"), _("Read it"), on_row("piece"), ago),
    "piece_kept": Told(CHASE, _("Something lies in trust: ask whether it is wanted"), _("Open it"), on_row("piece"), ago),
}
