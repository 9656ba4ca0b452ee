"""How a case is done: by meeting, or without; and the words in which each way is told."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _

from setfair.core import clock
from setfair.core.records import Walled, Within
from setfair.people.limits import MEET, MESSAGE
from setfair.programmes.ways import Way
from setfair.vault.fields import SealedText


class How(models.TextChoices):
    CONFERENCE = "conference", _("A meeting")
    CIRCLE = "circle", _("A circle")
    REENTRY = "reentry", _("A circle to come back")
    STANDIN = "standin", _("A meeting with a stand-in")
    LETTERS = "letters", _("Letters")
    MESSAGES = "messages", _("Messages that we carry")
    RECORDING = "recording", _("A recording")
    CALL = "call", _("A call")
    SHUTTLE = "shuttle", _("We go from one to the other")
    LATER = "later", _("Later")


LIVE = frozenset({Way.MEET, Way.REENTRY, Way.STANDIN, Way.CALL})
"""Ways in which they hear or see others at one time."""

WAYS = {
    How.CONFERENCE: Way.MEET,
    How.CIRCLE: Way.MEET,
    How.REENTRY: Way.REENTRY,
    How.STANDIN: Way.STANDIN,
    How.CALL: Way.CALL,
    How.LETTERS: Way.APART,
    How.MESSAGES: Way.APART,
    How.RECORDING: Way.APART,
    How.SHUTTLE: Way.APART,
}
"""To which way somebody must have said yes, for each way of doing it. Later asks nobody for anything: what was asked before stays asked."""

WITHOUT_MEETING = (How.LETTERS, How.MESSAGES, How.RECORDING, How.CALL, How.SHUTTLE)
WITHOUT_HARMED = (How.REENTRY, How.STANDIN)
"""Ways in which nobody who was harmed has to be in the circle."""

ASKS = {How.CALL: (MEET, MESSAGE)} | dict.fromkeys((How.LETTERS, How.MESSAGES, How.RECORDING, How.SHUTTLE), (MESSAGE,))

TOLD = {
    How.CONFERENCE: _("All of them sit in one room with the team. Each needs a yes to a meeting."),
    How.CIRCLE: _("A wider group sits together, and each speaks in turn. Each needs a yes to a meeting."),
    How.REENTRY: _("Somebody comes back after time away, with family and the people of the place. Nobody who was harmed has to be there."),
    How.STANDIN: _("The person harmed does not come. A community member speaks of what such a thing does to people, and needs a yes of their own."),
    How.LETTERS: _("They write, and a facilitator reads each letter first. It is handed over only when the other one wants it."),
    How.MESSAGES: _("They tell us what to pass on, in their words. It is handed over only when the other one wants it."),
    How.RECORDING: _(
        "They record their voice or a film. The facilitator keeps it, writes down its words here, and plays it when the other one wants it."
    ),
    How.CALL: _("They talk by phone or on a screen, and a facilitator is on the line. You agree on the hour with each of them."),
    How.SHUTTLE: _("On one day, in two places, a facilitator goes from one to the other. They do not see each other."),
    How.LATER: _("Not now. It rests, and you look again on the day you choose. A time that is booked is given back."),
}
"""Two plain sentences for whoever chooses."""

SAID = {
    How.CONFERENCE: _("We all meet and talk in one room."),
    How.CIRCLE: _("We all sit in a circle and talk in turn."),
    How.REENTRY: _("We sit in a circle, to make it good to come back."),
    How.STANDIN: _("We meet. The person who was hurt does not come. Someone else speaks of what it is like."),
    How.LETTERS: _("You do not meet. You can write, and we hand it over."),
    How.MESSAGES: _("You do not meet. You tell us what to pass on."),
    How.RECORDING: _("You do not meet. You can record what you want to say."),
    How.CALL: _("You do not meet. You talk in a call, and one of us is on the line."),
    How.SHUTTLE: _("You do not meet. One of us goes from you to them and back."),
    How.LATER: _("We wait for a while. We will tell you when we go on."),
}
"""The same for people of the circle."""


class Route(Walled):
    """That this is how the case is done from now on. The latest counts; without one it is a meeting."""

    class Why(models.TextChoices):
        HARMED = "harmed", _("a person harmed wishes it")
        RESPONSIBLE = "responsible", _("a person responsible wishes it")
        SAFETY = "safety", _("it is safer")
        LAW = "law", _("an order or a rule of the law")
        DISTANCE = "distance", _("they are far apart, or one cannot come")
        OTHER = "other", _("another reason")

    case = Within("cases.Case", models.CASCADE, related_name="+")
    how = models.CharField(_("how it is done"), max_length=10, choices=How)
    why = models.CharField(_("why"), max_length=11, choices=Why)
    words = SealedText(of="case_id", verbose_name=_("in a few words"))
    at = models.DateTimeField(default=clock.now)
    by = models.UUIDField()

    class Meta:
        indexes = [models.Index(fields=["programme", "case", "-at"], name="route_latest")]


def asks(how: str) -> tuple[str, ...]:
    """What an order, or a rule that somebody lives under, must let for it. A call is a meeting by voice; what is carried is a message."""
    return ASKS.get(How(how), (MEET,))


def way_of(hows: Iterable[str]) -> Way:
    """What people must have said yes to, where it was chosen in these ways, the latest first. A meeting, as long as nothing was."""
    return next((WAYS[How(how)] for how in hows if how in WAYS), Way.MEET)


def no_holds(said: str | None, now: str) -> bool:
    """Whether a no to one way is a no to another one: whoever wants not to meet has not been asked by that for letters, nor the other way round.

    A stop (`said` is None) is to everything.
    """
    return said is None or said == now or {said, now} <= LIVE
