"""A request in the name of an office: whoever reads its address says whether it came from there, and a link that is passed on opens little."""

import re
import uuid

import pytest
from django.urls import reverse

from setfair.core.actor import Actor, Kind
from setfair.journal.models import Entry
from setfair.letters.models import Letter
from setfair.referrals import actions, office
from setfair.referrals.models import Addition, Owned
from setfair.referrals.ours import Standing, standing

from .asks import ask

pytestmark = pytest.mark.django_db
LINK = re.compile(r"/c/([\w-]+)")
SECRET = "Ravi Underwood pushed him"
CHANGE = {"what": "safety", "words": "They live next door.", "reason": "We heard it today."}


@pytest.fixture
def sent(village):
    """A request in the name of a court, the code that whoever sent it was shown, and the link that went to the court's address."""
    said = {"source": "judge", "office": "River County Court", "story": SECRET, "reach": {"email": f"{uuid.uuid4().hex[:9]}@court.example"}}
    with village.inside(village.county):
        referral, code = ask(village.county, **said)
        letter = Letter.objects.get(key__startswith="request-received:")
        assert (code in letter.body, code[:4] in letter.body, letter.address) == (False, False, said["reach"]["email"])
        return referral, code, LINK.search(letter.body).group(1)


def came_in(client, code):
    client.post(reverse("code"), {"code": code})
    return client


def by_link(client, token):
    return client.post(reverse("enter", args=[token]))


def confirm(referral):
    """Somebody at the office said that it is theirs; inside the programme."""
    actions.say_whose(referral, by=Actor(Kind.OFFICE, referral.programme_id, referral.sender), is_ours=True)


def flags(village, client, ref):
    page = village.sign_in(client, "nour").get(reverse("request", args=[ref])).text
    return [said for said in ("Address confirmed", "Address not confirmed", "did not send this") if said in page]


def test_until_the_link_was_opened_nothing_more_is_done_in_the_name_of_the_office(village, client, browser_clients, sent):
    referral, code, token = sent
    came_in(client, code)
    page = client.get(reverse("status")).text
    assert ("Is it from your office?" in page, "Change what you sent" in page, "Add a file" in page) == (True, False, False)
    assert client.post(reverse("status_change"), CHANGE)["Location"] == reverse("status")
    assert client.post(reverse("status_enclose"), {"words": "A"})["Location"] == reverse("status")
    assert client.post(reverse("office_word", args=[referral.ref]), {"ours": "yes"})["Location"] == reverse("status")
    assert flags(village, browser_clients(), referral.ref) == ["Address not confirmed"]
    office = browser_clients()
    assert by_link(office, token)["Location"] == reverse("office")
    assert "Did your office send this?" in office.get(reverse("office")).text
    office.post(reverse("office_word", args=[referral.ref]), {"ours": "yes"})
    assert "Did your office send this?" not in office.get(reverse("office")).text
    assert flags(village, browser_clients(), referral.ref) == ["Address confirmed"]
    client.post(reverse("status_change"), CHANGE)
    with village.inside(village.county):
        assert (Addition.objects.get().words, Letter.objects.filter(key__startswith=f"changed:{referral.pk}").count()) == (CHANGE["words"], 1)
        assert Entry.objects.filter(verb="owned", subject_id=referral.pk).count() == 1


def test_an_office_that_did_not_send_it_says_so_and_the_coordinator_sees_it_first(village, client, browser_clients, sent):
    referral, code, token = sent
    by_link(client, token)
    client.post(reverse("office_word", args=[referral.ref]), {"ours": "no"})
    assert "You told us that this did not come from you." in client.get(reverse("office")).text
    assert flags(village, browser_clients(), referral.ref) == ["did not send this"]
    assert came_in(browser_clients(), code).post(reverse("status_change"), CHANGE)["Location"] == reverse("status")
    with village.inside(village.county):
        assert (Addition.objects.count(), Letter.objects.filter(key__startswith=f"added:{referral.pk}").count()) == (1, 1)


def test_only_the_office_of_that_address_says_whose_it_is(village, sent):
    referral, _code, _token = sent
    with village.inside(village.county):
        for by in (
            Actor(Kind.OFFICE, referral.programme_id, uuid.uuid4()),
            Actor(Kind.REFERRER, referral.programme_id, referral.pk),
            village.actor("nour"),
        ):
            with pytest.raises(actions.CannotAsk):
                actions.say_whose(referral, by=by, is_ours=True)
        assert Owned.objects.count() == 0


def test_it_is_no_wall_for_whoever_is_no_office_or_gave_no_address(village, client):
    with village.inside(village.county):
        own, _code = ask(village.county, reach={"email": "hana@home.example"})
        call, code = ask(village.county, source="police", office="The station", reach={"call": "555-0199"})
        assert (standing(own), standing(call)) == (None, Standing.NO_ADDRESS)
    assert "Change what you sent" in came_in(client, code).get(reverse("status")).text


@pytest.mark.mission("S2.1")
def test_a_link_that_is_passed_on_shows_how_it_stands_and_nothing_of_what_was_written(village, client, browser_clients, sent):
    referral, code, token = sent
    with village.inside(village.county):
        confirm(referral)
        by = Actor(Kind.REFERRER, referral.programme_id, referral.pk)
        actions.amend(referral, by=by, what="story", words="Ravi Underwood hit him", reason="The report of Ravi Underwood came.")
        actions.add(referral, by=by, words="Ravi Underwood is fifteen")
    stranger = browser_clients()
    by_link(stranger, token)
    seen = [stranger.get(reverse("office")).text, stranger.get(reverse("office_csv")).text]
    stranger.post(reverse("office_open", args=[referral.ref]))
    seen += [stranger.get(reverse(name)).text for name in ("status", "status_change", "status_enclose", "status_record")]
    assert ["Ravi" in page for page in seen] == [False] * len(seen)
    assert "What happened" in seen[2]
    assert by_link(browser_clients(), token).status_code == 410
    with_code = came_in(browser_clients(), code).get(reverse("status")).text
    assert ("Ravi" in with_code, "Asked" in with_code) == (False, True)


def test_the_office_closes_what_was_passed_on_and_asks_for_another(village, client, browser_clients, sent):
    referral, _code, token = sent
    stranger = browser_clients()
    by_link(stranger, token)
    stranger.post(reverse("office_open", args=[referral.ref]))
    office.send_links(referral.reach["email"])
    with village.inside(village.county):
        other = LINK.search(Letter.objects.get(key__startswith="office:").body).group(1)
    by_link(client, other)
    assert client.post(reverse("office_shut"))["Location"] == reverse("new_link")
    assert [one.get(reverse(page)).status_code for one, page in ((stranger, "status"), (client, "office"))] == [302, 302]
    assert by_link(browser_clients(), other).status_code == 410
