"""An agreement, its promises, its signatures, and what became of them."""

from __future__ import annotations

from .agreement import SHOWN, Agreement, Concern, Signature, Signer
from .following import Evidence, Extension
from .item import Item
from .lasting import LastingCopy
from .rest import LONGEST, Rest

__all__ = [
    "Agreement",
    "Concern",
    "LastingCopy",
    "Evidence",
    "Extension",
    "Item",
    "LONGEST",
    "Rest",
    "SHOWN",
    "Signature",
    "Signer",
]
