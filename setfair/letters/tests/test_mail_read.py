"""A mail that came in is read without a fault, whatever it holds, and says what somebody wrote themselves."""

import uuid
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from setfair.letters.mail_read import LARGEST, read

KEY = uuid.UUID("6f9619ff-8b86-4011-b42d-00c04fc964ff")


def mail(words="Thank you.", **headers):
    message = EmailMessage()
    usual = {"From": "Hana <hana@home.example>", "To": "answers@setfair.example", "Message-ID": "<a@home.example>"}
    for name, value in (usual | {name.replace("_", "-"): value for name, value in headers.items()}).items():
        message[name] = value
    message.set_content(words)
    return message


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("Yes, I can come.\n\nOn Tue, 3 Mar 2026, Room 12 wrote:\n> Open http://localhost/c/abc/", "Yes, I can come."),
        ("Sí.\n\nEl mar, 3 mar 2026, Sala 12 escribió:\n> ven", "Sí."),
        ("Here: http://localhost:8000/c/abcDEF/ and 7F3K-22QM", "Here: [link] and [code]"),
        ("a\x00b\u202ec\x1b[2J", "abc[2J"),
        ("> only what was there before", ""),
    ],
)
def test_only_their_own_words_are_kept_and_no_link_that_opens(words, kept):
    assert read(mail(words).as_bytes()).words == kept


def test_the_letters_it_answers_are_found_in_its_headers_and_in_the_address_it_went_to():
    other = uuid.uuid4()
    found = read(mail(In_Reply_To=f"<{KEY}@setfair.example>", References=f"<x@y.example> <{KEY}@setfair.example>").as_bytes())
    assert found.letters == (KEY,)
    assert read(mail(To=f"answers+{other.hex}@setfair.example").as_bytes()).letters == (other,)
    assert read(mail().as_bytes()).letters == ()


@pytest.mark.parametrize(
    ("words", "stops", "is_wrong"),
    [("STOP", True, False), ("stop.", True, False), ("Alto\n\nOn x wrote:\n> hi", True, False),
     ("Please stop by on Monday", False, False), ("No más", True, False),
     ("\n STOP\nSent from my phone", True, False), ("Stop please", True, False), ("Alto, por favor.", True, False), ("Stop.\n\nHana", True, False),
     ("Stop by on Monday at four", False, False), ("Cancel Tuesday please", False, False), ("Para el martes", False, False),
     ("I will come.\nSTOP", False, False), ("", False, False),
     ("Wrong number!! who are you", False, True), ("Número equivocado", False, True), ("It is the wrong number", False, False)],
)  # fmt: skip
def test_stop_is_the_first_line_or_begins_a_short_one_and_wrong_number_its_beginning(words, stops, is_wrong):
    found = read(mail(words).as_bytes())
    assert (found.says_stop, found.says_wrong) == (stops, is_wrong)


@pytest.mark.parametrize(("headers", "is_auto"), [
    ({"Auto_Submitted": "auto-replied"}, True), ({"Auto_Submitted": "Auto-Generated; x=y"}, True), ({"Precedence": "auto_reply"}, True),
    ({"Auto_Submitted": "no"}, False), ({"Auto_Submitted": "No (a person)"}, False), ({"List_Id": "<news.example>"}, False),
    ({"Precedence": "list"}, False), ({"Precedence": "bulk"}, False), ({"X_Auto_Response_Suppress": "All"}, False), ({}, False),
])  # fmt: skip
def test_an_answer_of_a_machine_is_known_and_a_person_s_is_heard(headers, is_auto):
    assert read(mail(**headers).as_bytes()).is_auto is is_auto


def bounce(status, action="failed"):
    return (
        b"From: MAILER-DAEMON@mx.example\r\nMessage-ID: <b@mx.example>\r\n"
        b'Content-Type: multipart/report; report-type=delivery-status; boundary="B"\r\n\r\n'
        b"--B\r\nContent-Type: text/plain\r\n\r\nSorry.\r\n--B\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n"
        + f"Final-Recipient: rfc822; Hana@home.example\r\nAction: {action}\r\nStatus: {status}\r\n\r\n".encode()
        + b"--B\r\nContent-Type: message/rfc822-headers\r\n\r\n"
        + f"Message-ID: <{KEY}@setfair.example>\r\n\r\n--B--\r\n".encode()
    )


@pytest.mark.parametrize(("status", "action", "addresses", "is_final"), [
    ("5.1.1", "failed", ("hana@home.example",), True),
    ("4.4.1", "failed", ("hana@home.example",), False),
    ("4.4.1", "delayed", (), False),
])  # fmt: skip
def test_what_was_given_back_says_for_whom_and_whether_for_good(status, action, addresses, is_final):
    found = read(bounce(status, action))
    assert (found.bounce.addresses, found.bounce.is_final, found.letters) == (addresses, is_final, (KEY,))


def test_what_hangs_on_it_is_counted_and_not_kept():
    message = mail()
    message.add_attachment(b"\xff\xd8PIXELS", maintype="image", subtype="jpeg", filename="me.jpg")
    found = read(message.as_bytes())
    assert (found.words, found.left_out) == ("Thank you.", 1)


def test_a_page_without_plain_words_is_read_as_words():
    message = mail()
    message.set_content("<p>Yes &amp; thanks<script>alert(1)</script></p><blockquote>old</blockquote>", subtype="html")
    assert read(message.as_bytes()).words == "Yes & thanks"


def test_the_words_of_a_reply_with_large_pictures_are_heard():
    message = mail()
    message.set_content("I can come on Tuesday.")
    message.add_attachment(b"\xff" * (2 * LARGEST), maintype="image", subtype="jpeg", filename="picture.jpg")
    found = read(message.as_bytes())
    assert found.words == "I can come on Tuesday."


def test_two_mails_without_a_name_of_their_own_are_two_and_one_brought_twice_is_one():
    first, again, second = (mail(words) for words in ("Yes.", "Yes.", "No, on Tuesday."))
    for message in (first, again, second):
        del message["Message-ID"]
    marks = [read(message.as_bytes()).reference for message in (first, again, second)]
    assert (marks[0] == marks[1], marks[0] == marks[2]) == (True, False)


HOSTILE = [
    b"", b"\x00" * 100, b"From: \xff\xfe\r\n\r\n\xff", b"From: a@b.example\r\nContent-Type: text/plain; charset=nonsense\r\n\r\n\xff\xfe",
    b"From: a@b.example\r\nContent-Type: text/plain\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!!", b"x" * (LARGEST + 1),
    b"From: a@b.example\r\nContent-Type: multipart/mixed; boundary=A\r\n\r\n" + b"--A\r\nContent-Type: multipart/mixed; boundary=A\r\n\r\n" * 3000,
    b"From: " + b"<" * 50_000 + b"\r\n\r\n", b"From: a@b.example\r\nMessage-ID: =?utf-8?b?////?=\r\n\r\nhi",
    b"From: a@b.example\r\nTo: " + b"a," * 20_000 + b"\r\n\r\nhi",
]  # fmt: skip


@pytest.mark.parametrize("raw", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_mail_is_words_or_nothing(raw):
    found = read(raw)
    assert found is None or len(found.words) <= 20_000


@given(st.binary(max_size=3000).map(lambda rest: b"From: a@b.example\r\nMessage-ID: <x@y.example>\r\nContent-Type: " + rest))
def test_no_bytes_at_all_make_a_fault(raw):
    found = read(raw)
    assert found is None or "\x00" not in found.words
