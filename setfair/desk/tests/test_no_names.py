"""What the journal holds of a whole case, from the request to the end: ids and codes, and no word that anybody said."""

import json
import re

import pytest
from django.apps import apps
from django.db import connection

from setfair.core.actor import system
from setfair.journal.actions import record
from setfair.journal.models import Entry
from setfair.people.models import Person
from setfair.vault.fields import SealedText

pytestmark = pytest.mark.django_db
CODE = re.compile(r"[A-Za-z0-9_.:-]*")
"""What a detail may hold besides numbers: a code, a stage, a field's name, an id. A sentence it cannot be."""


def sealed_words():
    """Every piece of text that lies sealed in this programme, in small letters."""
    for model in apps.get_models():
        for field in [f for f in model._meta.local_fields if isinstance(f, SealedText)]:
            for row in model._default_manager.all():
                value = getattr(row, field.attname)
                yield from (value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)).lower().split("\n")


def pieces(value):
    """Each text that a detail holds, and the name it stands under."""
    if isinstance(value, dict):
        return [piece for key, one in value.items() for piece in (key, *pieces(one))]
    if isinstance(value, list):
        return [piece for one in value for piece in pieces(one)]
    return [value] if isinstance(value, str) else []


def leaks():
    """What of people's words stands in the journal: names, sealed texts, and anything in a detail that is not a code."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT lower(concat_ws(' ', verb, subject_kind, subject_id, route, network, detail)) FROM journal_entry")
        written = "\n".join(text for (text,) in cursor.fetchall())
    names = {name for person in Person.objects.all() for name in re.findall(r"\w{3,}", person.name.lower())}
    sayings = {text for text in sealed_words() if len(text) > 9 and not CODE.fullmatch(text)} | {text for text in sealed_words() if "@" in text}
    found = sorted(names & set(re.findall(r"\w{3,}", written))) + sorted(text for text in sayings if text in written)
    assert len(sayings) > 20, "without words there is nothing to look for"
    assert len(names) > 5
    return found + [piece for line in Entry.objects.all() for piece in pieces(line.detail) if not CODE.fullmatch(piece)]


def test_no_line_of_a_whole_case_holds_a_name_or_a_word_that_somebody_said(village, at_closed):
    with village.inside():
        assert Entry.objects.values("verb").distinct().count() > 20
        assert leaks() == []


def test_a_name_or_a_sentence_that_was_written_into_a_line_is_seen(village, at_closed):
    with village.inside():
        by = system(village.school.pk)
        record("looked", village.school, by=by, about="Rami")
        record("looked", village.school, by=by, why="They took my bike")
        assert leaks() == ["rami", "They took my bike"]
