"""Before a case closes, its coordinator is asked once more, and reads what would end unfinished."""

import pytest
from django.urls import reverse

from setfair.cases.journey import Stage
from setfair.cases.models import Case
from setfair.outcomes import queries
from setfair.village.story import case_at

pytestmark = pytest.mark.django_db


def test_before_it_closes_it_names_what_would_end_unfinished(village, told, client, at_scheduled):
    with village.inside():
        booked = at_scheduled
        told(booked)
        signed = case_at(village, Stage.CONVENED)
        signed.write_agreement()
        told(signed)
    village.sign_in(client, "cora")
    for story, reason, sentence in (
        (booked, "not_suitable", "The time that is booked is given back:"),
        (signed, "no_agreement", "An agreement is there to be signed, and signatures are missing. It ends."),
    ):
        page = client.post(reverse("close", args=[story.case.ref]), {"reason": reason}).content.decode()
        with village.inside():
            assert (sentence in page, Case.objects.get(pk=story.case.pk).stage) == (True, story.case.stage)


def test_a_missed_promise_is_named_before_it_closes(holding, settle, told):
    settle(holding, "verify", "miss")
    told(holding)
    assert queries.still_open(holding.case) == ["Rami: a promise was missed. Nothing more is asked."]
