"""The village's stories play the real actions to every stage, in both programmes."""

import pytest
from django.urls import reverse

from setfair.access.policy import Permission
from setfair.access.ties import may
from setfair.accounts.models import Pass
from setfair.cases import emergencies
from setfair.cases.journey import Stage
from setfair.cases.models import Case, Hold, Participation, Seal
from setfair.conferences.journey import Stage as ConferenceStage
from setfair.conferences.models import Conference
from setfair.desk.tests.todays import rules
from setfair.outcomes.models import Closure
from setfair.preparation.models import Consent, Invitation
from setfair.programmes.reasons import Reason
from setfair.referrals.models import Referral
from setfair.village.cast import MATTERS, TOLD_BY_A_TEACHER, TOLD_BY_THE_COURT
from setfair.village.show import show
from setfair.village.story import case_at

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("place", ["school", "county"])
@pytest.mark.parametrize("stage", Stage.values)
def test_a_case_comes_to_every_stage(village, stage, place):
    programme = getattr(village, place)
    with village.inside(programme):
        assert case_at(village, stage, programme).case.stage == stage


def test_the_whole_village_settles_with_a_case_at_every_stage_in_both_programmes_and_nobody_tells_another_s_story(village):
    show(village)
    for programme in (village.school, village.county):
        with village.inside(programme):
            assert set(Case.objects.values_list("stage", flat=True)) == set(Stage.values)
            assert set(Conference.objects.values_list("stage", flat=True)) == set(ConferenceStage) - {ConferenceStage.CANCELLED}
            assert Conference.objects.filter(stage=ConferenceStage.LIVE).count() == 1
            assert Referral.objects.filter(stage="received").count() >= 2
            assert set(Referral.objects.values_list("stage", flat=True)) == {"received", "accepted", "declined", "withdrawn"}
            assert Hold.objects.filter(lifted_at=None, case__stage=Stage.PREPARING).count() == 1
            assert set(Consent.objects.filter(answer="withdrawn").values_list("case__stage", flat=True)) == {Stage.PREPARING}
            assert sorted(Closure.objects.values_list("reason", flat=True)) == [
                Reason.COMPLETED,
                Reason.COMPLETED,
                Reason.DECLINED_AT_CONTACT,
                Reason.DECLINED_AT_CONTACT,
            ]
            sealed, emergency = Seal.objects.get(ended_at=None).case, emergencies.unreviewed().get()
            outside, coordinator = ("sven", "cora") if programme == village.school else ("edda", "nour")
            assert (emergency.case_id, emergency.user_id) == (sealed.pk, village.users[outside].pk)
            assert [may(village.actor(who), Permission.OPEN_CASE, sealed) for who in (outside, coordinator)] == [False, True]
            assert (rules(village, coordinator).count("emergency"), rules(village, outside).count("emergency")) == (1, 0)
            there = Participation.objects.filter(case__stage__in=[s for s in Stage.values if s != Stage.PREPARING])
            invited = Invitation.objects.values("participation")
            assert (there.count() > 30, there.exclude(pk__in=invited).count()) == (True, 0)
            with_code = Pass.objects.filter(kind="code", revoked_at__isnull=True).values("bearer_id")
            assert there.exclude(case__stage=Stage.CLOSED).exclude(pk__in=with_code).count() == 0
            # Nobody tells a story that is not theirs.
            for request in Referral.objects.all():
                others = {Referral.Source.STAFF: TOLD_BY_A_TEACHER, Referral.Source.JUDGE: TOLD_BY_THE_COURT}
                own = [story for _name, story in MATTERS if "I shouted" not in story]
                assert request.story in ([others[request.source]] if request.source in others else own)


def test_somebody_in_a_circle_of_the_demonstration_reads_on_every_page_that_it_is_one(village, client):
    with village.inside():
        story = case_at(village, Stage.READY)
    village.enter(client, story.hana)
    said = "This is only for trying out. The people here are not real."
    for page in ("home", "choice", "questions", "times"):
        assert client.get(reverse(page)).content.decode().count(said) == 1
    assert said not in client.get(reverse("start", args=["northgate-high"])).content.decode()
