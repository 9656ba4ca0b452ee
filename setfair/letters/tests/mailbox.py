"""A mailbox that speaks just enough IMAP: one that a test fills, and that says what is left in it."""

from __future__ import annotations

import re
import socketserver
import threading


class Mailbox(socketserver.ThreadingTCPServer):
    """Serves `mails` on a port of this machine until it is closed."""

    allow_reuse_address, daemon_threads = True, True

    def __init__(self, mails: list[bytes]) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.mails = dict(enumerate(mails, 1))
        self.logins: list[str] = []
        threading.Thread(target=self.serve_forever, daemon=True).start()

    @property
    def port(self) -> int:
        return int(self.server_address[1])


class _Talk(socketserver.StreamRequestHandler):
    server: Mailbox

    def handle(self) -> None:
        self._say("* OK ready")
        for line in self.rfile:
            tag, _space, said = line.decode().strip().partition(" ")
            if said.upper().startswith("LOGOUT"):
                self._say("* BYE", f"{tag} OK done")
                return
            self._answer(said)
            self._say(f"{tag} OK done")

    def _answer(self, said: str) -> None:
        verb, number = said.split()[0].upper(), int((re.findall(r"\d+", said) or [0])[0])
        if verb == "CAPABILITY":
            self._say("* CAPABILITY IMAP4rev1")
        elif verb == "LOGIN":
            self.server.logins.append(said)
        elif verb == "SELECT":
            self._say(f"* {len(self.server.mails)} EXISTS")
        elif verb == "SEARCH":
            self._say("* SEARCH " + " ".join(map(str, self.server.mails)))
        elif verb == "FETCH":
            most = re.search(r"<0\.(\d+)>", said)
            raw = self.server.mails[number][: int(most[1]) if most else None]
            self.wfile.write(f"* {number} FETCH (BODY[] {{{len(raw)}}}\r\n".encode() + raw + b")\r\n")
        elif verb == "STORE":
            self.server.mails[-number] = self.server.mails.pop(number)
        elif verb == "EXPUNGE":
            self.server.mails = {key: mail for key, mail in self.server.mails.items() if key > 0}

    def _say(self, *lines: str) -> None:
        self.wfile.write("".join(f"{line}\r\n" for line in lines).encode())
