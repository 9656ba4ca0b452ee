"""Which looks at a case are of one person: at what is theirs alone, and at what is of everybody in the circle."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy

from setfair.cases.models import Assignment, Participation
from setfair.journal.models import Entry
from setfair.programmes.models import Membership, Role

READING = "read"
IN_EMERGENCY = ("opened_in_emergency", "read_in_emergency")
"""Looks into a sealed case by somebody whom the seal does not name."""

LOOKS = (READING, *IN_EMERGENCY)

ABOUT, EMERGENCY = "cases.participation", "cases.emergency"
WHOLE = ("cases.case", EMERGENCY, "conferences.conference", "agreements.agreement")
"""Pages on which everybody of the circle stands, each with their own part."""

WHOSE = {
    Role.COORDINATOR: gettext_lazy("the person who runs the programme"),
    Role.SUPERVISOR: gettext_lazy("the person who makes sure that the work is done well"),
    Role.ADMINISTRATOR: gettext_lazy("the person who looks after the settings"),
    Role.SAFEGUARDING: gettext_lazy("the person who helps when somebody is not safe"),
}
STUDENT, HELPER = gettext_lazy("a student who helps to lead the meeting"), gettext_lazy("a person who leads the meeting")
SOMEBODY = gettext_lazy("somebody of the team")


def looks_about(me: Participation) -> QuerySet[Entry]:
    """Looks at this person's own page and at those where they stand with everybody else, since they have a place here.

    Pages about another person are not theirs to know of.
    """
    theirs = Q(subject_kind=ABOUT, subject_id=str(me.pk)) | Q(subject_kind__in=WHOLE)
    return Entry.objects.filter(theirs, case_id=me.case_id, verb__in=LOOKS, at__gte=me.added_at)


def parts_of(case_id: UUID, users: Iterable[UUID | None]) -> dict[UUID | None, str]:
    """What each of these is, or was, in this case; else in the programme. Nobody is named."""
    users = set(users)
    known = [user for user in users if user is not None]
    held = Membership.objects.filter(user_id__in=known).order_by("ended_at").values_list("user_id", "role")
    said = {user: str(SOMEBODY) for user in users}
    for role in (Role.SAFEGUARDING, Role.ADMINISTRATOR, Role.SUPERVISOR, Role.COORDINATOR):
        said |= {user: str(WHOSE[role]) for user, has in held if has == role}
    helped = Assignment.objects.filter(case_id=case_id, facilitator__user_id__in=known).values_list("facilitator__user_id", "part")
    return said | {user: str(STUDENT if part == Assignment.Part.STUDENT else HELPER) for user, part in helped}
