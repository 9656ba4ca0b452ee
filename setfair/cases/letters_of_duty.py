"""What somebody of the team is written when they are asked to help: a day and an hour, and no name of anybody."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from setfair.core import clock
from setfair.core.actor import Actor
from setfair.letters.actions import Address, write
from setfair.letters.models import Channel
from setfair.programmes import wording
from setfair.programmes.speaking import in_language

from .models import Duty

FIELDS = ("programme", "when", "minutes", "part", "link", "until", "phone")
ASKED = wording.letter(
    "duty_asked",
    _("To one of the team who is asked to help on a day"),
    _("A question about a day"),
    _(
        "Hello,\n\ncan you help on this day?\n\n{when}, {minutes} minutes, as {part}. There are two sides. More is told to whoever helps, "
        "in the days before.\n\nYes or no: {link}\nA no needs no reason.\nPlease answer by: {until}\n\nQuestions? {phone}"
    ),
    fields=FIELDS,
)
REMINDED = wording.letter(
    "duty_reminded",
    _("To the same, once, when they have not answered"),
    _("A question about a day"),
    _("Hello,\n\nwe asked whether you can help: {when}, {minutes} minutes, as {part}.\n\nYes or no: {link}\nPlease answer by: {until}"),
    fields=FIELDS,
)
NOT_NEEDED = wording.letter(
    "duty_off",
    _("To one of the team whose help is not needed on that day any more"),
    _("A day is free again"),
    _("Hello,\n\nyour help is not needed on this day any more: {when}\nThank you that we could count on you."),
    fields=("programme", "when"),
)


def ask(duty: Duty, token: str, *, by: Actor) -> None:
    _send(ASKED, duty, "asked", by, link=_link(duty, token))


def remind(duty: Duty, token: str, *, by: Actor) -> None:
    _send(REMINDED, duty, "again", by, link=_link(duty, token))


def tell_off(duty: Duty, *, by: Actor) -> None:
    _send(NOT_NEEDED, duty, "off", by)


def when_of(duty: Duty) -> str:
    """Day, hour and window, on the programme's clock."""
    there = clock.local(duty.starts_at, duty.programme.zone)
    said = f"{date_format(there, 'l')}, {date_format(there, 'DATE_FORMAT')}, {date_format(there, 'TIME_FORMAT')}"
    return f"{said} ({duty.window})" if duty.window else said


def _link(duty: Duty, token: str) -> str:
    return f"{settings.SITE_ADDRESS}{reverse('duty_link', args=[duty.programme.slug, token])}"


def _send(letter: wording.Letter, duty: Duty, what: str, by: Actor, link: str = "") -> None:
    user, programme = duty.facilitator.user, duty.programme
    with in_language(user.language):
        until = clock.local(duty.until, programme.zone)
        words = letter.words(
            programme=programme.short_name, when=when_of(duty), minutes=duty.minutes, part=duty.get_part_display(), link=link,
            until=f"{date_format(until, 'DATE_FORMAT')}, {date_format(until, 'TIME_FORMAT')}", phone=programme.phone or programme.room,
        )  # fmt: skip
        write(words, to=Address(Channel.EMAIL, user.email), reader=user.pk, case=duty.case_id, key=f"duty:{duty.pk}:{what}", by=by)
