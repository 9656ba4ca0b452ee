"""An address that somebody gave us leads to the open internet, and to nothing that only this machine can reach."""

import datetime as dt
import http.server
import socket
import ssl
import threading
import time

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from setfair.calendars.fetching import Net, fetch, is_public, tidy
from setfair.calendars.reading import Fault, Unreadable

FILE = b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "127.9.9.9", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "255.255.255.255", "224.0.0.1",  # noqa: S104
     "192.0.2.1", "198.18.0.1", "240.0.0.1", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "fd00:ec2::254", "ff02::1", "::ffff:127.0.0.1",
     "::ffff:169.254.169.254", "64:ff9b::7f00:1", "2002:7f00:1::", "2001:0:4136:e378:8000:63bf:80ff:fffe", "2001:db8::1", "not one", "",
     "fec0::1", "2606:4700::5efe:a00:1", "2606:4700::200:5efe:7f00:1", "192.0.0.9", "192.0.0.192", "168.63.129.16"],
)  # fmt: skip
def test_an_address_of_ours_is_not_of_the_open_internet(address):
    assert is_public(address) is False


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.215.14", "2606:4700:4700::1111", "2606:4700::5efe:808:808", "168.63.129.17"])
def test_an_address_of_the_open_internet_is(address):
    assert is_public(address) is True


@pytest.mark.parametrize(
    "address",
    ["", "calendar", "http://a.example/x.ics", "ftp://a.example/x", "file:///etc/passwd", "https://", "https://me:secret@a.example/x",
     "https://a.example:8443/x", "https://a.example/x\r\nHost: b", "https://[::1/x", "https://a.example:99999/x", "javascript:alert(1)"],
)  # fmt: skip
def test_what_is_no_address_of_a_calendar_is_refused_at_once(address):
    with pytest.raises(Unreadable) as reason:
        tidy(address)
    assert reason.value.fault == Fault.ADDRESS


def test_webcal_is_https():
    assert tidy(" webcal://a.example/x.ics?key=1#top ") == "https://a.example/x.ics?key=1"


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "2130706433", "0x7f.1", "169.254.169.254"])
def test_nothing_here_is_reached_by_any_way_to_write_it(host):
    with pytest.raises(Unreadable) as reason:
        fetch(f"https://{host}/x.ics")
    assert reason.value.fault in (Fault.ADDRESS, Fault.AWAY)


def test_one_bad_address_among_good_ones_is_enough():
    asked = []
    with pytest.raises(Unreadable):
        fetch("https://a.example/", Net(resolve=lambda host, port: asked.append(host) or ["93.184.215.14", "10.0.0.1"]))
    assert asked == ["a.example"]


class Page(http.server.BaseHTTPRequestHandler):
    seen = []

    def do_GET(self):
        Page.seen.append((self.headers["Host"].split(":")[0], self.path))
        kind = self.path.strip("/").partition("/")[0]
        if kind == "moved":
            return self._say(302, b"", Location=f"https://b.example:{self.server.server_port}/good")
        if kind == "inside":
            return self._say(302, b"", Location=f"https://inside.example:{self.server.server_port}/good")
        if kind == "plain":
            return self._say(302, b"", Location="http://b.example/good")
        if kind == "round":
            return self._say(302, b"", Location="/round")
        if kind in ("404", "500"):
            return self._say(int(kind), b"")
        if kind == "big":
            return self._say(200, b"x" * 2_100_000)
        if kind == "drip":
            return self._drip()
        if kind == "half":
            self.send_response(200)
            self.send_header("Content-Length", "1000")
            self.end_headers()
            return self.wfile.write(FILE)
        return self._say(200, FILE)

    def _say(self, status, body, **headers):
        self.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        try:
            self.wfile.write(body)
        except OSError:
            pass

    def _drip(self):
        try:
            for _ in range(30):
                self.wfile.write(b"H")
                time.sleep(0.1)
        except OSError:
            pass

    def log_message(self, *args):
        pass


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    key, names = ec.generate_private_key(ec.SECP256R1()), ["a.example", "b.example", "inside.example"]
    name, now = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "a.example")]), dt.datetime.now(dt.UTC)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(7)
    made = made.not_valid_before(now - dt.timedelta(days=1)).not_valid_after(now + dt.timedelta(days=1))
    cert = made.add_extension(x509.SubjectAlternativeName([x509.DNSName(n) for n in names]), critical=False).sign(key, hashes.SHA256())
    there = tmp_path_factory.mktemp("tls") / "both.pem"
    secret = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    there.write_bytes(cert.public_bytes(serialization.Encoding.PEM) + secret)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(there)
    held = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page)
    held.socket = context.wrap_socket(held.socket, server_side=True)
    held.daemon_threads = False
    threading.Thread(target=held.serve_forever, daemon=True).start()
    yield held.server_port, ssl.create_default_context(cafile=str(there))
    held.shutdown()
    held.server_close()


@pytest.fixture
def net(server):
    """The server of this test stands for the open internet; `inside.example` for what does not."""
    port, trust = server
    Page.seen.clear()
    return Net(
        resolve=lambda host, port: ["10.0.0.1"] if host == "inside.example" else ["127.0.0.1"], may=lambda a: a == "127.0.0.1", trust=trust, port=port
    )


def ask(net, path, host="a.example", **more):
    return fetch(f"https://{host}:{net.port}/{path}", net, **more)


def fault(net, path, **more):
    with pytest.raises(Unreadable) as reason:
        ask(net, path, **more)
    return reason.value.fault


def test_it_is_fetched_from_the_address_that_was_checked_under_its_own_name(net):
    assert (ask(net, "good?key=1"), Page.seen) == (FILE, [("a.example", "/good?key=1")])


def test_each_hop_is_checked_anew(net):
    assert (ask(net, "moved"), [host for host, _path in Page.seen]) == (FILE, ["a.example", "b.example"])
    assert (fault(net, "inside"), fault(net, "plain"), fault(net, "round")) == (Fault.ADDRESS, Fault.ADDRESS, Fault.AWAY)
    assert "inside.example" not in [host for host, _path in Page.seen]


def test_a_name_that_answers_otherwise_a_moment_later_leads_nowhere_else(net):
    """It is looked up once for each hop, and that very answer is where the connection goes."""
    answers = iter([["127.0.0.1"], ["10.0.0.1"]])
    assert fetch(f"https://a.example:{net.port}/good", Net(lambda host, port: next(answers), net.may, net.trust, net.port)) == FILE
    assert next(answers) == ["10.0.0.1"]


def test_a_flood_a_closed_door_and_half_an_answer(net):
    assert [fault(net, path) for path in ("big", "404", "500", "half")] == [Fault.TOO_BIG, Fault.REFUSED, Fault.AWAY, Fault.AWAY]


def test_another_name_than_that_of_the_certificate_is_not_believed(net):
    assert fault(net, "good", host="c.example") == Fault.AWAY


def test_whoever_drips_is_cut_off(net):
    began = time.monotonic()
    assert (fault(net, "drip", seconds=1.0), time.monotonic() - began < 3) == (Fault.SLOW, True)


def test_nobody_there(net):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(Unreadable) as reason:
        fetch(f"https://a.example:{port}/", Net(net.resolve, net.may, net.trust, port))
    assert reason.value.fault == Fault.AWAY
