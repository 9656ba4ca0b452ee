from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from setfair.core.actor import Actor
from setfair.journal.actions import record

from .. import seen as marks
from .. import wording
from ..bounds import QUICKER, CannotChange, check, check_letter
from ..models import Programme, Wording


@transaction.atomic
def change_facts(programme: Programme, *, by: Actor, seen: str, **facts: Any) -> Programme:
    """Change what the programme says about itself and the rules it keeps.

    `seen` is the mark (`seen.mark`) of these fields as the administrator had them on
    the page. If another administrator was quicker, nothing is written: `CannotChange`.
    """
    row = Programme.objects.select_for_update(of=("self",), no_key=True).get(pk=programme.pk)
    if marks.mark(row, facts) != seen:
        raise CannotChange(QUICKER)
    check(facts)
    changed = sorted(name for name, value in facts.items() if getattr(row, name) != value)
    for name in changed:
        setattr(row, name, facts[name])
    row.save(update_fields=changed)
    if changed:
        record("changed_facts", row, by=by, fields=changed)
    return row


@transaction.atomic
def change_words(programme: Programme, *, by: Actor, language: str, seen: Mapping[str, str], words: Mapping[str, str]) -> list[str]:
    """Put the programme's own words in place of ours, and say which keys changed; no words at all bring ours back.

    Only what differs from `seen` (what stood on the page) is written, so two
    administrators who change different words both keep theirs. What leaves the house
    passes the neutral-words check, and a letter keeps its way in. `CannotChange`.
    """
    changed = {key: _plain(key, text) for key, text in words.items() if _plain(key, text) != seen.get(key, "")}
    now = {row.key: row for row in Wording.objects.select_for_update(of=("self",)).filter(language=language, key__in=changed)}
    for key, text in changed.items():
        there = now[key].words if key in now else ""
        if there != seen.get(key, ""):
            raise CannotChange(QUICKER)
        if text and key not in wording.GLOSSARY:
            check_letter(key, text, programme=programme)
        _write(key, language, text)
    wording.forget()
    if changed:
        record("changed_words", programme, by=by, keys=sorted(changed), language=language)
    return sorted(changed)


def _plain(key: str, text: str) -> str:
    """A subject and a label are one line."""
    return text.strip() if key.endswith(".body") else " ".join(text.split())


def _write(key: str, language: str, text: str) -> None:
    if text:
        Wording.objects.update_or_create(key=key, language=language, defaults={"words": text})
    else:
        Wording.objects.filter(key=key, language=language).delete()
