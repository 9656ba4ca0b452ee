from django.db import models
from django.utils.translation import gettext_lazy as _


class Stage(models.TextChoices):
    RECEIVED = "received", _("received")
    ACCEPTED = "accepted", _("accepted")
    TALKED = "talked", _("talked with")
    DECLINED = "declined", _("not going ahead")
    WITHDRAWN = "withdrawn", _("taken back")


JOURNEY = {
    Stage.RECEIVED: frozenset({Stage.ACCEPTED, Stage.TALKED, Stage.DECLINED, Stage.WITHDRAWN}),
    Stage.TALKED: frozenset({Stage.RECEIVED, Stage.WITHDRAWN}),
    Stage.ACCEPTED: frozenset(),
    Stage.DECLINED: frozenset(),
    Stage.WITHDRAWN: frozenset(),
}


class TalkStage(models.TextChoices):
    OFFERED = "offered", _("offered")
    BOOKED = "booked", _("booked")
    HELD = "held", _("took place")
    MISSED = "missed", _("did not take place")
    CALLED_OFF = "called_off", _("called off")
    FOLLOWED = "followed", _("followed up")


TALK_JOURNEY = {
    TalkStage.OFFERED: frozenset({TalkStage.BOOKED, TalkStage.CALLED_OFF}),
    TalkStage.BOOKED: frozenset({TalkStage.HELD, TalkStage.MISSED, TalkStage.CALLED_OFF}),
    TalkStage.HELD: frozenset({TalkStage.FOLLOWED}),
    TalkStage.MISSED: frozenset({TalkStage.FOLLOWED}),
    TalkStage.CALLED_OFF: frozenset(),
    TalkStage.FOLLOWED: frozenset(),
}


class After(models.TextChoices):
    """What comes of a talk. Only the first goes on to be answered as a request; the others end it, and it never counts as refused."""

    ASKS = "asks", _("they ask for a conference")
    NOT_NOW = "not_now", _("not now; they know how to come back")
    ENOUGH = "enough", _("the talk was what they wanted")
    PASSED_ON = "passed_on", _("somebody else helps them now")
    NOT_REACHED = "not_reached", _("we could not reach them")
