"""What lies in the database is noise, and noise moved elsewhere does not open."""

import uuid

import pytest
from django.core.exceptions import FieldError
from django.db import connection, transaction

from setfair.core import tenant
from setfair.people.models import Person
from setfair.programmes.models import Programme
from setfair.vault.ring import WordsAreGone

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    key = uuid.uuid4()
    with tenant.inside(key):
        Programme.objects.create(pk=key, slug="vault-trial", kind="school", name="Trial", short_name="Trial")
        yield key


def raw(person, column="name"):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM people_person WHERE id = %s", [person.pk])
        return bytes(cursor.fetchone()[0])


@pytest.mark.parametrize("name", ["Zoë", "O'Hara-Núñez", "李", "ليلى", "👩🏽‍🦱 Sam", "x" * 40_000])
def test_words_come_back_as_they_were(programme, name):
    person = Person.objects.create(name=name)
    assert Person.objects.get(pk=person.pk).name == name
    assert name.encode() not in raw(person)


def test_ciphertext_moved_to_another_row_does_not_open(programme):
    one, other = Person.objects.create(name="One"), Person.objects.create(name="Other")
    with connection.cursor() as cursor:
        cursor.execute("UPDATE people_person SET name = %s WHERE id = %s", [raw(one), other.pk])
    with pytest.raises(WordsAreGone):
        Person.objects.get(pk=other.pk).name  # noqa: B018


@pytest.mark.django_db(transaction=True)
def test_without_its_key_a_name_is_gone(village, lose_key):
    with village.inside():
        person = Person.objects.create(name="Hana")
    lose_key(person.pk)
    with village.inside(), pytest.raises(WordsAreGone):
        Person.objects.get(pk=person.pk).name  # noqa: B018


def test_sealed_words_cannot_be_updated_in_bulk_or_filtered(programme):
    Person.objects.create(name="Hana")
    with pytest.raises(FieldError):
        Person.objects.update(name="plain")


def test_a_key_rolled_back_is_made_again_before_words_are_sealed_with_it(programme):
    person = Person(name="Hana")
    with pytest.raises(RuntimeError), transaction.atomic():
        person.save()
        raise RuntimeError
    person.save(force_insert=True)
    tenant.scope().kept.clear()
    assert Person.objects.get(pk=person.pk).name == "Hana"
