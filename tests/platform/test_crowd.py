"""A real server with people in front of it who begin and do not go on: everybody else is served."""

import http.client
import socket
from contextlib import ExitStack

import pytest

from config import wire
from tests.platform.installation import Installation

pytestmark = pytest.mark.slow
MANY = 12


@pytest.fixture(scope="module")
def place():
    installation = Installation.founded()
    installation.start()
    yield installation
    installation.clear()


def begun(place, stack, words):
    line = stack.enter_context(socket.create_connection(("127.0.0.1", place.port), timeout=30))
    line.sendall(words)
    return line


def sent(place, words):
    connection = http.client.HTTPConnection("127.0.0.1", place.port, timeout=60)
    try:
        connection.request("POST", "/begin/", words, {"Content-Type": "application/x-www-form-urlencoded"})
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def test_twelve_who_send_half_a_form_keep_nobody_waiting(place):
    """With the cookie of a form, so that somebody inside would read what they send."""
    head = f"POST /begin/ HTTP/1.1\r\nHost: localhost\r\nCookie: form={'a' * 32}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    half = head.encode() + b"Content-Length: 100\r\n\r\nname=Ha"
    with ExitStack() as stack:
        lines = [begun(place, stack, half) for _ in range(MANY)]
        assert place.page("/begin/") == 200
        lines[0].sendall(b"x" * 93)
        assert lines[0].recv(4096).startswith(b"HTTP/1.1 403")  # it was whole, and bore no token


def test_more_than_we_take_is_said_on_a_page(place):
    status, page = sent(place, b"story=" + b"x" * 4 * 1024 * 1024)
    assert (status, "That was more than we can take at once" in page, "xxxx" in page) == (413, True, False)


def test_a_head_without_end_is_not_taken(place):
    with ExitStack() as stack:
        line = begun(place, stack, b"GET / HTTP/1.1\r\nX-Long: " + b"x" * (wire.HEAD_BYTES - 100))
        line.sendall(b"x" * 200)
        assert line.recv(4096) == wire.TOO_LONG
