"""Something is not right, said by somebody who has signed: the words are opened again before it holds."""

import pytest
from django.urls import reverse

from setfair.agreements import actions, queries
from setfair.agreements.journey import Stage
from setfair.agreements.models import Concern
from setfair.agreements.tests.reading import told
from setfair.agreements.tests.renewing import add, asked, gone_on, renewed, sign

pytestmark = pytest.mark.django_db
WORDS = "The day is not the one we said."


def find_wrong(story, key):
    return actions.say_wrong(story.agreement, by=story.me(key), participation=story.people[key], words=WORDS)


@pytest.mark.mission("S0.6")
def test_whoever_has_signed_opens_the_words_again_and_signs_the_next_ones_themselves(signing):
    old = signing.agreement
    for key in ("hana", "sol"):
        sign(signing, key)
    find_wrong(signing, "sol")
    old.refresh_from_db()
    assert (old.stage, old.signatures.count(), signing.agreement.version, signing.agreement.stage) == (Stage.ENDED, 2, 2, Stage.DRAFTING)
    actions.present(signing.agreement, by=signing.lead)
    assert (asked(signing), gone_on(signing)) == ({"rami", "gail", "sol"}, {"hana"})


def test_somebody_whose_name_goes_on_opens_them_too(two):
    fresh = renewed(two)
    add(two, two.sol, two.gail, "One thing more.")
    actions.present(fresh, by=two.lead)
    find_wrong(two, "hana")
    fresh.refresh_from_db()
    assert (fresh.stage, queries.in_force(two.case)[0].version) == (Stage.DRAFTING, 1)
    actions.present(fresh, by=two.lead)
    assert (asked(two), gone_on(two)) == ({"sol", "gail", "hana"}, {"rami"})


def test_before_they_sign_it_opens_nothing(signing):
    find_wrong(signing, "rami")
    assert (signing.agreement.version, signing.agreement.stage) == (1, Stage.SIGNING)


def test_they_say_it_on_their_own_page_and_the_team_reads_it_at_the_draft(signing, village, browser_clients):
    sign(signing, "hana")
    hana, fadi = browser_clients(), browser_clients()
    page = told(village.enter(hana, signing.hana).get(reverse("my_agreement", args=[signing.agreement.pk])))
    assert "Then we look at the words again with all of you" in page
    assert hana.post(reverse("my_concern", args=[signing.agreement.pk]), {"words": WORDS}).status_code == 302
    assert WORDS in told(village.sign_in(fadi, "fadi").get(reverse("agreement", args=[signing.case.ref])))


def test_what_holds_is_not_opened_by_it_and_nobody_of_another_case_says_it(holding, next_case, village, client):
    with pytest.raises(actions.CannotSign):
        find_wrong(holding, "hana")
    there = village.enter(client, next_case.otto).post(reverse("my_concern", args=[holding.agreement.pk]), {"words": WORDS})
    assert (there.status_code, Concern.objects.count(), holding.agreement.stage) == (404, 0, Stage.IN_FORCE)
