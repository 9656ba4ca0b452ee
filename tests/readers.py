"""Readers of PDFs that are none of ours: pyHanko's validator, and `pdfsig` of Poppler, fetched where it is missing and never skipped silently."""

from __future__ import annotations

import logging
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from asn1crypto import x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

PATIENT = ["-o", "DPkg::Lock::Timeout=300", "-o", "Acquire::http::Timeout=20", "-o", "Acquire::Retries=1"]
logging.getLogger("pyhanko").setLevel(logging.CRITICAL)
logging.getLogger("pyhanko_certvalidator").setLevel(logging.CRITICAL)


def says_valid(pdf: bytes, root: bytes) -> bool:
    """Whether pyHanko calls it valid, all of it covered, with nothing but this root trusted."""
    with ThreadPoolExecutor(1) as apart:
        return apart.submit(_says_valid, pdf, root).result()


def _says_valid(pdf: bytes, root: bytes) -> bool:
    try:
        (one,) = PdfFileReader(BytesIO(pdf)).embedded_signatures
        found = validate_pdf_signature(one, ValidationContext(trust_roots=[x509.Certificate.load(root)], allow_fetching=False))
        return found.bottom_line and found.coverage.name == "ENTIRE_FILE"
    except Exception:  # noqa: BLE001  a file that cannot be read at all is not valid
        return False


def pdfsig_says_valid(pdf: bytes) -> bool:
    """Whether `pdfsig` calls the signature valid and the whole document signed. It is not asked whom it trusts."""
    with TemporaryDirectory() as room:
        path = Path(room) / "paper.pdf"
        path.write_bytes(pdf)
        said = subprocess.run([_pdfsig(), "-nocert", str(path)], capture_output=True, text=True, errors="replace").stdout  # noqa: S603
    return "Signature is Valid" in said and "Total document signed" in said


def words_of(pdf: bytes) -> str:
    """What can be read in it, by `pdftotext` of Poppler."""
    return subprocess.run([Path(_pdfsig()).with_name("pdftotext"), "-layout", "-", "-"], input=pdf, capture_output=True, check=True).stdout.decode()  # noqa: S603


@cache
def _pdfsig() -> str:
    if os.environ.get("PDFSIG"):
        return os.environ["PDFSIG"]
    if shutil.which("pdfsig") is None and os.geteuid() == 0 and shutil.which("apt-get"):
        install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *PATIENT, "poppler-utils"]
        if subprocess.run(install, stdout=subprocess.DEVNULL).returncode:  # noqa: S603
            subprocess.run(["apt-get", "update", "-qq", *PATIENT], stdout=subprocess.DEVNULL)  # noqa: S603, S607
            subprocess.run(install, stdout=subprocess.DEVNULL)  # noqa: S603
    found = shutil.which("pdfsig")
    if found is None:
        sys.exit("setfair: no pdfsig. On Debian: `apt-get install poppler-utils` as root; elsewhere set PDFSIG to one.")
    return found
