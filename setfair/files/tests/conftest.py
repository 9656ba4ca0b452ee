import socketserver
import threading

import pytest

from . import sent


class Answering(socketserver.StreamRequestHandler):
    """Speaks as clamd does: takes the pieces of one stream and says whether it found what it looks for."""

    def handle(self):
        self.rfile.readline()
        words = b""
        while size := int.from_bytes(self.rfile.read(4), "big"):
            words += self.rfile.read(size)
        self.wfile.write(b"stream: Test-Signature FOUND\n" if sent.PLANTED in words else b"stream: OK\n")


@pytest.fixture
def scanner(settings):
    """A scanner that calls the planted word harmful; while it is `gone` it does not answer."""
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Answering) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings.CLAMD = f"127.0.0.1:{server.server_address[1]}"
        yield server
        server.shutdown()


@pytest.fixture
def story(village, at_preparing):
    """The school's case, the test inside the school."""
    with village.inside():
        yield at_preparing
