"""Letters that wait until somebody of the team has looked: what may be done with one, each once, and by whom."""

from __future__ import annotations

import hashlib
import re

from django.conf import settings
from django.db import transaction
from django.utils import translation

from setfair.core import clock
from setfair.core.actor import Actor
from setfair.journal.actions import record
from setfair.journal.journey import WrongStep, move

from .actions import Words
from .journey import Stage
from .models import Letter
from .waking import wake_worker

LINK, CODE = "[link]", "[code]"
"""What stands on the page in place of a link that opens, and of a code: who looks letters through must not come in as their reader."""
HIDDEN = ((re.compile(r"https?://\S+/c/[\w-]+/?"), LINK), (re.compile(r"(?<![\w-])[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}(?![\w-])"), CODE))


class LostPlace(Exception):
    """The words that were changed have not the same links and codes as before."""


def shown(text: str) -> str:
    """The exact words of a letter, with its links and codes covered."""
    for pattern, cover in HIDDEN:
        text = pattern.sub(cover, text)
    return text


def _uncovered(text: str, before: str) -> str:
    for pattern, cover in HIDDEN:
        found = pattern.findall(before)
        if text.count(cover) != len(found):
            raise LostPlace(cover)
        for hidden in found:
            text = text.replace(cover, hidden, 1)
    return text


def mark(letter: Letter) -> str:
    """Stands for what is on the page: letting go lets these words go, to this address, and no others."""
    said = (letter.channel, letter.address, letter.subject, letter.body, *filter(None, [letter.calendar]))
    return hashlib.sha256(repr(said).encode() + settings.SECRET_KEY.encode()).hexdigest()[:16]


@transaction.atomic
def let_go(letter: Letter, *, by: Actor, seen: str) -> Letter:
    """Send it after a look; `seen` is the mark of what was looked at. What stands in its way is asked once more before it leaves.

    Raises `WrongStep` when it waits no more, or is not what was on the page.
    """
    letter = _waiting(letter)
    if mark(letter) != seen:
        raise WrongStep(translation.gettext("Somebody has changed this letter in the meantime. Please look at it again."))
    Letter.objects.filter(pk=letter.pk).update(looked_at=clock.now())
    move(letter, Stage.DUE, by=by, reason="looked_at")
    wake_worker()
    return letter


@transaction.atomic
def keep_back(letter: Letter, *, by: Actor) -> Letter:
    """It is not sent, now or later."""
    return move(_waiting(letter), Stage.WITHDRAWN, by=by, reason="kept_back")


@transaction.atomic
def put_in_other_words(letter: Letter, *, by: Actor, subject: str, body: str) -> Letter:
    """Change what it says before it goes. It goes on waiting: the new words are looked at too.

    Raises `TellingWords` for words that would say too much there, `LostPlace` when a
    link or a code is missing or stands there twice.
    """
    letter = _waiting(letter)
    with translation.override(letter.language):
        words = Words(" ".join(subject.split()), _uncovered(body.replace("\r\n", "\n").strip(), str(letter.body)))
        words.check(letter.channel)
    letter.subject, letter.body = words.subject, words.body
    letter.save(update_fields=["subject", "body"])
    record("changed_letter", letter, by=by)
    return letter


def _waiting(letter: Letter) -> Letter:
    letter = Letter.objects.select_for_update(of=("self",)).get(pk=letter.pk)
    if letter.stage != Stage.HELD:
        raise WrongStep(translation.gettext("This has moved on in the meantime. Please look at the page again."))
    return letter
