"""A finger that presses twice raises one alarm, and the second press is answered like the first."""

import uuid
from threading import Barrier, Thread

import pytest
from django.db import connection

from setfair.core import tenant
from setfair.core.actor import anyone
from setfair.safety import actions, queries
from setfair.safety.models import Alarm, Told
from setfair.village.build import build


@pytest.fixture
def village(transactional_db):
    """Committed, for several connections."""
    return build(with_passwords=False)


@pytest.mark.django_db(transaction=True)
def test_pressed_twice_in_one_moment_it_is_one_alarm(village):
    key, together, got, by = uuid.uuid4(), Barrier(3), [], anyone(village.school.pk)

    def press():
        try:
            with tenant.inside(village.school.pk):
                together.wait(10)
                got.append(actions.raise_alarm(queries.whence(by), by=by, form_key=key, words="He is here.").pk)
        finally:
            connection.close()

    threads = [Thread(target=press) for _n in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    with village.inside():
        assert got == [Alarm.objects.get().pk] * 3
        assert Told.objects.count() == 1
