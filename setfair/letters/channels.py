"""How a letter leaves: e-mail, text message or paper. One reader to a message, and nothing in it that reports back."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Callable
from email.charset import BASE64, Charset
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.validators import validate_email
from django.template.loader import render_to_string
from django.utils.module_loading import import_string

from . import outbox
from .models import Channel, Letter
from .paper import RIGHT_TO_LEFT, SHEETS, printed

Sms = Callable[[str, str, str], None]
"""A way for text messages: number, words, and the reference that stays the same over every try. It raises when it could not."""


CALENDAR, CALENDAR_NAME = "text/calendar", "appointment.ics"
CARD = "card:"
"""How the key of a letter begins that is a card."""
METHOD = re.compile(r"^METHOD:(\w+)", re.MULTILINE)


IN_BASE64 = Charset("utf-8")
IN_BASE64.body_encoding = BASE64


class _Message(EmailMultiAlternatives):
    """A calendar file goes in base64: a mail server that breaks lines anew would break it."""

    def message(self) -> Any:
        whole: Any = super().message()
        for part in whole.walk():
            if part.get_content_type() == CALENDAR:
                content = part.get_payload(decode=True).decode()
                del part["Content-Transfer-Encoding"]
                part.set_payload(content, IN_BASE64)
        return whole


def deliver(letter: Letter) -> None:
    """Hand the letter over, or raise. Trying again is harmless: its Message-ID stays the same."""
    {Channel.EMAIL: _email, Channel.SMS: _sms, Channel.PAPER: _paper}[Channel(letter.channel)](letter)


def _email(letter: Letter) -> None:
    validate_email(letter.address)  # one address and no more: a comma would make it two readers
    message = _Message(
        subject=letter.subject,
        body=letter.body,
        to=[letter.address],
        reply_to=reply_to(letter),
        headers={"Message-ID": letter.message_id, "Auto-Submitted": "auto-generated", "Content-Language": letter.language},
    )
    direction = "rtl" if letter.language.split("-")[0] in RIGHT_TO_LEFT else "ltr"
    page = render_to_string("letters/email.html", {"letter": letter, "paragraphs": _paragraphs(letter.body), "direction": direction})
    message.attach_alternative(page, "text/html")
    if letter.calendar:  # as a part that a mail program understands, and as a file for one that does not
        kind = f"{CALENDAR}; method={METHOD.findall(letter.calendar)[0]}"
        message.attach_alternative(letter.calendar, kind)
        message.attach(CALENDAR_NAME, letter.calendar, kind)
    message.send()


def reply_to(letter: Letter) -> list[str]:
    """Where an answer goes, with the letter's own sign in it, when the operator named such an address."""
    name, at, domain = settings.REPLY_TO.partition("@")
    return [f"{name}+{letter.pk.hex}@{domain}"] if at else []


def _sms(letter: Letter) -> None:
    way = WAYS.get(settings.SMS_CHANNEL) or import_string(settings.SMS_CHANNEL)
    way(_one_line(letter.address), letter.body, letter.message_id)


def card(subject: str, body: str, language: str) -> bytes:
    """The same words on a small card to cut out: it goes into a pocket, and has no address on it."""
    return printed(SHEETS / "card.typ", {"title": subject, "paragraphs": _paragraphs(body)}, language=language)


def sheet(letter: Letter) -> bytes:
    """A letter on paper as a PDF, set anew each time from its sealed words."""
    if letter.key.startswith(CARD):
        return card(letter.subject, letter.body, letter.language)
    data = {
        "title": letter.subject,
        "address": letter.address,
        "address_right_to_left": _reads_from_the_right(letter.address),
        "paragraphs": _paragraphs(letter.body),
    }
    return printed(SHEETS / "letter.typ", data, language=letter.language)


def _paper(letter: Letter) -> None:
    """Set it once, so that a letter which cannot be printed is known now. A server that strangers reach keeps no open copy of it on disk."""
    content = sheet(letter)
    if not settings.PUBLIC:
        outbox.put("pdf", content)


def sms_to_file(number: str, words: str, reference: str) -> None:
    outbox.put("txt", outbox.headed(words, To=number, Message_ID=reference))


def sms_to_console(number: str, words: str, reference: str) -> None:
    """For somebody who tries things out; a server that strangers reach keeps no such words in its log."""
    if settings.PUBLIC:
        raise PermissionError("SETFAIR_SMS=console is for trying things out only.")
    sys.stdout.write(f"To {number}: {words}\n")


WAYS: dict[str, Sms] = {"file": sms_to_file, "console": sms_to_console}


def _one_line(address: str) -> str:
    return " ".join(address.split())


def _paragraphs(body: str) -> list[str]:
    return [part.strip() for part in re.split(r"\n\s*\n", body) if part.strip()]


def _reads_from_the_right(text: str) -> bool:
    first = next((kind for kind in map(unicodedata.bidirectional, text) if kind in ("L", "R", "AL")), "L")
    return first != "L"
