"""A sealed case is there for its named team, and for nobody else, whatever their role."""

import pytest
from django.urls import reverse
from django.utils import timezone

from setfair.access.policy import Permission
from setfair.access.ties import open_to
from setfair.cases import actions, queries
from setfair.cases.actions import CannotChange
from setfair.cases.models import Case, Named, Seal
from setfair.desk.tests.todays import rules
from setfair.facilitators.models import Facilitator
from setfair.journal.models import Entry
from setfair.letters.models import Letter
from setfair.preparation import actions as preparation
from setfair.preparation.queries import apart
from setfair.programmes.models import Membership
from setfair.referrals.models import Referral

pytestmark = pytest.mark.django_db


@pytest.fixture
def two(village, two_at_ready):
    """The village, its two cases, and the test inside the school."""
    with village.inside():
        yield village, *two_at_ready


def seal(village, story, *team):
    return actions.seal(story.case, by=village.actor("cora"), why="staff", team=[village.users[key] for key in team])


def test_nobody_whom_it_does_not_name_finds_it_anywhere(two, client):
    village, story, other = two
    preparation.check_safety(story.hana, by=story.lead, level="high")
    sven = village.sign_in(client, "sven")
    before = sven.get(reverse("cases") + "?tab=open").context["rows"]
    assert (rules(village, "sven")[0], len(before)) == ("unsigned", 2)
    seal(village, story, "cora", "fadi")
    assert "unsigned" not in rules(village, "sven")
    for query in ("?tab=open", "?q=Hana&tab=open", f"?q={story.case.alias}&tab=open"):
        page = sven.get(reverse("cases") + query)
        assert [row["ref"] for row in page.context["rows"]] in ([other.case.ref], [])
    assert sven.get(reverse("cases") + f"?q={story.case.ref}").status_code == 200
    for page in ("case", "case_history", "case_people", "ready", "seal", "schedule", "keep_out", "case_letters"):
        assert (sven.get(reverse(page, args=[story.case.ref])).status_code, sven.get(reverse(page, args=[other.case.ref])).status_code) == (404, 200)
    for page, key in (("person", story.hana.pk), ("sign_off", story.hana.pk), ("person_details", story.hana.pk)):
        assert sven.get(reverse(page, args=[key])).status_code == 404
    assert sven.get(reverse("request", args=[story.referral.ref])).status_code == 404
    assert list(open_to(village.actor("sven"), Permission.READ_REFERRAL, Referral)) == [other.referral]
    asked = {"name": "Hana Castell", "called": "", "birth_year": story.hana.person.birth_year, "contacts": {}}
    assert [twin.person for twin in queries.twins(other.case, village.actor("sven"), **asked) if twin.person == story.hana.person] == []
    assert set(open_to(village.actor("cora"), Permission.OPEN_CASE, Case)) == {story.case, other.case}
    assert story.case in open_to(village.actor("fadi"), Permission.OPEN_CASE, Case)


def test_who_is_not_named_ends_there_and_nobody_is_given_it_unnamed(two):
    village, story, _other = two
    seal(village, story, "cora", "sven", "fadi")
    assert [a.facilitator.user.name for a in queries.team(story.case)] == ["Fadi Brandt"]
    with pytest.raises(CannotChange, match="Name Ines Okafor in its team first"):
        actions.assign(story.case, by=village.actor("cora"), facilitator=village.facilitator("ines"), part="student")
    actions.name(story.case, by=village.actor("cora"), user=village.users["ines"])
    assert actions.assign(story.case, by=village.actor("cora"), facilitator=village.facilitator("ines"), part="student").ended_at is None
    named = queries.of_seal(story.case).get(user=village.users["ines"])
    actions.unname(named, by=village.actor("cora"))
    actions.unname(named, by=village.actor("cora"))
    assert not queries.team(story.case).filter(facilitator=Facilitator.objects.get(user=village.users["ines"])).exists()
    assert Named.objects.get(pk=named.pk).ended_at is not None


def test_it_never_lies_with_nobody(two):
    village, story, _other = two
    with pytest.raises(CannotChange, match="Cora Ellery coordinates this. Name them"):
        seal(village, story, "sven", "fadi")
    seal(village, story, "cora", "fadi")
    cora = queries.of_seal(story.case).get(user=village.cora)
    with pytest.raises(CannotChange, match="Hand it over first"):
        actions.unname(cora, by=village.actor("cora"))
    with pytest.raises(CannotChange, match="cannot take this case"):
        actions.hand_over(story.case, by=village.actor("cora"), to=village.sven)
    with pytest.raises(CannotChange, match="is named in the team of this sealed case"):
        actions.keep_out(story.case, by=village.actor("cora"), user=village.users["fadi"], why="close")
    assert list(queries.coordinated(village.cora).values_list("pk", flat=True)) == [_other.case.pk]
    Membership.objects.filter(user=village.cora).update(ended_at=timezone.now())
    assert story.case in open_to(village.actor("sven"), Permission.OPEN_CASE, Case)


def test_nobody_else_is_told_of_it(two):
    village, story, _other = two
    seal(village, story, "cora", "fadi")
    assert (queries.alerted(story.case), apart.readers(story.hana).names) == ([village.cora], "Ada Pryce")
    preparation.withdraw(story.hana, by=story.me("hana"))
    assert not Letter.objects.filter(key__startswith="look:", reader_id=village.sven.pk).exists()
    actions.name(story.case, by=village.actor("cora"), user=village.sven)
    assert apart.readers(story.hana).names == "Ada Pryce"
    Membership.objects.filter(user=village.sven, role="coordinator").update(ended_at=timezone.now())
    assert apart.readers(story.hana).names == "Sven Aldous"


def test_the_pages_seal_name_and_end_it(two, client):
    village, story, _other = two
    cora, page = village.sign_in(client, "cora"), reverse("seal", args=[story.case.ref])
    assert cora.post(page, {"why": "staff", "team": [str(village.sven.pk)]}).status_code == 422
    assert cora.post(page, {"why": "staff", "team": [str(village.nour.pk)]}).status_code == 422
    assert cora.post(page, {"why": "office", "team": [str(village.cora.pk), str(village.users["fadi"].pk)]}).url == page
    assert "Sealed" in cora.get(reverse("case", args=[story.case.ref])).content.decode()
    assert cora.post(reverse("seal_name", args=[story.case.ref]), {"user": str(village.sven.pk)}).url == page
    fadi = queries.of_seal(story.case).get(user=village.users["fadi"])
    assert cora.post(reverse("unname", args=[story.case.ref, fadi.pk])).url == page
    assert {n.user.name for n in queries.of_seal(story.case)} == {"Cora Ellery", "Sven Aldous"}
    assert cora.post(reverse("unseal", args=[story.case.ref])).url == reverse("case", args=[story.case.ref])
    assert (Seal.objects.get().ended_at is None, queries.of_seal(story.case).count()) == (False, 0)
    verbs = Entry.objects.filter(case_id=story.case.pk, verb__in=("sealed", "named_in", "named_no_more", "unsealed")).order_by("id")
    assert list(verbs.values_list("verb", flat=True)) == ["sealed", *["named_in"] * 3, "named_no_more", "unsealed", *["named_no_more"] * 2]
    assert "only its named team finds it" in cora.get(reverse("case_history", args=[story.case.ref])).content.decode()


@pytest.mark.parametrize(("who", "may"), [("cora", True), ("sven", True), ("fadi", False), ("mina", False), ("ada", False), ("nour", False)])
def test_who_may_seal(two, client, who, may):
    village, story, _other = two
    staff, page = village.sign_in(client, who), reverse("seal", args=[story.case.ref])
    assert staff.get(page).status_code == (200 if may else 404)
    sent = {"why": "public", "team": [str(village.cora.pk), str(village.sven.pk)]}
    assert (staff.post(page, sent).status_code, queries.sealed(story.case) is not None) == ((302, True) if may else (404, False))


def test_whoever_seals_names_or_opens_shows_once_more_that_it_is_them(two, client):
    village, story, _other = two
    client.force_login(village.cora)
    page = reverse("seal", args=[story.case.ref])
    assert client.get(page).status_code == 200
    assert client.post(page, {"why": "staff", "team": [str(village.cora.pk)]}).url.startswith("/sure/")
    assert queries.sealed(story.case) is None
    seal(village, story, "cora", "fadi")
    fadi = queries.of_seal(story.case).get(user=village.fadi)
    for address, sent in (
        (reverse("seal_name", args=[story.case.ref]), {"user": str(village.sven.pk)}),
        (reverse("unname", args=[story.case.ref, fadi.pk]), {}),
        (reverse("unseal", args=[story.case.ref]), {}),
    ):
        assert client.post(address, sent).url.startswith("/sure/"), address
    assert queries.sealed(story.case) is not None
    assert {n.user for n in queries.of_seal(story.case)} == {village.cora, village.fadi}


def test_the_others_who_lead_it_are_told_of_a_name_and_of_its_end(two):
    village, story, _other = two

    def told(key):
        return [letter.reader_id for letter in Letter.objects.filter(key__startswith=key)]

    seal(village, story, "cora", "sven", "fadi")
    for _again in range(2):
        actions.name(story.case, by=village.actor("cora"), user=village.ines)
    assert told("named-in:") == [village.sven.pk]
    for _again in range(2):
        actions.unseal(story.case, by=village.actor("sven"))
    assert told("unsealed:") == [village.cora.pk]
