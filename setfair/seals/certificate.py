"""A key pair and the certificate that names the programme; nothing here knows a row."""

from __future__ import annotations

from datetime import datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID

BITS = 3072
YEARS = 20
LONGEST = 64
"""Signs of a common name (X.520)."""
ROOT = " (root)"
USES = (
    "digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign", "crl_sign",
    "encipher_only", "decipher_only",
)  # fmt: skip


def made(name: str, now: datetime) -> tuple[bytes, bytes, bytes]:
    """Root, certificate and private half, all DER, of a new key that says `name` and nothing else.

    The root vouches for this one certificate, and what it did so with is gone when this returns: a certificate
    that vouched for itself could be changed inside a sealed file, and no reader of PDFs would tell.
    RSA, because what is signed with an elliptic curve raises a PDF above the version that archives accept.
    """
    root, key = rsa.generate_private_key(65537, BITS), rsa.generate_private_key(65537, BITS)
    vouching = _named(f"{name[: LONGEST - len(ROOT)]}{ROOT}")
    above = _begun(vouching, vouching, root, now).add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    above = above.add_extension(_use(key_cert_sign=True), critical=True).sign(root, hashes.SHA256())
    below = _begun(_named(name[:LONGEST]), vouching, key, now).add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    below = below.add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(root.public_key()), critical=False)
    below = below.add_extension(_use(digital_signature=True, content_commitment=True), critical=True).sign(root, hashes.SHA256())
    form = serialization.Encoding.DER
    private = key.private_bytes(form, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return above.public_bytes(form), below.public_bytes(form), private


def _begun(whose: x509.Name, by: x509.Name, key: rsa.RSAPrivateKey, now: datetime) -> x509.CertificateBuilder:
    builder = x509.CertificateBuilder().subject_name(whose).issuer_name(by).public_key(key.public_key())
    builder = builder.serial_number(x509.random_serial_number()).not_valid_before(now - timedelta(days=1))
    until = builder.not_valid_after(now + timedelta(days=365 * YEARS))
    return until.add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)


def _named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def _use(**uses: bool) -> x509.KeyUsage:
    return x509.KeyUsage(**dict.fromkeys(USES, False) | uses)


def told(certificate: bytes) -> tuple[str, datetime]:
    """Whom it names, and when it runs out."""
    read = x509.load_der_x509_certificate(bytes(certificate))
    return str(read.subject.get_attributes_for_oid(NameOID.COMMON_NAME)[0].value), read.not_valid_after_utc


def fingerprint(certificate: bytes) -> str:
    """As PDF readers show it: SHA-256, in pairs."""
    return x509.load_der_x509_certificate(bytes(certificate)).fingerprint(hashes.SHA256()).hex(":").upper()


def as_text(certificate: bytes) -> bytes:
    """The form that ordinary tools take (PEM)."""
    return x509.load_der_x509_certificate(bytes(certificate)).public_bytes(serialization.Encoding.PEM)
