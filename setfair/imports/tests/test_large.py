"""A list of fifty thousand rows, with a byte order mark and semicolons, holds up nobody."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from setfair.imports.journey import Stage
from setfair.imports.models import Leaf, Made
from setfair.imports.tasks import go_on

from .files import brought, worked

pytestmark = pytest.mark.django_db


@pytest.fixture
def cora(village, client):
    return village.sign_in(client, "cora")


def rows(count):
    lines = "".join(f"parent;Words in the yard {n}, and then some more;p{n}@home.example\r\n" for n in range(count))
    return f"Source;Story;Email\r\n{lines}".encode("utf-8-sig")


def asked(client, page):
    client.get(page)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(page).status_code == 200
    return len(queries)


def named(client, page):
    form = client.get(page).context["form"]
    client.post(page, {name: form[name].initial or "" for name in form.fields})


def test_fifty_thousand_rows_are_taken_in_slices(village, cora):
    page = brought(cora, "requests", rows(50_000))
    assert asked(cora, page) == asked(cora, brought(cora, "requests", rows(1)))
    named(cora, page)
    go_on(seconds=0)
    with village.inside():
        (looked,) = Leaf.objects.exclude(looked_at=None)
        assert (looked.number, looked.good, len(looked.rows)) == (0, 99, 100)
        assert not Made.objects.exists()
    answer = cora.get(page)
    assert (answer.context["table"].stage, answer["Refresh"]) == (Stage.LOOKING, "5")
    assert (answer.context["count"].looked, answer.context["count"].rows) == (100, 50_000)


def test_a_short_list_does_not_wait_for_a_long_one(village, cora):
    pages = [brought(cora, "requests", rows(count)) for count in (300, 3)]
    for page in pages:
        named(cora, page)
    go_on(seconds=0)
    assert [cora.get(page).context["count"].looked for page in pages] == [100, 3]


@pytest.mark.parametrize("count", [1, 3])
def test_the_lists_ask_the_same_whatever_their_number(village, cora, count):
    for n in range(count):
        brought(cora, "requests", rows(n + 1))
    assert asked(cora, reverse("lists")) == 9


def test_a_run_is_put_down_and_taken_up_leaf_by_leaf(village, cora):
    page = brought(cora, "requests", rows(150))
    named(cora, page)
    worked(cora, page)
    cora.post(page + "run/")
    go_on(seconds=0)
    with village.inside():
        assert (Made.objects.count(), Leaf.objects.count()) == (99, 1)
    assert worked(cora, page).context["table"].stage == Stage.DONE
    with village.inside():
        assert list(Made.objects.order_by("row").values_list("row", flat=True)) == list(range(2, 152))
        assert not Leaf.objects.exists()
