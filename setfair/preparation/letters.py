from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from setfair.letters.actions import Words
from setfair.programmes import wording
from setfair.programmes.models import Programme

INVITATION = wording.letter(
    "invitation",
    _("To somebody who is asked to take part"),
    _("You have a message"),
    _("Hi, you have a message from {programme}. Open {link} or call {phone}. The link works once, for 3 days."),
    fields=("programme", "link", "phone"),
)

LOOK = wording.letter(
    "look",
    _("To the coordinator, when an answer came in"),
    _("Something new for you"),
    _("Hello,\n\nThere is something new for you at {programme}. Please open {link} when you can."),
    fields=("programme", "link"),
)

ANSWER = wording.letter(
    "answer",
    _("To somebody for whom staff wrote down an answer"),
    _("Something new for you"),
    _("Hi, there is something new on your page at {programme}. Open {link} and type your code, or call {phone}. You can change it."),
    fields=("programme", "link", "phone"),
)

NEW_HERE = wording.letter(
    "note",
    _("To somebody with whom something was shared"),
    _("Something new to read"),
    _("Hi, there is something new to read on your page at {programme}. Open {link} and type your code, or call {phone}."),
    fields=("programme", "link", "phone"),
)

WAY_CODE = wording.letter(
    "way_code",
    _("To a new address that somebody named, before it is used"),
    _("Your code"),
    _("Hi, your code for {programme} is {code}. Type it on your page. You did not ask for it? Then do nothing."),
    fields=("programme", "code"),
)

WAY_TOLD = wording.letter(
    "way_told",
    _("To the old address, when somebody changes theirs"),
    _("Please check"),
    _("Hi, somebody asked {programme} to write to another address from now on. Was it you? Then all is well. If not, please call {phone}."),
    fields=("programme", "phone"),
)


def invitation(programme: Programme, token: str) -> Words:
    """Says that there is a message, and from whom. The same words go by e-mail and as a text."""
    return INVITATION.words(programme=programme.short_name, link=address(token), phone=programme.phone or programme.room)


def look(programme: Programme) -> Words:
    """Tells a coordinator to look, and not at what."""
    return LOOK.words(programme=programme.short_name, link=settings.SITE_ADDRESS)


def answer(programme: Programme) -> Words:
    """Says that there is something to look at, and not what. The same words go by e-mail and as a text."""
    return ANSWER.words(programme=programme.short_name, link=code_page(), phone=programme.phone or programme.room)


def new_here(programme: Programme) -> Words:
    """Says that there is something to read, and not what. The same words go by e-mail and as a text."""
    return NEW_HERE.words(programme=programme.short_name, link=code_page(), phone=programme.phone or programme.room)


def new_way(programme: Programme, code: str) -> Words:
    """The code that shows that a new address is theirs, and nothing else: it may be the wrong one."""
    return WAY_CODE.words(programme=programme.short_name, code=code)


def way_changed(programme: Programme) -> Words:
    """Tells the old address of the change, and nothing of the new one."""
    return WAY_TOLD.words(programme=programme.short_name, phone=programme.phone or programme.room)


def address(token: str) -> str:
    """Where a link that opens once leads."""
    return f"{settings.SITE_ADDRESS}{reverse('enter', args=[token])}"


def code_page() -> str:
    """Where a code is typed; also what the square on paper says, so that no address holds a code."""
    return f"{settings.SITE_ADDRESS}{reverse('code')}"
