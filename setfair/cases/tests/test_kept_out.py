"""Staff who are part of a case, or too close to it, do not find it anywhere; and whoever opens one is written down."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from setfair.access.policy import Permission
from setfair.access.ties import open_to
from setfair.cases import actions, queries
from setfair.cases.actions import CannotChange
from setfair.cases.models import Case, Exclusion
from setfair.desk.tests.todays import rules
from setfair.journal.models import Entry
from setfair.letters.models import Letter
from setfair.preparation import actions as preparation
from setfair.programmes.models import Membership
from setfair.referrals.models import Referral
from setfair.village.time import at

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(village, two_at_ready):
    """The village, its two cases, and the test inside the school."""
    with village.inside():
        yield village, *two_at_ready


def keep_out(village, story, key):
    return actions.keep_out(story.case, by=village.actor("cora"), user=village.users[key], why="close")


def test_it_is_in_no_list_no_search_no_page_and_not_on_today(two, client):
    village, story, other = two
    preparation.check_safety(story.hana, by=story.lead, level="high")
    sven = village.sign_in(client, "sven")
    assert rules(village, "sven")[0] == "unsigned"
    keep_out(village, story, "sven")
    assert "unsigned" not in rules(village, "sven")
    for query in ("?tab=open", "?q=Hana&tab=open", f"?q={story.case.alias}&tab=open"):
        page = sven.get(reverse("cases") + query)
        assert [row["ref"] for row in page.context["rows"]] in ([other.case.ref], [])
    assert sven.get(reverse("cases") + f"?q={story.case.ref}").status_code == 200
    for page in ("case", "case_history", "case_people", "ready", "keep_out", "schedule"):
        assert (sven.get(reverse(page, args=[story.case.ref])).status_code, sven.get(reverse(page, args=[other.case.ref])).status_code) == (404, 200)
    assert sven.get(reverse("request", args=[story.referral.ref])).status_code == 404
    assert list(open_to(village.actor("sven"), Permission.READ_REFERRAL, Referral)) == [other.referral]
    assert set(open_to(village.actor("cora"), Permission.OPEN_CASE, Case)) == {story.case, other.case}


def test_their_part_ends_and_they_get_none(two):
    village, story, _other = two
    keep_out(village, story, "fadi")
    assert [a.facilitator.user.name for a in queries.team(story.case)] == ["Ines Okafor", "Malik Vane"]
    with pytest.raises(CannotChange, match="^Fadi Brandt is kept out of this case.$"):
        actions.assign(story.case, by=village.actor("cora"), facilitator=village.facilitator("fadi"), part="lead")
    assert "unled" in rules(village)


def test_nobody_is_handed_or_told_what_they_are_kept_out_of(two):
    village, story, _other = two
    kept = keep_out(village, story, "sven")
    with pytest.raises(CannotChange, match="cannot take this case"):
        actions.hand_over(story.case, by=village.actor("cora"), to=village.sven)
    Membership.objects.filter(user=village.cora).update(ended_at=timezone.now())
    preparation.withdraw(story.hana, by=story.me("hana"))
    assert not Letter.objects.filter(key__startswith="look:", reader_id=village.sven.pk).exists()
    actions.let_back(kept, by=village.actor("cora"))
    assert queries.alerted(story.case) == [village.sven]


def test_whoever_coordinates_it_hands_it_over_first(two, client):
    village, story, other = two
    cora, page = village.sign_in(client, "cora"), reverse("keep_out", args=[story.case.ref])
    refused = cora.post(page, {"user": village.cora.pk, "why": "self"})
    assert (refused.status_code, "Hand it over first." in refused.content.decode()) == (422, True)
    actions.hand_over(story.case, by=village.actor("cora"), to=village.sven)
    assert cora.post(page, {"user": village.cora.pk, "why": "because"}).status_code == 422
    assert cora.post(page, {"user": village.nour.pk, "why": "self"}).status_code == 422
    assert cora.post(page, {"user": village.cora.pk, "why": "self"}).url == reverse("cases")
    assert (cora.get(page).status_code, cora.get(reverse("case", args=[other.case.ref])).status_code) == (404, 200)


def test_said_twice_it_is_one_row_and_its_end_is_kept(two):
    village, story, _other = two
    kept = keep_out(village, story, "sven")
    assert keep_out(village, story, "sven") == kept
    actions.let_back(kept, by=village.actor("cora"))
    actions.let_back(kept, by=village.actor("cora"))
    row = Exclusion.objects.get()
    assert (row.why, row.by, row.ended_at is None) == ("close", village.cora.pk, False)
    assert list(Entry.objects.filter(subject_kind="cases.exclusion").order_by("id").values_list("verb", flat=True)) == ["kept_out", "let_back"]
    assert story.case in open_to(village.actor("sven"), Permission.OPEN_CASE, Case)


@pytest.mark.parametrize(("who", "may"), [("cora", True), ("sven", True), ("fadi", False), ("mina", False), ("ada", False), ("nour", False)])
def test_who_may_keep_somebody_out(two, client, who, may):
    village, story, _other = two
    staff, page = village.sign_in(client, who), reverse("keep_out", args=[story.case.ref])
    assert staff.get(page).status_code == (200 if may else 404)
    assert staff.post(page, {"user": village.mina.pk, "why": "close"}).status_code == (302 if may else 404)
    kept = Exclusion.objects.filter(user=village.mina).first() or keep_out(village, story, "mina")
    assert staff.post(reverse("let_back", args=[kept.pk])).status_code == (302 if may else 404)


def readings(case):
    return list(Entry.objects.filter(verb="read", case_id=case.pk).order_by("id").values_list("actor_id", "route"))


@pytest.mark.parametrize("page", ["person", "case_people", "ready", "schedule", "case_history", "assignments"])
def test_every_page_of_a_case_is_written_down_once_an_hour(two, client, page):
    village, story, other = two
    key = story.hana.pk if page == "person" else story.case.ref
    cora = village.sign_in(client, "cora")
    cora.get(reverse(page, args=[key]))
    cora.get(reverse("case", args=[story.case.ref]))
    cora.get(reverse(page, args=[key]))
    seen = [(village.cora.pk, page), (village.cora.pk, "case")]
    assert readings(story.case) == seen
    village.sign_in(client, "sven").get(reverse("case", args=[story.case.ref]))
    village.sign_in(client, "mina").get(reverse("case", args=[story.case.ref]))
    assert readings(story.case) == [*seen, (village.sven.pk, "case")]
    with at(timezone.now() + timedelta(minutes=61)):
        village.sign_in(client, "cora").get(reverse("case", args=[story.case.ref]))
    assert len(readings(story.case)) == 4
    assert readings(other.case) == []
