"""Something whose day is near, and something that was forgotten."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from setfair.cases.journey import Stage
from setfair.core.actor import system
from setfair.keeping import actions as keeping
from setfair.keeping.models import Tombstone
from setfair.outcomes import actions as outcomes
from setfair.outcomes.models import News
from setfair.preparation import actions as preparation
from setfair.programmes.models import Programme
from setfair.programmes.reasons import Reason
from setfair.referrals import actions as referrals
from setfair.referrals.models import Referral

from .build import Village
from .cast import Someone
from .story import Story, asked, case_at
from .time import at


def near_its_day(village: Village, programme: Programme, *, circle: tuple[Someone, ...], matter: int) -> Story:
    """A case that never began, closed almost a year ago: somebody has been told that it goes in two weeks."""
    with timezone.override(programme.zone), at(timezone.now() - timedelta(days=356)):
        story = case_at(village, Stage.PREPARING, programme, circle=circle, matter=matter)
        story.invite_everyone()
        harmed, responsible = list(story.people)[:2]
        preparation.consent(story.people[responsible], by=story.me(responsible), answer="no", scope="take_part", method="own")
        outcomes.tell(story.case, by=story.lead, participation=story.people[harmed], way=News.Way.VOICE, told_on=timezone.localdate())
        outcomes.close(story.case, by=story.coordinator, reason=Reason.DECLINED_AT_CONTACT)
    with timezone.override(programme.zone):
        keeping.give_notice(story.case, by=system(programme.pk))
    return story


def forgotten(village: Village, programme: Programme) -> tuple[Referral, Tombstone]:
    """A request that did not go ahead, two years ago: its day has passed, and only its figures stay, of a year that is over."""
    coordinator = village.actor("cora" if programme == village.school else "nour")
    with at(timezone.now() - timedelta(days=480)):
        referral, _code = asked(village, programme, 3)
        referrals.decline(referral, by=coordinator, reason=Reason.NOT_SUITABLE)
    with at(timezone.now() - timedelta(days=400)):
        keeping.give_notice(referral, by=system(programme.pk))
    with at(timezone.now() - timedelta(days=370)):
        return referral, keeping.forget(referral, by=system(programme.pk))
