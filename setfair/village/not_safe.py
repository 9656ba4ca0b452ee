"""What bars a meeting, or cannot wait: an order, a curfew, and somebody of a circle who was not safe one evening."""

from __future__ import annotations

from datetime import date, time, timedelta

from django.utils import timezone

from setfair.cases import actions as cases
from setfair.safety import actions as safety
from setfair.safety.queries import whence

from .story import Story
from .time import at


def was_not_safe(story: Story, key: str) -> None:
    """Three days ago, from their own page; heard after four minutes, and over within the hour."""
    then, by = timezone.now() - timedelta(days=3, hours=2), story.me(key)
    with at(then):
        alarm = safety.raise_alarm(
            whence(by), by=by, form_key=story.people[key].pk, words="They wait for me at the bus stop. I do not dare to go out."
        )
    heard_by = story.village.actor("wren" if story.programme == story.village.school else "edda")
    with at(then + timedelta(minutes=4)):
        safety.hear(alarm, by=heard_by)
    with at(then + timedelta(minutes=50)):
        safety.take_step(alarm, by=heard_by, code="spoke", words="Their uncle fetches them from now on.")
        safety.take_step(alarm, by=heard_by, code="closed", words="Nobody waited the next day. We ask again on Friday.")


def under_an_order(story: Story) -> None:
    """A court keeps two of them apart until the end of March; they could write to each other through us. One has to be home at seven."""
    first, second = story.people["harmed"], story.people["responsible"]
    march = date(timezone.localdate().year + 1, 3, 31)
    wall = cases.bar_contact(story.case, by=story.coordinator, one=first, other=second, by_order=True)
    cases.show_paper(story.case, by=story.coordinator, wall=wall, kind="court", seen="paper", bars=["meet"], until=march, words="RC-26-0431")
    cases.set_condition(second, by=story.coordinator, kind="curfew", seen="register", not_after=time(19), words="Home at seven in the evening.")
