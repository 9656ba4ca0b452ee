"""What an office sent, under one link to its own address; a list for a spreadsheet that names nobody."""

import csv
import io
import re
import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from setfair.accounts.models import Pass
from setfair.core import clock
from setfair.core.actor import Actor, Kind
from setfair.letters.models import Letter
from setfair.referrals import office
from setfair.referrals.models import Addition, Referral
from setfair.village.time import today

from .asks import ask

LINK = re.compile(r"/c/([\w-]+)")


@pytest.fixture
def clerk():
    """An address that no other test asks about: what was counted outlives a test."""
    return f"{uuid.uuid4().hex[:10]}@court.example"


@pytest.fixture
def sent(village, clerk):
    """Three requests of one court to one programme, one of another office, and one of the same court next door."""
    said = {"source": "judge", "office": "River County Court", "people": [{"name": "Ravi Underwood", "role": "responsible"}]}
    with village.inside(village.county):
        day = today(village.county) + timedelta(days=3)
        refs = [ask(village.county, **said, reach={"email": clerk}, court_number=f"RC-{n}", deadline=day)[0].ref for n in range(3)]
        ask(village.county, **said, reach={"email": "other@court.example"})
        ask(village.county, source="self_harmed", reach={"email": clerk})
    with village.inside():
        ask(village.school, **said, reach={"email": clerk})
    return refs


def linked(village, clerk):
    """The token of the link that went to this address in the county."""
    office.send_links(clerk)
    with village.inside(village.county):
        (letter,) = Letter.objects.filter(key__startswith="office:")
        assert (letter.address, letter.stage, "RC-" in letter.body, "Ravi" in letter.body) == (clerk, "due", False, False)
        return LINK.search(letter.body).group(1)


def came_in(client, token):
    assert client.post(reverse("enter", args=[token]))["Location"] == reverse("office")
    return client


def test_an_office_sees_all_of_its_own_and_nobody_elses(village, client, clerk, sent):
    came_in(client, linked(village, clerk))
    shown = client.get(reverse("office"))
    assert [line.referral.ref for line in shown.context["lines"]] == sent[::-1]
    page = shown.content.decode()
    assert ("RC-0" in page, "3 days left" in page, "Ravi" in page) == (True, True, False)


def test_the_link_opens_once_and_goes_to_that_address_alone(village, client, clerk, sent):
    token = linked(village, clerk)
    came_in(client, token)
    assert Client().post(reverse("enter", args=[token])).status_code == 410
    office.send_links(clerk)
    office.send_links("nobody@court.example")
    with village.inside(village.county):
        assert Letter.objects.filter(key__startswith="office:").count() == 1


def test_it_opens_one_changes_it_and_goes_back(village, client, clerk, sent):
    came_in(client, linked(village, clerk))
    assert client.post(reverse("office_open", args=[sent[1]]))["Location"] == reverse("status")
    page = client.get(reverse("status")).content.decode()
    assert (sent[1] in page, "All that your office sent" in page) == (True, True)
    client.post(reverse("status_change"), {"what": "court", "words": "RC-9", "reason": "A slip."})
    assert client.get(reverse("office")).status_code == 404
    assert client.post(reverse("status_back"))["Location"] == reverse("office")
    assert client.get(reverse("office")).status_code == 200
    with village.inside(village.county):
        assert Addition.objects.get().referral.ref == sent[1]
    assert [line.number for line in client.get(reverse("office")).context["lines"]] == ["RC-2", "RC-9", "RC-0"]


def test_another_offices_request_and_one_next_door_are_not_there(village, client, clerk, sent):
    came_in(client, linked(village, clerk))
    with village.inside(village.county):
        theirs = Referral.objects.exclude(ref__in=sent).values_list("ref", flat=True)
        assert [client.post(reverse("office_open", args=[ref])).status_code for ref in theirs] == [404, 404]


def test_a_code_to_one_request_opens_no_list_and_staff_have_none(village, client, browser_clients):
    with village.inside(village.county):
        _referral, code = ask(village.county, source="judge", reach={"email": "clerk@court.example"})
    client.post(reverse("code"), {"code": code})
    assert (client.get(reverse("office")).status_code, client.get(reverse("office_csv")).status_code) == (404, 404)
    assert "All that your office sent" not in client.get(reverse("status")).content.decode()
    assert client.post(reverse("status_back"))["Location"] == reverse("status")
    assert village.sign_in(browser_clients(), "nour").get(reverse("office")).status_code == 302


def test_the_file_names_nobody(village, client, clerk, sent):
    answer = came_in(client, linked(village, clerk)).get(reverse("office_csv"))
    assert (answer["Content-Type"], answer["Content-Disposition"]) == ("text/csv; charset=utf-8", 'attachment; filename="list.csv"')
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [row[0] for row in rows] == ["Number", *sent[::-1]]
    assert {len(row) for row in rows} == {5}
    assert [word for word in ("Ravi", "Underwood", "RC-", "Court", "@") if word in answer.content.decode()] == []


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_the_same_however_long_it_is(village, clerk, number, django_assert_num_queries):
    with village.inside(village.county):
        for _n in range(number):
            referral, _code = ask(village.county, source="judge", reach={"email": clerk}, court_number="RC-1")
        actor = Actor(Kind.OFFICE, village.county.pk, referral.sender)
        with django_assert_num_queries(3):
            assert [line.number for line in office.lines(actor, village.county)] == ["RC-1"] * number


def test_a_link_that_was_taken_back_ends_the_stay(village, client, clerk, sent):
    came_in(client, linked(village, clerk))
    client.post(reverse("office_open", args=[sent[0]]))
    with village.inside(village.county):
        Pass.objects.filter(bearer="office").update(revoked_at=clock.now())
    assert client.get(reverse("status")).status_code == 302
