"""Between the migration and the restart the code of yesterday still writes: a column that it does not know fills itself."""

import pytest
from django.db import connection

from setfair.agreements.models import Agreement, Item
from setfair.cases.models import Assignment
from setfair.planning.models import Line
from setfair.scheduling.models import Booking

pytestmark = pytest.mark.django_db
NEW = {
    Assignment: ["stepped_out"],
    Line: ["team"],
    Booking: ["early_harmed", "early_responsible", "early_others", "early_team"],
    Agreement: ["number"],
    Item: ["kind", "currency", "parts", "weeks", "edition", "reach", "language"],
}


@pytest.mark.parametrize("model", NEW, ids=lambda model: model.__name__)
def test_what_the_old_code_leaves_out_is_filled_by_the_database(model):
    words = "SELECT column_name FROM information_schema.columns WHERE table_name = %s AND is_nullable = 'NO' AND column_default IS NOT NULL"
    with connection.cursor() as cursor:
        cursor.execute(words, [model._meta.db_table])
        filled = {name for (name,) in cursor.fetchall()}
    assert set(NEW[model]) <= filled
