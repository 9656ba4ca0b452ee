"""Words are taken in whole, up to a size, within a time, and only as many as there is room for."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

import pytest
import uvicorn
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from config import wire
from config.intake import Gone, Intake, Refused
from setfair.access.turned_away import MARK


def run(coroutine):
    """On a loop in a thread of its own: a browser that another test of this process drives keeps its loop in this one."""
    with ThreadPoolExecutor(1) as beside:
        return beside.submit(asyncio.run, coroutine).result()


HANGS_UP = {"type": "http.disconnect"}


def part(words, more=False):
    return {"type": "http.request", "body": words, "more_body": more}


def line(*messages):
    """What comes over a line; after the last message nothing ever comes."""
    waiting = list(messages)

    async def receive():
        return waiting.pop(0) if waiting else await asyncio.Event().wait()

    return receive


async def taken(intake, receive):
    async with intake.gathered(receive) as again:
        return await again()


def take(*messages, most=10, within=5.0, at_once=100):
    intake = Intake(most=most, within=within, at_once=at_once)
    try:
        return run(taken(intake, line(*messages)))["body"]
    except Refused as refused:
        return refused.status
    finally:
        assert intake.held == 0


def test_what_came_in_parts_is_whole():
    assert take(part(b"half a ", True), part(b"wish")) == 413
    assert take(part(b"half a ", True), part(b"yes")) == b"half a yes"
    assert take(part(b"")) == b""


def test_half_a_form_and_then_nothing_is_not_waited_for():
    assert take(part(b"half", True), within=0.05) == 408


def test_too_much_is_read_to_its_end_and_refused():
    assert take(part(b"x" * 11, True), part(b"x" * 1000, True), part(b"x")) == 413


def test_when_all_the_room_is_taken_the_next_is_asked_to_come_again():
    async def crowd():
        intake = Intake(most=10, within=5, at_once=12)
        async with intake.gathered(line(part(b"x" * 10))):
            with pytest.raises(Refused) as refused:
                await taken(intake, line(part(b"yyy")))
            small = await taken(intake, line(part(b"yy")))
        after = await taken(intake, line(part(b"yyy")))
        return refused.value.status, small["body"], after["body"], intake.held

    assert run(crowd()) == (503, b"yy", b"yyy", 0)


def test_whoever_hung_up_gets_no_answer():
    with pytest.raises(Gone):
        take(part(b"half", True), HANGS_UP)


@pytest.mark.parametrize("status", [408, 413, 503])
def test_the_page_for_words_that_were_not_taken_keeps_nothing_and_asks_nobody(client, status):
    answer = client.post("/ask/", {"story": "It was at lunch."}, **{"asgi.scope": {MARK: status}})
    page = answer.content.decode()
    assert (answer.status_code, answer["Cache-Control"]) == (status, "no-store")
    assert ("It was at lunch." in page, "<form" in page, answer.cookies.keys()) == (False, False, set())
    assert "default-src 'none'" in answer["Content-Security-Policy"]


def test_a_caller_cannot_turn_themself_away(client, db):
    assert client.get("/", headers={"setfair.turned_away": "413"}).status_code != 413


def test_a_head_that_is_never_ended_is_not_waited_for(monkeypatch):
    """uvicorn itself would wait for ever: for the first word, and for the last one of the head."""
    monkeypatch.setattr(wire, "HEAD_SECONDS", 0.05)

    async def answered(words):
        server = uvicorn.Server(uvicorn.Config(asgi_that_is_never_asked, http=wire.Wire, lifespan="off", log_config=None))
        listening = await asyncio.get_running_loop().create_server(lambda: wire.Wire(server.config, server.server_state, {}), "127.0.0.1", 0)
        async with listening:
            reader, writer = await asyncio.open_connection(*listening.sockets[0].getsockname())
            writer.write(words)
            try:
                return await asyncio.wait_for(reader.read(), 20)
            finally:
                writer.close()

    assert [run(answered(words)) for words in (b"", b"\r\n", b"GET / HTTP/1.1\r\nHost: loc")] == [wire.TOO_SLOW] * 3


async def asgi_that_is_never_asked(scope, receive, send):
    raise AssertionError("No request was whole.")


def test_no_more_is_asked_of_memory_than_is_said():
    assert settings.DATA_UPLOAD_MAX_MEMORY_SIZE < settings.REQUEST_BYTES < settings.UPLOAD_BYTES == settings.FILE_UPLOAD_MAX_MEMORY_SIZE
    assert settings.UPLOAD_BYTES < settings.UPLOADS_BYTES < settings.REQUESTS_BYTES


@pytest.mark.parametrize(("size", "taken"), [(1, 1), (settings.UPLOAD_BYTES - 1000, 1), (settings.UPLOAD_BYTES + 1, 0)])
def test_a_file_never_lies_on_the_disk(rf, settings, tmp_path, size, taken):
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    request = rf.post("/", {"paper": SimpleUploadedFile("story.txt", b"x" * size)})
    files = list(request.FILES.values())
    assert ([file.size for file in files], list(tmp_path.iterdir())) == ([size] * taken, [])
