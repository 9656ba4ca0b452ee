"""Each person's own copy on paper, for whoever has no device, and the team's that is nobody else's (decision 161)."""

import pytest
from django.test import Client
from django.urls import reverse

from setfair.agreements import actions, paper
from setfair.agreements.tests.renewing import add, renewed, say_anew
from setfair.agreements.tests.test_reach import ONE_MORE, SECRET, narrow, says_nothing
from setfair.core.actor import system
from setfair.preparation.models import Disclosure
from setfair.seals import actions as seals
from tests.readers import words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def two_of_them(met):
    """Rami promises Hana something that all may read; Sol promises Gail something that is theirs."""
    actions.draft(met.case, by=met.lead)
    add(met, met.rami, met.hana)
    narrow(met)
    actions.present(met.agreement, by=met.lead)
    return met


def papers(story, village, **old):
    """What comes out where the team prints each person's own copy."""
    fadi = village.sign_in(Client(), "fadi")
    return {key: words_of(fadi.get(reverse("person_paper", args=[p.pk]), old).content) for key, p in story.people.items()}


@pytest.mark.parametrize("is_sealed", [False, True])
def test_the_team_gives_each_a_paper_of_what_they_read_and_its_own_says_that_it_is_the_teams(two_of_them, village, is_sealed):
    two_of_them.sign_all()
    if is_sealed:
        seals.make_key(village.school, by=system(village.school.pk))
        actions.make_copies(two_of_them.agreement, by=system(village.school.pk))
    each = papers(two_of_them, village)
    assert {key for key, words in each.items() if SECRET[0] in words} == {"sol", "gail"}
    assert all(says_nothing(each[key]) and ONE_MORE in each[key] for key in ("hana", "rami"))
    fadi = village.sign_in(Client(), "fadi")
    page = fadi.get(reverse("agreement", args=[two_of_them.case.ref])).content.decode()
    assert ("On paper, for the team alone (PDF)" in page, page.count("Their own copy on paper (PDF)")) == (True, 4)
    own = words_of(fadi.get(reverse("agreement_paper", args=[two_of_them.agreement.pk])).content)
    assert ("For the team alone: not everyone may read all of it." in own, SECRET[0] in own) == (True, True)
    assert not any("For the team alone" in words for words in each.values())


def test_a_paper_of_a_version_before_is_of_what_they_read_in_it(two_of_them, village):
    two_of_them.sign_all()
    first = two_of_them.agreement
    fresh = renewed(two_of_them)
    say_anew(two_of_them, fresh.items.get(owner=two_of_them.sol), what="Bring the red bicycle.")
    actions.present(fresh, by=two_of_them.lead)
    two_of_them.sign_all()
    each = papers(two_of_them, village, of=str(first.pk))
    assert {key for key, words in each.items() if SECRET[0] in words} == {"sol", "gail"}
    assert {key for key, words in papers(two_of_them, village).items() if "red bicycle" in words} == {"sol", "gail"}
    page = village.sign_in(Client(), "fadi").get(reverse("agreement", args=[two_of_them.case.ref])).content.decode()
    assert page.count("On paper, for the team alone (PDF)") == 2


def test_it_stands_in_the_sharing_log_of_the_one_whose_it_is_and_what_is_for_all_has_no_such_sign(signing, village):
    signing.sign_all()
    fadi = village.sign_in(Client(), "fadi")
    fadi.get(reverse("person_paper", args=[signing.rami.pk]))
    assert list(Disclosure.objects.filter(kind="agreement").values_list("person", flat=True)) == [signing.rami.person_id]
    page = fadi.get(reverse("agreement", args=[signing.case.ref])).content.decode()
    assert ("for the team alone" in page, "For the team alone" in words_of(paper.copy(signing.agreement))) == (False, False)


@pytest.mark.parametrize(("who", "status"), [("fadi", 200), ("cora", 200), ("mina", 404), ("nour", 404), ("ines", 404)])
def test_who_of_the_team_prints_it(two_of_them, village, client, who, status):
    assert village.sign_in(client, who).get(reverse("person_paper", args=[two_of_them.rami.pk])).status_code == status


def test_nobody_of_the_circle_prints_it_nor_is_there_one_of_what_was_never_theirs(two_of_them, next_case, village, client):
    for who in (two_of_them.rami, next_case.otto):
        answer = village.enter(Client(), who).get(reverse("person_paper", args=[two_of_them.rami.pk]))
        assert (answer.status_code, answer["Location"].startswith(reverse("account_login"))) == (302, True)
    village.sign_in(client, "fadi")
    other = str(next_case.agreement.pk)
    assert client.get(reverse("person_paper", args=[two_of_them.rami.pk]), {"of": other}).status_code == 404
    actions.reopen(two_of_them.agreement, by=two_of_them.lead)
    assert client.get(reverse("person_paper", args=[two_of_them.rami.pk])).status_code == 404
