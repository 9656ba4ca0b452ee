"""A sealed agreement before two readers of PDFs that are none of ours: pyHanko's validator and Poppler's `pdfsig`.

Each copy is valid for both and keeps its standards; one sign changed in any part of the file is told by one of them at least. And how
long a copy takes, drawn and sealed, once the key is open: in processor time, since who else works on the machine is no part of it.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from io import BytesIO
from pathlib import Path

import pikepdf
from asn1crypto import cms, x509

from bench.figure import FULL, Figure, Plant, Result, Trial, trials
from setfair.letters.paper import printed_to_last
from setfair.seals import certificate
from setfair.seals.pdf import CONTENTS, Sealer
from tests.readers import pdfsig_says_valid, says_valid

SHEET = Path("setfair/agreements/sheets/agreement.typ").resolve()
COPIES = 100 if FULL else 20
GOAL = 60
PLANTS = (Plant("certificate-twice", "certificate", 3), Plant("standard-dropped", "standard"))


class Twice(Sealer):
    """With the certificate in its store too: the library then writes it twice, and a reader that finds one of them changed takes the other."""

    def __init__(self, shown: bytes, private: bytes) -> None:
        super().__init__(shown, private)
        self.cert_registry.register(x509.Certificate.load(shown))


@cache
def _key() -> tuple[bytes, bytes, bytes]:
    return certificate.made("Northgate", datetime.now(UTC))


def _drawn(number: int) -> bytes:
    """An agreement of five promises, as people get it."""
    row = {"who": "Rami", "for_whom": "Hana", "what": f"Writes a letter, {number}.", "proof": "It is read.", "more": [], "due": "3 May 2027"}
    words = ("who", "what", "for_whom", "due", "proof", "signed", "mark", "check")
    data = {"title": "Our copy", "heading": "This is what everyone said they will do.", "labels": dict(zip(words, words, strict=True))}
    under = [{"name": name, "at": "26 April 2027"} for name in ("Hana", "Rami", "Sol", "Gail")]
    foot = {"mark": "12-abcd", "code": "7F3K-22QM-4XYZ", "foot": "Version 1."}
    return printed_to_last(SHEET, data | foot | {"rows": [row] * 5, "names": under}, language="en")


def _regions(file: bytes) -> dict[str, int]:
    """A place in each part of the file, from its first line to its last."""
    signed = next(reversed(list(CONTENTS.finditer(file))))
    first, last = signed.span(1)
    raw = bytes.fromhex(signed[1].decode())
    told = cms.ContentInfo.load(raw, strict=False)["content"]
    shown, signer = told["certificates"][0].dump(), told["signer_infos"][0]

    def inside(part: bytes, share: float = 0.5) -> int:
        return first + 2 * (raw.index(part) + int(len(part) * share))

    return {
        "first line": 5,
        "drawing": file.index(b"stream", 200) + 60,
        "description": file.index(b"pdfuaid") + 3,
        "list of places": file.index(b"startxref") + 12,
        "added part": file.index(b"%%EOF") + 12,
        "range": file.rindex(b"/ByteRange") + 14,
        "before the signature": signed.start() - 3,
        "certificate, number": inside(shown, 0.02),
        "certificate, name": inside(shown, 0.12),
        "certificate, key": inside(shown, 0.4),
        "certificate, end": inside(shown, 0.95),
        "what was signed": inside(signer["signed_attrs"].dump()),
        "signature": inside(signer["signature"].native),
        "end of the space": last - 2,
        "after the signature": last + 3,
        "last line": len(file) - 3,
    }


def _changed(file: bytes, place: int) -> bytes:
    """One sign another: a figure of a hexadecimal number stays one."""
    sign, digits = file[place : place + 1], b"0123456789ABCDEF"
    other = digits[(digits.index(sign.upper()) + 1) % 16 :][:1] if sign.upper() in digits else bytes([sign[0] ^ 1])
    return file[:place] + other + file[place + 1 :]


def _missed(file: bytes, root: bytes) -> list[str]:
    files = {name: _changed(file, place) for name, place in _regions(file).items()} | {"something added": file + b"% more\n"}
    return [f"changed and not told: {name}" for name, other in files.items() if says_valid(other, root) and pdfsig_says_valid(other)]


def _standards(file: bytes) -> list[str]:
    with pikepdf.open(BytesIO(file)) as pdf:
        told = pdf.Root.Metadata.read_bytes() if "/Metadata" in pdf.Root else b""
        kept = b"pdfuaid:part" in told and b"pdfaid:conformance" in told and "/StructTreeRoot" in pdf.Root and pdf.pdf_version == "1.7"
        alone = pdf.pages[0].get("/Tabs") == "/S" and not {"/Reason", "/Location", "/Name"} & set(pdf.Root.AcroForm.Fields[0].V.keys())
    return ([] if kept else ["standard lost"]) + ([] if alone else ["the seal says too much"])


def _faults(plant: str) -> list[str]:
    root, shown, private = _key()
    drawn = _drawn(0)
    if plant == "standard-dropped":
        with pikepdf.open(BytesIO(drawn)) as pdf:
            del pdf.Root.Metadata, pdf.Root.StructTreeRoot
            pdf.save(out := BytesIO())
            return _standards(Sealer(shown, private).sealed(out.getvalue()))
    file = (Twice if plant == "certificate-twice" else Sealer)(shown, private).sealed(drawn)
    invalid = [] if says_valid(file, root) and pdfsig_says_valid(file) else ["not valid as it is"]
    return invalid + _standards(file) + _missed(file, root)


def _measure() -> Result:
    root, shown, private = _key()
    sealer, took, faults = Sealer(shown, private), [], _faults("")
    sealer.sealed(_drawn(0))
    for number in range(COPIES):
        began = time.process_time()
        file = sealer.sealed(_drawn(number))
        took.append(1000 * (time.process_time() - began))
        faults += [] if says_valid(file, root) and pdfsig_says_valid(file) else [f"copy {number} is not valid"]
    for fault in faults:
        print(fault)
    middle = statistics.median(took)
    print(f"drawn and sealed: {middle:.0f} ms of the processor in the middle, {max(took):.0f} at most")
    n = f"{COPIES} copies, {len(_regions(file)) + 1} parts changed, {middle:.0f} ms a copy"
    return Result(str(len(faults)), f"changes missed or copies not valid, {middle:.0f} ms a copy", not faults and middle <= GOAL, n=n)


def _canary() -> Iterator[Trial]:
    yield from trials(PLANTS, _faults)


FIGURE = Figure(
    "pdf",
    "sealed agreements before pyHanko and pdfsig: valid as they are, and any change told; milliseconds for each",
    f"0 missed, {GOAL} ms",
    _measure,
    _canary,
)
