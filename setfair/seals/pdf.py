"""The seal on a PDF: one signature over every byte, by the programme's key.

pyHanko is heavy, so only the worker and the figure come here.
"""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

from asn1crypto import algos, cms, x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko_certvalidator.registry import SimpleCertificateStore

FIELD = "Seal"
ROOM = 16_384
CONTENTS = re.compile(rb"/Contents <([0-9a-fA-F]+)>")


class Sealer(signers.Signer):
    """One key, opened once: to parse it takes twenty times as long as to sign with it."""

    def __init__(self, certificate: bytes, private: bytes) -> None:
        shown = x509.Certificate.load(bytes(certificate))
        super().__init__(signing_cert=shown, cert_registry=SimpleCertificateStore())
        key = serialization.load_der_private_key(bytes(private), None)
        if not isinstance(key, rsa.RSAPrivateKey):
            raise TypeError("The programme's seal is an RSA key.")
        self._key, self._room = key, ROOM

    def get_signature_mechanism_for_digest(self, digest_algorithm: str | None) -> algos.SignedDigestAlgorithm:
        return algos.SignedDigestAlgorithm({"algorithm": "sha256_rsa"})

    async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
        return bytes(self._key.key_size // 8) if dry_run else self._key.sign(data, padding.PKCS1v15(), hashes.SHA256())

    def sealed(self, pdf: bytes) -> bytes:
        """The same PDF, with a signature that certifies it and allows no change.

        The space for the signature is exactly as long as the signature: bytes that fill it up would be
        under no digest, and could be changed unseen. How long it is, the first seal of a key tells.
        """
        whole = self._written(pdf)
        length = 2 * len(cms.ContentInfo.load(bytes.fromhex(CONTENTS.findall(whole)[-1].decode()), strict=False).dump())
        if length == self._room:
            return whole
        self._room = length
        return self._written(pdf)

    def _written(self, pdf: bytes) -> bytes:
        how = signers.PdfSignatureMetadata(
            field_name=FIELD,
            md_algorithm="sha256",
            certify=True,
            docmdp_permissions=fields.MDPPerm.NO_CHANGES,
            subfilter=fields.SigSeedSubFilter.ADOBE_PKCS7_DETACHED,
        )
        unseen = fields.InvisSigSettings(set_print_flag=True, set_hidden_flag=False, box_out_of_bounds=True)
        place = fields.SigFieldSpec(FIELD, on_page=0, invis_sig_settings=unseen)
        out = BytesIO()
        writer = IncrementalPdfFileWriter(BytesIO(pdf))
        writer.root["/Pages"]["/Kids"][0].get_object()["/Tabs"] = generic.NameObject("/S")
        signer = signers.PdfSigner(how, signer=self, new_field_spec=place)
        # pyHanko starts an event loop of its own, which a thread that runs one already does not allow.
        with ThreadPoolExecutor(1) as apart:
            apart.submit(signer.sign_pdf, writer, output=out, bytes_reserved=self._room).result()
        return out.getvalue()
