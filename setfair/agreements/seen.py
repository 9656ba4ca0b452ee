"""What somebody has before them as they sign: every word as it stands there, in their language, and of which version it is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from setfair.cases.models import Participation
from setfair.programmes.speaking import in_language

from . import queries
from .models import Agreement, Signature
from .reach import Laid, between_others, has_outgrown, outgrown, read_by
from .text import digest

Read = dict[str, Any]
HEADING = _("This is what everyone said they will do.")
NO_ORDER = _("Take your time. You can sleep on it. It is a promise between people, not an order of a court.")
TICKS = {
    "read": _("I have read this, or it was read to me."),
    "agree": _("I agree to do my part."),
    "know": _("I know I can ask to change it."),
}


def before(agreement: Agreement, person: Participation, lines: Sequence[queries.Line] | None = None, *, as_laid_out: bool = False) -> Read:
    """What this person reads in the language of the moment. Its digest goes along with what they send, and it is kept with their signature.

    A promise that the team put into their language stands there twice: in it, and as it was written. `as_laid_out` is how it read before
    spellings were put right in it, or something was put into another language.
    """
    found = queries.lines(agreement, me=person, as_laid_out=as_laid_out) if lines is None else lines
    more = queries.left_out(agreement, person)
    return {
        "version": agreement.version,
        "language": translation.get_language(),
        "heading": str(HEADING),
        "no_order": str(NO_ORDER),
        "promises": [{"title": line.title, "words": line.sentences} | ({"put": line.put.kept} if line.put else {}) for line in found],
        **({"others": more} if more else {}),
        "ticks": [str(words) for words in TICKS.values()],
    }


def now(agreement: Agreement, person: Participation) -> str:
    """A digest of the words as somebody of the circle reads them today: those that were laid out, with what was put right in what they read.

    What comes back on paper is of words with this digest.
    """
    laid_out = digest(agreement.words or {})
    since = [str(one.pk) for line in queries.lines(agreement, me=person) for one in line.corrections]
    return digest({"laid_out": laid_out, "since": since}) if since else laid_out


def kept(signature: Signature, me: Participation) -> Read | None:
    """What somebody had before them when they signed, as they may still read it: nothing where that was not kept.

    A promise that they read for a young person alone is left out from that person's 18th birthday on; what stands with the signature stays
    as it is. Where it cannot be told which words that is, they read none of it here.
    """
    read: Read | None = signature.seen
    if not read or not has_outgrown(me, signature.at):
        return read
    words = signature.agreement.words or {}
    items: list[Laid] = words.get("items", [])
    gone = outgrown(items, me, signature.at)
    still = [item["id"] for item in read_by(items, me)]
    then = [item for item in items if item["id"] in gone or item["id"] in still]
    then.sort(key=lambda item: str(me.pk) not in item.get("owners", [item["owner"]]))
    if digest(words) != signature.text_digest or len(then) != len(read["promises"]):
        return None
    if not gone:
        return read
    with in_language(read["language"]):
        others = between_others(len(items) - len(still))
    promises = [promise for item, promise in zip(then, read["promises"], strict=True) if item["id"] not in gone]
    return read | {"promises": promises, "others": others}
