"""What comes from a number: what it ends, for whom, and who is taken to have written it."""

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from setfair.keeping.queries.lines import replies_of
from setfair.letters import incoming, tasks
from setfair.letters.journey import Stage
from setfair.letters.models import CameBack, Letter, Quiet
from setfair.letters.tasks import send_due_letters
from setfair.letters.tests.test_mail_read import mail as came
from setfair.people import actions as people
from setfair.people.card import Card
from setfair.people.models import Contact

from .test_came_back import SECRET, lay, rows, safe, sent, sms

pytestmark = pytest.mark.django_db


@pytest.fixture
def story(village, at_preparing, settings, tmp_path):
    settings.OUTBOX_DIR, settings.SMS_HOOK_SECRET = tmp_path / "letters", SECRET
    with village.inside():
        send_due_letters()
        return at_preparing


def reach(village, story, key, **named):
    with village.inside():
        for way, value in named.items():
            people.reach(story.people[key].person, by=village.actor("cora"), way=way, value=value)


@pytest.mark.parametrize(("theirs", "sender", "ends"), [
    ("+1 212 555 0190", "+1 415 555 0190", False), ("212-555-0190", "(415) 555-0190", False), ("212 555 0190", "+12125550190", True),
    ("+12125550190", "212 555 0190", True), ("0170 5550190", "+49 170 5550190", True), ("+44 (0)20 5550190", "+44205550190", True),
])  # fmt: skip
def test_only_the_whole_of_a_number_ends_a_way(village, client, story, theirs, sender, ends):
    reach(village, story, "hana", email="", sms=theirs)
    assert sms(client, **{"from": sender, "text": "STOP", "id": "m1"}).status_code == 204
    assert (safe(village, story) == []) is ends


def test_an_unknown_sender_stops_messages_and_no_voice(village, client, story):
    reach(village, story, "hana", email="", sms="+1 212 555 0190", call="+1 212 555 0190")
    assert sms(client, **{"from": "212 555 0190", "text": "Wrong number", "id": "m1"}).status_code == 204
    with village.inside():
        assert [c.way for c in Contact.objects.filter(person=story.hana.person_id, ended_at__isnull=True)] == ["call"]


def test_a_number_that_asks_for_no_more_is_heeded_in_every_programme_that_has_it(village, client, story):
    with village.inside(village.county):
        there = people.add(by=village.actor("cora"), name="Jo Vane", contacts={"sms": "555-0160"})
    assert sms(client, **{"from": "555-0160", "text": "STOP", "id": "m1"}).status_code == 204
    assert (safe(village, story, "rami"), [row[0] for row in rows(village)]) == ([], ["stop"])
    with village.inside(village.county):
        assert not Contact.objects.filter(person=there, ended_at__isnull=True).exists()


def test_from_a_number_that_is_no_way_of_theirs_any_more_nobody_is_sure_who_wrote(village, client, story):
    sent(village, story, "rami")
    reach(village, story, "rami", sms="")
    assert sms(client, **{"from": "555-0160", "text": "I will come.", "id": "m1"}).status_code == 204
    assert rows(village) == [("answer", story.rami.person_id, "I will come.", True)]
    with village.inside():
        page = village.sign_in(client, "fadi").get(reverse("came_back", args=[CameBack.objects.get().pk])).content.decode()
    assert ("that they no longer use" in page, "It names no letter of ours" in page) == (True, False)


def test_a_stop_from_a_number_of_before_goes_on_to_bar_it(village, client, story):
    reach(village, story, "rami", sms="")
    sms(client, **{"from": "555-0160", "text": "STOP", "id": "m1"})
    with pytest.raises(people.CannotAdd):
        reach(village, story, "rami", sms="555-0160")


@pytest.mark.parametrize("shared", ["by_two", "also_reads", "not"])
def test_from_a_shared_number_it_is_said_that_any_of_them_may_have_written(village, client, story, shared):
    reach(village, story, "rami", sms="555-0171")
    sent(village, story, "rami")
    if shared == "by_two":
        reach(village, story, "hana", call="(555) 0171")
    elif shared == "also_reads":
        with village.inside():
            people.describe_way(story.rami.person, by=village.actor("cora"), way="sms", value="555-0171", card=Card(also_reads="His aunt"))
    sms(client, **{"from": "555-0171", "text": "I hate him, zinnia.", "id": "m1"})
    with village.inside():
        row = CameBack.objects.get()
        copied = str(replies_of(Q(reader_id=story.rami.person_id), str))
        page = village.sign_in(client, "fadi").get(reverse("came_back", args=[row.pk])).content.decode()
    assert (row.is_uncertain, "zinnia" in copied, "One of those who share this number" in page) == (shared != "not", shared == "not", shared != "not")


def test_what_comes_while_the_database_is_away_stays_in_its_mailbox_and_comes_in_after(village, story, monkeypatch):
    letter = sent(village, story)
    with monkeypatch.context() as away:
        away.setattr(tasks, "take_in", refusing(OperationalError))
        lay(came("I will come.", In_Reply_To=letter.message_id))
    assert (rows(village), incoming.aside(), len(list((incoming.folder() / "new").iterdir()))) == ([], [], 1)
    tasks.read_incoming()
    assert [row[2] for row in rows(village)] == ["I will come."]


def test_what_was_set_aside_by_a_fault_is_tried_again_and_goes_unread_only_with_an_error(village, story, monkeypatch, caplog):
    letter = sent(village, story)
    for number in range(2):
        with monkeypatch.context() as broken:
            broken.setattr(tasks, "take_in", refusing(ValueError))
            lay(came("I will come.", In_Reply_To=letter.message_id, Message_ID=f"<{number}@x.example>"))
        assert len(incoming.aside()) == 1
        if number == 0:
            tasks.read_incoming()
            assert ([row[2] for row in rows(village)], incoming.aside()) == (["I will come."], [])
    assert (incoming.forget_aside(timezone.now() + timedelta(days=1)), [r.levelname for r in caplog.records][-1]) == (1, "ERROR")


def test_a_stop_holds_for_the_number_whoever_comes_with_it_and_when_it_is_forgotten_who_said_it(village, client, story):
    sent(village, story, "rami")
    sms(client, **{"from": "555-0160", "text": "STOP", "id": "m1"})
    with village.inside():
        assert Quiet.objects.count() == 1
        with pytest.raises(people.CannotAdd):
            people.add(by=village.actor("cora"), name="Jo Vane", contacts={"sms": "555-0160"})
    reach(village, story, "hana", email="")
    hana = village.enter(client, story.hana)
    hana.post(reverse("my_contact_way", args=["sms"]), {"value": "+1 555 0160", "old": "no"})
    with village.inside():
        assert [row.stage for row in Letter.objects.filter(key__startswith="way_code")] == [Stage.FAILED]
        person, card = story.hana.person, Card()
        people.describe_way(person, by=village.actor("cora"), way="sms", value="555-0160", card=card, own_word=True)
    assert (safe(village, story), safe(village, story, "rami")) == (["555-0160"], [])


def refusing(fault):
    def take_in(came, **told):
        raise fault

    return take_in
