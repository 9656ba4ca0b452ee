"""What stands at the foot of a paper: whose it is, which nobody but the team can tell, and under which words it was printed."""

from __future__ import annotations

import hashlib

from django.conf import settings
from django.db.models import BigIntegerField, F, Func, QuerySet

from setfair.agreements.queries import lying_for
from setfair.agreements.seen import now
from setfair.agreements.text import digest
from setfair.cases.models import Participation
from setfair.core.text import ALPHABET, typed
from setfair.preparation import words
from setfair.preparation.asked import asked_of, mark
from setfair.preparation.queries import speaks_for

WHOSE, WORDS = 6, 3
"""How many signs say whose it is, and how many under which words it was printed."""
NUMBER = "('x' || encode(substring(sha256(uuid_send(%(expressions)s)) from 5 for 4), 'hex'))::bit(32)::bigint & 1073741823"
"""The same number as that of `mark_of`, in the database."""


def mark_of(me: Participation) -> str:
    """By which the team knows whose paper it is, and nobody else does: six signs that can be read aloud."""
    return _signs(hashlib.sha256(me.pk.bytes).digest(), WHOSE)


def foot_of(me: Participation, language: str, *, as_laid_out: bool = False) -> str:
    """Whose it is, and three signs of the words that are asked, and of those that lie there to be signed, in this language today, with the
    spellings that were put right in them; `as_laid_out` without these."""
    child = speaks_for(me)
    asked = [*asked_of(me), *(asked_of(child, words.CHILD) if child is not None else [])]
    read = mark(asked, language) + "".join(digest(one.words or {}) if as_laid_out else now(one, me) for one in lying_for(me))
    return f"{mark_of(me)}-{_signs(hashlib.sha256(read.encode()).digest(), WORDS)}"


def language_read(me: Participation, foot: str) -> str:
    """In which language they read the words that are asked today; empty where the words under which they answered were others. A paper from
    before spellings were put right counts as it was read."""
    return _read_in(me, foot) or _read_in(me, foot, as_laid_out=True)


def is_before_spelling(me: Participation, foot: str) -> bool:
    """Whether the paper was printed before spellings were put right in what lies there to be signed."""
    return bool(foot) and not _read_in(me, foot) and bool(_read_in(me, foot, as_laid_out=True))


def _read_in(me: Participation, foot: str, **how: bool) -> str:
    return next((code for code, _name in settings.LANGUAGES if typed(foot_of(me, code, **how)) == typed(foot)), "")


def is_theirs(me: Participation, foot: str) -> bool:
    return len(typed(foot)) == WHOSE + WORDS and typed(foot)[:WHOSE] == mark_of(me)


def whose(rows: QuerySet[Participation], foot: str) -> Participation | None:
    """Whose paper it is, among these; None for what is no foot of a paper of ours."""
    signs = typed(foot)
    if len(signs) != WHOSE + WORDS or not {*signs} <= {*ALPHABET}:
        return None
    number = sum(ALPHABET.index(sign) << 5 * place for place, sign in enumerate(signs[:WHOSE]))
    return rows.annotate(paper=Func(F("pk"), template=NUMBER, output_field=BigIntegerField())).filter(paper=number).first()


def _signs(digest: bytes, many: int) -> str:
    number = int.from_bytes(digest[:8])
    return "".join(ALPHABET[number >> 5 * place & 31] for place in range(many))
