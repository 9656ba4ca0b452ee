"""What is written about times that are offered: a question with a link, the times themselves only on paper, and that it is settled."""

from __future__ import annotations

from datetime import timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from setfair.accounts.actions import issue_link
from setfair.accounts.models import Pass
from setfair.cases.models import Participation
from setfair.cases.queries import circle
from setfair.core import clock
from setfair.core.actor import Actor
from setfair.journal.journey import move
from setfair.letters.actions import Address, Words, write
from setfair.letters.journey import NOT_GONE, Stage
from setfair.letters.models import Letter
from setfair.people.queries import held_address
from setfair.preparation.letters import address
from setfair.preparation.queries import break_of, has_stopped
from setfair.programmes import wording
from setfair.programmes.speaking import in_language

from .asking import hours_until
from .letters import post_of
from .models import Offer, OfferedTime
from .queries import is_willing
from .said import clock_of, place, until

OFFERED = wording.letter(
    "times_offered",
    _("To somebody who is asked which of some times works"),
    _("A short question"),
    _("Hi, {programme} has a short question for you. Open {link} or call {phone}. The link works once, as long as the question is open."),
    fields=("programme", "link", "phone"),
)
ON_PAPER = wording.letter(
    "times_offered_on_paper",
    _("The same on paper, with the times"),
    _("A short question"),
    _("Hello,\n\nWhich of these times works for you? Please tell us until {until}.\n\n{times}\n\nNone of them? Tell us that too. Questions? {phone}"),
    fields=("until", "times", "phone"),
)
SETTLED = wording.letter(
    "times_settled",
    _("To whoever was asked about times, when the question is taken back"),
    _("You have a message"),
    _("Hi, the short question from {programme} is settled. There is nothing you need to do. Thank you. Questions? {phone}"),
    fields=("programme", "phone"),
)


def ask(offer: Offer, *, by: Actor) -> None:
    """A letter to everyone of the circle who has said yes to taking part. Whoever has theirs already gets no second one."""
    for person in circle(offer.case):
        if is_willing(person) and not has_stopped(person) and break_of(person) is None:
            _ask(offer, person, by)


def remind(offer: Offer, person: Participation, *, by: Actor) -> None:
    """Once more, with a fresh link, unless they had a word within the interval. Paper goes out once."""
    quiet, to = timedelta(days=offer.programme.chase_days), held_address(person.person, opens=True)
    if to is not None and not _written(offer, person).filter(made_at__gt=clock.now() - quiet).exists():
        with in_language(person.person.language):
            _send(_with_link(offer, person, to, by), to, "offered", offer, person, by, again=f":{(clock.now() - offer.at).days}")


def stop(offer: Offer, person: Participation | None = None, *, by: Actor) -> None:
    """What has not gone yet stays here: the question has ended, or this one has answered it."""
    for letter in _written(offer, person).filter(stage__in=NOT_GONE):
        move(letter, Stage.WITHDRAWN, by=by)


def settle(offer: Offer, *, by: Actor) -> None:
    """Stop what has not gone, and tell those whose letter has that they need not answer. Never why; whoever did it knows."""
    stop(offer, by=by)
    asked = set(_written(offer).exclude(stage__in=(Stage.WITHDRAWN, Stage.FAILED)).values_list("reader_id", flat=True))
    for person in circle(offer.case):
        if person.person_id in asked and person.pk != by.id:
            to = held_address(person.person) or post_of(person.person)
            with in_language(person.person.language):
                _send(SETTLED.words(programme=offer.programme.short_name, phone=_phone(offer)), to, "settled", offer, person, by)


def _ask(offer: Offer, person: Participation, by: Actor) -> None:
    if Letter.objects.filter(key=_key("offered", offer, person)).exists():
        return
    to = held_address(person.person, opens=True)
    with in_language(person.person.language):
        if to is None:
            _send(_on_paper(offer, person), post_of(person.person), "offered", offer, person, by)
        else:
            _send(_with_link(offer, person, to, by), to, "offered", offer, person, by)


def _with_link(offer: Offer, person: Participation, to: Address, by: Actor) -> Words:
    lasts_with = {"reader": person.person_id, "way": to.channel, "hours": hours_until(offer.answer_by)}
    token = issue_link(bearer=Pass.Bearer.PARTICIPATION, bearer_id=person.pk, case=person.case_id, by=by, **lasts_with)
    return OFFERED.words(programme=offer.programme.short_name, link=address(token), phone=_phone(offer))


def _on_paper(offer: Offer, person: Participation) -> Words:
    theirs, offered = clock_of(person, offer.programme), OfferedTime.objects.filter(offer=offer).select_related("room__venue").order_by("during")
    times = "\n".join(f"[  ] {theirs.when(t.starts_at, t.ends_at)}, {place(t.room, offer.programme)}" for t in offered)
    return ON_PAPER.words(until=until(offer.answer_by, theirs.own), times=times, phone=_phone(offer))


def _send(words: Words, to: Address, what: str, offer: Offer, person: Participation, by: Actor, again: str = "") -> None:
    until = offer.answer_by if what == "offered" else None
    write(words, to=to, reader=person.person_id, case=offer.case_id, key=f"{_key(what, offer, person)}{again}", by=by, until=until)


def _written(offer: Offer, person: Participation | None = None) -> QuerySet[Letter]:
    return Letter.objects.filter(key__startswith=_key("offered", offer, person) if person else f"offered:{offer.pk}:")


def _key(what: str, offer: Offer, person: Participation) -> str:
    return f"{what}:{offer.pk}:{person.person_id}"


def _phone(offer: Offer) -> str:
    return offer.programme.phone or offer.programme.room
