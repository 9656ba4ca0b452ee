"""Lines of Today for orders and rules of the law whose last day has gone by: they still bar, until somebody has looked."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Subquery
from django.utils.translation import gettext_lazy as _

from setfair.access.policy import Permission
from setfair.access.ties import open_to
from setfair.cases.models import Case, Participation
from setfair.people.models import Condition, NoContact, Order

from .asked import OPEN, Asked, Lines, day, lines_of
from .telling import DEADLINE, Told, date_of, on_case


def orders_over(by: Asked) -> Lines:
    """Two are kept apart, and a paper that counts ran out."""
    here = Participation.objects.filter(case=OuterRef(OuterRef(OuterRef("pk"))), left_at__isnull=True).values("person_id")
    walls = NoContact.objects.filter(one__in=here, other__in=here, ended_at__isnull=True)
    ran_out = Order.objects.filter(wall__in=walls.values("pk"), ends=None, until__lt=by.today).order_by("until")
    rows = open_to(by.actor, Permission.RUN_CASE, Case).filter(by.own(), Exists(ran_out), stage__in=OPEN)
    return lines_of(rows.annotate(last=Subquery(ran_out.values("until")[:1])), "order_over", since=day("last"))


def conditions_over(by: Asked) -> Lines:
    """Somebody lives under a rule whose last day has gone by."""
    here = Participation.objects.filter(case=OuterRef(OuterRef("pk")), left_at__isnull=True).values("person_id")
    ran_out = Condition.objects.filter(person__in=here, ended_at__isnull=True, until__lt=by.today).order_by("until")
    rows = open_to(by.actor, Permission.RUN_CASE, Case).filter(by.own(), Exists(ran_out), stage__in=OPEN)
    return lines_of(rows.annotate(last=Subquery(ran_out.values("until")[:1])), "condition_over", since=day("last"))


RULES = (orders_over, conditions_over)
TOLD = {
    "order_over": Told(DEADLINE, _("An order ran out: look whether it is over"), _("Look at it"), on_case("case_people"), date_of),
    "condition_over": Told(DEADLINE, _("A rule for somebody ran out: look whether it is over"), _("Look at it"), on_case("case_people"), date_of),
}
