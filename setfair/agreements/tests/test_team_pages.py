"""The team's pages: writing, presenting and following up, for those who may and for nobody else."""

import pytest
from django.urls import reverse
from django.utils import timezone

from setfair.agreements.journey import ItemStage
from setfair.agreements.models import Item
from setfair.agreements.tests.reading import draft_of, told
from setfair.cases.journey import Stage as CaseStage

pytestmark = pytest.mark.django_db


STAFF_PAGES = ["agreement", "follow_up"]


@pytest.mark.parametrize("name", STAFF_PAGES)
@pytest.mark.parametrize(
    ("who", "status"),
    [("cora", 200), ("fadi", 200), ("sven", 404), ("mina", 404), ("ines", 404), ("ada", 404), ("nour", 404), ("lena", 404)],
)
def test_staff_pages_open_to_the_coordinator_and_those_assigned(holding, village, client, name, who, status):
    assert village.sign_in(client, who).get(reverse(name, args=[holding.case.ref])).status_code == status


@pytest.mark.parametrize("who", ["mina", "nour", "ines", "sven"])
def test_nobody_else_moves_a_promise_or_an_agreement(holding, village, client, who):
    village.sign_in(client, who)
    item, agreement = holding.items()[0], holding.agreement
    doors = {
        item.pk: ["item_more_time", "item_steps", "promise_strike", "promise_up", "promise_words"],
        agreement.pk: ["promise_add", "agreement_present", "agreement_reopen", "agreement_rewrite", "agreement_drop", "agreement_more"],
        holding.hana.pk: ["paper_signature"],
    }
    for name, pk in ((name, pk) for pk, names in doors.items() for name in names):
        assert client.post(reverse(name, args=[pk]), {"step": "keep", "typed_name": "X"}).status_code == 404
    item.refresh_from_db()
    assert item.stage == ItemStage.PROMISED


@pytest.mark.parametrize("stage", [CaseStage.PREPARING, CaseStage.READY, CaseStage.SCHEDULED, CaseStage.CONVENED, CaseStage.CLOSED])
def test_the_page_stands_at_every_stage_and_offers_writing_only_when_everyone_has_met(village, client, stage, at_stage):
    with village.inside():
        story = at_stage
    village.sign_in(client, "fadi")
    page = client.get(reverse("agreement", args=[story.case.ref]))
    assert (page.status_code, "Write it down" in told(page)) == (200, stage == CaseStage.CONVENED)
    answer = client.post(reverse("agreement", args=[story.case.ref]))
    assert answer.status_code == (302 if stage == CaseStage.CONVENED else 422)


@pytest.mark.mission("S2.7")
def test_a_facilitator_writes_presents_and_sees_who_has_signed(met, village, client):
    village.sign_in(client, "fadi")
    desk = reverse("agreement", args=[met.case.ref])
    client.post(desk)
    agreement = met.agreement
    promise = {"owner": str(met.rami.pk), "owed_to": "", "what": "Mend it.", "due_on": timezone.localdate().isoformat(), "proof_wanted": ""}
    late = client.post(reverse("promise_add", args=[agreement.pk]), promise | {"due_on": "1999-12-31"})
    assert late.status_code == 422
    assert "Mend it." in told(late)
    assert client.post(reverse("promise_add", args=[agreement.pk]), promise).status_code == 302
    item = met.items()[0]
    assert client.get(reverse("promise_words", args=[item.pk])).status_code == 200
    assert client.post(reverse("promise_words", args=[item.pk]), promise | {"what": "Mend it well."}).status_code == 302
    assert client.post(reverse("agreement_present", args=[agreement.pk])).status_code == 302
    page = told(client.get(desk))
    assert "Mend it well." in page
    assert page.count("has not said yet what they think") == 4
    assert client.get(reverse("promise_words", args=[item.pk])).status_code == 302
    for late in (reverse("promise_words", args=[item.pk]), reverse("promise_add", args=[item.agreement_id])):
        answer = client.post(late, promise | {"what": "Mend it twice."})
        assert (answer.status_code, "These words are fixed now." in answer.content.decode(), "Mend it twice." in answer.content.decode()) == (
            422,
            True,
            True,
        )
    assert client.post(reverse("promise_strike", args=[item.pk])).status_code == 422
    assert client.post(reverse("agreement_reopen", args=[agreement.pk])).status_code == 302
    assert client.post(reverse("promise_strike", args=[item.pk])).status_code == 302
    assert client.post(reverse("agreement_present", args=[agreement.pk])).status_code == 422
    assert Item.objects.count() == 0


def test_a_stranger_to_the_circle_cannot_be_put_into_the_form(met, next_case, village, client):
    agreement = draft_of(met, 0)
    village.sign_in(client, "cora")
    words = {"owner": str(next_case.otto.pk), "what": "X.", "due_on": timezone.localdate().isoformat()}
    assert client.post(reverse("promise_add", args=[agreement.pk]), words).status_code == 422
    assert Item.objects.filter(agreement=agreement).count() == 0


def test_the_team_follows_up_with_a_note(holding, village, client):
    village.sign_in(client, "fadi")
    item = holding.items()[0]
    steps = reverse("item_steps", args=[item.pk])
    assert client.post(steps, {"words": "x"}).status_code == 422
    assert client.post(steps, {"step": "waive_all"}).status_code == 422
    refused = client.post(steps, {"step": "verify", "words": "Words that stay."})
    assert refused.status_code == 422
    assert "Words that stay." in told(refused)
    assert client.post(steps, {"step": "miss", "words": "He is ill until Friday."}).status_code == 302
    assert "needs a talk" in told(client.get(reverse("follow_up", args=[holding.case.ref])))
    page = told(client.get(reverse("item", args=[item.pk])))
    assert "He is ill until Friday." in page
    assert "Fadi Brandt" in page
