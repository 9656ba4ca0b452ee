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


def welcome(programme: Programme, name: str) -> Words:
    return WELCOME.words(name=name, programme=programme.short_name, link=f"{settings.SITE_ADDRESS}{reverse('account_login')}")
