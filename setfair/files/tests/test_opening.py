"""What is taken in, and what comes of it: by what stands in it, in a process that can do nothing else."""

import io
import subprocess
import sys

import pikepdf
import pytest
from PIL import Image

from setfair.core import apart
from setfair.core.apart import ROOT
from setfair.core.bounds import NotTaken
from setfair.files import words
from setfair.files.examined import MOST, examined

from . import sent


def code_of(data):
    with pytest.raises(NotTaken) as refused:
        examined(data)
    return refused.value.code


@pytest.mark.parametrize("kind", ["JPEG", "PNG"])
def test_a_picture_stands_upright_and_tells_no_place(kind):
    kept = examined(sent.picture(kind=kind))
    drawn = Image.open(io.BytesIO(kept.data))
    assert (kept.kind, kept.extent, drawn.size) == (kind.lower(), "400x600", (400, 600))
    assert [drawn.convert("L").getpixel((200, high)) // 128 for high in (50, 550)] == [0, 1]
    assert (dict(drawn.getexif()), sent.PLANTED in kept.data, b"Exif" in kept.data) == ({}, False, False)


def test_a_large_picture_becomes_one_that_can_still_be_read():
    kept = examined(sent.picture(4800, 3200))
    assert kept.extent == "1707x2560"


def test_a_paper_keeps_its_looks_and_nothing_that_acts_or_tells():
    kept = examined(sent.paper())
    assert (kept.kind, kept.extent) == ("pdf", "1")
    with pikepdf.open(io.BytesIO(kept.data)) as pdf:
        whole = io.BytesIO()
        pdf.save(whole, qdf=True, stream_decode_level=pikepdf.StreamDecodeLevel.generalized)
        assert sorted(pdf.Root.keys()) == ["/Pages", "/Type"]
        assert (len(pdf.docinfo), len(pdf.attachments), list(pdf.pages[0].obj.Resources.XObject.keys())) == (0, 0, ["/A"])
        assert b"/A Do" in pdf.pages[0].obj.Contents.read_bytes()
    signs = (sent.PLANTED, b"JavaScript", b"SubmitForm", b"/URI", b"/AA", b"Exif", b"EmbeddedFile")
    assert [sign for sign in signs if sign in whole.getvalue()] == []


@pytest.mark.parametrize(
    ("data", "kept"),
    [
        ("Grüße\r\nHana\rS".encode(), "Grüße\nHana\nS"),
        ("Grüße".encode("cp1252"), "Grüße"),
        ("Grüße".encode("utf-16"), "Grüße"),
        (b"\xef\xbb\xbfHello", "Hello"),
        ("e\u0301 \u202eabc".encode(), "é abc"),
    ],
)
def test_text_is_kept_in_one_spelling(data, kept):
    found = examined(data)
    assert (found.kind, found.data.decode()) == ("text", kept)


@pytest.mark.parametrize("code", sent.REFUSED)
def test_what_we_do_not_take_is_known_for_what_it_is(code):
    assert code_of(sent.REFUSED[code]) == code


@pytest.mark.parametrize("what", sent.TWO_THINGS)
def test_what_is_two_things_at_once_is_neither(what):
    assert code_of(sent.TWO_THINGS[what]) == "two_things"


def test_what_would_unfold_to_too_much_is_refused_before_it_does():
    assert [code_of(sent.vast_picture()), code_of(sent.folded_paper())] == ["too_many_points", "bomb"]


def test_papers_that_are_locked_or_torn_are_refused():
    torn = sent.paper()[:-400]
    assert [code_of(data) for data in (sent.locked_paper(), torn, b"%PDF-1.7\n" + b"x" * 900)] == ["locked_document", *["broken_document"] * 2]


def test_ten_megabytes_are_the_most():
    assert [code_of(b"a" * (MOST + 1)), examined(b"a" * MOST).extent] == ["too_large", ""]


def test_every_refusal_is_said_in_words_that_say_what_to_do():
    assert {code for code, said in words.WHY_NOT.items() if len(str(said).split(". ")) < 2} == set()


def in_there(act):
    """What happens to an act in the process in which files are opened."""
    begin = f"import sys, socket, os; sys.path.insert(0, {str(ROOT)!r}); from setfair.files.opening.child import bind; bind(); {act}; print('done')"
    return subprocess.run([sys.executable, "-I", "-c", begin], capture_output=True, text=True, env={}, timeout=30).stdout


@pytest.mark.parametrize("act", ["open('/etc/hostname')", "socket.socket()", "os.pipe()", "bytearray(400 * 1024 * 1024)"])
def test_the_process_that_opens_files_can_open_call_and_hold_nothing_else(act):
    assert (in_there("len('')"), in_there(act)) == ("done\n", "")


def test_the_process_that_opens_files_has_ten_seconds_of_work():
    assert in_there("import resource; print(resource.getrlimit(resource.RLIMIT_CPU))") == "(10, 10)\ndone\n"


def test_a_process_that_dies_or_never_comes_back_is_a_refusal(monkeypatch):
    answers = []
    for begin in ("import os; os.abort()", "import time; time.sleep(60)", "print()"):
        monkeypatch.setattr(apart, "BEGIN", begin)
        monkeypatch.setattr(apart, "PATIENCE", 1)
        answers.append(code_of(b"Hello"))
    assert answers == ["bomb"] * 3
