"""Anyone may change their mind at any time. Until all have signed, the case goes back in the same moment; nobody learns who or why."""

import pytest
from django.utils import timezone

from setfair.cases.journey import Stage
from setfair.cases.models import Case
from setfair.journal.models import Entry
from setfair.letters.models import Letter
from setfair.preparation import actions
from setfair.preparation.actions import CannotPrepare
from setfair.preparation.models import Consent
from setfair.preparation.queries import answer_of, blockers
from setfair.scheduling.models import Booking, Seat

RESTS_ON_A_YES = [Stage.READY, Stage.SCHEDULED, Stage.CONVENED]
LATER = [*RESTS_ON_A_YES, Stage.FOLLOWING_UP]


@pytest.mark.parametrize("stage", [Stage.PREPARING, *RESTS_ON_A_YES])
def test_until_all_have_signed_the_case_goes_back_to_preparing(village, stage, at_stage):
    with village.inside():
        story = at_stage
        actions.withdraw(story.sol, by=story.me("sol"))
        assert (story.case.stage, Case.objects.get(pk=story.case.pk).stage) == (Stage.PREPARING, Stage.PREPARING)
        assert answer_of(story.sol).answer == "withdrawn"
        assert "Sol has stopped for now." in [b.sentence for b in blockers(story.case)]
        assert not Booking.objects.filter(case=story.case, released_at__isnull=True, during__endswith__gt=timezone.now()).exists()


def test_with_the_yes_the_booking_goes(village, at_scheduled):
    with village.inside():
        story = at_scheduled
        actions.withdraw(story.rami, by=story.me("rami"))
        assert not Booking.objects.filter(released_at__isnull=True).exists()
        assert not Seat.objects.filter(released_at__isnull=True).exists()


@pytest.mark.parametrize("stage", RESTS_ON_A_YES)
@pytest.mark.parametrize("answer", ["no", "unsure", "withdrawn"])
def test_a_later_no_or_not_sure_goes_the_same_way(village, stage, at_stage, answer):
    with village.inside():
        story = at_stage
        actions.consent(story.hana, by=story.lead, answer=answer)
        assert Case.objects.get(pk=story.case.pk).stage == Stage.PREPARING
        lines = Entry.objects.filter(case_id=story.case.pk, verb="moved", detail__reason="consent")
        assert [line.detail for line in lines] == [{"was": stage, "to": "preparing", "reason": "consent"}]


@pytest.mark.parametrize("stage", LATER)
def test_another_scope_taken_back_leaves_the_case_where_it_is(village, stage, at_stage):
    with village.inside():
        story = at_stage
        actions.consent(story.hana, by=story.lead, answer="withdrawn", scope="survey")
        assert Case.objects.get(pk=story.case.pk).stage == stage


def test_a_closed_case_is_closed(village, at_closed):
    with village.inside():
        story = at_closed
        with pytest.raises(CannotPrepare):
            actions.withdraw(story.hana, by=story.me("hana"))


def test_the_journal_names_the_place_in_the_circle_and_nothing_else(village, at_ready):
    with village.inside():
        story = at_ready
        actions.withdraw(story.hana, by=story.me("hana"))
        line = Entry.objects.get(verb="withdrew")
        assert (line.subject_kind, line.subject_id, line.detail) == ("cases.participation", str(story.hana.pk), {})
        assert (line.actor_kind, line.actor_id) == ("participant", story.hana.pk)


def test_what_was_on_its_way_to_them_stops_and_coordinator_and_lead_are_told_to_look(village, at_ready):
    with village.inside():
        story = at_ready
        actions.invite(story.hana, by=story.lead)
        actions.invite(story.sol, by=story.lead)
        actions.withdraw(story.hana, by=story.me("hana"))
        stages = {letter.reader_id: letter.stage for letter in Letter.objects.filter(key__startswith="invitation:")}
        assert stages == {story.hana.person_id: "withdrawn", story.sol.person_id: "due"}
        looks = sorted(Letter.objects.filter(key__startswith="look:"), key=lambda look: look.address)
        assert [(look.reader_id, look.address, look.stage, look.subject) for look in looks] == [
            (village.cora.pk, "cora@school.example", "due", "Something new for you"),
            (village.fadi.pk, "fadi@school.example", "due", "Something new for you"),
        ]
        assert [name for look in looks for name in ("Hana", "Rami", story.case.ref, story.case.alias) if name in look.body] == []


def test_an_answer_that_staff_write_down_alerts_nobody(village, at_ready):
    with village.inside():
        story = at_ready
        actions.withdraw(story.hana, by=story.lead)
        assert not Letter.objects.filter(key__startswith="look:").exists()
        assert Consent.objects.order_by("at", "id").last().method == "said"


def test_a_guardian_takes_back_the_yes_they_gave_for_their_child(village, at_scheduled):
    with village.inside():
        story = at_scheduled
        actions.withdraw(story.rami, by=story.me("gail"))
        assert Case.objects.get(pk=story.case.pk).stage == Stage.PREPARING
        assert (answer_of(story.rami).answer, answer_of(story.rami, giver=story.gail).answer) == ("yes", "withdrawn")
        assert [b.code for b in blockers(story.case)] == ["guardian"]


@pytest.mark.parametrize("who", ["hana", "sol"])
def test_nobody_takes_back_what_another_said(village, who, at_ready):
    with village.inside():
        story = at_ready
        with pytest.raises(CannotPrepare):
            actions.withdraw(story.rami, by=story.me(who))
        assert (answer_of(story.rami).answer, Case.objects.get(pk=story.case.pk).stage) == ("yes", Stage.READY)
