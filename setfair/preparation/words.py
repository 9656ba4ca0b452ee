"""The words somebody says yes to, and which version of them it was.

A changed sentence is a new `VERSION`: a yes is a yes to the words that were on the
page that day, and the row keeps the version beside it.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from setfair.programmes.wording import word

from .models import Consent

OUTSIDE = word("outside", _("Somebody outside to turn to (name and phone)"))
"""No word of ours stands for it: a programme names one, or the page names none."""

VERSION = "2026-11-21b"

SCOPES = {
    Consent.Scope.TAKE_PART: _("I want to take part."),
    Consent.Scope.NOTES: _("You may keep short notes on our talks before the day."),
    Consent.Scope.OUTCOME: _("You may tell the one who asked if the talk went ahead or not. You only do so if we all say yes to this."),
}
"""Each has its own tick, and none is ticked before."""

ONLY_THEIRS = _("They said no, or stopped, on their own page. Only they can say yes again: there, or on a signed paper. Please give them their code.")
"""Why staff cannot write down a yes that was said, once the person's own page says otherwise."""

FOR_A_CHILD = {Consent.Scope.TAKE_PART: _("I say yes for them. They may take part.")}
"""What a parent or guardian is asked; the rest is for the young person to say."""

OPEN = (
    (
        _("Who will be there"),
        _("You, and the other people it touched. Each may bring someone they trust. Trained helpers lead the talk. Ask us who comes."),
    ),
    (
        _("What we write down"),
        _(
            "What you choose, and when you can come. When we met you, and how to make it safe for you. Short notes on our talks, if you let us. "
            "The plan you all make. We do not write down what you say in the room."
        ),
    ),
)
"""Heading and words of what nobody should have to look for: they stand open, under the words that say that the choice is free."""

TOLD = (
    (
        _("What happens"),
        _("We all sit in one room and talk. Each one gets a turn. You hear the questions first. Then we make a plan to put things right."),
    ),
    (
        _("Who can see it"),
        _(
            "The staff who lead this talk, and those who run our program or check its work. If a student helps, they see first names, seats and "
            "the questions, and only close to the day. The others in the talk see the plan, not our notes. "
            "First names stand in the plan, and the day each one signed it. "
            "If someone is in danger, we must tell people who can help."
        ),
    ),
    (
        _("How long we keep it"),
        _("We keep it when this is over, too. For now, nothing is wiped out by itself. You can ask us what we hold about you."),
    ),
)
"""The rest, each folded under its heading.

They tell what is so today: who sees is `access/policy.py` (open_case, prepare,
read_script, sign_agreement), and nothing here deletes anything yet. Whoever changes
that changes these words, and `VERSION`.
"""
