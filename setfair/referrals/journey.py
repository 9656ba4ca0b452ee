from django.db import models
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    RECEIVED = "received", _("received")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("not going ahead")
    WITHDRAWN = "withdrawn", _("taken back")


JOURNEY = {
    Stage.RECEIVED: frozenset({Stage.ACCEPTED, Stage.DECLINED, Stage.WITHDRAWN}),
    Stage.ACCEPTED: frozenset(),
    Stage.DECLINED: frozenset(),
    Stage.WITHDRAWN: frozenset(),
}


class Reason(models.TextChoices):
    """Why a request is declined. The code is kept and counted; the asker is told only that it is not going ahead (practice.md 2.3)."""

    NOT_ELIGIBLE = "not_eligible", _("outside what the programme takes")
    NOT_SUITABLE = "not_suitable", _("not suitable now")
    NOT_SAFE = "not_safe", _("would not be safe")
    NO_RESPONSIBILITY = "no_responsibility", _("nobody takes responsibility for it")
    NO_CONTACT_ORDER = "no_contact_order", _("an order bars contact")
    SPECIALIST = "specialist", _("needs a specialist service")
    DUPLICATE = "duplicate", _("we have this request already")
    OTHER_PATH = "other_path", _("another way fits better")
