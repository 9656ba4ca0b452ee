"""What is written about a talk. None of it says what it would be about."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from setfair.accounts.models import User
from setfair.core import clock
from setfair.core.actor import Actor
from setfair.letters.actions import Address, Words, write
from setfair.letters.models import Channel
from setfair.programmes import wording
from setfair.programmes.models import Programme
from setfair.programmes.speaking import in_language

from .letters import look
from .said import moment
from .talks import Talk

OFFERED = wording.letter(
    "talk_offered",
    _("To whoever asked: times to talk"),
    _("A message for you"),
    _(
        "Hello,\n\nWe would like to talk with you. It is only to talk. Nothing begins by it, and you decide nothing.\n\n"
        "Choose a time with your code: {link}\n\nOr call us: {phone}\n\n{programme}"
    ),
    fields=("link", "phone", "programme"),
)
BOOKED = wording.letter(
    "talk_booked",
    _("To whoever asked: the time to talk"),
    _("A message for you"),
    _(
        "Hello,\n\nYour time with us: {when}\n\nWhere it is, you see with your code: {link}. "
        "You can call it off there, or call us: {phone}\n\n{programme}"
    ),
    fields=("when", "link", "phone", "programme"),
)
OFF = wording.letter(
    "talk_off",
    _("To whoever asked: the time is off"),
    _("A message for you"),
    _("Hello,\n\nThe time we had is off. It is not because of you. We will offer you another, or call us: {phone}\n\n{programme}"),
    fields=("phone", "programme"),
)
THANKS = wording.letter(
    "talk_thanks",
    _("To whoever asked: it was good to talk"),
    _("A message for you"),
    _(
        "Hello,\n\nIt was good to talk with you. Nothing more happens unless you want it. "
        "You can ask us at any time, with your code: {link}, or call us: {phone}\n\n{programme}"
    ),
    fields=("link", "phone", "programme"),
)


def offered(talk: Talk, programme: Programme) -> Words:
    return OFFERED.words(link=_link(), phone=programme.phone, programme=programme.short_name)


def booked(talk: Talk, programme: Programme) -> Words:
    when = moment(talk.starts_at, programme.zone) if talk.starts_at else ""
    return BOOKED.words(when=when, link=_link(), phone=programme.phone, programme=programme.short_name)


def off(talk: Talk, programme: Programme) -> Words:
    return OFF.words(phone=programme.phone, programme=programme.short_name)


def thanks(talk: Talk, programme: Programme) -> Words:
    return THANKS.words(link=_link(), phone=programme.phone, programme=programme.short_name)


def have_them_look(talk: Talk, *, by: Actor) -> None:
    """Whoever holds it hears that there is something new, without a word of it."""
    reader = User.objects.filter(pk=talk.holder, is_active=True).first()
    if reader is None or reader.pk == by.id:
        return
    with in_language(reader.language):
        key = f"talk-look:{talk.pk}:{talk.stage}:{clock.now():%Y%m%d}"
        write(look(talk.programme), to=Address(Channel.EMAIL, reader.email), reader=reader.pk, key=key, by=by)


def _link() -> str:
    return f"{settings.SITE_ADDRESS}{reverse('code')}"
