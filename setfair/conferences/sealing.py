"""Words that wait on a device without network: sealed there under a key that the house works out anew, and that no device keeps (decision 167).

A device holds the key while somebody is in, and cannot read it out. Whoever leaves drops it; what
waits is sent as it is, and opened here. It stands on the key of the case: where that one is destroyed,
nothing that still lies on a device somewhere can be opened by anybody.
"""

from __future__ import annotations

import base64
import json
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from setfair.vault import ring

from .models import Conference

LONGEST = 8000
"""Of the words of one press, sealed."""
NONCE = 12


def key_of(conference: Conference, user: UUID) -> bytes:
    """For what one of the team writes on their own devices at one circle; raises `WordsAreGone` once the key of the case is."""
    about = f"words on a device {conference.pk} {user}"
    return HKDF(SHA256(), 32, salt=None, info=about.encode()).derive(ring.read_key(conference.case_id))


def told(conference: Conference, user: UUID) -> str:
    """The same, as it is handed to a device of theirs."""
    ring.write_key(conference.case_id)
    return base64.b64encode(key_of(conference, user)).decode()


def opened(conference: Conference, user: UUID, press: UUID, sealed: str) -> dict[str, str]:
    """The words of one press; none where they were sealed for another press, by somebody else, or not at all."""
    try:
        noise = base64.b64decode(sealed, validate=True)
        said = json.loads(AESGCM(key_of(conference, user)).decrypt(noise[:NONCE], noise[NONCE:], str(press).encode()))
    except (ValueError, InvalidTag, ring.WordsAreGone):
        return {}
    return {str(name): words for name, words in said.items() if isinstance(words, str)} if isinstance(said, dict) else {}
