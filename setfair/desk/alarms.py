"""Lines of Today for somebody who is not safe: they stand before everything else."""

from __future__ import annotations

from django.db.models import Case as Choose
from django.db.models import CharField, Exists, F, OuterRef, Value, When
from django.utils.translation import gettext_lazy as _

from setfair.access.policy import Permission
from setfair.access.ties import open_to
from setfair.safety.models import Alarm, Heard, Step

from .asked import Asked, Lines, lines_of
from .telling import NOW, SAFETY, Told, ago, on_row


def alarms(by: Asked) -> Lines:
    """Somebody said that someone is not safe: until somebody has heard it, and then until it is over. Whose case it is stands nowhere here."""
    heard = Exists(Heard.objects.filter(alarm=OuterRef("pk")))
    rule = Choose(When(heard, then=Value("alarm_open")), default=Value("alarm"), output_field=CharField())
    over = Step.objects.filter(alarm=OuterRef("pk"), code=Step.Code.CLOSED)
    rows = open_to(by.actor, Permission.ANSWER_ALARM, Alarm).filter(~Exists(over))
    return lines_of(rows, rule, since=F("at"), ref=Value("", output_field=CharField()), alias=Value(""))


RULES = (alarms,)
TOLD = {
    "alarm": Told(NOW, _("Somebody is not safe now"), _("Open it now"), on_row("alarm_read"), ago),
    "alarm_open": Told(SAFETY, _("Somebody was not safe: write down what was done"), _("Open it"), on_row("alarm_read"), ago),
}
