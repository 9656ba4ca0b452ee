"""What is asked of somebody, one question for each purpose and each office, in the words that stand today; and the row that keeps them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from setfair.cases.models import Case
from setfair.programmes.speaking import spoken
from setfair.programmes.wording import filled, own

from . import words
from .models import Asking, ConsentText, Recipient
from .yes import Scope

ALWAYS = (Scope.TAKE_PART, Scope.NOTES, Scope.OUTCOME)
THEN = (Scope.SHARE, Scope.SURVEY, Scope.LEARNING)
EXPLAINED = _("You choose freely")


@dataclass(frozen=True)
class Question:
    """One thing that is asked: what for, of whom (`about`), and to whom it would go."""

    scope: Scope
    about: str = words.ME
    recipient: Recipient | None = None

    @property
    def name(self) -> str:
        """What its field is called."""
        return f"{self.scope}.{self.recipient.pk}" if self.recipient is not None else str(self.scope)

    @property
    def key(self) -> str:
        """Where the programme's own words for it are kept."""
        return key_of(self.scope, self.about)

    def sentence(self) -> str:
        """In the language that is active, in the programme's own words if it has some."""
        text = own(self.key) or str(ours(self.scope, self.about))
        return filled(text, {"name": self.recipient.name}) if self.recipient is not None else text


def key_of(scope: str, about: str) -> str:
    return f"consent.{scope}.{about}"


def ours(scope: str, about: str) -> Any:
    return (words.FOR_A_CHILD if about == words.CHILD else words.SCOPES)[Scope(scope)]


def asked_of(case: Case, about: str = words.ME) -> list[Question]:
    """Everything that people of this case are asked, or a parent or guardian for them; taking part first."""
    named = Asking.objects.filter(case=case, ended_at__isnull=True).values("recipient")
    offices = Recipient.objects.filter(Q(pk__in=named) | ~Q(purpose=Scope.SHARE), closed_at__isnull=True).order_by("name", "id")
    asked = [Question(scope, about) for scope in ALWAYS] + [Question(scope, about, r) for scope in THEN for r in offices if r.purpose == scope]
    return [question for question in asked if about == words.ME or question.scope in words.FOR_A_CHILD]


def kept(question: Question, language: str) -> ConsentText:
    """The row that holds what is read today in this language; made when it is first answered."""
    language = spoken(language)
    sentence, parts = _read(question, language)
    same = {"purpose": question.scope, "about": question.about, "recipient": question.recipient, "language": language}
    versions = ConsentText.objects.filter(**same)
    there = versions.filter(digest=_digest(sentence, parts)).first()
    if there is not None:
        return there
    last = versions.order_by("-version").values_list("version", flat=True).first() or 0
    fresh = {"sentence": sentence, "parts": parts, "version": last + 1}
    return ConsentText.objects.get_or_create(**same, digest=_digest(sentence, parts), defaults=fresh)[0]


def is_today(text: ConsentText) -> bool:
    """Whether these are still the words that would be read."""
    return text.digest == _digest(*_read(Question(Scope(text.purpose), text.about, text.recipient), text.language))


def mark(asked: Sequence[Question], language: str) -> str:
    """By which a page that was opened before the words changed is known."""
    digests = [_digest(*_read(question, spoken(language))) for question in asked]
    return hashlib.sha256("".join(digests).encode()).hexdigest()[:16]


def _read(question: Question, language: str) -> tuple[str, list[list[str]]]:
    with translation.override(language):
        free = " ".join(str(line) for line in (*words.FREELY[question.about], *words.FREE)).replace("%(name)s", "…")
        told = [[str(heading), str(said)] for heading, said in (*words.OPEN, *words.TOLD)]
        return question.sentence(), [[str(EXPLAINED), free], *told]


def _digest(sentence: str, parts: list[list[str]]) -> str:
    return hashlib.sha256(json.dumps([sentence, parts], ensure_ascii=False).encode()).hexdigest()
