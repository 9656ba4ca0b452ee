from __future__ import annotations

import pytest
from django.db import connection

from setfair.people.models import Person, name_tokens
from setfair.people.queries import named

pytestmark = pytest.mark.django_db


@pytest.fixture
def known(village):
    """Somebody of the same name in each of two programmes."""
    made = {}
    for programme in (village.school, village.county):
        with village.inside(programme):
            made[programme.pk] = Person.objects.create(name="Nela Brook")
    return made


def test_whoever_has_all_the_words_is_found(village, known):
    with village.inside(village.school):
        assert list(Person.objects.filter(pk__in=named(name_tokens(village.school.pk, "brook nela")))) == [known[village.school.pk]]
        assert list(Person.objects.filter(pk__in=named(name_tokens(village.school.pk, "nela stone")))) == []


def test_the_function_says_ids_of_the_programme_it_is_asked_in_and_of_no_other(village, known):
    for programme in (village.school, village.county):
        with village.inside(programme):
            assert said() == set(Person.objects.values_list("pk", flat=True))
            assert known[programme.pk].pk in said()


def test_outside_every_programme_it_says_nothing(known):
    assert said() == set()


def said():
    """Everyone whom the function would name: each has all of no tokens."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT person_id FROM people_named('{}')")
        return {row[0] for row in cursor.fetchall()}
