"""Every verb of the journal as a sentence. `%(name)s` is whom it concerns; who did it and when stand beside it.

One module for each part of the work; a new part adds its module to `PARTS`. A house
test holds these tables to the code: no act without its sentence, and no two parts with one verb.
"""

from __future__ import annotations

from django.utils.translation import gettext as _now

from setfair.journal.models import Entry
from setfair.programmes.reasons import Reason

from . import (
    aftercare,
    agreements,
    cases,
    ending,
    exchanges,
    files,
    keeping,
    letters,
    lists,
    planning,
    practice,
    preparation,
    requests,
    restitution,
    safety,
    tallies,
    team,
    the_day,
    ways_in,
)

PARTS = (
    aftercare, agreements, cases, ending, exchanges, files, keeping, lists, letters, planning, practice, preparation, requests, restitution, safety,
    tallies, team, the_day, ways_in,
)  # fmt: skip
SENTENCES = {verb: words for part in PARTS for verb, words in part.SENTENCES.items()}
TOLD_WHY = ("cases.case", "conferences.conference")
MOVED = {kind: words for part in PARTS for kind, words in getattr(part, "MOVED", {}).items()}


def sentence(entry: Entry, name: str) -> str:
    """What happened, with the name of whom it concerns as the reader may see it."""
    if entry.verb == "moved":
        words = str(MOVED[entry.subject_kind][entry.detail["to"]])
        reason = entry.detail.get("reason", "")
        if entry.subject_kind in TOLD_WHY and reason in Reason.values:
            words = _now("%(what)s Reason: %(reason)s.") % {"what": words, "reason": Reason(reason).label}
    else:
        words = str(SENTENCES[entry.verb])
    return words % {"name": name} if "%(name)s" in words else words
