"""Somebody is not safe: said, told at once to whoever can act, heard, told to others while nobody hears it, and what was done."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from setfair.core import clock
from setfair.core.actor import Actor
from setfair.journal.actions import record
from setfair.letters.actions import Address, write
from setfair.letters.models import Channel
from setfair.programmes.models import Membership, Programme
from setfair.programmes.speaking import in_language

from . import ladder, letters, queries, rounds
from .models import Alarm, Heard, Phone, Step, Told
from .queries import Said, Whence


class NotYet(Exception):
    """This cannot be written down now; the sentence says why."""


@transaction.atomic
def raise_alarm(here: Whence, *, by: Actor, form_key: UUID, words: str = "", reach: str = "", about: UUID | None = None) -> Alarm:
    """Write it down and tell whoever can act, in one transaction. A second press that says nothing new is the same alarm; one that does is told."""
    by, said = queries.who_says_it(by), Said(words.strip(), reach.strip(), about)
    there = queries.same_again(here, by, said)
    if there is not None:
        return there
    where = {"place": here.place, "participation": here.participation, "referral": here.referral, "case": here.case}
    says = {"words": said.words, "reach": said.reach, "about_id": about, "by_kind": str(by.kind), "by": by.id}
    for key in queries.keys_of(form_key):
        alarm, is_new = Alarm.objects.get_or_create(form_key=key, defaults=where | says)
        if is_new:
            record("alarm_raised", alarm, by=by, place=alarm.place)
            tell(alarm, people=ladder.first(alarm, by=by.id), round=0, by=by)
        if is_new or said.is_in(alarm):
            break
    return alarm


@transaction.atomic
def tell(alarm: Alarm, *, people: Iterable[Membership], round: int, by: Actor) -> None:
    """Write to each of these once in this round. No hour of the day holds it back: it goes to the team."""
    record("alarm_told", alarm, by=by, round=round)
    for user in {member.user for member in people}:
        Told.objects.get_or_create(alarm=alarm, round=round, user=user)
        with in_language(user.language):
            key = f"alarm:{alarm.pk}:{round}:{user.pk}"
            write(letters.now(alarm), to=Address(Channel.EMAIL, user.email), reader=user.pk, key=key, by=by)
            for phone in Phone.objects.filter(user=user, ended_at__isnull=True):
                write(letters.now(alarm), to=Address(Channel.SMS, phone.number), reader=user.pk, key=f"{key}:{Channel.SMS}", by=by)


@transaction.atomic
def hear(alarm: Alarm, *, by: Actor) -> Heard:
    """Somebody has read it and acts; who says so first is written down, and it is theirs from then on."""
    said, is_new = Heard.objects.get_or_create(alarm=alarm, defaults={"by": _of_the_team(by)})
    if is_new:
        record("alarm_heard", alarm, by=by)
    return said


@transaction.atomic
def escalate(alarm: Alarm, *, by: Actor) -> int | None:
    """Tell the next, if nobody has heard it and their time has come; says which round it was. Two workers at once tell nobody twice."""
    number = None if queries.heard(alarm) is not None else rounds.due(alarm)
    people = rounds.people(alarm, number) if number is not None else []
    if number is None or not people:
        return None
    tell(alarm, people=people, round=number, by=by)
    return number


@transaction.atomic
def take_step(alarm: Alarm, *, by: Actor, code: str, words: str = "") -> Step:
    """Write down what was done. Raises `NotYet` before somebody has heard it, once it is over, and for an end without a word on how it ended."""
    if queries.heard(alarm) is None:
        raise NotYet(_("Please say first that you have it."))
    if queries.closed(alarm) is not None:
        raise NotYet(_("It is over. Nothing can be added."))
    if code == Step.Code.CLOSED and not words.strip():
        raise NotYet(_("Please write how it ended."))
    step = Step.objects.create(alarm=alarm, code=code, words=words.strip(), by=_of_the_team(by))
    record("alarm_closed" if code == Step.Code.CLOSED else "alarm_step", alarm, by=by, code=code)
    return step


@transaction.atomic
def text_me(programme: Programme, *, by: Actor, number: str) -> None:
    """From now on this member of the team is texted at this number, too; an empty one ends it."""
    for phone in Phone.objects.filter(user=by.id, ended_at__isnull=True):
        Phone.objects.filter(pk=phone.pk).update(ended_at=clock.now())
        record("alarm_phone", phone, by=by, named=False)
    if number.strip():
        record("alarm_phone", Phone.objects.create(user_id=_of_the_team(by), number=number.strip()), by=by, named=True)


def _of_the_team(by: Actor) -> UUID:
    if by.id is None:
        raise NotYet(_("Only somebody of the team can do this."))
    return by.id
