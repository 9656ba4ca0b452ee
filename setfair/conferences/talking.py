"""Who speaks when: the order that was chosen, whose turn it is on a page, a break."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from setfair.cases.models import Participation, Role
from setfair.core.moulds import Mould
from setfair.programmes.models import Phase, ScriptPage

from .models import Conference, Pause, TalkOrder, Turn

A_QUIET_WORD = timedelta(minutes=10)
"""So long before the programme's limit whoever holds the circle is told."""


@dataclass(frozen=True)
class Voice:
    """Somebody whom a page asks, and whether it is their turn, was, or they passed."""

    participation: Participation
    is_now: bool
    has_passed: bool
    has_spoken: bool


def order(conference: Conference) -> list[UUID]:
    """The order that was chosen last; nothing as long as it is that of the script."""
    return ORDER.first(values={"conference": conference.pk}) or []


ORDER = Mould(
    lambda *, conference: TalkOrder.objects.filter(conference=conference).order_by("-number").values_list("people", flat=True)[:1]
)  # fmt: skip


def in_order(people: list[Participation], chosen: Sequence[UUID]) -> list[Participation]:
    """In the chosen order; whoever joined since comes after the others."""
    rank = {key: at for at, key in enumerate(chosen)}
    return sorted(people, key=lambda p: rank.get(p.pk, len(rank)))


def speakers(conference: Conference, people: list[Participation]) -> list[Participation]:
    """As they speak: in the chosen order, else as the script asks them, whoever came with the person harmed before others."""
    return chosen_or_asked(conference, people, order(conference))


def chosen_or_asked(conference: Conference, people: list[Participation], chosen: Sequence[UUID]) -> list[Participation]:
    """In this order; without one, as the script asks them."""
    if chosen:
        return in_order(people, chosen)
    asks = list(ScriptPage.objects.filter(script=conference.script_id, phase=Phase.VOICES).values_list("asks", flat=True))
    asked = {p.pk: next((at for at, role in enumerate(asks) if role in p.roles), len(asks)) for p in people}
    return sorted(people, key=lambda p: (asked[p.pk], stands_by_another(p)))


def stands_by_another(participation: Participation) -> bool:
    """Whether they came with somebody who was not harmed."""
    beside = participation.stands_by
    return beside is not None and Role.HARMED not in beside.roles


def moved(people: list[Participation], who: Participation, where: str) -> list[UUID]:
    """The order in which somebody has changed places, or speaks first or last."""
    keys = [p.pk for p in people]
    at = keys.index(who.pk)
    to = {"up": max(at - 1, 0), "down": min(at + 1, len(keys) - 1), "first": 0, "last": len(keys) - 1}[where]
    keys.insert(to, keys.pop(at))
    return keys


def as_they_speak(pages: list[ScriptPage], people: list[Participation]) -> list[ScriptPage]:
    """The pages of the voices in the order in which those whom they ask speak; a second page of a voice stays where it is."""
    asked: set[str] = set()
    firsts = [page for page in pages if _is_a_voice(page) and not (page.asks in asked or asked.add(page.asks))]  # type: ignore[func-returns-value]
    first_asked = {page.pk: next((at for at, p in enumerate(people) if page.asks in p.roles), len(people)) for page in firsts}
    waiting = iter(sorted(firsts, key=lambda page: first_asked[page.pk]))
    return [next(waiting) if page in firsts else page for page in pages]


def _is_a_voice(page: ScriptPage) -> bool:
    return page.phase == Phase.VOICES and page.asks not in ("", "everyone")


def turns_on(conference: Conference, page: int) -> list[Turn]:
    return TURNS.ask(values={"conference": conference.pk}, page=page)


TURNS = Mould(lambda *, conference, page: Turn.objects.filter(conference=conference, page=page).order_by("number"))


def voices(asked: list[Participation], turns: list[Turn]) -> list[Voice]:
    """Those whom a page asks, as they speak. It is the turn of whoever was given it last, until they pass."""
    last = {turn.participation_id: turn.what for turn in turns}
    now = turns[-1].participation_id if turns and turns[-1].what == Turn.What.SPEAKS else None
    return [
        Voice(p, p.pk == now, last.get(p.pk) == Turn.What.PASSED, last.get(p.pk) == Turn.What.SPEAKS and p.pk != now) for p in asked
    ]  # fmt: skip


def pause_of(conference: Conference) -> Pause | None:
    """The break they are in."""
    return PAUSE.first(values={"conference": conference.pk})


PAUSE = Mould(lambda *, conference: Pause.objects.filter(conference=conference, ends__isnull=True).order_by("-number")[:1])


def nearly_over_at(conference: Conference) -> datetime | None:
    """When ten minutes are left of the longest that the programme lets a meeting last."""
    if conference.started_at is None:
        return None
    return conference.started_at + timedelta(minutes=conference.programme.max_minutes) - A_QUIET_WORD
