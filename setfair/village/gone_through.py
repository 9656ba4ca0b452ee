"""What each person is asked before the day, gone through: with everybody where a day is near, and begun in the case that is half prepared."""

from __future__ import annotations

from setfair.cases.journey import Stage
from setfair.cases.models import Case
from setfair.cases.queries import here
from setfair.preparation import actions as preparation
from setfair.preparation.models import Tick
from setfair.preparation.queries import list_of
from setfair.programmes.actions import change_item
from setfair.programmes.models import ChecklistItem, Programme

from .build import Village
from .story import Story

ALONE = "They were asked alone whether they want it, without a parent or guardian"


def begin_their_lists(story: Story) -> None:
    """Most of it with whoever was hurt, something with whoever did it."""
    harmed, responsible = story.people["harmed"], story.people["responsible"]
    mine = [ask.item.pk for ask in list_of(harmed)]
    preparation.go_through(
        harmed, by=story.lead, done=mine[:5], not_for=mine[-2], why=Tick.Why.KNOWN, words="They sit in the same class and manage it."
    )
    preparation.go_through(responsible, by=story.lead, done=[ask.item.pk for ask in list_of(responsible) if str(ask.item) != ALONE][:3])


def lists_gone_through(village: Village, programme: Programme) -> None:
    """From now on this programme waits for one of its lines; where everybody is ready it was done."""
    coordinator = village.actor("cora" if programme == village.school else "nour")
    for case in Case.objects.filter(stage__in=(Stage.READY, Stage.SCHEDULED)):
        for person in here(case).select_related("person"):
            preparation.go_through(person, by=coordinator, done=[ask.item.pk for ask in list_of(person)])
    alone = ChecklistItem.objects.get(words__en=ALONE, ended_at__isnull=True)
    change_item(alone, by=coordinator, words=alone.words, roles=alone.roles, ways=alone.ways, below_age=alone.below_age, needed=True)
