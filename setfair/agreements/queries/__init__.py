"""What can be read of an agreement: where it stands, whose yes is missing, what to look at again in a draft, how the promises go."""

from .drafting import Weighed, weighed
from .following import TAGS, Card, Said, board, extensions, is_open, next_of, occasion, own_words, said_about, unsettled, wanting_a_word, when_due
from .signing import Hand, Line, being_signed_by, hands, last_concern, last_round, lines, signatures, signers, still_to_sign, unanswered
from .standing import earlier, items_of, last_settled_at, latest, live, lock, was_in_force

__all__ = [
    "Card",
    "Hand",
    "Line",
    "Said",
    "TAGS",
    "Weighed",
    "being_signed_by",
    "board",
    "earlier",
    "extensions",
    "hands",
    "is_open",
    "items_of",
    "last_concern",
    "last_round",
    "last_settled_at",
    "latest",
    "lines",
    "live",
    "lock",
    "next_of",
    "occasion",
    "own_words",
    "said_about",
    "signatures",
    "signers",
    "still_to_sign",
    "unanswered",
    "unsettled",
    "wanting_a_word",
    "was_in_force",
    "weighed",
    "when_due",
]
