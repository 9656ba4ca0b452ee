"""What is asked, and told beside it, where people do not meet in one room: for each way its own, as a yes is to a way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from setfair.programmes.ways import Way

from .words import CHILD, ME, OPEN, TOLD

Parts = tuple[tuple[Any, Any], ...]
WHO_COMES, WRITTEN = OPEN
HAPPENS, SEEN, KEPT = TOLD


@dataclass(frozen=True)
class Told:
    """The sentence, of the person themselves or of a parent or guardian (`ask`); what stands open beside it, and what lies folded."""

    ask: dict[str, Any]
    open: Parts
    folded: Parts


APART = Told(
    {
        ME: _("I want to hear from the others without a meeting. I can write to them, or tell you what to pass on."),
        CHILD: _("I say yes for them. They may hear from the others without a meeting."),
    },
    (
        (
            _("How we do it"),
            _("You do not meet. You can write, or tell us what to pass on. One of us reads it first. It is up to each of you if you want to get it."),
        ),
        (
            _("What we write down"),
            _(
                "What you choose. When we met you, and how to make it safe for you. Short notes on our talks, if you let us. "
                "What you give us to pass on. The plan, if you make one."
            ),
        ),
    ),
    (
        (
            _("Who can see it"),
            _(
                "The staff who lead this, and those who run our program or check its work. What you give us goes to the one it is for, if they "
                "want it. The others do not see our notes. If someone is in danger, we must tell people who can help."
            ),
        ),
        KEPT,
    ),
)

CALL = Told(
    {
        ME: _("I want to talk with the others in a call. One of you is on the line."),
        CHILD: _("I say yes for them. They may talk with the others in a call."),
    },
    (
        (
            _("How we do it"),
            _("You do not meet in a room. You talk by phone or on a screen. One of us is on the line all the time. You can hang up when you want."),
        ),
        (
            _("What we write down"),
            _(
                "What you choose, and when you can talk. When we met you, and how to make it safe for you. Short notes on our talks, if you let us. "
                "The plan, if you make one. We do not write down what you say in the call."
            ),
        ),
    ),
    (
        (
            _("Who can see it"),
            _(
                "The staff who lead this, and those who run our program or check its work. The others hear you in the call. On a screen they "
                "see you, too. They do not see our notes. If someone is in danger, we must tell people who can help."
            ),
        ),
        KEPT,
    ),
)

REENTRY = Told(
    {
        ME: _("I want to sit in a circle that makes it good to come back."),
        CHILD: _("I say yes for them. They may sit in a circle that makes it good to come back."),
    },
    (
        (
            WHO_COMES[0],
            _("The one who comes back, their family, and people of the place. Trained helpers lead the talk. Ask us who comes."),
        ),
        WRITTEN,
    ),
    (
        (
            HAPPENS[0],
            _("We sit in a circle. Each one gets a turn. We talk about what helps to come back. You hear the questions first. Then we make a plan."),
        ),
        SEEN,
        KEPT,
    ),
)

STANDIN = Told(
    {
        ME: _("I want to take part in a talk. The one who was hurt does not come. Someone else speaks of what it is like."),
        CHILD: _("I say yes for them. They may take part in a talk to which the one who was hurt does not come."),
    },
    (
        (
            WHO_COMES[0],
            _(
                "The one who was hurt does not come. Someone else speaks of what it is like. Each of you may bring someone they trust. "
                "Trained helpers lead the talk. Ask us who comes."
            ),
        ),
        WRITTEN,
    ),
    TOLD,
)

OF: dict[str, Told] = {Way.APART: APART, Way.CALL: CALL, Way.REENTRY: REENTRY, Way.STANDIN: STANDIN}
"""A meeting has the programme's own words, or those in `words`."""
