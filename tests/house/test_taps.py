"""From the link in a letter, whoever wants to stop has stopped after two presses: whoever they are, at every stage, without a script.

`make test` tries one of them; `make figure NAME=taps` tries them all.
"""

import os

import pytest
from django.urls import reverse

from setfair.accounts.actions import issue_link
from setfair.accounts.models import Pass
from setfair.preparation.queries import answer_of
from tests.house.presses import fewest

pytestmark = pytest.mark.django_db
MOST, BEYOND = 2, 3
STAGES = os.environ.get("SETFAIR_TAPS", "preparing").split()
WHO = ("hana", "rami", "sol", "gail")
"""Who was hurt, who did it and is young, who came along, and a parent."""


@pytest.mark.parametrize("stage", STAGES)
def test_two_presses_from_a_letter_to_a_stop(client, village, stage, request, record_property):
    story, slow = request.getfixturevalue(f"at_{stage}"), []
    for who in WHO:
        with village.inside(story.programme):
            mine = story.people[who]
            link = reverse("enter", args=[issue_link(bearer=Pass.Bearer.PARTICIPATION, bearer_id=mine.pk, case=mine.case_id, by=story.lead)])

        def stopped(mine=mine):
            with village.inside(story.programme):
                said = answer_of(mine)
                return said is not None and said.answer == "withdrawn"

        needed = fewest(client, link, r"\bstop\b", stopped, BEYOND)
        if needed is None or needed > MOST:
            slow.append(f"{who}, {stage}: {needed or f'more than {BEYOND}'} presses")
    record_property("ways", len(WHO))
    record_property("slow", "; ".join(slow))
    assert slow == []
