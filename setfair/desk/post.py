"""Letters as the team looks after them: what kind, to whom, over which way, and where each stands. Never an address, never the words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from setfair.access.policy import Permission
from setfair.access.ties import open_to
from setfair.accounts.models import User
from setfair.cases.models import Case, Participation
from setfair.core import clock
from setfair.core.actor import Actor, system
from setfair.letters import gate
from setfair.letters.actions import Address
from setfair.letters.gate import Barrier
from setfair.letters.journey import Stage
from setfair.letters.models import Channel, Handing, Letter
from setfair.people.gate import PROVE, TOLD
from setfair.people.models import Contact
from setfair.people.queries import WRITTEN
from setfair.referrals.models import Referral
from setfair.vault import ring

from .models import Posting

MOST = 200
LINK_LASTS = timedelta(days=3)
WITH_LINK = ("invitation", "way_back", "way_code", "still")
"""Letters that carry a link which opens once and soon runs out: on paper, or sent again late, they would lead nowhere."""

KINDS: dict[str, Any] = {
    "invitation": gettext_lazy("Invitation"),
    "way_back": gettext_lazy("A new link"),
    "answer": gettext_lazy("Word that an answer was written down for them"),
    "note": gettext_lazy("Word that there is something new to read"),
    "way_code": gettext_lazy("A code to a new address"),
    "way_told": gettext_lazy("Word to the old address"),
    "look": gettext_lazy("To the coordinator: look"),
    "alarm": gettext_lazy("To the team: open this now"),
    "times": gettext_lazy("Asked when they could come"),
    "offered": gettext_lazy("Asked which of some times works"),
    "booked": gettext_lazy("The time and the place"),
    "soon": gettext_lazy("The day comes soon"),
    "sheet": gettext_lazy("Their questions are ready to read"),
    "still": gettext_lazy("Is it still all right, close to the day"),
    "released": gettext_lazy("A time is off"),
    "card": gettext_lazy("A small card with the time"),
    "not_needed": gettext_lazy("A time at which they are not needed any more"),
    "to_sign": gettext_lazy("Something to sign"),
    "all_signed": gettext_lazy("Everyone has signed"),
    "promise_soon": gettext_lazy("A promise comes due"),
    "promise_past": gettext_lazy("A promise is past its date"),
    "news": gettext_lazy("News about how it went"),
    "request-received": gettext_lazy("We have your request"),
    "request-declined": gettext_lazy("Not going ahead"),
    "talk-offered": gettext_lazy("Times to talk"),
    "talk-booked": gettext_lazy("The time to talk"),
    "talk-off": gettext_lazy("A time to talk is off"),
    "talk-thanks": gettext_lazy("It was good to talk"),
    "talk-look": gettext_lazy("To the one who talks with them: look"),
}
WHY: dict[str, Any] = {
    Barrier.NOBODY: gettext_lazy("There is no address. Nobody is written to."),
    Barrier.NOT_ALLOWED: gettext_lazy("They did not say that this way is safe, or not any more."),
    Barrier.NO_WORD_YET: gettext_lazy("They named this way themselves, and nobody has spoken with them yet."),
    Barrier.NEVER: gettext_lazy("No hour is left in which a message may go there."),
    Barrier.APART: gettext_lazy("Somebody they are kept apart from reads there, or did what it is about."),
    Barrier.OTHER_SIDE: gettext_lazy("Somebody of the other side reads there."),
    Barrier.NO_AUTHORITY: gettext_lazy("A parent or guardian who may not decide for them reads there."),
    Barrier.BOUNCED: gettext_lazy("The address gave it back."),
    Barrier.CLOSED_PLACE: gettext_lazy("It leads to their page, and in a closed place they cannot open it. Tell them, or print everything on paper."),
}
TAGS = {Stage.SENT: "done", Stage.HANDED: "done", Stage.FAILED: "error", Stage.WITHDRAWN: "plain"}
LABELS = {
    Channel.EMAIL: gettext_lazy("By email"),
    Channel.SMS: gettext_lazy("As a text message"),
    Channel.PAPER: gettext_lazy("On paper, posted or handed over"),
}


@dataclass
class Line:
    """One letter of a list."""

    letter: Any
    ref: str
    who: str
    kind: str
    at: datetime
    ways: list[Address] = field(default_factory=list)
    barrier: str = ""
    changes: UUID | None = None

    @property
    def tag(self) -> str:
        return TAGS.get(Stage(self.letter.stage), "wait")

    @property
    def is_stuck(self) -> bool:
        return bool(self.letter.stage == Stage.FAILED)

    @property
    def waits_for_a_hand(self) -> bool:
        return bool(self.letter.stage == Stage.PRINTED)

    @property
    def is_too_late(self) -> bool:
        """Its link has run out: only a new invitation helps."""
        return prefix(self.letter) in WITH_LINK and self.letter.made_at + LINK_LASTS < clock.now()

    @property
    def why(self) -> str:
        """Why it must not go over its way; empty for one that nothing forbids."""
        return str(WHY.get(self.barrier, "")) if self.is_stuck else ""

    @property
    def labelled(self) -> list[tuple[str, str]]:
        """The other ways, as a form offers them: which, never where to."""
        return [(way.channel, str(LABELS[Channel(way.channel)])) for way in self.ways]


def to_print(actor: Actor) -> list[Line]:
    """What lies on paper and has reached nobody, the oldest first."""
    rows = open_to(actor, Permission.PREPARE, Posting).filter(channel=Channel.PAPER, stage=Stage.PRINTED)
    return _lines(rows.order_by("made_at", "pk"))


def stuck(actor: Actor) -> list[Line]:
    """What could not be sent, the oldest first."""
    return _lines(open_to(actor, Permission.PREPARE, Posting).filter(stage=Stage.FAILED).order_by("made_at", "pk"))


def of_case(case: Case) -> list[Line]:
    """Every letter of a case, the newest first."""
    return _lines(Posting.objects.filter(case_id=case.pk).order_by("-made_at", "-pk"))


def other_ways(letter: Letter) -> list[Address]:
    """Where else this letter may go; on paper only what stays true there."""
    return _ways([letter]).get(letter.pk, [])


def with_refs(rows: QuerySet[Posting]) -> QuerySet[Posting]:
    """Each with the reference it is spoken of by: its case's, or that of the request."""
    case, asked = Case.objects.filter(pk=OuterRef("case_id")), Referral.objects.filter(pk=OuterRef("reader_id"))
    return rows.annotate(of=Coalesce(Subquery(case.values("ref")[:1]), Subquery(asked.values("ref")[:1])))


def _lines(rows: QuerySet[Posting]) -> list[Line]:
    letters: list[Any] = list(with_refs(rows)[:MOST])
    named, ways = names(letters), _ways(letter for letter in letters if letter.stage == Stage.FAILED)
    unspoken = _unspoken(letters)
    handed = dict(Handing.objects.filter(letter__in=[letter.pk for letter in letters]).values_list("letter_id", "at"))
    return [
        Line(
            letter,
            ref=letter.of or "",
            who=named.get(letter.reader_id, _("whoever asked")),
            kind=str(KINDS.get(prefix(letter), _("A message"))),
            at=handed.get(letter.pk) or letter.sent_at or letter.made_at,
            ways=ways.get(letter.pk, []),
            **unspoken.get(letter.pk, {"barrier": letter.trouble}),
        )
        for letter in letters
    ]


def _unspoken(letters: list[Any]) -> dict[UUID, dict[str, Any]]:
    """Of each that waited for a word with its reader: what stands in its way now, and whose changes somebody has to look at."""
    waited = [letter for letter in letters if (letter.stage, letter.trouble) == (Stage.FAILED, Barrier.NO_WORD_YET)]
    rows = Participation.objects.filter(person__in={letter.reader_id for letter in waited}, left_at__isnull=True) if waited else ()
    places, found = {(row.person_id, row.case_id): row.pk for row in rows}, {}
    for letter in waited:
        barrier = _now_barred(letter)
        place = places.get((letter.reader_id, letter.case_id)) if barrier == Barrier.NO_WORD_YET else None
        found[letter.pk] = {"barrier": barrier, "changes": place}
    return found


def _now_barred(letter: Letter) -> str:
    try:
        return str(gate.asked(letter, system(letter.programme_id)).barrier or "")
    except ring.WordsAreGone:
        return str(letter.trouble)


def names(letters: list[Any]) -> dict[UUID, str]:
    readers = {letter.reader_id for letter in letters}
    rows = list(Participation.objects.filter(person__in=readers).select_related("person"))
    ring.gather(p.person_id for p in rows)
    staff = {user.pk: user.get_short_name() for user in User.objects.filter(pk__in=readers)}
    return staff | {p.person_id: _first(p) for p in rows}


def _first(participation: Participation) -> str:
    try:
        return participation.person.first
    except ring.WordsAreGone:
        return _("Someone")


def _ways(letters: Iterable[Letter]) -> dict[UUID, list[Address]]:
    rows = list(letters)
    readers = {letter.reader_id for letter in rows}
    people = set(Participation.objects.filter(person__in=readers).values_list("person_id", flat=True))
    known: dict[UUID, dict[str, str]] = {}
    ring.gather(people)
    for contact in Contact.objects.filter(person__in=people, ended_at__isnull=True):
        known.setdefault(contact.person_id, {})[contact.way] = contact.value
    for asked in Referral.objects.filter(pk__in=readers):
        known[asked.pk] = {way: value for way, value in (asked.reach or {}).items() if isinstance(value, str)}
    return {letter.pk: _open_ways(letter, known.get(letter.reader_id, {}), letter.reader_id in people) for letter in rows}


def _open_ways(letter: Letter, known: dict[str, str], is_person: bool) -> list[Address]:
    if known.get("none") or prefix(letter) in (PROVE, TOLD):
        return []
    found = [Address(channel, known[way]) for way, channel in WRITTEN if known.get(way)]
    if prefix(letter) not in WITH_LINK and (is_person or known.get(Contact.Way.POST)):
        found.append(Address(Channel.PAPER, known.get(Contact.Way.POST, "")))
    return [way for way in found if way.channel != letter.channel]


def prefix(letter: Letter) -> str:
    return str(letter.key).split(":")[0]
