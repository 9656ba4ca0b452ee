from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from setfair.letters.actions import Words

from . import wording
from .models import Programme

WELCOME = wording.letter(
    "welcome",
    _("To a new member of the team"),
    _("You have been added to a team"),
    _(
        "Hello {name},\n\n{programme} has added you to its team.\n\nOpen {link} and sign in with this e-mail address. "
        "We send you a code each time; you can set a password later.\n\nIf you did not expect this, you can leave it alone."
    ),
    fields=("name", "programme", "link"),
)

ASKED = wording.letter(
    "asked_to_join",
    _("To somebody who is asked to join the team"),
    _("You are asked to join a team"),
    _(
        "Hello {name},\n\n{programme} asks you to join its team.\n\nOpen {link} and sign in with this e-mail address, with a code that we send you "
        "or as you always do. There you say yes or no. Nothing changes before you say yes.\n\nIf you did not expect this, you can leave it alone."
    ),
    fields=("name", "programme", "link"),
)

NEW_ROLE = wording.letter(
    "new_role",
    _("To administrators and coordinators, when somebody gets a role that sees more than most"),
    _("A change in your team"),
    _(
        "Hello {name},\n\nSomebody in {programme} has been given a role that sees more than most. Administrators see who under Settings, "
        "People and roles.\n\nIf nobody told you about it, please ask.\n\n{link}"
    ),
    fields=("name", "programme", "link"),
)

STEP_RESET = wording.letter(
    "step_reset",
    _("To somebody whose second step was taken away, so that they set up a new one"),
    _("A change to how you sign in"),
    _(
        "Hello {name},\n\nYou told {programme} that you lost your second step. We took it away just now. "
        "You were signed out everywhere. When you sign in again, you set up a new one.\n\nIf it was not you, call {programme} today.\n\n{link}"
    ),
    fields=("name", "programme", "link"),
)

MARK = wording.letter(
    "mark",
    _("To administrators, each week: where the journal stood"),
    _("A line to keep"),
    _(
        "Hello {name},\n\nPlease keep this message. It says where the records of {programme} stood this week:\n\n{mark}\n\n"
        "Whoever runs the server can ask with these signs, years later, whether what was there then is still there. You need not do anything now."
    ),
    fields=("name", "programme", "mark"),
)

VOUCHED = wording.letter(
    "vouched",
    _("To the whole team, when the only administrator is helped back in"),
    _("A change in your team"),
    _(
        "Hello {name},\n\nThe only administrator of {programme} may have lost their second step for signing in, and is being helped back in. "
        "Two people of the team have to say so within a day.\n\nIf nobody told you about it, please ask today.\n\n{link}"
    ),
    fields=("name", "programme", "link"),
)

DISOWNED = wording.letter(
    "disowned",
    _("To administrators, when a member of the team says that a sign-in was not them"),
    _("A change in your team"),
    _(
        "Hello {name},\n\nSomebody in {programme} has told us that a sign-in to their account was not them. We ended every sign-in of that account, "
        "and the old password is no use any more.\n\nIf nobody told you about it, please ask in your team today.\n\n{link}"
    ),
    fields=("name", "programme", "link"),
)


def welcome(programme: Programme, name: str) -> Words:
    return WELCOME.words(name=name, programme=programme.short_name, link=_way_in())


def asked(programme: Programme, name: str) -> Words:
    """The same words to somebody new and to somebody with an account from elsewhere."""
    return ASKED.words(name=name, programme=programme.short_name, link=f"{settings.SITE_ADDRESS}{reverse('joining')}")


def new_role(programme: Programme, name: str) -> Words:
    """It names nobody: a letter lies open on a lock screen."""
    return NEW_ROLE.words(name=name, programme=programme.short_name, link=_way_in())


def step_reset(programme: Programme, name: str) -> Words:
    return STEP_RESET.words(name=name, programme=programme.short_name, link=_way_in())


def mark(programme: Programme, name: str, signs: str) -> Words:
    """For somebody's drawer, out of reach of whoever could change both the database and the file of anchors."""
    return MARK.words(name=name, programme=programme.short_name, mark=signs)


def vouched(programme: Programme, name: str) -> Words:
    """It names nobody, and neither who asked."""
    return VOUCHED.words(name=name, programme=programme.short_name, link=_way_in())


def disowned(programme: Programme, name: str) -> Words:
    """It names nobody."""
    return DISOWNED.words(name=name, programme=programme.short_name, link=_way_in())


def _way_in() -> str:
    return f"{settings.SITE_ADDRESS}{reverse('account_login')}"
