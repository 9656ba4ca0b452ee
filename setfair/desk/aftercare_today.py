"""What Today says of the calls that are owed while promises are kept."""

from __future__ import annotations

from django.db.models import Case as Choose
from django.db.models import CharField, DateField, DateTimeField, F, OuterRef, Q, Value, When
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from setfair.access.policy import Permission
from setfair.access.ties import open_to
from setfair.aftercare.journey import Stage as Owed
from setfair.aftercare.models import CheckIn, Helper
from setfair.aftercare.queries import let_be
from setfair.cases.journey import Stage
from setfair.programmes.models import Role

from .asked import Asked, Lines, of_case
from .telling import CHASE, READY, Told, ago, date_of, on_case, on_row


def calls(by: Asked) -> Lines:
    """A call of theirs whose day has come; one that nobody has, for everyone; one that nobody made, for whoever coordinates, and then for
    whoever supervises."""
    today = Value(by.today, DateField())
    coordinates, supervises = by.actor.has(Role.COORDINATOR), by.actor.has(Role.SUPERVISOR)
    theirs, rule = Q(caller=by.actor.id) | Q(caller__isnull=True), "call_late" if coordinates else "call_unheard"
    if coordinates:
        theirs |= Q(late_on__lte=today)
    stopped = let_be(OuterRef("participation"))
    if supervises:
        theirs |= Q(unheard_on__lte=today) & ~stopped
    told = Choose(
        When(stopped, then=Value("call_let_be")),
        When(caller=by.actor.id, then=Value("call")),
        When(caller__isnull=True, then=Value("call_unheard" if supervises and not coordinates else "call_of_nobody")), default=Value(rule),
        output_field=CharField(),
    )  # fmt: skip
    rows = open_to(by.actor, Permission.OPEN_CASE, CheckIn).filter(by.awake(Stage.FOLLOWING_UP), theirs, stage=Owed.OWED, due_on__lte=today)
    return of_case(rows, told, since=Cast("due_on", DateTimeField()), key=F("pk"))


def left_alone(by: Asked) -> Lines:
    """Whoever stood by somebody, or looked that it is done, has left: another one is named, or nobody is needed."""
    rows = open_to(by.actor, Permission.FOLLOW_UP, Helper).filter(by.mine(Stage.FOLLOWING_UP), why=Helper.Why.LEFT, answered=False)
    return of_case(rows, "left_alone", since=F("ended_at"), key=F("participation_id"))


RULES = (calls, left_alone)
TOLD = {
    "call_let_be": Told(READY, _("Somebody was to be called, and has stopped: please do not call"), _("See what to do"), on_row("check_in"), date_of),
    "call": Told(READY, _("A call of yours is due"), _("Call them"), on_row("check_in"), date_of),
    "call_of_nobody": Told(READY, _("A call is due, and nobody is named who makes it"), _("See who calls"), on_case("follow_up"), date_of),
    "left_alone": Told(READY, _("Whoever was beside somebody has left"), _("Name somebody"), on_row("helper"), ago),
    "call_late": Told(READY, _("A call is due that nobody has made"), _("See who calls"), on_row("check_in"), date_of),
    "call_unheard": Told(CHASE, _("A call was due a week ago, and nobody has made it"), _("Open it"), on_case("case"), date_of),
}
