from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from setfair.core.text import shown, typed
from setfair.letters.actions import Address, Words
from setfair.letters.models import Channel
from setfair.people.models import Contact
from setfair.programmes import wording
from setfair.programmes.models import Programme

from .models import Referral

WITH_CODE = ((Contact.Way.EMAIL, Channel.EMAIL), (Contact.Way.POST, Channel.PAPER))
"""Ways over which a sentence or two can go. A text message stands on a locked screen: it says only that there is something to read."""

THANKS = wording.letter(
    "request_received",
    _("To whoever asked: we have your request"),
    _("A message for you"),
    _(
        "Hello,\n\nWe have what you sent us. We will answer by {date}.\n\nYour code is {code}. "
        "With it you can see how things stand, add something, or take it back: {link}\n\n"
        "You can also call us: {phone}\n\n{programme}\n\nIf you did not write to us, you can leave this alone."
    ),
    fields=("date", "code", "link", "phone", "programme"),
)
NOTE = wording.letter(
    "request_received_text",
    _("To whoever asked, as a text message"),
    _("A message for you"),
    _("Hi, {programme} has your message. You will hear from us by {date}. To see more, use your code at {link} or call {phone}."),
    fields=("programme", "date", "link", "phone"),
)
OFFICE = wording.letter(
    "request_office",
    _("To an office that asks for the list of what it sent"),
    _("A message for you"),
    _(
        "Hello,\n\nHere is the link you asked for: {link}\n\nIt works once, for 3 days. "
        "If you did not ask for it, you can leave this alone.\n\n{programme}"
    ),
    fields=("link", "programme"),
)
OFFICE_THANKS = wording.letter(
    "request_received_office",
    _("To an office: we have your request"),
    _("A message for you"),
    _(
        "Hello,\n\nSomething was sent to us with this address. We will answer by {date}.\n\n"
        "Please open this link, and tell us whether it came from you: {link}\n\nIt works once, for 3 days. Please do not pass it on.\n\n"
        "You can also call us: {phone}\n\n{programme}"
    ),
    fields=("date", "link", "phone", "programme"),
)
CHANGED = wording.letter(
    "request_changed",
    _("To an office, when something it sent was changed"),
    _("A message for you"),
    _("Hello,\n\nSomething that you sent us was changed. If it was not you, please call us: {phone}\n\n{programme}"),
    fields=("phone", "programme"),
)
NOT_HERE = wording.letter(
    "request_declined",
    _("To whoever asked: not going ahead"),
    _("A message for you"),
    _(
        "Hello,\n\nThank you for writing to us. We have read it with care. It is not going ahead with us. "
        "This does not mean that what you told us does not matter.\n\n"
        "If you want to talk about what else can help, call us: {phone}\n\n{programme}"
    ),
    fields=("phone", "programme"),
)


NEWS = wording.letter(
    "request_news",
    _("To whoever asked: there is an answer"),
    _("A message for you"),
    _("Hi, there is news about your message to {programme}. Open {link} and type your code, or call {phone}."),
    fields=("programme", "link", "phone"),
)
ADDED = wording.letter(
    "request_added",
    _("To the coordinator, when something was added to a request"),
    _("Something new for you"),
    _("Hello,\n\nThere is something new for you at {programme}. Please open {link} when you can."),
    fields=("programme", "link"),
)


def look(programme: Programme) -> Words:
    """Tells somebody of the team to look, and not at what."""
    return ADDED.words(programme=programme.short_name, link=settings.SITE_ADDRESS)


def office(programme: Programme, token: str) -> Words:
    """A link to all that an office sent here, and nothing of what that is."""
    return OFFICE.words(link=f"{settings.SITE_ADDRESS}{reverse('enter', args=[token])}", programme=programme.short_name)


def received_from_office(programme: Programme, token: str, reply_by: date) -> Words:
    """The link opens once, so that what is passed on later opens nothing; a code does not stand here."""
    return OFFICE_THANKS.words(**_about(programme, reply_by) | {"link": f"{settings.SITE_ADDRESS}{reverse('enter', args=[token])}"})


def changed(programme: Programme) -> Words:
    """To the office's own address, whoever changed it."""
    return CHANGED.words(phone=programme.phone or programme.room, programme=programme.short_name)


def received(programme: Programme, code: str, reply_by: date) -> Words:
    """For e-mail and paper: the code stands in the body, and nothing says what it is about."""
    return THANKS.words(code=shown(typed(code)), **_about(programme, reply_by))


def received_by_text(programme: Programme, reply_by: date) -> Words:
    return NOTE.words(**_about(programme, reply_by))


def not_going_ahead(programme: Programme) -> Words:
    """The same words whatever the reason."""
    return NOT_HERE.words(phone=programme.phone, programme=programme.short_name)


def news(programme: Programme) -> Words:
    """That there is an answer, and not which: the same words go over every way."""
    return NEWS.words(programme=programme.short_name, link=f"{settings.SITE_ADDRESS}{reverse('code')}", phone=programme.phone or programme.room)


@dataclass(frozen=True)
class WayTo:
    """Where a letter to whoever asked may go: with room for a sentence or two, or for one neutral line."""

    address: Address
    has_room: bool


def way_to(referral: Referral) -> WayTo | None:
    """E-mail, or else paper, or else a text message; None when no way is safe."""
    said = referral.reach or {}
    if said.get("none"):
        return None
    with_room = (WayTo(Address(channel, said[way]), True) for way, channel in WITH_CODE if said.get(way))
    line = WayTo(Address(Channel.SMS, said["sms"]), False) if said.get("sms") else None
    return next(with_room, line)


def _about(programme: Programme, reply_by: date) -> dict[str, str]:
    return {
        "date": date_format(reply_by, "DATE_FORMAT"),
        "link": f"{settings.SITE_ADDRESS}{reverse('code')}",
        "phone": programme.phone,
        "programme": programme.short_name,
    }
