"""What holds for every page here: the number of queries, and a tab that says nothing."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from setfair.agreements import actions
from setfair.agreements.tests.on_the_table import OURS
from setfair.agreements.tests.reading import draft_of, told
from setfair.cases.journey import Stage as CaseStage
from setfair.village.story import case_at

pytestmark = pytest.mark.django_db


def test_a_page_of_three_promises_asks_no_more_than_a_page_of_one(village, client, at_convened):
    counts = {}
    village.sign_in(client, "fadi")
    rami = Client()
    for count in (1, 3):
        with village.inside():
            story = at_convened if count == 1 else case_at(village, CaseStage.CONVENED)
            agreement = draft_of(story, count)
        counts["draft", count] = asked(client, reverse("agreement", args=[story.case.ref]))
        with village.inside():
            actions.present(agreement, by=story.lead)
        counts["signing", count] = asked(client, reverse("agreement", args=[story.case.ref]))
        village.enter(rami, story.rami)
        counts["own", count] = asked(rami, reverse("my_agreement", args=[agreement.pk]))
        with village.inside():
            story.sign_all()
            for item in story.items():
                actions.send_proof(item, by=story.me("rami"), words="Done.")
        counts["board", count] = asked(client, reverse("follow_up", args=[story.case.ref]))
        counts["copy", count] = asked(rami, reverse("my_agreement", args=[agreement.pk]))
    for page in ("draft", "signing", "own", "board", "copy"):
        assert counts[page, 1] == counts[page, 3]


def asked(client, path):
    """How many queries a second visit takes; the first fills what Django itself keeps."""
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return len(queries)


@pytest.mark.parametrize(
    "name", ["agreement", "follow_up", "my_agreement", "proof", "tablet", "handed", "handed_number", "handed_sign", "handed_thanks"]
)
def test_no_tab_says_what_it_is_about(signing, village, client, name):
    page_of = {"agreement": signing.case.ref, "follow_up": signing.case.ref}
    if name in ("my_agreement", "proof"):
        signing.sign_all()
        village.enter(client, signing.rami)
    else:
        village.sign_in(client, "fadi")
    if name.startswith("handed"):
        client.post(reverse("tablet", args=[signing.agreement.pk]), OURS)
    if name in ("handed_number", "handed_sign"):
        client.post(reverse("handed"), {"person": str(signing.hana.pk)})
    key = signing.items()[0].pk if name == "proof" else page_of.get(name, signing.agreement.pk)
    page = told(client.get(reverse(name, args=[] if name.startswith("handed") else [key])))
    assert re.search(r"<title>(.*?)</title>", page).group(1).strip() == "Northgate Room 12"
