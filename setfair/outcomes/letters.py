"""News for a person harmed, said as openly as a letter may be: that there is some, and whom to call."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy

from setfair.agreements.letters import call_us, post
from setfair.cases.models import Case, Participation
from setfair.core.actor import Actor
from setfair.preparation.models import Consent, Invitation, Meeting
from setfair.preparation.queries import is_let_be
from setfair.programmes import wording
from setfair.programmes.models import Programme
from setfair.programmes.speaking import in_language

from . import wishing
from .models import News

NEWS = wording.letter(
    "news",
    gettext_lazy("There is news about how it went"),
    gettext_lazy("You have a message"),
    gettext_lazy("Hi, {programme} has news for you. We can tell you in the way you like best. {call}"),
    ("programme", "call"),
)


OVER = wording.letter(
    "over",
    gettext_lazy("It is over"),
    gettext_lazy("You have a message"),
    gettext_lazy("Hi, a word from {programme}: this is over now. There is nothing more for you to do. {call}"),
    ("programme", "call"),
)


def to_be_told(case: Case) -> list[Participation]:
    """Whoever stands in the circle, has heard of it (was invited, met or asked), is not let be and does not want to hear nothing.

    Ask before it closes: from then on nobody counts as let be.
    """
    heard = Q(Exists(Invitation.objects.filter(participation=OuterRef("pk")))) | Q(Exists(Meeting.objects.filter(participation=OuterRef("pk"))))
    heard |= Q(Exists(Consent.objects.filter(giver=OuterRef("pk"))))
    people = Participation.objects.filter(heard, case=case, left_at__isnull=True).select_related("person", "case")
    none = wishing.who_want_none(case)
    return [p for p in people.order_by("added_at", "id") if p.pk not in none and not is_let_be(p)]


def say_goodbye(people: list[Participation], programme: Programme, *, by: Actor) -> None:
    """To each in their language and over their safe way: that it is over, and whom to call. Not what, and not how it ended."""
    for participation in people:
        with in_language(participation.person.language):
            words = OVER.words(programme=programme.short_name, call=call_us(programme))
            post(words, participation, f"{OVER.key}:{participation.pk}", by)


def send(news: News, *, by: Actor) -> None:
    """To the one it concerns, in their language, once for each time they were told by letter."""
    with in_language(news.participation.person.language):
        words = NEWS.words(programme=news.case.programme.short_name, call=call_us(news.case.programme))
        post(words, news.participation, f"{NEWS.key}:{news.pk}", by)
