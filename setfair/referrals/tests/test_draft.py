"""What is kept while somebody writes, and for how long."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session

from setfair.village.time import at

from .walk import TODAY, answer, url


@pytest.fixture(autouse=True)
def _one_day():
    with at(TODAY):
        yield


def test_the_words_lie_sealed_in_the_stay(client, village):
    answer(client)
    rows = [row.get_decoded() for row in Session.objects.all()]
    assert len(rows) == 1
    assert "shoving" not in str(rows)


def test_leaving_by_the_exit_wipes_everything(client, village):
    answer(client)
    client.get("/exit/")
    assert Session.objects.count() == 0
    assert client.get(url("check"))["Location"] == url()


def test_half_an_hour_without_a_touch_wipes_it(client, village):
    answer(client)
    with at(TODAY + timedelta(minutes=29)):
        assert client.get(url("check")).status_code == 200
    with at(TODAY + timedelta(minutes=31)):
        assert client.get(url("check"))["Location"] == url()


def test_words_typed_while_it_was_wiped_are_kept(client, village):
    answer(client, until="what")
    with at(TODAY + timedelta(minutes=45)):
        assert client.post(url("what"), {"story": "I had to stop for a while."})["Location"] == url("when")
        said = client.get(url("what")).content.decode()
        assert "I had to stop for a while." in said
        assert client.get(url("check"))["Location"] == url("now")


def test_a_draft_belongs_to_one_programme(client, village):
    answer(client)
    assert client.get(url("check", slug="river-county"))["Location"] == url(slug="river-county")
