"""News for a person harmed, said as openly as a letter may be: that there is some, and whom to call."""

from __future__ import annotations

from django.utils.translation import gettext_lazy

from setfair.agreements.letters import call_us, post
from setfair.core.actor import Actor
from setfair.programmes import wording
from setfair.programmes.speaking import in_language

from .models import News

NEWS = wording.letter(
    "news",
    gettext_lazy("There is news about how it went"),
    gettext_lazy("You have a message"),
    gettext_lazy("Hi, {programme} has news for you. We can tell you in the way you like best. {call}"),
    ("programme", "call"),
)


def send(news: News, *, by: Actor) -> None:
    """To the one it concerns, in their language, once for each time they were told by letter."""
    with in_language(news.participation.person.language):
        words = NEWS.words(programme=news.case.programme.short_name, call=call_us(news.case.programme))
        post(words, news.participation, f"{NEWS.key}:{news.pk}", by)
