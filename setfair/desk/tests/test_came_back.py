"""What comes back: matched, sealed, on Today of those who run the case; STOP, wrong numbers and bounces end a way."""

import json
from smtplib import SMTPRecipientsRefused

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import reverse

from setfair.journal.models import Entry
from setfair.letters import channels, incoming
from setfair.letters.journey import Stage
from setfair.letters.models import CameBack, Letter
from setfair.letters.tasks import read_incoming, send_due_letters
from setfair.letters.tests.mailbox import Mailbox
from setfair.letters.tests.test_mail_read import HOSTILE, KEY, bounce
from setfair.letters.tests.test_mail_read import mail as came
from setfair.people.queries import ways
from setfair.referrals.models import Referral
from setfair.vault import master
from setfair.village.story import asked

from .test_waiting import written
from .todays import told

SECRET = "a-secret-of-a-provider-that-is-long"


@pytest.fixture
def story(village, at_preparing, settings, tmp_path):
    settings.OUTBOX_DIR, settings.SMS_HOOK_SECRET = tmp_path / "letters", SECRET
    with village.inside():
        send_due_letters()
        mail.outbox.clear()
        return at_preparing


def sent(village, story, key="hana"):
    letter = written(village, story, key, kind="answer", body="Please look at your page.")
    send_due_letters()
    return letter


def lay(*mails):
    for number, one in enumerate(mails):
        place = incoming.folder() / "new"
        place.mkdir(parents=True, exist_ok=True)
        (place / f"{number}.mail").write_bytes(one if isinstance(one, bytes) else one.as_bytes())
    read_incoming()


def rows(village):
    with village.inside():
        return [(row.kind, row.reader_id, str(row.words), row.from_elsewhere) for row in CameBack.objects.order_by("at")]


def safe(village, story, key="hana"):
    with village.inside():
        return [str(way.value) for way in ways(story.people[key].person)]


def sentences(village, who):
    return [need.sentence for need in told(village, who)]


def sms(client, secret=SECRET, **said):
    return client.post(reverse("sms_hook"), said, headers={"Authorization": f"Bearer {secret}"})


def test_an_answer_is_sealed_and_on_today_of_whoever_runs_the_case_until_it_was_read(village, client, story):
    letter = sent(village, story)
    lay(came("I will come, zinnia.", In_Reply_To=letter.message_id))
    assert rows(village) == [("answer", story.hana.person_id, "I will come, zinnia.", False)]
    assert [sentences(village, who) for who in ("fadi", "mina", "ada")] == [["An answer came"], [], []]
    with village.inside(), connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(letters_cameback::text, '') FROM letters_cameback")
        (kept,) = cursor.fetchone()
        cursor.execute("SELECT string_agg(detail::text, '') FROM journal_entry")
        kept += cursor.fetchone()[0]
        answer = CameBack.objects.get()
    assert [word in kept for word in ("zinnia", b"zinnia".hex(), "hana@home")] == [False, False, False]
    for who, status in (("mina", 404), ("sven", 404), ("ada", 404), ("nour", 404), ("cora", 200), ("fadi", 200)):
        answers = village.sign_in(client, who).get(reverse("came_back", args=[answer.pk]))
        assert (answers.status_code, "zinnia" in answers.content.decode()) == (status, status == 200)
    client.post(reverse("came_back_read", args=[answer.pk]))
    assert sentences(village, "fadi") == []
    assert list(incoming.folder().rglob("*.mail")) == []


def test_the_same_mail_twice_is_one_and_a_machine_s_answer_is_none(village, story):
    letter = sent(village, story)
    lay(came("Yes.", In_Reply_To=letter.message_id), came("Yes.", In_Reply_To=letter.message_id))
    lay(came("I am away.", In_Reply_To=letter.message_id, Auto_Submitted="auto-replied", Message_ID="<other@home.example>"))
    assert [row[2] for row in rows(village)] == ["Yes."]


def test_an_answer_finds_its_letter_by_the_address_it_went_to_and_its_writer_by_theirs(village, story, settings):
    settings.REPLY_TO = "answers@setfair.example"
    letter = sent(village, story)
    assert mail.outbox[0].reply_to == [f"answers+{letter.pk.hex}@setfair.example"]
    lay(came("One.", To=mail.outbox[0].reply_to[0], Message_ID="<1@x.example>"), came("Two.", Message_ID="<2@x.example>"))
    lay(came("Three.", From="aunt@other.example", In_Reply_To=letter.message_id, Message_ID="<3@x.example>"))
    hana = story.hana.person_id
    assert sorted(rows(village)) == sorted([("answer", hana, "One.", False), ("answer", hana, "Two.", True), ("answer", hana, "Three.", True)])


@pytest.mark.parametrize(("words", "kind", "sentence"), [
    ("STOP", "stop", "Somebody wants no more messages there"), ("Wrong number", "wrong", "A message reached the wrong person"),
])  # fmt: skip
def test_stop_and_wrong_number_end_that_way_and_what_was_due_on_it(village, client, story, words, kind, sentence):
    sent(village, story, "rami")
    due = written(village, story, "rami", kind="answer", body="Please call us.")
    assert sms(client, **{"from": "555-0160", "text": words, "id": "m1"}).status_code == 204
    assert (rows(village)[0][:2], safe(village, story, "rami")) == ((kind, story.rami.person_id), [])
    with village.inside():
        assert Letter.objects.get(pk=due.pk).stage == Stage.WITHDRAWN
        assert Entry.objects.filter(verb="closed_way", subject_id=str(story.rami.person_id), actor_kind="system").count() == 1
    assert sentence in sentences(village, "fadi")
    before = len(mail.outbox)
    send_due_letters()
    assert len(mail.outbox) == before


def test_a_stop_from_another_address_ends_nothing(village, story):
    letter = sent(village, story)
    lay(came("STOP", From="rami@other.example", In_Reply_To=letter.message_id))
    assert (safe(village, story), rows(village)[0][3]) == (["hana@home.example"], True)


@pytest.mark.parametrize("words", ["STOP", "Wrong number"])
def test_a_mail_with_a_forged_sender_ends_nothing_and_is_read_by_somebody(village, client, story, words):
    sent(village, story)
    lay(came(words))
    lay(bounce("5.1.1").replace(b"MAILER-DAEMON@mx.example", b"hana@home.example"))
    assert (safe(village, story), [row[2:] for row in rows(village)]) == (["hana@home.example"], [(words, True)])
    assert len(sentences(village, "fadi")) == 1
    with village.inside():
        row = CameBack.objects.get()
        assert not Letter.objects.filter(reader_id=story.hana.person_id, stage=Stage.FAILED).exists()
    page = village.sign_in(client, "fadi").get(reverse("came_back", args=[row.pk])).content.decode()
    assert ("It names no letter of ours" in page, "No message goes there any more" in page) == (True, False)


def test_what_was_given_back_for_good_ends_the_address_and_goes_nowhere_else(village, story):
    letter = sent(village, story)
    for status, stands, ways_left in (("4.4.1", Stage.SENT, ["hana@home.example"]), ("5.1.1", Stage.FAILED, [])):
        lay(bounce(status).replace(str(KEY).encode(), str(letter.pk).encode()))
        with village.inside():
            assert Letter.objects.get(pk=letter.pk).stage == stands
        assert safe(village, story) == ways_left
    assert sentences(village, "fadi") == ["A message must not go there: reach them by voice or in person"]
    assert len(mail.outbox) == 1


def test_a_post_office_that_refuses_for_good_does_the_same(village, story, monkeypatch):
    def refuse(letter):
        raise SMTPRecipientsRefused({letter.address: (550, b"no such user")})

    monkeypatch.setattr("setfair.letters.tasks.deliver", refuse)
    letter = sent(village, story)
    with village.inside():
        now = Letter.objects.get(pk=letter.pk)
    assert (now.stage, now.trouble, safe(village, story)) == (Stage.FAILED, "bounced", [])
    assert channels.deliver is not refuse


def test_what_fits_nobody_goes_to_the_administrator_and_to_nobody_else(village, client, story, settings):
    settings.INCOMING_PROGRAMME = "northgate-high"
    lay(came("Do you know a zinnia?", From="who@other.example"))
    assert ([sentences(village, who) for who in ("ada", "cora")], rows(village)[0][1]) == ([["Messages came in that fit nobody (1)"], []], None)
    for who, status in (("ada", 200), ("cora", 404), ("fadi", 404)):
        assert village.sign_in(client, who).get(reverse("strays")).status_code == status
    with village.inside():
        stray = CameBack.objects.get()
    assert village.sign_in(client, "nour").post(reverse("stray_read", args=[stray.pk])).status_code == 404
    assert "zinnia" in village.sign_in(client, "ada").get(reverse("strays")).content.decode()
    assert client.get(reverse("came_back", args=[stray.pk])).status_code == 404
    client.post(reverse("stray_read", args=[stray.pk]))
    assert sentences(village, "ada") == []


def test_with_several_programmes_and_none_named_it_is_set_aside_sealed(village, story, caplog):
    lay(came("Do you know a zinnia?", From="who@other.example"))
    (aside,) = (incoming.folder() / "aside").iterdir()
    assert (rows(village), b"zinnia" in aside.read_bytes(), "zinnia" in caplog.text) == ([], False, False)
    assert "It was set aside." in caplog.text


def test_a_text_message_that_fits_no_programme_is_set_aside_sealed_and_not_lost(village, client, story):
    assert sms(client, **{"from": "+1 555 0199", "text": "Do you know a zinnia?", "id": "m9"}).status_code == 204
    (aside,) = (incoming.folder() / "aside").iterdir()
    assert (rows(village), b"zinnia" in aside.read_bytes()) == ([], False)
    kept = json.loads(master.unsealed(incoming.ASIDE, aside.read_bytes()))
    assert (kept["from"], kept["text"], kept["id"]) == ("+1 555 0199", "Do you know a zinnia?", "m9")


def test_hostile_mails_hold_up_no_other(village, story):
    letter = sent(village, story)
    lay(*HOSTILE, came("Yes.", In_Reply_To=letter.message_id))
    assert [row[2] for row in rows(village)] == ["Yes."]
    assert list((incoming.folder() / "new").iterdir()) == []


def test_a_mailbox_is_read_by_imap_and_emptied(village, story, settings):
    letter = sent(village, story)
    box = Mailbox([came("By IMAP.", In_Reply_To=letter.message_id).as_bytes(), b"nonsense"])
    settings.IMAP_HOST, settings.IMAP_PORT, settings.IMAP_TLS = "127.0.0.1", box.port, False
    settings.IMAP_USER, settings.IMAP_PASSWORD, settings.IMAP_FOLDER = "answers", "pass word", "INBOX"
    read_incoming()
    box.shutdown()
    box.server_close()
    assert ([row[2] for row in rows(village)], box.mails, len(box.logins)) == (["By IMAP."], {}, 1)
    read_incoming()  # nobody there: a line in the log, and the folder is read all the same


@pytest.mark.parametrize(("secret", "said", "status"), [
    (SECRET, {"from": "555-0160", "text": "Hello", "id": "1"}, 204), (SECRET, {"From": "+1 555 0199", "Body": "Hi", "MessageSid": "2"}, 204),
    (SECRET, {"from": "nobody", "text": "Hello", "id": "1"}, 400), (SECRET, {}, 400),
    ("wrong", {"from": "555-0160", "text": "Hello", "id": "1"}, 403),
])  # fmt: skip
def test_a_provider_shows_its_secret_and_learns_nothing(village, story, settings, secret, said, status):
    settings.INCOMING_PROGRAMME = "northgate-high"
    strict = Client(enforce_csrf_checks=True)
    assert (sms(strict, secret, **said).status_code, len(rows(village))) == (status, int(status == 204))
    as_json = strict.post(reverse("sms_hook"), json.dumps(said), content_type="application/json", headers={"Authorization": f"Bearer {secret}"})
    assert (as_json.status_code, len(rows(village))) == (status, int(status == 204))
    assert strict.get(reverse("sms_hook")).status_code == 405


def test_without_a_secret_there_is_no_such_address_and_guessing_ends(village, story, settings, client):
    codes = [sms(client, "wrong", **{"from": "1", "text": "x", "id": "1"}).status_code for _try in range(22)]
    assert (codes[0], codes[-1]) == (403, 429)
    settings.SMS_HOOK_SECRET = "short"
    assert sms(client, "short", **{"from": "1", "text": "x", "id": "1"}).status_code == 404


def test_whoever_asked_can_end_their_way_too(village, story):
    with village.inside():
        referral, _code = asked(village)
        letter = Letter.objects.get(reader_id=referral.pk)
    send_due_letters()
    lay(came("STOP", From=str(mail.outbox[-1].to[0]), In_Reply_To=letter.message_id))
    with village.inside():
        assert "email" not in Referral.objects.get(pk=referral.pk).reach
