"""An agreement, its promises, its signatures, and what became of them."""

from __future__ import annotations

from .agreement import SHOWN, Agreement, Concern, Signature, Signer
from .carried import Carried
from .fit import Fit
from .following import Evidence, Extension, KindWord
from .item import Item, ItemKind, Reach, Sharer
from .lasting import LastingCopy
from .remark import Remark, RemarkLet
from .rest import LONGEST, Rest
from .result import MOST_OPEN, LookedAgain, Result, StillOpen
from .scan import Scan
from .spelling import Spelling, SpellingBack
from .translation import Translation

__all__ = [
    "Agreement",
    "Carried",
    "Concern",
    "LastingCopy",
    "Evidence",
    "Extension",
    "Fit",
    "Item",
    "ItemKind",
    "KindWord",
    "LONGEST",
    "LookedAgain",
    "MOST_OPEN",
    "Reach",
    "Remark",
    "RemarkLet",
    "Rest",
    "Result",
    "SHOWN",
    "Scan",
    "Sharer",
    "Signature",
    "Signer",
    "StillOpen",
    "Spelling",
    "SpellingBack",
    "Translation",
]
