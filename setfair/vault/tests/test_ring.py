"""Keys of one stay: fetched once, unwrapped only in their own programme, one for each owner however many ask."""

import threading
import uuid

import pytest
from django.db import connections, transaction

from setfair.core import tenant
from setfair.people.models import Person
from setfair.vault import ring
from setfair.vault.models import DataKey
from setfair.vault.ring import WordsAreGone

pytestmark = pytest.mark.django_db


def test_a_list_asks_once_for_all_its_keys(village, django_assert_num_queries):
    with village.inside():
        keys = [Person.objects.create(name=f"Person {n}").pk for n in range(5)]
    with village.inside():
        people = list(Person.objects.filter(pk__in=keys))
        with django_assert_num_queries(1):
            ring.gather(keys)
            assert sorted(person.name for person in people) == [f"Person {n}" for n in range(5)]
        with django_assert_num_queries(0):
            ring.gather([*keys, None])


def test_a_key_lies_in_the_database_only_wrapped(village):
    with village.inside():
        hana = Person.objects.create(name="Hana")
        assert ring.read_key(hana.pk) not in bytes(DataKey.objects.get(pk=hana.pk).wrapped)


def test_a_key_carried_to_another_programme_or_owner_opens_nothing(village):
    with village.inside():
        hana, other = Person.objects.create(name="Hana"), uuid.uuid4()
        wrapped = bytes(DataKey.objects.get(pk=hana.pk).wrapped)
        DataKey(pk=other, epoch=1, wrapped=wrapped).save(force_insert=True)
    with village.inside(), pytest.raises(WordsAreGone):
        ring.read_key(other)
    with village.inside(village.county):
        DataKey(pk=hana.pk, epoch=1, wrapped=wrapped).save(force_insert=True)
    with village.inside(village.county), pytest.raises(WordsAreGone):
        ring.read_key(hana.pk)


def test_a_key_of_a_master_that_is_gone_opens_nothing(village):
    with village.inside():
        key = DataKey.objects.get(pk=Person.objects.create(name="Hana").pk)
        other = DataKey(pk=uuid.uuid4(), epoch=99, wrapped=key.wrapped)
        other.save(force_insert=True)
    with village.inside(), pytest.raises(WordsAreGone):
        ring.read_key(other.pk)


def test_keys_are_forgotten_with_the_stay(village):
    with village.inside() as stay:
        hana = Person.objects.create(name="Hana")
        assert hana.pk in stay.kept["vault.keys"]
    with pytest.raises(tenant.OutsideEveryProgramme):
        ring.read_key(hana.pk)


def test_the_neighbour_has_no_key(village):
    with village.inside():
        hana = Person.objects.create(name="Hana")
    with village.inside(village.county), pytest.raises(WordsAreGone):
        ring.read_key(hana.pk)


def test_empty_words_cost_no_key(village):
    with village.inside():
        before = DataKey.objects.count()
        Person.objects.create(name="", called="")
        assert DataKey.objects.count() == before


@pytest.mark.django_db(transaction=True)
def test_many_who_seal_for_one_owner_at_once_use_one_key(village):
    owner, keys, start = uuid.uuid4(), [], threading.Barrier(8)

    def seal():
        try:
            start.wait()
            with village.inside():
                keys.append(ring.write_key(owner))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=seal) for _ in range(8)]
    [t.start() for t in threads]
    [t.join() for t in threads]
    assert len(keys) == 8
    assert len(set(keys)) == 1


def test_a_new_key_is_looked_up_once_however_many_words_are_sealed_with_it(village, django_assert_num_queries):
    with village.inside(), django_assert_num_queries(2):
        Person.objects.create(name="Hana", called="Hani", needs="A chair by the door")


def test_a_key_let_go_into_an_outer_savepoint_is_made_again_when_that_is_rolled_back(village):
    with village.inside():
        person = Person(name="Hana")
        with pytest.raises(RuntimeError), transaction.atomic():
            with transaction.atomic():
                person.save()
            assert ring.write_key(person.pk) == ring.read_key(person.pk)
            raise RuntimeError
        person.save(force_insert=True)
    with village.inside():
        assert Person.objects.get(pk=person.pk).name == "Hana"
