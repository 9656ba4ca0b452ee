from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from django.db.models import Exists, Max, OuterRef, Prefetch, Q, QuerySet
from django.utils.translation import gettext as _

from setfair.access.policy import Permission
from setfair.access.ties import may, open_to
from setfair.accounts.models import User
from setfair.cases.models import Assignment, Case, Participation
from setfair.cases.ties import sealed_from
from setfair.core import clock
from setfair.core.actor import Actor, Kind, anyone
from setfair.people.models import Contact
from setfair.people.queries import hours_in_words, ways
from setfair.programmes.models import Membership
from setfair.referrals.models import Referral
from setfair.referrals.queries import ways as asked_ways
from setfair.vault import ring

from . import ladder
from .models import Alarm, Heard, Phone, Step

SHOWN_FOR = timedelta(minutes=45)
"""For so long whoever raised it finds on the page whether it was heard: later it would only tell others that it was said."""

A_YEAR, FEW = timedelta(days=365), 5

JOINS = timedelta(minutes=10)
"""Pressed again within this, with nothing new to say, it is the same alarm."""


@dataclass(frozen=True)
class Whence:
    """From where it comes: what is known of it without asking."""

    place: str
    participation: Participation | None = None
    referral: Referral | None = None
    case: Case | None = None


def whence(actor: Actor) -> Whence:
    """What the page that somebody stands on says of them."""
    if actor.kind == Kind.PARTICIPANT:
        me = Participation.objects.select_related("case", "person").get(pk=actor.id or UUID(int=0))
        return Whence(Alarm.Place.OWN, participation=me, case=me.case)
    if actor.kind == Kind.REFERRER:
        referral = Referral.objects.get(pk=actor.id or UUID(int=0))
        return Whence(Alarm.Place.STATUS, referral=referral, case=referral.cases.first())
    return Whence(Alarm.Place.STAFF if actor.kind == Kind.STAFF else Alarm.Place.PUBLIC)


def about(participation: Participation) -> Whence:
    """Raised by the team, about somebody in a circle."""
    return Whence(Alarm.Place.STAFF, participation=participation, case=participation.case)


def it_may_be_about(here: Whence, actor: Actor) -> list[tuple[str, str]]:
    """Members of the team whom somebody who stands there knows of: those of their case, those shown publicly, or for the team everyone else."""
    live = Membership.objects.filter(ended_at__isnull=True, user__is_active=True).select_related("user")
    if here.place != Alarm.Place.STAFF:
        held = Assignment.objects.filter(case=here.case, ended_at__isnull=True).values("facilitator__user") if here.case else []
        leads = [here.case.coordinator_id] if here.case and here.case.coordinator_id else []
        live = live.filter(Q(shown_publicly=True) | Q(user__in=held) | Q(user__in=leads))
    found = {member.user_id: member for member in live.order_by("-since", "pk") if member.user_id != actor.id}
    whole = here.place == Alarm.Place.STAFF
    return sorted(((str(member.pk), member.name if whole else member.name.split(" ")[0]) for member in found.values()), key=lambda each: each[1])


def user_of(membership: str) -> UUID | None:
    return Membership.objects.filter(pk=membership).values_list("user_id", flat=True).first() if membership else None


def somebody_is_there() -> bool:
    """Whether anybody of the programme could be told at all."""
    return ladder.standing(*ladder.FIRST_OF).exists()


def call_by(alarm: Alarm) -> datetime:
    """When whoever raised it stops waiting for us."""
    return alarm.at + timedelta(minutes=alarm.programme.escalate_minutes)


@dataclass(frozen=True)
class Said:
    """What came with a press."""

    words: str
    reach: str
    about: UUID | None

    def is_in(self, alarm: Alarm) -> bool:
        """Whether this alarm, of a moment ago and heard by nobody yet, tells all of it already."""
        is_open = alarm.at > clock.now() - JOINS and heard(alarm) is None
        return is_open and self.words in ("", alarm.words) and self.reach in ("", alarm.reach) and self.about in (None, alarm.about_id)


def who_says_it(by: Actor) -> Actor:
    """Whoever holds the tablet that goes round is nobody we know: two who press there must not become one."""
    return anyone(by.programme_id) if by.kind == Kind.TABLET else by


def same_again(here: Whence, by: Actor, said: Said) -> Alarm | None:
    """The alarm that this one is, pressed once more by somebody we know; nobody is told twice, and nothing that was said is lost."""
    if by.id is None:
        return None
    mine = Alarm.objects.filter(by=by.id, place=here.place, participation=here.participation, at__gt=clock.now() - JOINS)
    return next((alarm for alarm in mine.order_by("-at") if said.is_in(alarm)), None)


def keys_of(form_key: UUID) -> Iterator[UUID]:
    """One form sent again with more in it is another alarm: each has the key after the one before, so that a double press finds it."""
    while True:
        yield form_key
        form_key = uuid5(form_key, "more")


def raised_here(key: Any) -> Alarm | None:
    """The alarm this browser has just raised."""
    return Alarm.objects.filter(pk=key, at__gt=clock.now() - SHOWN_FOR).select_related("programme").first() if key else None


def heard(alarm: Alarm) -> Heard | None:
    return Heard.objects.filter(alarm=alarm).first()


def closed(alarm: Alarm) -> Step | None:
    return Step.objects.filter(alarm=alarm, code=Step.Code.CLOSED).first()


def unfinished() -> QuerySet[Alarm]:
    """Those of which nobody has written yet how they ended."""
    return Alarm.objects.filter(~Exists(Step.objects.filter(alarm=OuterRef("pk"), code=Step.Code.CLOSED)))


def phone_of(actor: Actor) -> str:
    """The number to which they are texted, for themselves."""
    there = Phone.objects.filter(user=actor.id, ended_at__isnull=True).first()
    return str(there.number) if there is not None else ""


def usual_minutes() -> int | None:
    """After how many minutes half of the alarms of the last year were heard; None for too few of them to say."""
    said = Heard.objects.filter(alarm__at__gt=clock.now() - A_YEAR).values_list("at", "alarm__at")
    found = sorted(int((at - began).total_seconds() // 60) for at, began in said)
    return found[len(found) // 2] if len(found) >= FEW else None


def alarms(actor: Actor) -> QuerySet[Alarm]:
    """All that this member of the team may answer, those that nobody has heard first."""
    hearings = Prefetch("heard", Heard.objects.order_by("at"))
    over = Exists(Step.objects.filter(alarm=OuterRef("pk"), code=Step.Code.CLOSED))
    rows = open_to(actor, Permission.ANSWER_ALARM, Alarm).annotate(waits=Q(heard=None), is_over=over)
    return rows.prefetch_related(hearings).order_by("-waits", "is_over", "-at", "-id")[:100]


@dataclass(frozen=True)
class Way:
    label: str
    value: str
    hours: str
    contact: Contact

    @property
    def is_voice(self) -> bool:
        """Whether somebody picks up, and may be the wrong one."""
        return self.contact.way in (Contact.Way.CALL, Contact.Way.THROUGH)


@dataclass(frozen=True)
class Page:
    """What whoever answers an alarm reads. Of a sealed case that does not name them, they are not even told that there is one."""

    alarm: Alarm
    name: str
    part: str
    ways: list[Way]
    asked_ways: list[tuple[str, str]]
    by: str
    about: str
    case: Case | None
    may_open: bool
    person_page: Participation | None
    heard: Heard | None
    heard_by: str
    minutes: int
    steps: list[tuple[Step, str]]
    rounds: int

    @property
    def is_over(self) -> bool:
        return any(step.code == Step.Code.CLOSED for step, _name in self.steps)


def page(alarm: Alarm, actor: Actor) -> Page:
    """Everything at once: who, how they said they are reached, what they wrote."""
    who, said = alarm.participation, heard(alarm)
    steps = list(Step.objects.filter(alarm=alarm).order_by("at", "id"))
    users = {key for key in (alarm.by, said.by if said else None, *(step.by for step in steps)) if key}
    names: dict[UUID | None, str] = dict(User.objects.filter(pk__in=users).values_list("pk", "name"))
    former = _("a former member of the team")
    sealed = alarm.case is not None and Case.objects.filter(pk=alarm.case.pk, pk__in=sealed_from(actor)).exists()
    case = None if sealed else alarm.case
    return Page(
        alarm=alarm,
        name=who.person.shown if who else _asker(alarm.referral),
        part=str(who.get_role_display()) if who and case else "",
        ways=_ways(who),
        asked_ways=asked_ways(alarm.referral) if alarm.referral else [],
        by=names.get(alarm.by, former) if alarm.by_kind == Kind.STAFF else "",
        about=alarm.about.name if alarm.about else "",
        case=case,
        may_open=case is not None and may(actor, Permission.OPEN_CASE, case),
        person_page=who if who and may(actor, Permission.PREPARE, who) else None,
        heard=said,
        heard_by=names.get(said.by, former) if said else "",
        minutes=int((said.at - alarm.at).total_seconds() // 60) if said else 0,
        steps=[(step, names.get(step.by, former)) for step in steps],
        rounds=alarm.told.aggregate(last=Max("round"))["last"] or 0,
    )


def _asker(referral: Referral | None) -> str:
    if referral is None:
        return ""
    try:
        return str(referral.asker) or _("Somebody who asked")
    except ring.WordsAreGone:
        return _("Somebody who asked")


def _ways(who: Participation | None) -> list[Way]:
    if who is None:
        return []
    return [Way(str(Contact.Way(one.way).label), str(one.value), hours_in_words(one), one) for one in ways(who.person)]
