"""A promise in the language of its reader: the words that the team put into it, beside those that were written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Max
from django.utils.translation import gettext as _

from setfair.vault import ring

from .. import text, tongues
from ..models import Agreement, Item, Signer, Spelling, Translation
from ..slips import digest

PARTS = tuple(Spelling.Part.values)
"""The parts of a promise in which words stand that somebody wrote."""


@dataclass(frozen=True)
class Put:
    """The words of one promise in the language of its reader, and as they were written."""

    language: str
    words: Mapping[str, str]
    written_in: str
    written: Mapping[str, str]
    helped: bool
    at: datetime

    @property
    def note(self) -> str:
        """That these are not the words as they were written, and who put them there."""
        name = {"language": tongues.named(self.language)}
        return (_("Put into %(language)s by the team, with an interpreter.") if self.helped else _("Put into %(language)s by the team.")) % name

    @property
    def label(self) -> str:
        return _("As it was written, in %(language)s") % {"language": tongues.named(self.written_in)}

    @property
    def sentences(self) -> list[str]:
        """All that was written, a line each."""
        return [self.written[part] for part in PARTS if self.written.get(part)]

    @property
    def runs(self) -> str:
        return tongues.runs(self.written_in)

    @property
    def kept(self) -> dict[str, Any]:
        """What is kept of it with a signature: that both lay there, and by which digests."""
        both = {name: digest({part: words.get(part, "") for part in PARTS}) for name, words in (("read", self.words), ("written", self.written))}
        return {"language": self.written_in, "note": self.note, "label": self.label, "words": self.sentences, "digests": both}


def put_into(agreement: Agreement, language: str, items: Iterable[Mapping[str, Any]], until: datetime | None = None) -> dict[str, Put]:
    """By the key of the promise, those of these words (as they are read, `as_read`) that somebody put into this language. `until` is for
    a paper that was printed then. Nothing is asked where all of them are written in it."""
    foreign = {item["id"]: item for item in items if (item.get("language") or agreement.programme.language) != language}
    if not foreign:
        return {}
    rows = Translation.objects.filter(item__in=list(foreign), language=language, edition=F("item__edition"))
    there = _counting(rows.filter(at__lte=until) if until else rows)
    return {str(row.item_id): _put(row, foreign[str(row.item_id)], agreement.programme.language) for row in there.values()}


def in_own_language(items: Iterable[Item]) -> dict[UUID, Put]:
    """The same of promises that hold, for whoever reads at this moment."""
    language = tongues.now()
    foreign = {item.pk: item for item in items if tongues.written_in(item) != language}
    if not foreign:
        return {}
    rows = Translation.objects.filter(item__in=list(foreign), language=language, edition=F("item__edition"))
    return {pk: put_of(foreign[pk], row) for (pk, _language), row in _counting(rows).items()}


def put_of(item: Item, row: Translation) -> Put:
    """A promise with its words in one other language."""
    return _put(row, _as_words(item), tongues.written_in(item))


def all_translations(items: Iterable[Item]) -> dict[tuple[UUID, str], Translation]:
    """By promise and language, the words that count now."""
    return _counting(Translation.objects.filter(item__in=[item.pk for item in items], edition=F("item__edition")))


def translation_of(item: Item, language: str) -> Translation | None:
    """The words of one promise that count now in this language."""
    return all_translations([item]).get((item.pk, language))


def put_digest(item: Item, there: Translation | None) -> str:
    """Of both as they stand on the page on which they are written, so that two who do it at once read each other."""
    return digest(_as_words(item) | {"language": str(there.pk) if there else ""})


def team_digest(agreement: Agreement) -> str:
    """Of what lies on the team's page as somebody signs on paper or aloud: the words of all, all that was put into other languages, and what
    was put right in it or taken back."""
    rows = Translation.objects.filter(item__agreement=agreement, edition=F("item__edition")).order_by("at", "id")
    keys = [str(pk) for pk in rows.values_list("pk", flat=True)]
    corrected = Spelling.objects.filter(item__agreement=agreement).order_by("at", "id").values_list("pk", "backs__pk")
    since = [str(pk) for both in corrected for pk in both if pk is not None]
    words = (agreement.words or {}) | ({"put": keys} if keys else {}) | ({"since": since} if since else {})
    return text.digest(words)


def put_since_laid_out(agreement: Agreement) -> bool:
    """Whether something was put into another language after paper may have been printed to be signed with a pen."""
    return Translation.objects.filter(item__agreement=agreement, edition=F("item__edition"), at__gt=laid_out_at(agreement)).exists()


def laid_out_at(agreement: Agreement) -> datetime:
    """When it was laid out to be signed the last time; before that, when it was begun."""
    last: datetime | None = Signer.objects.filter(agreement=agreement).aggregate(last=Max("at"))["last"]
    return last or agreement.drafted_at


def _counting(rows: Any) -> dict[tuple[UUID, str], Translation]:
    latest = {(row.item_id, row.language): row for row in rows.order_by("at", "id")}
    ring.gather({row.case_id for row in latest.values()})
    return {key: row for key, row in latest.items() if row.what}


def _put(row: Translation, written: Mapping[str, Any], here: str) -> Put:
    words = {part: getattr(row, part) or written.get(part, "") for part in PARTS}
    return Put(row.language, words, written.get("language") or here, written, row.interpreter_id is not None, row.at)


def _as_words(item: Item) -> dict[str, str]:
    return {part: getattr(item, part) for part in PARTS}
