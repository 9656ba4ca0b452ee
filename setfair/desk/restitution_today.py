"""What Today says of money that was promised, and to whom nothing is said of it."""

from __future__ import annotations

from django.db.models import CharField, DateField, DateTimeField, F, Value
from django.db.models.functions import Cast, Concat
from django.utils.translation import gettext_lazy as _

from setfair.access.policy import Permission
from setfair.access.ties import open_to
from setfair.cases.journey import Stage
from setfair.cases.models import Participation
from setfair.outcomes.models import NewsWish
from setfair.outcomes.wishing import wants_none, wish_of
from setfair.restitution.models import Unclear

from .asked import Asked, Lines, of_case
from .telling import CHASE, READY, Told, date_of, on_row


def money(by: Asked) -> Lines:
    """Two say different things of a payment, more came than was promised, all of it came, or for a week nobody has said whether it came."""
    rows = open_to(by.actor, Permission.FOLLOW_UP, Unclear).filter(by.awake(Stage.FOLLOWING_UP))
    rows = rows.filter(ended_at__isnull=True, tell_on__lte=Value(by.today, DateField()))
    return of_case(rows, Concat(Value("money_"), F("why"), output_field=CharField()), since=Cast("tell_on", DateTimeField()), key=F("item_id"))


def wants_no_news(me: Participation) -> bool:
    """Whoever wants no news on the way is not told either that somebody says they paid. What came they can still say by themselves."""
    said = wish_of(me)
    return wants_none(me) if said is None else said.choice != NewsWish.Choice.EACH


RULES = (money,)
TOLD = {
    "money_differs": Told(READY, _("Two people say different things about a payment"), _("Look into it"), on_row("payments"), date_of),
    "money_over": Told(READY, _("More money came than was promised"), _("Look into it"), on_row("payments"), date_of),
    "money_whole": Told(READY, _("All of the money came"), _("Mark it done"), on_row("payments"), date_of),
    "money_waits": Told(
        CHASE, _("Somebody says they paid, and nobody said whether it came"), _("Ask, and write it down"), on_row("payments"), date_of
    ),
}
