"""What a programme's rows are worth to somebody who goes around Python. `make figure NAME=isolation` counts it."""

import pytest

from setfair.village.story import case_at
from tests.house import going_around


@pytest.mark.django_db(transaction=True)
def test_nothing_of_one_programme_reaches_another_by_any_way_around_python(village, connected_as, superuser_connection, record_property):
    here, there = village.school.pk, village.county.pk
    for programme in (village.school, village.county):
        with village.inside(programme):
            case_at(village, "closed", programme)
    raw = connected_as("setfair_app")
    asked, leaks, filled = going_around.every_table(raw, superuser_connection, here, there)
    found = {
        "facts": going_around.every_fact(raw, here),
        "catalogue": going_around.the_catalogue(superuser_connection),
        "keys": going_around.keys_next_door(raw, superuser_connection, here, there),
        "requests": going_around.pooled(here, there),
        "ciphertexts": going_around.moved_ciphertext(superuser_connection, here, there),
    }
    record_property("cells", asked)
    record_property("filled", filled)
    for name, (times, told) in found.items():
        record_property(name, times)
        leaks += told
    record_property("leaks", len(leaks))
    assert leaks == [], "\n".join(leaks)
    assert asked == 8 * len(going_around.KEY)
    assert filled > 30, "an empty table would prove little"
    assert found["requests"][0] == going_around.REQUESTS * going_around.THREADS
    assert found["ciphertexts"][0] > 15
