"""Words that wait on a device without network: sealed there under a key that the house works out anew, and that no device keeps (decision 167).

A device holds the key while somebody is in, and cannot read it out. Whoever leaves drops it; what
waits is sent as it is, and opened here.
"""

from __future__ import annotations

import base64
import json
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from setfair.vault.master import digest

LONGEST = 8000
"""Of the words of one press, sealed."""
NONCE = 12


def key_of(conference: UUID, user: UUID) -> bytes:
    """For what one of the team writes on their own devices at one circle."""
    return digest("words on a device", f"{conference}|{user}")


def told(conference: UUID, user: UUID) -> str:
    """The same, as it is handed to a device of theirs."""
    return base64.b64encode(key_of(conference, user)).decode()


def opened(conference: UUID, user: UUID, press: UUID, sealed: str) -> dict[str, str]:
    """The words of one press; none where they were sealed for another press, by somebody else, or not at all."""
    try:
        noise = base64.b64decode(sealed, validate=True)
        said = json.loads(AESGCM(key_of(conference, user)).decrypt(noise[:NONCE], noise[NONCE:], str(press).encode()))
    except (ValueError, InvalidTag):
        return {}
    return {str(name): words for name, words in said.items() if isinstance(words, str)} if isinstance(said, dict) else {}
