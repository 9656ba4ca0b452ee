"""What a round of asking knows: who is asked, who has said something, and what. Each for themselves; only the team sees them side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from setfair.cases.models import SPEAKERS, Case, Participation
from setfair.cases.queries import circle
from setfair.letters.journey import Stage
from setfair.letters.models import Channel, Letter
from setfair.people.models import Contact
from setfair.people.queries import WRITTEN
from setfair.preparation.models import Break, Consent
from setfair.preparation.queries import lasting

from ..models import Round, RoundAnswer
from ..solver import Stretch


def last_round(case: Case) -> Round | None:
    """The latest round of this case, over or not."""
    return Round.objects.filter(case=case).order_by("at", "id").last()


def live_round(case: Case) -> Round | None:
    """The round that nobody has ended; its last moment may be over."""
    return Round.objects.filter(case=case, ended_at__isnull=True).first()


def times_of(asked: Round) -> list[Stretch]:
    """The times that are asked about, the earliest first."""
    return [Stretch(t.name, t.starts_at, t.ends_at) for t in asked.times.order_by("place")]


def asked_in(asked: Round) -> list[Participation]:
    """Whose times are needed: everyone of the circle who wants to take part, or who is not asked that. Two queries beside the circle's."""
    return _willing(circle(asked.case), _said(asked.case))


def words_in(asked: Round, people: Iterable[Participation]) -> dict[Participation, RoundAnswer]:
    """The latest answer of each who gave one. One query, however many they are."""
    by_id = {p.pk: p for p in people}
    rows = RoundAnswer.objects.filter(round=asked, participation__in=list(by_id)).order_by("at", "id")
    return {by_id[row.participation_id]: row for row in rows}


def silent_in(asked: Round) -> list[Participation]:
    """Who is asked and has said nothing yet, by name for the team."""
    people = asked_in(asked)
    answered = words_in(asked, people)
    return [p for p in people if p not in answered]


def own_word(asked: Round, me: Participation) -> RoundAnswer | None:
    """What this one said last in it."""
    return words_in(asked, [me]).get(me)


@dataclass(frozen=True)
class RoundStanding:
    """A round as the team sees it: each who is asked, with their word if there is one. `written` says over which channels a letter about it went,
    or goes, to whom; `reached` who has a safe address for one now, by person; of the `left_alone` nobody wants a word: they stopped, or take a break.
    """

    round: Round
    people: list[tuple[Participation, RoundAnswer | None]]
    written: dict[str, set[str]]
    reached: frozenset[UUID]
    left_alone: frozenset[UUID]

    @property
    def silent(self) -> list[str]:
        return [p.person.shown for p, word in self.people if word is None]

    @property
    def by_hand(self) -> list[tuple[Participation, bool]]:
        """Who has not answered and is asked by no message, or reached by none any more, and whether a letter on paper asks them."""
        ways = [(p, self.written.get(str(p.pk), set())) for p, word in self.people if word is None and p.pk not in self.left_alone]
        return [(p, Channel.PAPER in there) for p, there in ways if not there - {Channel.PAPER} or p.person_id not in self.reached]


def standing_of(asked: Round) -> RoundStanding:
    """Who is asked, and what each said; in as many queries for ten as for one."""
    said = _said(asked.case)
    people = _willing(circle(asked.case), said)
    words, lasts = words_in(asked, people), lasting(Break.objects.filter(case=asked.case_id))
    reached = Contact.objects.filter(person__in=[p.person_id for p in people], way__in=[way for way, _channel in WRITTEN], ended_at__isnull=True)
    stopped = {giver for (_about, giver), answer in said.items() if answer == Consent.Answer.WITHDRAWN}
    return RoundStanding(
        asked, [(p, words.get(p)) for p in people], _written(asked), frozenset(reached.values_list("person", flat=True)),
        frozenset(stopped.union(lasts.values_list("giver", flat=True))),
    )  # fmt: skip


def _said(case: Case) -> dict[tuple[UUID, UUID], str]:
    """The last word about taking part: about whom, and by whom."""
    said = Consent.objects.filter(case=case, scope=Consent.Scope.TAKE_PART).order_by("at", "id")
    return {(about, giver): answer for about, giver, answer in said.values_list("participation", "giver", "answer")}


def _willing(people: Iterable[Participation], said: Mapping[tuple[UUID, UUID], str]) -> list[Participation]:
    return [p for p in people if p.role not in SPEAKERS or said.get((p.pk, p.pk)) == Consent.Answer.YES]


def _written(asked: Round) -> dict[str, set[str]]:
    written: dict[str, set[str]] = defaultdict(set)
    letters = Letter.objects.filter(key__startswith=f"times:{asked.pk}:").exclude(stage__in=(Stage.WITHDRAWN, Stage.FAILED))
    for key, channel in letters.values_list("key", "channel"):
        written[key.split(":")[2]].add(channel)
    return written
