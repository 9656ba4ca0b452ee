"""What was shared about somebody and with whom, who has looked, and on what yes something may go out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Max, Q

from setfair.accounts.models import User
from setfair.cases.models import SPEAKERS, Case, Participation
from setfair.core.actor import Kind
from setfair.journal.models import Entry
from setfair.referrals.models import Referral

from ..models import Consent, Disclosure, Recipient
from ..yes import Scope
from .own import may_answer
from .record import live_yes

FOR_A_CHILD_TOO = (Scope.SHARE,)
"""What a parent or guardian who decides for a young person must say yes to as well, before it goes out."""


@dataclass(frozen=True)
class Looked:
    """Somebody of the staff who opened pages of this case: how often (at most once an hour for each page), and when last."""

    name: str
    times: int
    last: datetime


def shared_about(place: Participation) -> list[Disclosure]:
    """What went out about this person, of this case or of none, the latest first."""
    rows = Disclosure.objects.filter(Q(case=place.case_id) | Q(case__isnull=True), person=place.person_id)
    return list(rows.select_related("recipient", "receiver__person", "consent__text").order_by("-at", "-id"))


def who_looked(place: Participation) -> list[Looked]:
    """Whoever of the staff opened this person's own page or the pages of the case they are in, whoever looked last first."""
    lines = Entry.objects.filter(case_id=place.case_id, verb="read", actor_kind=Kind.STAFF.value)
    others = Participation.objects.filter(case=place.case_id).exclude(pk=place.pk).values_list("pk", flat=True)
    lines = lines.exclude(subject_id__in=[str(pk) for pk in others])
    rows = list(lines.order_by().values("actor_id").annotate(times=Count("id"), last=Max("at")).order_by("-last"))
    names = {user.pk: user.get_short_name() for user in User.objects.filter(pk__in=[row["actor_id"] for row in rows])}
    return [Looked(names.get(row["actor_id"], ""), row["times"], row["last"]) for row in rows]


def case_behind(referral: Referral) -> Case | None:
    return Case.objects.filter(referral=referral).first()


def concerned(case: Case) -> list[Participation]:
    """Whose yes it takes to tell the outcome: everyone who sits in the circle, and whoever left it but had said yes to taking part."""
    rows = Participation.objects.filter(case=case, role__in=SPEAKERS).select_related("person", "case__programme").order_by("added_at", "id")
    took_part = set(Consent.objects.filter(case=case, scope=Scope.TAKE_PART, answer=Consent.Answer.YES).values_list("participation_id", flat=True))
    return [place for place in rows if place.left_at is None or place.pk in took_part]


def all_let_it_be_told(case: Case) -> bool:
    people = concerned(case)
    return bool(people) and all(live_yes(place, scope=Scope.OUTCOME) is not None for place in people)


def missing_yes(place: Participation, *, scope: str, recipient: Recipient | None = None) -> Participation | None:
    """Whose yes is missing for this to go out: their own, or that of one who decides with them."""
    givers = may_answer(place) if scope in FOR_A_CHILD_TOO and place.needs_guardian_now else [place]
    return next((giver for giver in givers if live_yes(place, scope=scope, recipient=recipient, giver=giver) is None), None)
