"""What the team and each person read where a case has several agreements, and that what is written under one is never taken for another."""

import pytest
from django.test import Client
from django.urls import reverse

from setfair.agreements import actions, text
from setfair.agreements.journey import Stage
from setfair.agreements.models import Agreement, Fit, Signature
from setfair.agreements.tests.reading import told
from setfair.agreements.tests.renewing import add, all_fair, all_sign
from setfair.preparation.home import cards
from setfair.sheets.slip import slip_of
from setfair.sheets.tests.test_slip import filled

pytestmark = pytest.mark.django_db


@pytest.fixture
def lying(two):
    """One holds, another one lies there to be signed."""
    more = actions.agree_more(two.agreement, by=two.lead)
    add(two, two.sol, two.hana, "Come along to the match.")
    actions.present(more, by=two.lead)
    return two


@pytest.fixture
def two_lie(signing):
    """Both lie there to be signed."""
    more = actions.agree_more(signing.agreement, by=signing.lead)
    add(signing, signing.sol, signing.hana, "Come along to the match.")
    actions.present(more, by=signing.lead)
    return signing


def both_of(story):
    return list(Agreement.objects.filter(case=story.case).order_by("number"))


def desk(client, story, number=0):
    return told(client.get(reverse("agreement", args=[story.case.ref]) + (f"?number={number}" if number else "")))


def test_where_there_is_one_nothing_speaks_of_a_number(two, village, client):
    page = desk(village.sign_in(client, "fadi"), two)
    assert [words in page for words in ("Agreement 1", "?number", "Change what was agreed", "Agree something more")] == [False, False, True, True]
    assert [card.words for card in cards(two.hana) if card.title == "Your agreement"] == ["Everyone has signed. You can read it and print it."]


def test_the_team_finds_each_by_its_number_and_first_what_is_in_hand(lying, village, client):
    fadi = village.sign_in(client, "fadi")
    page = desk(fadi, lying)
    assert ("Agreement 2" in page, "Come along to the match." in page, "Bring the ball back." in page) == (True, True, False)
    assert ("?number=1" in page, "Both count." in page) == (True, True)
    other = desk(fadi, lying, 1)
    assert ("Come along to the match." in other, "Bring the ball back." in other, "?number=2" in other) == (False, True, True)
    assert ["Come along to the match." in desk(fadi, lying, number) for number in (2, 7)] == [True, True]
    assert fadi.get(reverse("agreement", args=[lying.case.ref]) + "?number=x").status_code == 200


@pytest.mark.parametrize(("who", "status"), [("fadi", 302), ("cora", 302), ("mina", 404), ("nour", 404), ("ines", 404), ("sven", 404)])
def test_who_of_the_team_may_begin_another(two, village, client, who, status):
    there = reverse("agreement_more", args=[two.agreement.pk])
    answer = village.sign_in(client, who).post(there)
    assert (answer.status_code, Agreement.objects.count()) == (status, 2 if status == 302 else 1)
    if status == 302:
        assert answer["Location"].endswith("/agreement/?number=2")
        assert client.post(there)["Location"].endswith("/agreement/?number=2")
        assert Agreement.objects.count() == 2


def test_nobody_of_a_circle_begins_one_and_nobody_of_another_case_reads_it(lying, next_case, village):
    one, other = both_of(lying)
    assert village.enter(Client(), lying.rami).post(reverse("agreement_more", args=[one.pk])).status_code == 401
    assert village.enter(Client(), next_case.otto).get(reverse("my_agreement", args=[other.pk])).status_code == 404
    assert village.enter(Client(), lying.rami).get(reverse("my_agreement", args=[other.pk])).status_code == 200


def test_refused_it_says_why_on_the_page_of_that_agreement(lying, village, client):
    actions.reopen(both_of(lying)[1], by=lying.lead)
    answer = village.sign_in(client, "fadi").post(reverse("agreement_more", args=[both_of(lying)[1].pk]))
    assert (answer.status_code, "once this one is there to be signed" in told(answer), "Come along" in told(answer)) == (422, True, True)


def test_somebodys_own_page_shows_both_and_first_what_waits_for_them(lying, village):
    one, other = both_of(lying)
    there = [card for card in cards(lying.hana) if card.title == "Your agreement"]
    assert [card.href for card in there] == [reverse("my_agreement", args=[each.pk]) for each in (other, one)]
    assert [card.is_your_turn for card in there] == [True, False]
    assert all(card.words.startswith("We began to write it on ") for card in there)
    page = told(village.enter(Client(), lying.hana).get(reverse("home")))
    assert (page.count("Your agreement") >= 2, "Agreement 2" in page) == (True, False)


def test_when_both_hold_the_newest_stands_first(lying):
    lying.sign_all()
    there = [card for card in cards(lying.hana) if card.title == "Your agreement"]
    assert [card.href for card in there] == [reverse("my_agreement", args=[each.pk]) for each in reversed(both_of(lying))]
    assert [each.stage for each in both_of(lying)] == [Stage.IN_FORCE, Stage.IN_FORCE]


def test_all_promises_stand_on_the_follow_up_page_by_their_day(lying, village, client):
    lying.sign_all()
    page = told(village.sign_in(client, "fadi").get(reverse("follow_up", args=[lying.case.ref])))
    assert (page.count("Bring the ball back."), page.count("Come along to the match.")) == (2, 1)


def test_a_name_written_down_by_the_team_goes_under_the_agreement_of_that_page(two_lie, village, client):
    one, other = both_of(two_lie)
    fadi, there = village.sign_in(client, "fadi"), reverse("paper_signature", args=[two_lie.sol.pk])
    for agreement in (one, other):
        all_fair(two_lie, agreement)
    words = {"typed_name": "Sol", "seen": text.digest(other.words)}
    assert f'name="agreement" value="{other.pk}"' in told(fadi.get(reverse("agreement", args=[two_lie.case.ref])))
    assert fadi.post(there, words).status_code == 422
    assert fadi.post(there, words | {"agreement": str(one.pk)}).status_code == 422
    assert Signature.objects.count() == 0
    answer = fadi.post(there, words | {"agreement": str(other.pk)})
    assert (answer.status_code, answer["Location"].endswith("?number=2")) == (302, True)
    assert [signed.agreement for signed in Signature.objects.all()] == [other]


def test_what_is_said_aloud_is_of_the_agreement_of_that_page(two_lie, village, client):
    one, other = both_of(two_lie)
    fadi, there = village.sign_in(client, "fadi"), reverse("marks_said", args=[two_lie.sol.pk])
    assert fadi.post(there, {"seen": text.digest(one.words), "agreement": str(one.pk)}).status_code == 302
    assert set(Fit.objects.filter(participation=two_lie.sol).values_list("item__agreement__number", flat=True)) == {1}
    assert fadi.post(there, {"seen": text.digest(one.words), "agreement": str(other.pk)}).status_code == 422


def test_on_paper_each_is_asked_by_itself(two_lie, village, client):
    one, other = both_of(two_lie)
    asks = {ask.name: " ".join(ask.told) for ask in slip_of(two_lie.rami) if ask.name.startswith("sign")}
    assert ({*asks}, "Come along" in asks["sign"], "Come along" in asks["sign.2"]) == ({"sign", "sign.2"}, False, True)
    fadi, there = village.sign_in(client, "fadi"), reverse("slip_back", args=[two_lie.rami.pk])
    printed = filled(village, two_lie.rami)
    for agreement in (one, other):
        all_fair(two_lie, agreement)
    assert fadi.post(there, printed | {"sign.2": "yes", "sign.2.words": "Rami"}).status_code == 302
    assert [signed.agreement for signed in Signature.objects.all()] == [other]
    assert [ask.name for ask in slip_of(two_lie.rami) if ask.name.startswith("sign")] == ["sign"]
    late = fadi.post(there, printed | {"sign": "yes", "sign.words": "Rami"})
    assert (late.status_code, Signature.objects.count()) == (422, 1)


def test_a_link_to_what_ended_leads_only_to_its_own_next_version(lying, village):
    one = both_of(lying)[0]
    lying.sign_all()
    fresh = actions.rewrite(one, by=lying.lead)
    actions.promise(fresh, by=lying.lead, owner=lying.rami, owed_to=lying.hana, what="One thing more.", due_on=fresh.items.first().due_on)
    actions.present(fresh, by=lying.lead)
    all_sign(lying, fresh)
    page = told(village.enter(Client(), lying.hana).get(reverse("my_agreement", args=[one.pk])))
    assert reverse("my_agreement", args=[fresh.pk]) in page
