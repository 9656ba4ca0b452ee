"""How the tests read a page and fill it in as somebody would."""

import re

from django.urls import reverse
from django.utils import timezone

from setfair.agreements import actions

TICKED = {"read": "on", "agree": "on", "know": "on"}


def told(answer):
    """The words of an answer, with every stretch of space as one."""
    return re.sub(r"\s+", " ", answer.content.decode())


def seen(answer):
    """The digest of the words that stand on this page."""
    return re.search(r'name="seen" value="([0-9a-f]{64})"', answer.content.decode()).group(1)


def signed_by(client, story, key, **said):
    """Read, tick, type and sign, on one's own page."""
    page = reverse("my_agreement", args=[story.agreement.pk])
    words = {"seen": seen(client.get(page)), "typed_name": key.title()} | TICKED | said
    return client.post(reverse("sign", args=[story.agreement.pk]), words)


def draft_of(story, count):
    """An agreement being written, with `count` promises of Rami's to Hana, due today."""
    agreement = actions.draft(story.case, by=story.lead)
    for n in range(count):
        actions.promise(agreement, by=story.lead, owner=story.rami, owed_to=story.hana, what=f"Thing {n}.", due_on=timezone.localdate())
    return agreement
