"""Looks at an address that somebody gave us, and never at one of ours: who names an address must not reach with it what only this machine can.

Every hop is looked up anew, each of its addresses has to be a public one, and the
connection goes to the very address that was checked: a name that answers otherwise a
moment later leads nowhere else. HTTPS alone; the certificate is that of the name.
"""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from queue import Empty, Queue
from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit

from .reading import MOST_BYTES, Fault, Unreadable

HOPS = 4
SECONDS = 15.0
A_WAIT = 5.0
MOVED = (301, 302, 303, 307, 308)
CLOSED = (401, 403, 404, 410)
CHUNK = 16_384
OF_CLOUDS = [ipaddress.ip_network(net) for net in ("192.0.0.0/24", "168.63.129.16/32")]
"""What stands among the addresses of the open internet, and is the inside of a cloud all the same."""
Resolve = Callable[[str, int], list[str]]


def resolved(host: str, port: int) -> list[str]:
    """Every address of a name."""
    return list(dict.fromkeys(str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))


def is_public(address: str) -> bool:
    """Whether an address is one of the open internet: not this machine's, not a network's own, not one that clouds keep for themselves.

    An IPv4 address that is written inside an IPv6 one is judged as what it is.
    """
    try:
        known = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(known, ipaddress.IPv6Address):
        inner = known.ipv4_mapped or known.sixtofour or (known.teredo or (None, None))[1] or _at_its_end(known)
        if known.is_site_local or (inner is not None and not is_public(str(inner))):
            return False
    elif any(known in net for net in OF_CLOUDS):
        return False
    return known.is_global and not (known.is_multicast or known.is_reserved or known.is_unspecified)


def _at_its_end(known: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    """What a network that translates (64:ff9b::/96), or one that goes through another (ISATAP, marked 0:5efe or 200:5efe), would make of it."""
    marked = int(known) >> 32 & 0xFDFFFFFF == 0x5EFE
    return ipaddress.IPv4Address(int(known) & 0xFFFFFFFF) if marked or known in ipaddress.ip_network("64:ff9b::/96") else None


@dataclass(frozen=True)
class Net:
    """How the world is reached. Tests stand a server of their own in it; nothing else does."""

    resolve: Resolve = resolved
    may: Callable[[str], bool] = is_public
    trust: ssl.SSLContext = field(default_factory=ssl.create_default_context)
    port: int = 443


def tidy(address: str) -> str:
    """The address as it is kept: `webcal` is HTTPS. Raises `Unreadable` for what is none, or carries a name and password, or another port."""
    try:
        parts = urlsplit(address.strip())
        there = urlunsplit(parts._replace(scheme="https" if parts.scheme.lower() in ("webcal", "webcals", "https") else "", fragment=""))
        _check(urlsplit(there), 443)
    except ValueError as fault:
        raise Unreadable(Fault.ADDRESS) from fault
    return there


def fetch(address: str, net: Net | None = None, *, seconds: float = SECONDS) -> bytes:
    """What stands there now, up to `MOST_BYTES`, in so many seconds at most. Raises `Unreadable`, and never says where it looked."""
    net, until, there = net or Net(), time.monotonic() + seconds, address
    for _hop in range(HOPS):
        try:
            parts = urlsplit(there)
            _check(parts, net.port)
            answer = _ask(parts, net, until)
        except TimeoutError as fault:
            raise Unreadable(Fault.SLOW) from fault
        except Unreadable:
            raise
        except (OSError, http.client.HTTPException) as fault:
            raise Unreadable(Fault.SLOW if time.monotonic() >= until else Fault.AWAY) from fault
        except ValueError as fault:
            raise Unreadable(Fault.ADDRESS) from fault
        if isinstance(answer, bytes):
            return answer
        there = urljoin(there, answer)
    raise Unreadable(Fault.AWAY)


def _check(parts: SplitResult, port: int) -> None:
    if parts.scheme != "https" or not parts.hostname or parts.username or parts.password or parts.port not in (None, port):
        raise ValueError("no address of a calendar")
    if any(ord(sign) <= 32 or ord(sign) == 127 for sign in urlunsplit(parts)):
        raise ValueError("signs that no address has")


def _ask(parts: SplitResult, net: Net, until: float) -> bytes | str:
    """One hop: the content, or where it has moved."""
    host = str(parts.hostname).encode("idna").decode("ascii")
    line = _Line(host, _checked(host, net, until), net, until)
    try:
        path = urlunsplit(("", "", parts.path or "/", parts.query, ""))
        line.request("GET", path, headers={"Accept": "text/calendar", "Accept-Encoding": "identity", "User-Agent": "Setfair"})
        with line.getresponse() as answer:
            return _taken(answer, line, until)
    finally:
        line.close()


def _taken(answer: http.client.HTTPResponse, line: _Line, until: float) -> bytes | str:
    if answer.status in MOVED:
        return answer.getheader("Location") or ""
    if answer.status != 200:
        raise Unreadable(Fault.REFUSED if answer.status in CLOSED else Fault.AWAY)
    if answer.getheader("Content-Encoding", "identity") != "identity":
        raise Unreadable(Fault.NOT_ONE)
    return _read(answer, line, until)


def _checked(host: str, net: Net, until: float) -> str:
    """The address to connect to, once all that the name has are allowed: one that is not is no accident."""
    found = _looked_up(host, net, _left(until))
    if not found or not all(net.may(address) for address in found):
        raise ValueError("not an address of the open internet")
    return found[0]


def _looked_up(host: str, net: Net, seconds: float) -> list[str]:
    """In so many seconds: whoever looks up a name cannot be called off, and is left alone where nobody answers."""
    told: Queue[list[str] | Exception] = Queue()

    def ask() -> None:
        try:
            told.put(net.resolve(host, net.port))
        except Exception as fault:  # whatever it is, it is ours to raise
            told.put(fault)

    threading.Thread(target=ask, daemon=True).start()
    try:
        answer = told.get(timeout=seconds)
    except Empty:
        raise TimeoutError from None
    if isinstance(answer, Exception):
        raise answer
    return answer


def _read(answer: http.client.HTTPResponse, line: _Line, until: float) -> bytes:
    """Piece by piece, so that neither a flood nor a drip outlasts us."""
    data = bytearray()
    while True:
        line.hurry(until)
        piece = answer.read1(CHUNK)
        if not piece:
            break
        data += piece
        if len(data) > MOST_BYTES:
            raise Unreadable(Fault.TOO_BIG)
    if answer.length:
        raise http.client.IncompleteRead(b"")
    return bytes(data)


class _Line(http.client.HTTPSConnection):
    """Goes to the address that was checked, and asks for the certificate of the name. At `until` it is cut, whatever is still said over it."""

    def __init__(self, host: str, address: str, net: Net, until: float) -> None:
        super().__init__(host, net.port, context=net.trust)
        self.address, self.trust, self.until = address, net.trust, until
        self.cut: threading.Timer | None = None

    def connect(self) -> None:
        plain = socket.create_connection((self.address, self.port), timeout=_left(self.until))
        self.cut = threading.Timer(_left(self.until, SECONDS), _end, [plain.dup()])
        self.cut.daemon = True
        self.cut.start()
        self.sock = self.trust.wrap_socket(plain, server_hostname=self.host)

    def close(self) -> None:
        if self.cut is not None:
            self.cut.cancel()
            self.cut.args[0].close()
        super().close()

    def hurry(self, until: float) -> None:
        if self.sock is not None:
            self.sock.settimeout(_left(until))


def _end(held: socket.socket) -> None:
    with contextlib.suppress(OSError):
        held.shutdown(socket.SHUT_RDWR)


def _left(until: float, most: float = A_WAIT) -> float:
    left = until - time.monotonic()
    if left <= 0:
        raise TimeoutError
    return min(left, most)
