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

from setfair.cases.models import Participation, Role
from setfair.cases.queries import way
from setfair.programmes.speaking import spoken
from setfair.programmes.ways import Way
from setfair.programmes.wording import filled, own

from . import words, words_of_ways
from .models import Asking, ConsentText, Recipient
from .yes import Scope

ALWAYS = (Scope.TAKE_PART, Scope.SUPPORT, Scope.NOTES, Scope.OUTCOME)
SUPPORTS = (Role.AFFECTED, Role.COMMUNITY)
THEN = (Scope.SHARE, Scope.SURVEY, Scope.LEARNING)
EXPLAINED = _("You choose freely")
Explained = tuple[tuple[Any, Any], ...]


@dataclass(frozen=True)
class Question:
    """One thing that is asked: what for, of whom (`about`), to whom it would go, and in which way they would hear from each other (`way`)."""

    scope: Scope
    about: str = words.ME
    recipient: Recipient | None = None
    way: str = Way.MEET

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
        if self.scope == Scope.TAKE_PART and self.way in words_of_ways.OF:
            return str(words_of_ways.OF[self.way].ask[self.about])
        text = own(self.key) or str(ours(self.scope, self.about))
        return filled(text, {"name": self.recipient.name}) if self.recipient is not None else text


def explained(way: str) -> tuple[Explained, Explained]:
    """What is told beside the question: what stands open, and what lies folded."""
    told = words_of_ways.OF.get(way)
    return (told.open, told.folded) if told is not None else (words.OPEN, words.TOLD)


def key_of(scope: str, about: str) -> str:
    return f"consent.{scope}.{about}"


def ours(scope: str, about: str) -> Any:
    return (words.FOR_A_CHILD if about == words.CHILD else words.SCOPES)[Scope(scope)]


def asked_of(participation: Participation, about: str = words.ME) -> list[Question]:
    """Everything that this person is asked, or a parent or guardian for them; taking part first.

    Who is in it neither for a side nor as harmed or responsible is asked whether they support it, too (S0.10).
    """
    named = Asking.objects.filter(case=participation.case_id, ended_at__isnull=True).values("recipient")
    offices = Recipient.objects.filter(Q(pk__in=named) | ~Q(purpose=Scope.SHARE), closed_at__isnull=True).order_by("name", "id")
    always = [scope for scope in ALWAYS if scope != Scope.SUPPORT or participation.role in SUPPORTS]
    now = way(participation.case)
    asked = [Question(scope, about, None, now) for scope in always]
    asked += [Question(scope, about, r, now) for scope in THEN for r in offices if r.purpose == scope]
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
    fresh = {"sentence": sentence, "parts": parts, "version": last + 1, "way": question.way}
    return ConsentText.objects.get_or_create(**same, digest=_digest(sentence, parts), defaults=fresh)[0]


def is_today(text: ConsentText) -> bool:
    """Whether these are still the words that would be read."""
    return text.digest == _digest(*_read(Question(Scope(text.purpose), text.about, text.recipient, text.way), text.language))


def mark(asked: Sequence[Question], language: str) -> str:
    """By which a page that was opened before the words changed is known."""
    digests = [_digest(*_read(question, spoken(language))) for question in asked]
    return hashlib.sha256("".join(digests).encode()).hexdigest()[:16]


def _read(question: Question, language: str) -> tuple[str, list[list[str]]]:
    with translation.override(language):
        free = " ".join(str(line) for line in (*words.FREELY[question.about], *words.FREE)).replace("%(name)s", "…")
        told = [[str(heading), str(said)] for part in explained(question.way) for heading, said in part]
        return question.sentence(), [[str(EXPLAINED), free], *told]


def _digest(sentence: str, parts: list[list[str]]) -> str:
    return hashlib.sha256(json.dumps([sentence, parts], ensure_ascii=False).encode()).hexdigest()
