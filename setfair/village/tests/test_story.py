"""The village's stories play the real actions to every stage, in both programmes."""

import pytest

from setfair.cases.journey import Stage
from setfair.cases.models import Case
from setfair.referrals.models import Referral
from setfair.village.show import show
from setfair.village.story import case_at

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("place", ["school", "county"])
@pytest.mark.parametrize("stage", Stage.values)
def test_a_case_comes_to_every_stage(village, stage, place):
    programme = getattr(village, place)
    with village.inside(programme):
        assert case_at(village, stage, programme).case.stage == stage


def test_the_whole_village_settles_with_a_case_at_every_stage_in_both_programmes(village):
    show(village)
    for programme in (village.school, village.county):
        with village.inside(programme):
            assert set(Case.objects.values_list("stage", flat=True)) == set(Stage.values)
            assert Referral.objects.filter(stage="received").count() >= 2
