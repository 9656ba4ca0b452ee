"""Rows of a case in the matrix that only some may read: a seal, an emergency, a note, a talk before it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from django.utils import timezone

from setfair.cases import actions as cases
from setfair.cases.models import Emergency, Named
from setfair.notes import actions as notes
from setfair.referrals.models import KeptOut, Talk
from setfair.village.story import Story


def close_off(story: Story, *, named: Sequence[str]) -> None:
    """Sealed to those named; of each other case somebody was once named, and is no more. Somebody who has no part in it opened it in an emergency."""
    users, now = story.village.users, timezone.now()
    if named:
        cases.seal(story.case, by=story.coordinator, why="staff", team=[users[key] for key in named])
    else:
        Named.objects.create(case=story.case, user=users["orla"], ended_at=now)
    until = now + timedelta(hours=1)
    Emergency.objects.create(case=story.case, user=users["orla"], reason="A life was in danger.", at=now, until=until)
    notes.write(story.case, by=story.coordinator, words="For all who work on it.", audience="team")


def talked(story: Story, *, holder: str) -> None:
    """Somebody of the team was to talk with whoever asked, before there was a case."""
    who, began = story.village.users[holder].pk, timezone.now() - timedelta(days=9)
    Talk.objects.create(referral=story.referral, holder=who, by=who, times=[began], starts_at=began)
    KeptOut.objects.create(referral=story.referral, user=story.village.users["orla"], why="close")
