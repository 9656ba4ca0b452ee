"""What is due leaves, each letter by itself; what cannot leave waits, and at last says so."""

import uuid
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
import time_machine
from django.core import mail
from django.utils import timezone, translation

from setfair.core import tenant
from setfair.core.actor import system
from setfair.journal.models import Entry
from setfair.letters import outbox
from setfair.letters.actions import PAUSES, Address, Words, withdraw_unsent
from setfair.letters.journey import Stage
from setfair.letters.tasks import send_due_letters

from .conftest import ADDRESSES, WORDS

pytestmark = pytest.mark.django_db


def refuse(number, words, reference):
    raise ConnectionRefusedError(f"{number} {words}")


REFUSING = f"{__name__}.refuse"


def test_an_email_has_one_reader_and_reports_nothing_back(written, now_of):
    letter = written()
    send_due_letters()
    (message,) = mail.outbox
    assert message.recipients() == [ADDRESSES["email"]]
    assert (message.subject, message.body) == (WORDS.subject, WORDS.body)
    assert message.from_email == "messages@setfair.example"
    assert message.extra_headers["Message-ID"] == letter.message_id == f"<{letter.pk}@setfair.example>"
    assert list(message.attachments) == []
    (page, kind) = message.alternatives[0]
    assert kind == "text/html"
    assert "<img" not in page and "style" not in page and "src=" not in page
    assert '<a href="http://localhost:8000/c/abc/"' in page
    sent = now_of(letter)
    assert (sent.stage, sent.tries) == (Stage.SENT, 1)
    assert sent.sent_at is not None


def test_a_letter_goes_once(written):
    written()
    send_due_letters()
    send_due_letters()
    assert len(mail.outbox) == 1


def test_words_from_people_are_words_in_the_page_too(written):
    written(words=Words("Hello", "<script>alert(1)</script> & **bold**"))
    send_due_letters()
    page = mail.outbox[0].alternatives[0][0]
    assert "&lt;script&gt;" in page
    assert "<script>" not in page


def test_a_letter_read_from_the_right_says_so(written):
    with translation.override("ar"):
        written(words=Words("رسالة", "مرحبا"))
    send_due_letters()
    assert '<html lang="ar" dir="rtl">' in mail.outbox[0].alternatives[0][0]


def test_a_text_message_leaves_as_a_file(written):
    letter = written("sms", words=Words("Hello", "Your code is 7F3K-22QM."))
    send_due_letters()
    (sent,) = outbox.latest()
    assert (sent.to, sent.words.strip(), sent.message["Message-ID"]) == ("555-0101", "Your code is 7F3K-22QM.", letter.message_id)
    assert outbox.NAME.fullmatch(sent.name)


def test_paper_is_a_tagged_pdf_whose_name_says_nothing(written):
    written("paper")
    send_due_letters()
    (sent,) = outbox.latest()
    content = sent.path.read_bytes()
    assert content.startswith(b"%PDF-")
    assert b"/StructTreeRoot" in content
    assert b"<pdfuaid:part>1<" in content
    assert b"/Author" not in content
    assert outbox.NAME.fullmatch(sent.name)
    assert sent.path.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("name", ["Sam 👩🏽‍🦱", "李", "#strong[x] $a$ \\ */", '"), panic("x'])
def test_any_name_can_be_printed(written, now_of, name):
    letter = written("paper", to=Address("paper", name), words=Words("Hello", f"Dear {name},\n\nsee you."))
    send_due_letters()
    assert now_of(letter).stage == Stage.PRINTED


def test_one_that_cannot_go_holds_up_no_other(written, now_of, settings):
    settings.SMS_CHANNEL = REFUSING
    stuck, fine = written("sms"), written("email")
    send_due_letters()
    assert now_of(fine).stage == Stage.SENT
    waiting = now_of(stuck)
    assert (waiting.stage, waiting.tries, waiting.trouble) == (Stage.DUE, 1, "ConnectionRefusedError")
    assert timedelta(seconds=50) < waiting.due_at - timezone.now() <= PAUSES[0]


def test_the_log_and_the_journal_hold_no_words_of_the_fault(village, written, settings, caplog):
    settings.SMS_CHANNEL = REFUSING
    written("sms", words=Words("Hello", "Zinnia"))
    send_due_letters()
    with village.inside():
        kept = " ".join(str(line.detail) for line in Entry.objects.all()) + caplog.text
    assert "ConnectionRefusedError" in kept
    assert "555-0101" not in kept
    assert "Zinnia" not in kept


def test_after_six_tries_it_has_failed_and_somebody_can_see_it(written, now_of, settings):
    settings.SMS_CHANNEL = REFUSING
    letter = written("sms")
    for _try in range(1 + len(PAUSES)):
        with time_machine.travel(now_of(letter).due_at + timedelta(seconds=1), tick=False):
            _owed_now(letter)
            send_due_letters()
    assert (now_of(letter).stage, now_of(letter).tries) == (Stage.FAILED, 6)


def _owed_now(letter):
    """The database keeps its own clock: bring the letter to it."""
    with tenant.inside(letter.programme_id):
        type(letter).objects.filter(pk=letter.pk).update(due_at=timezone.now() - timedelta(days=30))


@pytest.mark.parametrize("address", ["a@b.example, c@d.example", "hana", "a@b.example\nBcc: c@d.example", ""])
def test_an_email_to_no_one_address_does_not_leave(written, address):
    written(to=Address("email", address))
    send_due_letters()
    assert mail.outbox == []


def test_what_was_withdrawn_does_not_leave(village, written):
    case, reader = uuid.uuid4(), uuid.uuid4()
    written(case=case, reader=reader)
    with village.inside():
        withdraw_unsent(reader=reader, case=case, by=system(village.school.pk))
    send_due_letters()
    assert mail.outbox == []


def test_letters_of_every_programme_leave(village, written):
    written()
    written(programme=village.county)
    send_due_letters()
    assert len(mail.outbox) == 2
    with village.inside(village.county):
        assert [line.verb for line in Entry.objects.filter(subject_kind="letters.letter").order_by("id")] == ["wrote", "moved"]


def test_without_a_post_office_emails_are_files(written, settings):
    settings.EMAIL_BACKEND = "setfair.letters.outbox.EmailBackend"
    letter = written()
    send_due_letters()
    (sent,) = outbox.latest()
    message = message_from_bytes(sent.path.read_bytes(), policy=policy.default)
    assert (message["To"], message["Subject"], message["Message-ID"]) == (ADDRESSES["email"], WORDS.subject, letter.message_id)


def test_the_console_is_not_for_a_public_server(written, now_of, settings, capsys):
    settings.SMS_CHANNEL = "console"
    letter = written("sms")
    send_due_letters()
    assert now_of(letter).stage == Stage.SENT
    assert "555-0101" in capsys.readouterr().out
    settings.PUBLIC = True
    other = written("sms")
    send_due_letters()
    assert now_of(other).trouble == "PermissionError"
    assert capsys.readouterr().out == ""


CALENDAR = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REQUEST\r\nSUMMARY:Cita ñandú\r\nEND:VCALENDAR\r\n"


def test_a_calendar_file_goes_as_a_part_and_as_a_file_and_no_server_breaks_its_lines(written):
    written(words=Words("Hello", "See you.", CALENDAR))
    send_due_letters()
    message = message_from_bytes(mail.outbox[0].message().as_bytes(), policy=policy.default)
    parts = [part for part in message.walk() if part.get_content_type() == "text/calendar"]
    assert [part["Content-Transfer-Encoding"] for part in parts] == ["base64", "base64"]
    assert [part.get_filename() for part in parts] == [None, "appointment.ics"]
    assert [dict(part["Content-Type"].params) for part in parts] == [{"method": "REQUEST", "charset": "utf-8"}] * 2
    assert [part.get_payload(decode=True).decode() for part in parts] == [CALENDAR] * 2
    assert message.get_body(("plain",)).get_content().strip() == "See you."


@pytest.mark.parametrize("channel", ["sms", "paper"])
def test_no_calendar_file_goes_over_any_other_way(written, channel):
    assert written(channel, words=Words("Hello", "See you.", CALENDAR)).calendar == ""
