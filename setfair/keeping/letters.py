"""To whoever asked what is kept about them: that there is an answer, and nothing of what it is about."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from setfair.agreements.letters import call_us, post
from setfair.cases.models import Participation
from setfair.core.actor import Actor
from setfair.letters.actions import write
from setfair.programmes import wording
from setfair.programmes.speaking import in_language
from setfair.referrals import letters as to_whoever_asked

from .models import Answer

ANSWERED = wording.letter(
    "answered",
    _("There is an answer to what somebody asked about themselves"),
    _("You have a message"),
    _("Hi, {programme} has an answer to what you asked us. You find it on your page. {call}"),
    ("programme", "call"),
)


def send(answer: Answer, *, by: Actor) -> None:
    """In their language and over their safe way; where no way is safe to whoever sent a request, it stands on their page alone."""
    whose, key, programme = answer.asking.whose, f"{ANSWERED.key}:{answer.pk}", answer.programme
    if isinstance(whose, Participation):
        with in_language(whose.person.language):
            post(ANSWERED.words(programme=programme.short_name, call=call_us(programme)), whose, key, by)
        return
    to = to_whoever_asked.way_to(whose)
    if to is not None:
        with in_language(whose.language):
            write(to_whoever_asked.news(programme), to=to.address, reader=whose.pk, case=None, key=key, by=by)
