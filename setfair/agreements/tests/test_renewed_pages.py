"""What a new version says to each, and who may begin one (decision 148)."""

import pytest
from django.urls import reverse

from setfair.agreements import actions, paper
from setfair.agreements.tests.reading import told
from setfair.agreements.tests.renewing import add, renewed, say_anew
from setfair.keeping.queries.theirs import of_person

pytestmark = pytest.mark.django_db


def test_what_each_reads_of_it(two, village, browser_clients):
    fresh = renewed(two)
    say_anew(two, two.items()[1], what="Bring two balls back.")
    actions.present(fresh, by=two.lead)
    mine = reverse("my_agreement", args=[fresh.pk])
    hana, sol, fadi = (browser_clients() for _ in range(3))
    page = told(village.enter(hana, two.hana).get(mine))
    assert ("Your part is the same" in page, "Type your name" in page, page.count("How it was before"), page.count(">New<")) == (True, False, 1, 1)
    assert "Bring the ball back." in page
    two.find_fair()
    asked_page = told(village.enter(sol, two.sol).get(mine))
    assert ("Your part is the same" in asked_page, "Type your name" in asked_page) == (False, True)
    desk = told(village.sign_in(fadi, "fadi").get(reverse("agreement", args=[two.case.ref])))
    assert desk.count("They signed version 1. Nothing of theirs is different, so their name goes on.") == 2
    assert "Version 1 holds until this one is signed" in desk


def test_the_old_page_says_that_there_is_a_newer_one_and_takes_no_signature(two, village, client):
    old, fresh = two.agreement, renewed(two)
    add(two, two.sol, two.gail, "One thing more.")
    actions.present(fresh, by=two.lead)
    two.sign_all()
    page = told(village.enter(client, two.hana).get(reverse("my_agreement", args=[old.pk])))
    assert ("There is a newer version." in page, reverse("my_agreement", args=[fresh.pk]) in page) == (True, True)
    assert client.post(reverse("sign", args=[old.pk]), {}).status_code == 422


def test_a_copy_says_from_which_version_a_name_goes_on(two):
    fresh = renewed(two)
    add(two, two.sol, two.gail, "One thing more.")
    actions.present(fresh, by=two.lead)
    two.sign_all()
    under = {row["name"]: row["at"].endswith("version 1") for row in paper.names(two.agreement)}
    assert under == {"Hana": True, "Rami": True, "Sol": False, "Gail": False}
    assert "your name went on under version 2" in str(of_person(two.hana, []))


@pytest.mark.parametrize(("who", "status"), [("fadi", 302), ("cora", 302), ("mina", 404), ("nour", 404), ("ines", 404)])
def test_who_of_the_team_may_begin_and_drop_a_new_version(two, village, client, who, status):
    old = two.agreement
    assert village.sign_in(client, who).post(reverse("agreement_rewrite", args=[old.pk])).status_code == status
    fresh = two.agreement if status == 302 else renewed(two)
    assert client.post(reverse("agreement_drop", args=[fresh.pk])).status_code == status


def test_somebody_of_another_case_reads_nothing_of_it(two, next_case, village, client):
    fresh = renewed(two)
    add(two, two.sol, two.gail, "One thing more.")
    actions.present(fresh, by=two.lead)
    assert village.enter(client, next_case.otto).get(reverse("my_agreement", args=[fresh.pk])).status_code == 404
