"""Cases that ended well without an agreement, and one of which a part is still open."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from django.utils import timezone

from setfair.agreements import actions as agreements
from setfair.agreements.models import Result
from setfair.cases.journey import Stage
from setfair.outcomes import actions as outcomes
from setfair.outcomes.models import News
from setfair.programmes.models import Programme

from .build import Village
from .cast import Someone
from .story import Story, case_at

Circles = Callable[[int], tuple[Someone, ...]]


def what_came(village: Village, programme: Programme, *, circles: Circles, first: int) -> None:
    """In one nothing had to be written, and whoever was hurt has been told; in the other they agreed to differ."""
    for n, what in enumerate((Result.What.NONE_NEEDED, Result.What.DIFFER), first):
        story = case_at(
            village, Stage.CONVENED, programme, circle=circles(n), matter=n % 8, began=timedelta(days=17), before_meeting=Story.invite_everyone
        )
        agreements.say_result(story.case, by=story.lead, what=what)
        if what == Result.What.NONE_NEEDED:
            outcomes.tell(story.case, by=story.lead, participation=story.people["harmed"], way=News.Way.VOICE, told_on=timezone.localdate())


def agreed_in_part(story: Story) -> None:
    """Their agreement holds, and two things are left open."""
    agreements.say_result(story.case, by=story.lead, what=Result.What.PARTLY, still_open=("where each sits in the canteen", "the second phone"))
