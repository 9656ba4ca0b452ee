"""What people of a case said for themselves: what they hope for, read again at the end; what they want to say and ask."""

from __future__ import annotations

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy

from setfair.cases.models import Case, Participation

from .models import Hope, OwnWords


def hope_of(me: Participation) -> Hope | None:
    """Their latest word on it."""
    return Hope.objects.filter(participation=me).order_by("at", "id").last()


def hopes(case: Case) -> list[Hope]:
    """The latest of each who is in the circle and said something, in the order in which they came to it."""
    rows = Hope.objects.filter(case=case, participation__left_at__isnull=True).select_related("participation__person").order_by("at", "id")
    latest = {row.participation_id: row for row in rows}
    said = [row for row in latest.values() if row.goals or row.words]
    return sorted(said, key=lambda row: (row.participation.added_at, str(row.participation_id)))


def own_words(me: Participation) -> OwnWords | None:
    """Their latest, for their own eyes."""
    return OwnWords.objects.filter(participation=me).order_by("at", "id").last()


def shared_words(participation: Participation) -> OwnWords | None:
    """The latest, if they let those who prepare the talk read it. What they shared before and keep for themselves now is not shown either."""
    last = own_words(participation)
    return last if last is not None and last.is_shared else None


TITLES = {
    "say": gettext_lazy("What you want to say"),
    "ask": gettext_lazy("What you want to ask"),
    "hear": gettext_lazy("What you want to hear"),
    "helps": gettext_lazy("What would help you"),
}


def in_parts(words: OwnWords | None) -> list[tuple[str, str]]:
    """What they wrote, each under what it answers, as they read it themselves."""
    return [(str(title), str(getattr(words, name))) for name, title in TITLES.items() if getattr(words, name, "")]


def as_told(words: OwnWords) -> list[str]:
    """The same for those who prepare them."""
    return [f"{capfirst(words._meta.get_field(name).verbose_name)}:\n{getattr(words, name)}" for name in TITLES if getattr(words, name)]  # type: ignore[union-attr]
