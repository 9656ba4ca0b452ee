"""Two people who must not be brought together: a wall, whatever stage the case has reached."""

import pytest

from setfair.cases import actions, queries
from setfair.cases.actions import CannotChange
from setfair.cases.journey import Stage
from setfair.cases.models import Case
from setfair.journal.models import Entry
from setfair.people.actions import CannotAdd
from setfair.people.models import NoContact
from setfair.preparation.queries import blockers
from setfair.scheduling.models import Booking
from setfair.village.story import opened


def test_said_twice_or_the_other_way_round_it_is_one_wall(village):
    with village.inside():
        story = opened(village)
        story.add_everyone()
        wall = actions.bar_contact(story.case, by=story.coordinator, one=story.hana, other=story.rami, by_order=True)
        assert actions.bar_contact(story.case, by=story.coordinator, one=story.rami, other=story.hana, by_order=False) == wall
        assert list(NoContact.objects.values_list("by_order", flat=True)) == [True]
        assert queries.frame(story.case, "case_people")["kept_apart"] is True
        actions.allow_contact(story.case, by=story.coordinator, wall=wall)
        assert queries.kept_apart(story.case) == []


@pytest.mark.parametrize("stage", [Stage.READY, Stage.SCHEDULED])
def test_a_planned_meeting_of_the_two_goes_back(village, stage, at_stage):
    with village.inside():
        story = at_stage
        actions.bar_contact(story.case, by=story.coordinator, one=story.hana, other=story.rami, by_order=True)
        assert Case.objects.get(pk=story.case.pk).stage == Stage.PREPARING
        assert not Booking.objects.filter(case=story.case, released_at__isnull=True).exists()
        assert [b.code for b in blockers(story.case)] == ["no_contact"]
        assert [b.overridable for b in blockers(story.case)] == [False]


def test_not_oneself_and_nobody_of_another_case(village):
    with village.inside():
        story, other = opened(village), opened(village, matter=1)
        story.add_everyone()
        other.add_everyone()
        with pytest.raises(CannotAdd):
            actions.bar_contact(story.case, by=story.coordinator, one=story.hana, other=story.hana, by_order=True)
        with pytest.raises(CannotChange):
            actions.bar_contact(story.case, by=story.coordinator, one=story.hana, other=other.rami, by_order=True)
        assert not NoContact.objects.exists()


def test_the_journal_names_nobody(village):
    with village.inside():
        story = opened(village)
        story.add_everyone()
        actions.bar_contact(story.case, by=story.coordinator, one=story.hana, other=story.rami, by_order=True)
        line = Entry.objects.get(verb="barred_contact", case_id=story.case.pk)
        assert (line.subject_kind, line.detail) == ("cases.case", {"by_order": True})
