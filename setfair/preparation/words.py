"""The words somebody says yes to, and which version of them it was.

A changed sentence is a new `VERSION`: a yes is a yes to the words that were on the
page that day, and the row keeps the version beside it.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from setfair.programmes.wording import word

from .yes import Scope

OUTSIDE = word("outside", _("Somebody outside to turn to (name and phone)"))
"""No word of ours stands for it: a programme names one, or the page names none."""

VERSION = "2026-11-22c"

ME, CHILD = "me", "child"

SCOPES = {
    Scope.TAKE_PART: _("I want to take part."),
    Scope.SUPPORT: _("I want this talk to go well. I do not take sides."),
    Scope.NOTES: _("You may keep short notes on our talks before the day."),
    Scope.OUTCOME: _("You may tell the one who asked if the talk went ahead or not. You only do so if we all say yes to this."),
    Scope.SHARE: _("You may tell {name} three things: if the talk took place, if it is over, and if more help is needed. You tell nothing more."),
    Scope.SURVEY: _("You may ask me later how it was. {name} will read what I say."),
    Scope.LEARNING: _("You may use what you learn here to do it better. {name} may see it, with no names."),
}
"""Each has its own tick, and none is ticked before. `{name}` is the office that it is about."""

ONLY_THEIRS = _("They said no, or stopped, on their own page. Only they can say yes again: there, or on a signed paper. Please give them their code.")
"""Why staff cannot write down a yes that was said, once the person's own page says otherwise."""

FOR_A_CHILD = {
    Scope.TAKE_PART: _("I say yes for them. They may take part."),
    Scope.SHARE: _(
        "You may tell {name} three things about their talk: if it took place, if it is over, and if more help is needed. You tell nothing more."
    ),
}
"""What a parent or guardian is asked; the rest is for the young person to say."""

PART = (
    _("It does not have to be all of it. It is not a plea of guilt."),
    _("We do not tell a court or an office what you choose."),
    _("If you say no, we do not all meet for now. That is fine. We can talk about what else may help."),
    _("You can change it later on this page. No one may push you."),
)
"""Said to a person responsible before they are asked whether they take some of the responsibility."""

CHANGED = _("The words on this page have changed since you opened it. Please read them once more.")

FREELY = {
    ME: (_("It is your choice. You can say yes. You can say no. You can say you are not sure."),),
    CHILD: (_("We ask %(name)s too. We need a yes from both of you."),),
}
FREE = (
    _("You can change your mind at any time, even on the day. No one may push you."),
    _("If you say no, we will not tell the other people why."),
)
"""That the choice is free, said first. A parent or guardian reads the name of the young person in it."""

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
        _(
            "When this is over, we keep it for a set time. Then all names and words are wiped out for good. Your page of what is kept says how "
            "long that is. You can ask us to show it to you, or to wipe it out sooner."
        ),
    ),
)
"""The rest, each folded under its heading.

They tell what is so today: who sees is `access/policy.py` (open_case, prepare,
read_script, sign_agreement), and how long it is kept is floor `keeping`. Whoever
changes that changes these words, and `VERSION`.
"""
