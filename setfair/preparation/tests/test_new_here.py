"""Whoever something was shared with is told that it is there: neutrally, over the gate, and not when they want nothing from us."""

from datetime import time, timedelta

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from setfair.cases import actions as cases
from setfair.cases.audience import Audience
from setfair.core import clock
from setfair.letters.gate import Barrier
from setfair.letters.journey import Stage
from setfair.letters.models import Letter
from setfair.letters.tasks import send_due_letters
from setfair.notes import actions as notes
from setfair.people import actions as people
from setfair.people.card import Card
from setfair.preparation import actions as preparation
from setfair.programmes.models import Programme


@pytest.fixture
def story(village, at_preparing):
    with village.inside():
        at_preparing.invite_everyone()
        send_due_letters()
        mail.outbox.clear()
        yield at_preparing


def share(story, key, audience=Audience.SHARED):
    return notes.write(story.case, by=story.lead, words="The zinnia was paid for.", audience=audience, about=story.people[key])


def letters():
    rows = Letter.objects.filter(key__startswith="note:").order_by("made_at")
    return [(str(row.address), row.stage, row.trouble) for row in rows]


def test_a_note_shared_with_somebody_is_told_to_them_and_to_nobody_else(story):
    for audience in (Audience.WORKING, Audience.TEAM, Audience.SAFETY):
        share(story, "hana", audience)
    assert letters() == []
    first = share(story, "hana")
    share(story, "hana")
    notes.correct(first, by=story.lead, words="The zinnia was paid for, all of it.")
    send_due_letters()
    (sent,) = mail.outbox
    assert (sent.to, sent.subject, letters()) == (["hana@home.example"], "Something new to read", [("hana@home.example", Stage.SENT, "")])
    assert [word in sent.body for word in ("zinnia", "Hana", "Rami", "note", "/code")] == [False, False, False, False, True]
    share(story, "hana")
    assert len(letters()) == 2


def test_it_waits_for_their_hours_and_for_a_look_and_never_goes_where_they_are_kept_apart(story):
    monday = timezone.localdate() + timedelta(days=7 - timezone.localdate().weekday())
    with time_machine.travel(clock.at(monday, 21, 30, story.programme.zone), tick=False):
        people.describe_way(story.hana.person, by=story.lead, way="email", value="hana@home.example", card=Card(days=(2,), starts=time(15)))
        share(story, "hana")
        assert Letter.objects.get(key__startswith="note:").due_at == clock.at(monday + timedelta(days=2), 15, 0, story.programme.zone)
    people.keep_apart(story.sol.person, by=story.coordinator, other=story.gail.person, by_order=True)
    people.describe_way(story.gail.person, by=story.lead, way="email", value="gail@home.example", card=Card(read_by=(story.sol.person_id,)))
    share(story, "gail")
    assert ("gail@home.example", Stage.FAILED, Barrier.APART) in letters()
    Programme.objects.filter(pk=story.programme.pk).update(glance=["note"])
    share(story, "rami")
    assert ("555-0160", Stage.HELD, "") in letters()
    assert len(letters()) == 3


def test_whoever_stopped_was_never_asked_in_or_has_no_safe_way_gets_none(story):
    preparation.withdraw(story.hana, by=story.me("hana"))
    people.reach(story.rami.person, by=story.lead, way="sms", value="")
    new = cases.add_person(story.case, by=story.coordinator, name="Perle", role="community", contacts={"email": "perle@home.example"})
    story.people["perle"] = new
    for key in ("hana", "rami", "perle"):
        share(story, key)
    assert letters() == []
