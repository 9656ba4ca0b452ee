"""The stages of a case, inside and as a referrer may see them."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    PREPARING = "preparing", _("Preparing")
    READY = "ready", _("Ready")
    SCHEDULED = "scheduled", _("Scheduled")
    CONVENED = "convened", _("Met")
    FOLLOWING_UP = "following_up", _("Follow-up")
    CLOSED = "closed", _("Closed")


JOURNEY = {
    Stage.PREPARING: frozenset({Stage.READY, Stage.CLOSED}),
    Stage.READY: frozenset({Stage.PREPARING, Stage.SCHEDULED, Stage.CLOSED}),
    Stage.SCHEDULED: frozenset({Stage.PREPARING, Stage.READY, Stage.CONVENED, Stage.CLOSED}),
    Stage.CONVENED: frozenset({Stage.PREPARING, Stage.READY, Stage.FOLLOWING_UP, Stage.CLOSED}),
    Stage.FOLLOWING_UP: frozenset({Stage.PREPARING, Stage.CLOSED}),
    Stage.CLOSED: frozenset(),
}
"""Back to preparing: consent withdrawn, or an agreement not kept (reconvening). Back to ready: the booking lost, the circle adjourned."""

PUBLIC = {
    Stage.PREPARING: _("Preparing"),
    Stage.READY: _("Preparing"),
    Stage.SCHEDULED: _("Preparing"),
    Stage.CONVENED: _("Meeting"),
    Stage.FOLLOWING_UP: _("Follow-up"),
    Stage.CLOSED: _("Closed"),
}
"""What whoever sent the request is told: never whether a date was lost, and never why (practice.md 1.2)."""


class Reason(models.TextChoices):
    """Why a case is closed: the list of practice.md 2.9. Who ended it is counted and never told."""

    COMPLETED = "completed", _("the agreement was kept")
    COMPLETED_VARIED = "completed_varied", _("kept, after a change")
    PART_COMPLETED = "part_completed", _("kept in part")
    NOT_COMPLETED = "not_completed", _("not kept; goes back to who sent it")
    NO_AGREEMENT_NEEDED = "no_agreement", _("met; no agreement was needed")
    INDIRECT = "indirect", _("done without meeting")
    ENDED_HARMED = "ended_harmed", _("ended by a person harmed")
    ENDED_RESPONSIBLE = "ended_responsible", _("ended by a person responsible")
    DECLINED_AT_CONTACT = "declined_at_contact", _("someone said no when asked")
    NO_CONTACT_POSSIBLE = "no_contact_possible", _("could not be reached")
    NOT_SUITABLE = "not_suitable", _("turned out not to be suitable")
    NEW_OFFENCE = "new_matter", _("a new matter came up")
    TRANSFERRED = "transferred", _("went to another programme")


KEPT = frozenset({Reason.COMPLETED, Reason.COMPLETED_VARIED, Reason.PART_COMPLETED, Reason.NOT_COMPLETED})
"""Reasons that speak of an agreement; the others close a case that never had one in force."""


class Rest(models.TextChoices):
    """Why a case rests for a while: short codes, so that nothing about anybody stands in the open beside it."""

    ASKED = "asked", _("someone asked for time")
    AWAY = "away", _("someone is away or ill")
    ELSEWHERE = "elsewhere", _("another process has to end first")
    EXAMS = "exams", _("exams or holidays")
    SAFETY = "safety", _("we are looking at safety again")
    OTHER = "other", _("another reason")
