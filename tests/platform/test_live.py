"""Lines that stay open, on a real server: heard at once, closed when somebody may no longer hear, and in nobody's way."""

from __future__ import annotations

import http.client
import json
import signal
import time

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from setfair.accounts.actions import issue_code
from setfair.cases import actions as cases
from setfair.cases.journey import Stage
from setfair.conferences import actions
from setfair.programmes.models import Membership
from setfair.village.build import build
from setfair.village.story import case_at
from tests.served import served

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
AT_ONCE = 2.0
"""Much sooner than a page asks again by itself."""


@pytest.fixture
def circle(transactional_db):
    village = build(with_passwords=False)
    with village.inside():
        story = case_at(village, Stage.SCHEDULED)
        story.begin()
    return story


@pytest.fixture
def house(circle):
    with served() as house:
        yield house


class Line:
    """One page's line, as a browser would read it."""

    def __init__(self, house, circle, who, heard=""):
        self.connection = http.client.HTTPConnection("localhost", house.port, timeout=30)
        cookie = circle.village.sign_in(Client(), who).cookies[settings.SESSION_COOKIE_NAME].value
        headers = {"Cookie": f"{settings.SESSION_COOKIE_NAME}={cookie}", "Host": f"localhost:{house.port}"}
        with circle.village.inside():
            path = f"/conferences/{circle.conference.pk}/live/"
        self.connection.request("GET", path, headers=headers | ({"Last-Event-ID": heard} if heard else {}))
        self.answer = self.connection.getresponse()

    def next(self):
        """The next message; None when the line has ended."""
        while line := self.answer.readline():
            if line.startswith(b"data: "):
                return json.loads(line[6:])
        return None

    def closes_within(self, seconds):
        begun = time.monotonic()
        while self.answer.readline():
            pass
        return time.monotonic() - begun < seconds


def turn(circle, page):
    with circle.village.inside():
        actions.turn_page(circle.conference, by=circle.lead, page=page)


@pytest.fixture
def hears(house, circle):
    """`hears("ines")`: a line of hers that stays open. The server needs a moment until it listens."""
    opened = []

    def line(who="fadi", stays=True):
        give_up = time.monotonic() + 10
        while time.monotonic() < give_up:
            opened.append(Line(house, circle, who))
            if not stays or opened[-1].answer.getheader("Content-Length") is None:
                return opened[-1]
            time.sleep(0.2)
        raise AssertionError("no line stays open")

    yield line
    for each in opened:
        each.answer.close()
        each.connection.close()


def test_a_page_is_told_at_once_and_nobody_hears_how_it_is_done(hears, circle):
    lead, student = hears(), hears("ines")
    assert (lead.answer.getheader("X-Hold"), lead.answer.getheader("Content-Type")) == (None, "text/event-stream")
    assert [line.next()["page"]["number"] for line in (lead, student)] == [1, 1]
    begun = time.monotonic()
    turn(circle, 2)
    told = [line.next() for line in (lead, student)]
    assert time.monotonic() - begun < AT_ONCE
    assert [words["page"]["number"] for words in told] == [2, 2]
    assert ("came" in told[0], "came" in told[1]) == (True, False)


@pytest.mark.bad_case
def test_the_line_of_a_student_who_was_taken_off_ends_and_opens_no_more(hears, circle):
    student = hears("ines")
    student.next()
    with circle.village.inside():
        cases.unassign(circle.case.assignments.get(facilitator=circle.village.facilitator("ines")), by=circle.coordinator)
    assert student.closes_within(AT_ONCE)
    assert hears("ines", stays=False).answer.status == 404


LEAVE = {
    "not here": lambda circle: actions.mark_attendance(circle.conference, circle.hana, by=circle.lead, came=False),
    "a code taken back": lambda circle: [issue_code(bearer="participation", bearer_id=circle.hana.pk, by=circle.coordinator) for _ in "12"],
    "a role that ended": lambda circle: Membership.objects.filter(user=circle.village.sven).update(ended_at=timezone.now()),
}


@pytest.mark.bad_case
@pytest.mark.parametrize("how", LEAVE)
def test_lines_end_when_somebody_may_hear_no_more(hears, circle, how):
    """All of the circle: whoever may still hear comes through the door again."""
    line = hears()
    line.next()
    with circle.village.inside():
        LEAVE[how](circle)
    assert line.closes_within(AT_ONCE)
    assert hears().next() is not None


@pytest.mark.bad_case
def test_when_nobody_listens_lines_end_and_are_held_again_soon(hears, circle, superuser_connection):
    line = hears()
    line.next()
    ended = superuser_connection.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() "
        "AND query LIKE '%pg_notify%' AND pid <> pg_backend_pid()"
    ).fetchall()
    assert len(ended) == 1
    assert line.closes_within(AT_ONCE)
    turn(circle, 3)
    again = hears()
    assert again.next()["page"]["number"] == 3


def test_fifty_lines_take_no_thread_and_no_connection_and_end_with_the_server(house, hears, circle, superuser_connection):
    lines = [hears() for _ in range(50)]
    assert hears("ines").answer.status == 200
    (count,) = superuser_connection.execute(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'setfair' AND pid <> pg_backend_pid()"
    ).fetchone()
    assert count <= 6 + 3, "six threads, one that gathers, one that listens, and this test's own"
    turn(circle, 2)
    assert [(line.next()["page"]["number"], line.next()["page"]["number"]) for line in lines] == [(1, 2)] * 50
    begun = time.monotonic()
    house.process.send_signal(signal.SIGTERM)
    house.process.wait(10)
    assert time.monotonic() - begun < 4
