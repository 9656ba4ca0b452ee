"""Whoever destroys a key destroys the words under it, of its own programme and no other's; from then on a rotation is owed."""

import pytest
from django.db import IntegrityError, ProgrammingError, transaction

from setfair.people.models import Person
from setfair.vault.models import DataKey, Epoch
from setfair.vault.ring import WordsAreGone
from setfair.vault.shredding import shred

pytestmark = pytest.mark.django_db


def test_words_whose_key_is_shredded_are_gone_and_the_others_open(village):
    with village.inside():
        hana, omar = (Person.objects.create(name=name) for name in ("Hana", "Omar"))
        assert Epoch.objects.get().shredded_at is None
        lying = Person.objects.get(pk=hana.pk)
        with pytest.raises(IntegrityError, match="still stands in people_person"), transaction.atomic():
            shred([omar.pk, hana.pk])
        Person.objects.filter(pk=hana.pk)._raw_delete("default")
        assert shred([hana.pk]) == 1
        with pytest.raises(WordsAreGone):
            lying.name  # noqa: B018
        assert Person.objects.get(pk=omar.pk).name == "Omar"
        assert shred([hana.pk]) == 0
    assert Epoch.objects.get().shredded_at is not None


def test_the_neighbours_keys_stay(village):
    with village.inside(village.county):
        nela = Person.objects.create(name="Nela")
    with village.inside():
        assert shred([nela.pk]) == 0
    with village.inside(village.county):
        assert Person.objects.get(pk=nela.pk).name == "Nela"
    assert Epoch.objects.get().shredded_at is None


def test_around_the_one_way_no_key_can_be_destroyed_and_no_epoch_written(village):
    with village.inside():
        hana = Person.objects.create(name="Hana")
        for refused in (DataKey.objects.filter(pk=hana.pk).delete, Epoch.objects.all().delete, lambda: Epoch.objects.create(number=2)):
            with pytest.raises(ProgrammingError), transaction.atomic():
                refused()
        assert Person.objects.get(pk=hana.pk).name == "Hana"
