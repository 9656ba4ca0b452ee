"""A stay inside a programme: what it keeps, and that nothing of it is left afterwards."""

import threading
import uuid

import pytest
from django.db import connection, transaction

from setfair.core import tenant
from setfair.people.models import Person

pytestmark = pytest.mark.django_db


def setting():
    with connection.cursor() as cursor:
        cursor.execute("SELECT nullif(current_setting('app.programme', true), '')")
        return cursor.fetchone()[0]


def test_outside_every_programme_there_is_no_stay(village):
    assert tenant.current() is None
    with pytest.raises(tenant.OutsideEveryProgramme):
        tenant.scope()


def test_a_row_made_outside_every_programme_is_refused(village):
    with pytest.raises(tenant.OutsideEveryProgramme), transaction.atomic():
        Person.objects.create(name="Hana")


def test_what_a_stay_keeps_ends_with_it(village):
    with village.inside() as stay:
        stay.kept["x"] = 1
        with village.inside() as inner:
            assert inner.kept == {}
        assert tenant.scope().kept == {"x": 1}
    with village.inside() as again:
        assert again.kept == {}


def test_stays_within_stays_end_where_they_began(village):
    with village.inside():
        with village.inside(village.county):
            assert (tenant.current(), setting()) == (village.county.pk, str(village.county.pk))
        assert (tenant.current(), setting()) == (village.school.pk, str(village.school.pk))
    assert (tenant.current(), setting()) == (None, None)


def test_a_stay_that_fails_leaves_nothing_and_ends_where_it_began(village):
    with village.inside():
        with pytest.raises(RuntimeError), village.inside(village.county):
            Person.objects.create(name="Nela")
            raise RuntimeError
        assert (tenant.current(), setting()) == (village.school.pk, str(village.school.pk))
    with village.inside(village.county):
        assert Person.objects.count() == 0


@pytest.mark.parametrize("nonsense", ["", "x", "'; DROP TABLE people_person --", None])
def test_only_the_id_of_a_programme_opens_a_stay(village, nonsense):
    with pytest.raises(ValueError, match="UUID"), tenant.inside(nonsense):
        pass
    assert setting() is None


def test_another_thread_is_outside(village):
    seen = []
    with village.inside():
        thread = threading.Thread(target=lambda: seen.append(tenant.current()))
        thread.start()
        thread.join()
    assert seen == [None]


def test_a_row_belongs_to_the_programme_it_was_made_in(village):
    with village.inside():
        hana = Person.objects.create(name="Hana")
    with village.inside(village.county):
        nela = Person.objects.create(name="Nela")
    assert (hana.programme_id, nela.programme_id) == (village.school.pk, village.county.pk)
    assert uuid.UUID(str(hana.pk)).version == 4
