"""A post office that shows a certificate of its own making is not talked to: neither words nor passwords go there."""

import datetime
import socket
import ssl
import threading
from contextlib import contextmanager

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.core.mail import EmailMessage, get_connection

from setfair.letters import incoming


@pytest.fixture
def own_making(tmp_path):
    """A certificate for localhost that nobody vouches for."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.UTC)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(1)
    made = made.not_valid_before(now - datetime.timedelta(days=1)).not_valid_after(now + datetime.timedelta(days=1))
    made = made.add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
    pem = made.sign(key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)
    plain = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path = tmp_path / "own.pem"
    path.write_bytes(pem + plain)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    return context


@contextmanager
def post_office(context, speaks):
    """Answers one caller at a port of this machine; `heard` is all that came in after the certificate was shown."""
    heard = []
    with socket.create_server(("127.0.0.1", 0)) as server:

        def answer():
            line, _where = server.accept()
            with line:
                if speaks == "smtp":
                    line.sendall(b"220 localhost\r\n")
                    line.recv(1000)
                    line.sendall(b"250-localhost\r\n250 STARTTLS\r\n")
                    line.recv(1000)
                    line.sendall(b"220 go on\r\n")
                try:
                    with context.wrap_socket(line, server_side=True) as closed:
                        heard.append(closed.recv(1000))
                except OSError:
                    return

        thread = threading.Thread(target=answer, daemon=True)
        thread.start()
        yield server.getsockname()[1], heard
        thread.join(5)


def test_no_letter_goes_to_a_post_office_with_a_false_certificate(own_making):
    with post_office(own_making, "smtp") as (port, heard):
        way = get_connection("django.core.mail.backends.smtp.EmailBackend", host="localhost", port=port, use_tls=True, timeout=5)
        with pytest.raises(ssl.SSLCertVerificationError):
            EmailMessage("Meeting", "words", to=["a@b.example"], connection=way).send()
    assert heard == []


def test_no_mailbox_with_a_false_certificate_is_told_the_password(own_making, settings):
    settings.IMAP_HOST, settings.IMAP_TLS, settings.IMAP_USER, settings.IMAP_PASSWORD = "localhost", True, "box", "tulips and more"
    with post_office(own_making, "imap") as (port, heard):
        settings.IMAP_PORT = port
        with pytest.raises(ssl.SSLCertVerificationError):
            incoming._from_mailbox(lambda came: True)
    assert heard == []
